"""Who is in the demonstration practice: staff, clients, charts, and who cares for whom.

Everybody is made up. Telephone numbers end in 01 and two digits after 555, e-mail ends in
`example.org` or `.example`, and no street exists.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Location:
    """A house of the practice. `place` is its law (`us-md`), `zone` its clock."""

    key: str
    name: str
    address: tuple[str, ...]
    phone: str
    place: str
    zone: str


@dataclass(frozen=True, slots=True)
class Staff:
    """A colleague. `roles` are values of `access.Role`, `profession` one of the law's."""

    sign_in: str
    name: str
    pronouns: str
    roles: tuple[str, ...]
    location: str
    title: str = ""
    profession: str = ""
    credential: str = ""
    place: str = ""
    supervisor: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody around a client. `authority` says on what paper a guardian's word rests."""

    name: str
    relation: str = ""
    phone: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Front:
    """A front sheet, field by field as `practice.rules.FrontSheet` has it.

    `given` and `family` are the names in law, `called` the one the client goes by if it differs.
    """

    given: str
    family: str
    called: str
    pronouns: str
    born: date
    phone: str
    email: str
    address: tuple[str, ...]
    safe_contact: str
    payer: str
    member_id: str
    emergency: Contact
    guardians: tuple[Contact, ...]

    @property
    def name(self) -> str:
        """The name by which the staff speak of the client."""
        return f"{self.called or self.given} {self.family}"

    def age_on(self, day: date) -> int:
        """Whole years on a day."""
        before = (day.month, day.day) < (self.born.month, self.born.day)
        return day.year - self.born.year - before


@dataclass(frozen=True, slots=True)
class Client:
    """A person in care; `index` is the whole of what it is made from."""

    index: int
    front: Front
    place: str


@dataclass(frozen=True, slots=True)
class Care:
    """Somebody's care for a chart. `capacity` is `treating`, `supervising` or `covering`."""

    person: str
    capacity: str
    begins_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A diagnosis by its ICD-10-CM code."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A record of care, held by one client, a couple or a group.

    `holders` are indices of clients. `restricted_from` names staff who may not know of it.
    `restrictions` are sentences for the top of the chart. `kind` is a value of
    `practice.Chart.Kind`. `key` names it in every draw, and must never change.
    """

    key: str
    number: int
    kind: str
    title: str
    place: str
    holders: tuple[int, ...]
    clinician: str
    story: str
    opened_at: datetime
    closed_at: datetime | None
    cares: tuple[Care, ...]
    diagnoses: tuple[Diagnosis, ...]
    restrictions: tuple[str, ...] = ()
    restricted_from: tuple[str, ...] = ()
