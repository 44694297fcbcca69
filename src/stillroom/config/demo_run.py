"""One making of the demonstration: the practice, and everybody's presence in it."""

from datetime import datetime

from stillroom.access import Role
from stillroom.config.demo import sources
from stillroom.config.demo.people import Chart, Staff
from stillroom.config.demonstration import Person, new_passphrase
from stillroom.desk.shell import Shell
from stillroom.identity import accounts, doors
from stillroom.kernel import Trilean
from stillroom.phi import Presence
from stillroom.practice import actions as practising

_LOCATIONS = {one.key: one.name for one in sources.house().locations}


class Loading:
    """One run: the practice being made, and everybody's presence in it."""

    def __init__(self, shell: Shell, at: datetime) -> None:
        self.shell = shell
        self.at = at
        self.here: dict[str, Presence] = {}
        self.people: list[Person] = []
        self.guests: list[Presence] = []
        self.clients: list[str] = []
        self.written: list[tuple[str, Chart]] = []

    def enrol(self, staff: Staff) -> None:
        """One colleague: account, keys, profile."""
        house = self.shell.house
        roles = frozenset(Role(role) for role in staff.roles)
        person = accounts.found(house, staff.sign_in, staff.name, roles, at=self.at)
        passphrase = new_passphrase()
        made = accounts.make_keys(house, person, passphrase, at=self.at)
        opened = doors.by_words(house, staff.sign_in, made.words, at=self.at)
        practising.set_profile(
            person,
            profession=staff.profession,
            credential=staff.credential,
            place=staff.place,
            location=_LOCATIONS[staff.location],
        )
        self.here[staff.sign_in] = Presence(
            house=house,
            person=person,
            name=staff.name,
            roles=roles,
            key=opened.key,
            at=self.at,
            stepped_up=Trilean.NO,
        )
        secret = made.code_secret.expose().decode()
        self.people.append(
            Person(staff.sign_in, staff.name, tuple(staff.roles), passphrase, secret)
        )

    @property
    def admitting(self) -> Presence:
        """Somebody of the front desk."""
        return next(one for one in self.here.values() if Role.FRONT_DESK in one.roles)

    def cares_now(self, chart: Chart, author: str) -> bool:
        """Whether somebody treats or covers for the client of a chart today."""
        return any(
            care.person == author
            and care.capacity != "supervising"
            and care.begins_at <= self.at
            and (care.ends_at is None or care.ends_at > self.at)
            for care in chart.cares
        )
