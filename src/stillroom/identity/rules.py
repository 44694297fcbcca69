"""What holds for sign-ins, whoever and wherever: pure decisions over given values and times.

Rules: a locked or ended session opens nothing (45 CFR 164.312(a)(2)(iii)); a one-time code counts
once (RFC 6238 §5.2); failures slow the next try without telling whether the name exists; a step-up
lasts five minutes.
"""

from datetime import datetime, timedelta
from hashlib import sha256

import pyotp

from stillroom.kernel import Secret, StillroomError
from stillroom.vault import SharedKey

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=12)
STEP_UP = timedelta(minutes=5)
SEEN_EVERY = timedelta(seconds=20)
CHALLENGE_LIVES = timedelta(minutes=5)
INVITATION_LIVES = timedelta(days=3)

_FREE_TRIES = 5
_LONGEST_WAIT = timedelta(minutes=15)
_STEP_SECONDS = 30


class SignInRefused(StillroomError):
    """The name, the passphrase or the code is not right; which of them is not told."""

    what = "that name, passphrase and code do not belong together"
    usual_advice = (
        "Check all three. A code lives thirty seconds, so wait for a fresh one and try again."
    )


class TooManyTries(StillroomError):
    """Too many failures in a row for this name, whether it exists or not."""

    what = "too many tries"
    usual_advice = "Wait a few minutes, then try once more; nothing has been lost."


class NameTaken(StillroomError):
    """Two people cannot sign in with one name."""

    what = "somebody already signs in with that name"
    usual_advice = "Choose another name to sign in with."


class InvitationOver(StillroomError):
    """The invitation was used, has expired or never was."""

    what = "that invitation is not open"
    usual_advice = "Ask whoever invited you for a new one; each works once, for three days."


def session_keys(cookie: Secret) -> tuple[str, SharedKey]:
    """The row's name and the sealing key that one cookie carries; neither gives the other."""
    name = sha256(b"stillroom session name v1" + cookie.expose()).hexdigest()
    return name, SharedKey.from_secret(cookie).derive(b"stillroom session key v1")


def is_idle(seen_at: datetime, at: datetime) -> bool:
    """Whether a session has been left alone too long."""
    return at - seen_at >= IDLE


def is_over(began_at: datetime, at: datetime) -> bool:
    """Whether a session has lived as long as any may. A clock set back ends it too."""
    return at - began_at >= LONGEST or at < began_at - timedelta(minutes=1)


def is_stepped_up(proven_at: datetime, at: datetime) -> bool:
    """Whether the person proved herself freshly enough for a release."""
    return timedelta(0) <= at - proven_at < STEP_UP


def wait_after(failures: int) -> timedelta:
    """How long a name stays closed after so many failures in a row."""
    if failures < _FREE_TRIES:
        return timedelta(0)
    doubled = timedelta(seconds=30 * 2 ** min(failures - _FREE_TRIES, 10))
    return min(doubled, _LONGEST_WAIT)


def matching_step(secret: str, code: str, at: datetime, last_step: int) -> int | None:
    """The time step whose code this is, if it is newer than the last one used; else `None`.

    One step of drift either way is allowed.
    """
    typed = "".join(code.split())
    now = int(at.timestamp()) // _STEP_SECONDS
    totp = pyotp.TOTP(secret)
    for step in (now, now - 1, now + 1):
        if step > last_step and pyotp.utils.strings_equal(totp.at(step * _STEP_SECONDS), typed):
            return step
    return None


def clean_sign_name(typed: str) -> str:
    """A name to sign in with, as it is kept: trimmed and in lower case."""
    return typed.strip().casefold()[:64]
