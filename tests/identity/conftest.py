"""What identity's tests share: a practice with its staff and no clients, and what they type."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyotp
import pytest
from django.http import HttpResponse
from pytest_django import DjangoDbBlocker

from stillroom.identity import doors
from stillroom.identity.doors import Opened
from stillroom.ledger import Entry
from stillroom.phi import bridge, rings
from stillroom.practice.directory import Directory
from stillroom.vault import _passphrase
from tests.cast import NOON, PASSPHRASE, Cast, Member, enrol, make_house
from tests.standing import Kept, keep


@dataclass(frozen=True)
class Told:
    """One entry of the log, as tests look at it: who did what, and the details."""

    actor: str
    act: str
    details: dict[str, object]


STAFF = ("ada", "bea", "max", "olga")


def make_staff(folder: Path) -> Cast:
    """Ada and Bea, the administrator and the owner; nobody is anybody's client."""
    house = make_house(folder)
    return Cast(house, Directory(), {name: enrol(house, name) for name in STAFF})


@pytest.fixture(scope="session")
def kept_staff(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Kept:
    """Them, as they were made."""
    with django_db_blocker.unblock():
        return keep(make_staff, tmp_path_factory.mktemp("staff"))


@pytest.fixture
def staff(kept_staff: Kept, db: None, tmp_path: Path) -> Iterator[Cast]:
    """The staff in an empty database with a log of its own."""
    made = kept_staff.put_back(tmp_path)
    yield made
    made.house.log.close()


def code_of(member: Member, at: datetime = NOON) -> str:
    """What a member's authenticator shows at a moment."""
    return pyotp.TOTP(member.code_secret).at(at)


def text_of(answer: HttpResponse) -> str:
    """A page as text."""
    return answer.content.decode()


@pytest.fixture
def sign_in(staff: Cast) -> Callable[..., Opened]:
    """Sign in as one of the staff: rightly, unless something else is given."""

    def sign(
        name: str = "ada",
        *,
        passphrase: str = PASSPHRASE,
        code: str | None = None,
        at: datetime = NOON,
    ) -> Opened:
        typed = code_of(staff.people[name], at) if code is None else code
        return doors.by_passphrase(staff.house, name, passphrase, typed, at=at)

    return sign


@pytest.fixture
def told(staff: Cast) -> Callable[[], list[Told]]:
    """The entries of the log that are about no chart, oldest first, with their details opened."""
    house = staff.house

    def details(entry: Entry) -> dict[str, object]:
        return bridge.open_details(house, rings.open_log_ring(house), "", entry)

    def read() -> list[Told]:
        entries = house.log.entries(0, house.log.size)
        return [Told(one.entry.actor, one.entry.act, details(one.entry)) for one in entries]

    return read


@pytest.fixture
def argon2(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The memory of each Argon2 computation from here on, in KiB."""
    done: list[int] = []
    real = _passphrase.hash_secret_raw

    def counted(*given: object, **more: object) -> bytes:
        done.append(int(str(more["memory_cost"])))
        return bytes(real(*given, **more))  # type: ignore[arg-type]

    monkeypatch.setattr(_passphrase, "hash_secret_raw", counted)
    return done
