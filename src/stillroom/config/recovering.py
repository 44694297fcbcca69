"""`stillroom recover`: a practice whose passphrase or key file is lost, opened again by two shares.

It works on the machine where the practice lived, and on a clean one, from a backup (T11).

Steps, in this order; a recovery that is killed at any of them says so and is simply begun again:

1. The shares are proven to be this practice's, and the new lock is made. Nothing has changed.
2. practice.json says that a recovery was begun. Nothing is served from here on.
3. In one transaction every ring that the lost key held is wrapped to a new one, and what only the
   lost key could open is taken away. The entry in the log is durable before the rows are.
4. practice.json takes the new lock, the new key and the log's new signing key, all at once.

The recovery key itself is in memory for as long as this takes, and opens no chart here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from stillroom.access import Act
from stillroom.config.command_practice import migrate, reaching_database, start_django
from stillroom.config.home import Home
from stillroom.config.home_errors import SharesOfAnother
from stillroom.config.relocking import make_lock, mark_recovering, rekey
from stillroom.kernel import StillroomError
from stillroom.vault import Cost, PersonKey, Share, SharedKey, combine


@dataclass(frozen=True)
class Recovered:
    """What was done: rings that open again, emergency keys that are gone, who comes by words."""

    name: str
    rings: int
    spares: int
    people: tuple[str, ...]


def recovery_key(home: Home, typed: Iterable[str]) -> PersonKey:
    """The practice's recovery key from its shares as they were written down.

    `KeyUnreadable` for a slip of the pen, `SharesMissing`, `SharesDisagree`, or `SharesOfAnother`.
    """
    secret = combine([Share.from_text(one) for one in typed])
    try:
        key = PersonKey.from_secret(secret)
    except StillroomError:
        raise SharesOfAnother from None
    if key.public.to_bytes() != home.recovery.to_bytes():
        raise SharesOfAnother
    return key


def recover(
    path: Path,
    typed: Iterable[str],
    *,
    passphrase: str = "",
    key_file: Path | None = None,
    cost: Cost = Cost.UNSEAL,
) -> Recovered:
    """Open the practice again under a new passphrase or key file; nobody may serve it meanwhile."""
    home = Home.load(path, unfinished=True)
    key = recovery_key(home, typed)
    with home.only_server():
        lock = make_lock(home, passphrase, key_file, cost)
        server = SharedKey.create()
        mark_recovering(home)
        start_django(path)
        migrate()
        with reaching_database():
            done = _give_back(home, key, server)
        rekey(home, server, lock)
    return done


def _give_back(home: Home, key: PersonKey, server: SharedKey) -> Recovered:
    """Step 3, in one transaction."""
    from django.db import transaction

    from stillroom.config.house import house_of, now, open_log
    from stillroom.identity import recovery as identities
    from stillroom.phi import bridge
    from stillroom.phi import recovering as of_rings

    at = now()
    with open_log(home) as log, transaction.atomic():
        house = house_of(home, log)
        rings = of_rings.give_server_its_rings(house, key, server)
        spares = of_rings.take_spares_away()
        people = identities.forget_what_the_server_held()
        house.unseal(server, at=at)
        details: bridge.Details = {"did": "recovered", "rings": rings, "spares": spares}
        bridge.note_event(house, "house", Act.HOUSE_RECOVER, details, at=at)
        return Recovered(home.file.name, rings, spares, people)
