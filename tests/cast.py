"""The standing cast (THREATS.md, section 5): the same people, with the same access, in every test.

Ada cares for Dov; Bea does not; Sol supervises Ada's care of Dov; Cal is front desk and billing;
Max is the administrator; Olga owns the practice; Nan audits; Fay is another client, of Bea's.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from stillroom.access import Capacity, Role, gate
from stillroom.identity import accounts, doors, guests
from stillroom.identity.models import Person
from stillroom.kernel import Trilean
from stillroom.phi import House, Log, Presence
from stillroom.practice import actions as practice
from stillroom.practice import actions_guests, queries
from stillroom.practice.actions_guests import Stand
from stillroom.practice.directory import Directory
from stillroom.practice.rules import FrontSheet
from stillroom.vault import Cost, PersonKey, SharedKey, words_key

NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
PASSPHRASE = "slow river under nine bridges"

ROLES = {
    "ada": ("Ada Merrow", {Role.CLINICIAN}),
    "bea": ("Bea Lindqvist", {Role.CLINICIAN}),
    "sol": ("Sol Adeyemi", {Role.CLINICIAN, Role.SUPERVISOR}),
    "cal": ("Cal Whitlock", {Role.FRONT_DESK, Role.BILLER}),
    "max": ("Max Ferro", {Role.ADMINISTRATOR}),
    "olga": ("Olga Brandt", {Role.OWNER, Role.ADMINISTRATOR}),
    "nan": ("Nan Okafor", {Role.AUDITOR}),
}

DOV = FrontSheet(
    given="Dov",
    family="Halpern",
    pronouns="he/him",
    born=date(1985, 3, 2),
    phone="410-555-0142",
    email="dov.halpern@example.org",
    address=("12 Quarry Lane", "Baltimore"),
)
FAY = FrontSheet(given="Fay", family="Castellane", born=date(1991, 7, 19), phone="443-555-0187")


@dataclass
class Member:
    """A member of staff: who, her key, and what she signs in with."""

    id: str
    sign_name: str
    name: str
    roles: frozenset[Role]
    key: PersonKey
    code_secret: str


@dataclass
class Cast:
    """A small practice with its people and two clients."""

    house: House
    directory: Directory
    people: dict[str, Member]
    dov: str = ""
    fay: str = ""
    at: datetime = NOON

    def __getattr__(self, name: str) -> Member:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None

    def here(
        self, name: str, *, at: datetime | None = None, stepped_up: Trilean = Trilean.NO
    ) -> Presence:
        """That person, signed in, at that moment."""
        who = self.people[name]
        return Presence(
            house=self.house,
            person=who.id,
            name=who.name,
            roles=who.roles,
            key=who.key,
            at=at or self.at,
            stepped_up=stepped_up,
        )

    def licensed(self, *names: str, credential: str = "PhD", location: str = "") -> "Cast":
        """These, or Ada, Sol and Bea, are psychologists of Maryland."""
        for name in names or ("ada", "sol", "bea"):
            practice.set_profile(
                self.people[name].id,
                profession="psychologist",
                credential=credential,
                place="us-md",
                location=location,
            )
        return self

    def holder(self, name: str, *, of: str = "", by: str = "ada") -> Member:
        """The client of a chart comes in by her own door: invited, and taken up. Once a cast."""
        if name not in self.people:
            chart = of or getattr(self, name)
            (client,) = queries.chart_head(self.here(by), chart).holders
            self.people[name] = self._guest(name, chart, Stand(client.client), by)
        return self.people[name]

    def proxy(self, name: str, chart: str, stand: Stand, *, by: str = "ada") -> Member:
        """Somebody stands for a client, by her own door."""
        self.people[name] = self._guest(name, chart, stand, by)
        return self.people[name]

    def _guest(self, name: str, chart: str, stand: Stand, by: str) -> Member:
        offered = actions_guests.invite(self.here(by), chart, stand)
        told = guests.take_up(self.house, offered.address, offered.code, PASSPHRASE, at=self.at)
        mark = guests.mark_of(self.house, told.sign_name)
        key = doors.by_guest_passphrase(self.house, mark, PASSPHRASE, "", at=self.at).key
        return Member(told.person, told.sign_name, "", frozenset({Role.CLIENT}), key, "")

    def later(self, **delta: float) -> "Cast":
        """The same practice, some time later."""
        return replace(self, at=self.at + timedelta(**delta))


def make_house(folder: Path, *, practice: str = "lindenrowlindenrowlindenro") -> House:
    """An unsealed house with a log of its own."""
    recovery = PersonKey.create().public
    log = Log.open(folder / "ledger.db")
    house = House(practice, "Linden Row Practice", gate, log, recovery, Cost.TEST)
    house.unseal(SharedKey.create(), at=NOON)
    return house


def enrol(house: House, sign_name: str, *, at: datetime = NOON) -> Member:
    """A member of staff with keys, made as the software makes them."""
    name, roles = ROLES[sign_name]
    person = accounts.found(house, sign_name, name, roles, at=at)
    made = accounts.make_keys(house, person, PASSPHRASE, at=at)
    row = Person.objects.get(pk=person)
    way = row.ways_in.get(kind="words")
    key = doors.open_identity(person, bytes(way.sealed_key), words_key(made.words))
    secret = made.code_secret.expose().decode()
    return Member(person, sign_name, name, frozenset(roles), key, secret)


def make_cast(folder: Path) -> Cast:
    """Everybody, with Dov in Ada's care (supervised by Sol) and Fay in Bea's."""
    house = make_house(folder)
    people = {sign_name: enrol(house, sign_name) for sign_name in ROLES}
    cast = Cast(house, Directory(), people)
    long_ago = NOON - timedelta(days=280)
    ada, bea = cast.here("ada", at=long_ago), cast.here("bea", at=long_ago)
    carers = [
        practice.Carer(people["ada"].id, Capacity.TREATING),
        practice.Carer(people["sol"].id, Capacity.SUPERVISING),
    ]
    cast.dov = practice.admit(ada, cast.directory, [DOV], carers, place="us-md")
    carers = [practice.Carer(people["bea"].id, Capacity.TREATING)]
    cast.fay = practice.admit(bea, cast.directory, [FAY], carers, place="us-md")
    return cast
