"""What holds for sign-ins, whoever and wherever: pure decisions over given values and times.

Rules: a locked or ended session opens nothing (45 CFR 164.312(a)(2)(iii)); a one-time code counts
once (RFC 6238 §5.2); failures slow the next try without telling whether the name exists; a step-up
lasts five minutes; nobody is left with fewer than two ways in (T11).
"""

import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

import pyotp

from stillroom.identity.refusals import NameMissing, TooFewWaysIn
from stillroom.kernel import Secret
from stillroom.vault import SharedKey

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=12)
GUEST_IDLE = timedelta(minutes=10)
GUEST_LONGEST = timedelta(hours=2)
"""A client's own pages: long enough for a session of therapy, too short for a borrowed phone."""
STEP_UP = timedelta(minutes=5)
SEEN_EVERY = timedelta(seconds=20)
CHALLENGE_LIVES = timedelta(minutes=5)
INVITATION_LIVES = timedelta(days=3)
FAILURES_LIVE = timedelta(days=1)
LEAST_WAYS_IN = 2
LEAST_FOR_GUESTS = 1
"""Who lost it is offered her place anew by whoever treats her, and loses nothing by that."""
READMISSION_WAITS = timedelta(hours=72)
"""Long enough for whoever still has a way in to come back from a weekend and find it out (T11)."""
NOTICE_EVERY = timedelta(days=1)
"""A notice of an unfamiliar browser leaves no oftener: who watches the telephone counts them."""

_CLOCKS_DIFFER = timedelta(minutes=1)
_FREE_TRIES = 5
_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(minutes=15)
_STEP_SECONDS = 30
_FIGURES = frozenset("0123456789")
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})  # controls, marks, unassigned, private, halves
_LONGEST_NAME = 64


def session_keys(cookie: Secret) -> tuple[str, SharedKey]:
    """The row's name and the sealing key that one cookie carries; neither gives the other."""
    name = sha256(b"stillroom session name v1" + cookie.expose()).hexdigest()
    return name, SharedKey.from_secret(cookie).derive(b"stillroom session key v1")


def is_idle(seen_at: datetime, at: datetime, *, guest: bool = False) -> bool:
    """Whether a session has been left alone too long. A clock set back counts as that."""
    return at - seen_at >= (GUEST_IDLE if guest else IDLE) or at < seen_at - _CLOCKS_DIFFER


def is_over(began_at: datetime, at: datetime, *, guest: bool = False) -> bool:
    """Whether a session has lived as long as any may. A clock set back ends it too."""
    return at - began_at >= (GUEST_LONGEST if guest else LONGEST) or at < began_at - _CLOCKS_DIFFER


def is_stepped_up(proven_at: datetime, at: datetime) -> bool:
    """Whether the person proved herself freshly enough for a release."""
    return timedelta(0) <= at - proven_at < STEP_UP


def wait_after(failures: int) -> timedelta:
    """How long a name stays closed after so many failures in a row."""
    if failures < _FREE_TRIES:
        return timedelta(0)
    return min(_FIRST_WAIT * (1 << min(failures - _FREE_TRIES, 10)), _LONGEST_WAIT)


def is_closed(closed_until: datetime | None, at: datetime) -> bool:
    """Whether a name still waits. No wait is longer than the longest, whatever the clock did."""
    return closed_until is not None and timedelta(0) < closed_until - at <= _LONGEST_WAIT


def matching_step(secret: str, code: str, at: datetime, last_step: int) -> int | None:
    """The time step whose code this is, if it is newer than the last one used; else `None`.

    One step of drift either way is allowed.
    """
    typed = figures(code)
    now = int(at.timestamp()) // _STEP_SECONDS
    totp = pyotp.TOTP(secret)
    for step in (now, now - 1, now + 1):
        if step > last_step and pyotp.utils.strings_equal(totp.at(step * _STEP_SECONDS), typed):
            return step
    return None


def is_ready(ready_at: datetime, at: datetime) -> bool:
    """Whether somebody may be let in again: her waiting is over."""
    return at >= ready_at


def figures(typed: str) -> str:
    """The figures of a typed code, on whatever keyboard, without what stands between them."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", typed) if sign in _FIGURES)


def clean_sign_name(typed: str) -> str:
    """A name to sign in with, as it is kept: one spelling for all ways to type it.

    Upper and lower case, composed and combined letters, and signs that cannot be seen make no
    difference; cleaning twice changes nothing.
    """
    return _cleaned(_cleaned(typed))


def _cleaned(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    seen = (sign for sign in plain if sign.isspace() or unicodedata.category(sign) not in _UNSEEN)
    return " ".join("".join(seen).split())[:_LONGEST_NAME].strip()


def require_sign_name(typed: str) -> str:
    """A name to sign in with for a new account; `NameMissing` if nothing is left of it."""
    wanted = clean_sign_name(typed)
    if not wanted:
        raise NameMissing
    return wanted


def require_ways_left(kinds: Iterable[str], *, guest: bool = False) -> None:
    """Whether these ways in are enough for one person, or `TooFewWaysIn`."""
    if len(list(kinds)) < (LEAST_FOR_GUESTS if guest else LEAST_WAYS_IN):
        raise TooFewWaysIn
