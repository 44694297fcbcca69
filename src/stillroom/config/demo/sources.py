"""Reading `data/` once: YAML into frozen dataclasses, wrong files refused by name of the field."""

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
import yaml

from stillroom.config.demo.people import Contact, Diagnosis, Location, Staff

T = TypeVar("T")

DATA: Final = Path(__file__).parent / "data"

# libyaml reads ten times faster; the pure loader reads the same where it is missing
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class House:
    """`staff.yaml`."""

    locations: tuple[Location, ...]
    staff: tuple[Staff, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """One list of `names.yaml`: names that belong together, parted by spaces."""

    feminine: str
    masculine: str
    either: str
    family: str


@dataclass(frozen=True, slots=True)
class Towns:
    """Where people of one state live, and its area codes."""

    areas: tuple[str, ...]
    towns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """`places.yaml`."""

    streets: tuple[str, ...]
    towns: dict[str, Towns]
    payers: tuple[str, ...]
    relations: tuple[str, ...]
    safe_contacts: tuple[str, ...]
    guardian_authority: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Absent:
    """A stay in the story of a chart: why a session of that week did not happen."""

    week: int
    state: str
    remark: str


@dataclass(frozen=True, slots=True)
class ChartSeed:
    """How a chart of `cast.yaml` came to be. Weeks count back from the present week.

    `day` counts weekdays from the day the practice turns on (0) to the one before it (4).
    `drafts` gives weeks whose note is not signed: `begun`, `whole`, or what the supervisor wrote
    when giving it back. `seen_from` gives weeks in which a video session was held elsewhere.
    `script` names a file of `scripts/` that tells some weeks word by word.
    `holders` of a joint chart are e-mail-like names, `given.family`.
    """

    clinician: str
    story: str
    since: int
    at: str = "9:00"
    day: int = 0
    until: int | None = None
    rhythm: str = "weekly"
    mode: str = "in_person"
    room: str = "room 1"
    minutes: int = 50
    title: str = ""
    kind: str = "individual"
    holders: tuple[str, ...] = ()
    diagnoses: tuple[Diagnosis, ...] | None = None
    facts: dict[str, str] = field(default_factory=dict)
    people: dict[str, tuple[str, str]] = field(default_factory=dict)
    restrictions: tuple[str, ...] = ()
    restricted_from: tuple[str, ...] = ()
    script: str = ""
    supervised: bool = False
    covering: str = ""
    absent: tuple[Absent, ...] = ()
    drafts: dict[int, str] = field(default_factory=dict)
    seen_from: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClientSeed:
    """A person of `cast.yaml`; whatever is left out is drawn."""

    given: str
    family: str
    pronouns: str
    age: int
    place: str = "us-md"
    called: str = ""
    phone: str = ""
    email: str = ""
    address: tuple[str, ...] = ()
    safe_contact: str = ""
    payer: str = ""
    emergency: Contact | None = None
    guardians: tuple[Contact, ...] = ()
    chart: ChartSeed | None = None


@dataclass(frozen=True, slots=True)
class Cast:
    """`cast.yaml`: the first clients, and the charts that several of them hold."""

    clients: tuple[ClientSeed, ...]
    joint: tuple[ChartSeed, ...]


def read(name: str, shape: type[T]) -> T:
    """A file of `data/` as `shape`. Raises `msgspec.ValidationError` naming the wrong field."""
    # S506: _LOADER is one of the two safe loaders above
    words = yaml.load((DATA / name).read_text("utf-8"), Loader=_LOADER)  # noqa: S506
    return msgspec.convert(words, shape, strict=False)


@lru_cache(maxsize=1)
def house() -> House:
    """Staff and the houses they work in."""
    return read("staff.yaml", House)


@lru_cache(maxsize=1)
def names() -> tuple[Names, ...]:
    """All lists of names."""
    return read("names.yaml", tuple[Names, ...])


@lru_cache(maxsize=1)
def places() -> Places:
    """Streets, towns, payers."""
    return read("places.yaml", Places)


@lru_cache(maxsize=1)
def cast() -> Cast:
    """The people who are written by hand."""
    return read("cast.yaml", Cast)
