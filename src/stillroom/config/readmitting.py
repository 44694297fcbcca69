"""`stillroom readmit`: somebody lost every way in; two shares give a new account her charts (T11).

Two steps, three days apart, both on the practice's own machine while nobody serves it. The first
writes that it was begun; the practice then goes on, and whoever lives and objects stops it. The
second is one transaction: killed anywhere, nothing was done, and it is given again.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from stillroom.access import Act
from stillroom.config.home import Home
from stillroom.config.recovering import recovery_key
from stillroom.vault import SharedKey


@dataclass(frozen=True)
class Readmitted:
    """What was done: her new keys, told once, and how many charts open for her again."""

    name: str
    code_secret: str
    words: tuple[str, ...]
    charts: int


def begin(home: Home, server: SharedKey, typed: Iterable[str], sign_name: str) -> tuple[str, str]:
    """The first step: who waits, and until when. The shares are proven and not kept."""
    recovery_key(home, typed)
    from stillroom.config.house import house_of, now, open_log
    from stillroom.identity import readmission

    with open_log(home) as log:
        house, at = house_of(home, log), now()
        house.unseal(server, at=at)
        waits = readmission.begin(house, sign_name, at=at)
    return waits.name, f"{waits.ready_at:%Y-%m-%d %H:%M} UTC"


def require_ready(sign_name: str) -> None:
    """That the waiting is over; asked before anybody chooses a passphrase."""
    from stillroom.config.house import now
    from stillroom.identity import readmission

    readmission.require_ready(sign_name, at=now())


def finish(
    home: Home, server: SharedKey, typed: Iterable[str], sign_name: str, passphrase: str
) -> Readmitted:
    """The second step: a new account, and her charts for it."""
    key = recovery_key(home, typed)
    from django.db import transaction

    from stillroom.config.house import house_of, now, open_log
    from stillroom.identity import readmission, replacing
    from stillroom.phi import bridge
    from stillroom.phi.recovering import ByRecovery
    from stillroom.practice.taking_over import take_over

    with open_log(home) as log, transaction.atomic():
        house, at = house_of(home, log), now()
        house.unseal(server, at=at)
        lost = readmission.require_ready(sign_name, at=at)
        welcome = replacing.replace(house, lost, passphrase, at=at)
        charts = take_over(ByRecovery(house, key), lost, welcome.person, at=at)
        did: bridge.Details = {
            "did": "let somebody in again",
            "person": welcome.person,
            "instead of": lost,
            "charts": charts,
        }
        bridge.note_event(house, "house", Act.HOUSE_RECOVER, did, at=at)
        secret = welcome.code_secret.expose().decode()
        return Readmitted(welcome.name, secret, welcome.words, charts)
