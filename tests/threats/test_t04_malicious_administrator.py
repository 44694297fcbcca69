"""T04: Max administers the accounts, and would like to read.

He may invite, propose, agree, close, sign in as every self that he invites, run every command and
set every setting. He never gets a ring, a grant on a chart, or a list of names; for that another
owner or administrator would have to agree, and she does not.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands
from django.db import transaction
from hypothesis import HealthCheck
from hypothesis import settings as how
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from pytest_django import DjangoDbBlocker

import stillroom
from stillroom.access import Act, Label, Purpose, Role, Ward
from stillroom.identity import accounts, doors, sessions
from stillroom.identity.doors import Opened
from stillroom.identity.models import Person, RoleChange
from stillroom.identity.refusals import OwnersOnly
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere, Presence, bridge, rings
from stillroom.phi.models import Wrap
from stillroom.practice import queries as practice
from stillroom.vault import words_key
from tests.cast import Cast, make_cast
from tests.config.saying import run
from tests.harness.evidence import Evidence

SOURCE = Path(stillroom.__file__).parent
ROLES = st.sets(st.sampled_from(sorted(set(Role) - {Role.CLIENT}, key=str)), max_size=4)
pytestmark = pytest.mark.django_db

READING = (
    Act.RECORD_READ, Act.RECORD_WRITE, Act.RECORD_SIGN, Act.PRIVATE_READ, Act.FRONT_READ,
    Act.FRONT_WRITE, Act.CONSENT_READ, Act.MATTER_READ, Act.RELEASE_PREPARE, Act.RELEASE_SEND,
    Act.BILLING_READ, Act.LEDGER_READ, Act.CARE_BEGIN, Act.APPOINTMENT_WRITE,
)  # fmt: skip
LABELS = ((), (Label.CLINICAL,), (Label.PRIVATE,), (Label.FRONT,), (Label.BILLING,))


class Max(RuleBasedStateMachine):
    """Max and every self that he has invited."""

    cast: Cast
    """Set by the test; each example runs in a savepoint of its practice."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.selves: list[tuple[str, Any]] = [(self.cast.max.id, self.cast.max.key)]
        self.codes: list[Any] = []
        self.invited = 0

    def teardown(self) -> None:
        """Undo everything but the log."""
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def here(self, nth: int) -> Presence:
        """One of his selves, signed in as the software signs people in."""
        person, key = self.selves[nth % len(self.selves)]
        row = Person.objects.get(pk=person)
        if not row.active:
            return self.cast.here("max")
        cookie = sessions.begin(self.cast.house, Opened(person, key), at=self.cast.at)
        found = sessions.resume(self.cast.house, cookie, at=self.cast.at)
        assert isinstance(found, Presence)
        return found

    def _try(self, do: Any) -> Any:
        try:
            return do()
        except StillroomError:
            return None

    @rule(nth=st.integers(0, 3), roles=ROLES)
    def invite(self, nth: int, roles: set[Role]) -> None:
        """A new self, or one in the name of an older place."""
        self.invited += 1
        name = f"self{self.invited}"
        code = self._try(lambda: accounts.invite(self.here(nth), name, "Ivo", roles))
        if code is not None:
            self.codes.append((name, code))

    @rule(roles=ROLES, name=st.sampled_from(["ada", "olga", "cal", "self1", "ADA ", "max"]))
    def invite_again(self, roles: set[Role], name: str) -> None:
        """In somebody else's name."""
        self._try(lambda: accounts.invite(self.here(0), name, "Another", roles))

    @rule()
    def take_up(self) -> None:
        """Make keys for the oldest open place, and sign in as that self from now on."""
        if not self.codes:
            return
        name, code = self.codes.pop(0)
        made = self._try(
            lambda: accounts.take_up(
                self.cast.house, code, "seven mild otters drifting", at=self.cast.at
            )
        )
        if made is not None:
            row = Person.objects.get(sign_name=name)
            way = row.ways_in.get(kind="words")
            key = doors.open_identity(row.pk, bytes(way.sealed_key), words_key(made.words))
            self.selves.append((row.pk, key))

    @rule(nth=st.integers(0, 3), roles=ROLES, whose=st.integers(0, 12))
    def propose(self, nth: int, roles: set[Role], whose: int) -> None:
        """Roles for himself, for a self, for anybody."""
        people = list(Person.objects.order_by("pk").values_list("pk", flat=True))
        chosen = people[whose % len(people)]
        self._try(lambda: accounts.propose_roles(self.here(nth), chosen, roles))

    @rule(nth=st.integers(0, 3))
    def agree(self, nth: int) -> None:
        """As every self, to everything that is proposed."""
        for change in list(RoleChange.objects.values_list("pk", flat=True)):
            self._try(lambda change=change: accounts.agree_to_roles(self.here(nth), change))

    @rule(whose=st.sampled_from(["ada", "bea", "sol", "cal", "nan", "olga"]), nth=st.integers(0, 3))
    def close(self, whose: str, nth: int) -> None:
        """Anybody's account."""
        self._try(lambda: accounts.close(self.here(nth), self.cast.people[whose].id))

    @invariant()
    def he_holds_no_ring(self) -> None:
        """Neither his wraps, nor his keys, open anything."""
        own = [person for person, _ in self.selves]
        assert not Wrap.objects.filter(recipient__in=own).exists()
        for nth in range(len(self.selves)):
            for chart in (self.cast.dov, self.cast.fay):
                with pytest.raises(NotHere):
                    rings.open_ring(self.here(nth), chart, rings.Kind.CHART)

    @invariant()
    def he_gets_no_grant_on_a_chart(self) -> None:
        """For no act, no purpose, no label."""
        for nth in range(len(self.selves)):
            here = self.here(nth)
            cares = practice.cares_of(here.person, self.cast.dov)
            for act in READING:
                for purpose in Purpose:
                    for labels in LABELS:
                        ward = Ward(self.cast.dov, "", frozenset(labels))
                        assert not bridge.may(here, act, purpose, ward, cares=cares), act

    @invariant()
    def he_reads_no_list_of_names(self) -> None:
        """Not even who is a client."""
        for nth in range(len(self.selves)):
            with pytest.raises(NotHere):
                practice.find(self.here(nth), self.cast.directory, "halpern")

    @invariant()
    def nobody_has_a_role_that_a_second_person_did_not_give(self) -> None:
        """His selves have none, he has his own, and the owner is still there."""
        for person, _ in self.selves[1:]:
            assert Person.objects.get(pk=person).roles == []
        assert Person.objects.get(pk=self.cast.max.id).roles == [Role.ADMINISTRATOR.value]
        assert Person.objects.get(pk=self.cast.olga.id).active


@pytest.fixture(scope="module")
def standing(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any
) -> Any:
    """One practice for all that Max tries."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast(tmp_path_factory.mktemp("max"))
        yield cast
        cast.house.log.close()
        transaction.set_rollback(True)


def test_an_administrator_who_tries_everything_reads_nothing(standing: Cast) -> None:
    Max.cast = standing
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Max,
        settings=how(
            max_examples=12,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_roles_come_only_with_a_second_person_who_agrees(standing: Cast) -> None:
    """The other way round: when the owner does agree, the role is there, and the log says so."""
    with transaction.atomic():
        size = standing.house.log.size
        accounts.propose_roles(standing.here("max"), standing.max.id, [Role.FRONT_DESK])
        change = RoleChange.objects.get()
        with pytest.raises(accounts.SamePerson):
            accounts.agree_to_roles(standing.here("max"), change.pk)
        accounts.agree_to_roles(standing.here("olga"), change.pk)
        assert Person.objects.get(pk=standing.max.id).roles == [Role.FRONT_DESK.value]
        assert standing.house.log.size == size + 2
        transaction.set_rollback(True)


def test_an_administrator_does_not_close_the_owner(standing: Cast) -> None:
    with pytest.raises(OwnersOnly):
        accounts.close(standing.here("max"), standing.olga.id)


def test_rows_that_an_administrator_writes_himself_open_nothing(standing: Cast) -> None:
    """With the database in hand: a role, a relationship, a copied wrap; still no ring."""
    with transaction.atomic():
        from stillroom.practice.models import CareRelationship

        mine = standing.max.id
        Person.objects.filter(pk=mine).update(roles=[Role.CLINICIAN.value, Role.OWNER.value])
        CareRelationship.objects.create(
            chart_id=standing.dov, person=mine, capacity="treating", begins_at=standing.at
        )
        kept = Wrap.objects.get(ring__ward=standing.dov, recipient=standing.ada.id)
        Wrap.objects.create(ring=kept.ring, recipient=mine, sealed=kept.sealed)
        cookie = sessions.begin(standing.house, Opened(mine, standing.max.key), at=standing.at)
        here = sessions.resume(standing.house, cookie, at=standing.at)
        assert isinstance(here, Presence)
        assert Role.CLINICIAN in here.roles, "the row does say so"
        with pytest.raises(StillroomError):
            rings.open_ring(here, standing.dov, rings.Kind.CHART)
        transaction.set_rollback(True)


# Commands and settings


COMMANDS = frozenset(
    {"check", "compilemessages", "createcachetable", "dbshell", "diffsettings", "dumpdata", "flush",
     "inspectdb", "loaddata", "makemessages", "makemigrations", "migrate", "optimizemigration",
     "runserver", "sendtestemail", "shell", "showmigrations", "sqlflush", "sqlmigrate", "sqlsequencereset",
     "squashmigrations", "startapp", "startproject", "test", "testserver", "collectstatic",
     "findstatic"}
)  # fmt: skip
"""Django's own. None of them knows of a key; what they show of rows is what a thief would see."""

WORDS = (
    ("doctor",),
    ("ledger", "audit"),
    ("ledger", "export"),
    ("ledger", "key"),
    ("ledger", "checkpoint", "--last"),
    ("demo-code", "ada"),
)


def test_there_is_no_management_command_but_djangos() -> None:
    assert set(get_commands()) <= COMMANDS


@pytest.mark.parametrize("words", WORDS, ids=" ".join)
def test_no_command_opens_a_word_without_a_key(evidence: Evidence, words: tuple[str, ...]) -> None:
    said = run(*words, "--home", evidence.life.served.home)
    assert "Traceback" not in said.err
    _require_silent(evidence, (said.out + said.err).encode())


def test_dumping_every_row_shows_no_word(evidence: Evidence) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "django", "dumpdata"],
        capture_output=True, timeout=120, check=True,
        env={**_bare(), "STILLROOM_HOME": str(evidence.life.served.home),
             "DJANGO_SETTINGS_MODULE": "stillroom.config.settings"},
    )  # fmt: skip
    assert len(done.stdout) > 10_000
    _require_silent(evidence, done.stdout + done.stderr)


def _bare() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    return {**kept, "COLUMNS": "80"}


def _require_silent(evidence: Evidence, said: bytes) -> None:
    for kind in evidence.life.kinds:
        assert list(kind.search("said", said)) == []


def _source() -> dict[Path, str]:
    return {path: path.read_text("utf-8") for path in SOURCE.rglob("*.py")}


def test_there_is_no_superuser_and_no_admin_site() -> None:
    apps_there = {config.name for config in apps.get_app_configs()}
    assert not {"django.contrib.admin", "django.contrib.auth"} & apps_there
    for path, text in _source().items():
        assert not re.search(r"is_superuser|is_staff|has_perm", text), path


def test_no_setting_switches_sealing_the_gate_or_the_log_off() -> None:
    read = set()
    for text in _source().values():
        read |= set(re.findall(r"environ(?:\.get|\.setdefault)?[\[(]\s*\"(\w+)\"", text))
        read |= set(re.findall(r"getenv\(\"(\w+)\"", text))
    # A scanner (CLAMD) can only have a file refused that would otherwise come in; a carrier (MAIL, TEXT)
    # carries what may be sent, and is asked for nothing else. The line (CALLS) carries what browsers
    # say before a call, which they prove to each other (T09); a relay (TURN, SFU) passes on what is
    # sealed before it gets there.
    assert read == {
        "STILLROOM_CALLS", "STILLROOM_CLAMD", "STILLROOM_HOME", "STILLROOM_HOSTS",
        "STILLROOM_LEAVE_TO", "STILLROOM_MAIL", "STILLROOM_ORIGINS", "STILLROOM_SFU", "STILLROOM_TEXT",
        "STILLROOM_TURN", "DJANGO_SETTINGS_MODULE",
    }  # fmt: skip
    about = re.compile(r"(?:^|_)(?:STILLROOM|SEAL|GATE|LEDGER|LOG|AUDIT)(?:_|$)")
    ours = [name for name in dir(settings) if about.search(name)]
    assert ours == [
        "STILLROOM_CALLS", "STILLROOM_CLAMD", "STILLROOM_HOME", "STILLROOM_LEAVE_TO",
        "STILLROOM_MAIL", "STILLROOM_SFU", "STILLROOM_TEXT", "STILLROOM_TURN",
    ]  # fmt: skip
    assert settings.DEBUG is False


def test_no_guard_is_an_assertion_that_an_option_of_python_removes() -> None:
    """`python -O` leaves out every assert; ours tell the type checker of a type, and no more."""
    of_a_type = re.compile(
        r"assert (?:isinstance\([\w.]+, [\w.]+\)|[\w.]+ is not None)  # noqa: S101"
    )
    for path, text in _source().items():
        for line in re.findall(r"^\s*(assert\b.*)$", text, re.MULTILINE):
            assert of_a_type.match(line), (path, line)
