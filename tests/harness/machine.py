"""The practice as a machine: what each of the cast may try, and what must hold after each step.

Run by tests/threats/test_practice_as_a_machine.py (THREATS.md, 6.3). Each deed is let through if and
only if the naive gate lets it through. Where the practice lies, and what becomes of it when it is
started again or an older copy is put back, is in `machine_on_disk`.
"""

import inspect
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from stillroom.access import Act, Capacity, Purpose
from stillroom.chart import actions as chart
from stillroom.chart import glance
from stillroom.chart import queries as charts
from stillroom.consent import actions as consent
from stillroom.disclosure import releasing
from stillroom.disclosure.models import Departure
from stillroom.identity import sessions
from stillroom.identity.doors import Opened
from stillroom.kernel import StillroomError, Trilean
from stillroom.phi import NotHere, Presence, bridge
from stillroom.phi.apart import How
from stillroom.phi.models import Spare, Wrap
from stillroom.practice import actions, actions_apart, actions_glass, queries, queries_glass
from stillroom.practice.lapses import Lapses
from tests.cast import Cast
from tests.disclosure.story import authorization
from tests.harness.naive import Naive, Relationship
from tests.harness.upright import require_upright
from tests.web import corpus

WHY = "His brother rang: he is on the bridge."
TEXT = {"Data": "Slept six hours.", "Assessment": "Steadier.", "Plan": "Tuesday."}
NAMES = ("ada", "bea", "sol", "cal")
WHO = st.sampled_from(["ada", "ada", "bea", "bea", "sol", "cal"])
WHICH = st.sampled_from(["dov", "dov", "fay"])
DECIDING = st.sampled_from(["ada", "ada", "ada", "bea", "sol", "cal"])
BREAKING = st.sampled_from(["bea", "bea", "bea", "ada", "sol", "cal"])
WAYS = st.sampled_from(list(Capacity))
KINDS = st.sampled_from(["progress_note", "psychotherapy_note"])


class Practice(RuleBasedStateMachine):
    """One practice; each example begins with the same one (`_open`), and leaves it (`_close`)."""

    cast: Cast
    ids: dict[str, str]
    """Set by `_open`."""
    size: int
    """Of the log, when the present deed began."""
    done: Counter[str]
    """How often each deed was let through."""

    def __init__(self) -> None:
        super().__init__()
        self._open()
        self.began = self.cast.house.log.size
        self.ought = Naive(self.cast.at)
        for name, way in (("ada", "treating"), ("sol", "supervising")):
            self.ought.cares[(self.cast.dov, self.id(name))] = Relationship(way)
        self.ought.cares[(self.cast.fay, self.id("bea"))] = Relationship("treating")
        self.locked: set[str] = set()
        self.cookies = {name: self._sign_in(name) for name in NAMES}
        self.written: list[tuple[str, str, str, bool]] = []
        self.paper_revoked = self.left = self.disputed = False

    def _open(self) -> None:
        """Sets `cast` and `ids`: the practice as each example finds it."""
        raise NotImplementedError

    def _close(self) -> None:
        """Let go of it."""
        raise NotImplementedError

    def teardown(self) -> None:
        """All that must hold of rows and log together; then undo everything."""
        try:
            require_upright(replace(self.cast, at=self.ought.at))
        finally:
            self._close()

    # People

    def id(self, name: str) -> str:
        return self.cast.people[name].id

    def chart(self, which: str) -> str:
        return str(getattr(self.cast, which))

    def _sign_in(self, name: str) -> Any:
        member = self.cast.people[name]
        opened = Opened(member.id, member.key)
        return sessions.begin(self.cast.house, opened, at=self.ought.at)

    def here(self, name: str) -> Presence | None:
        """That person, if her session is open; as the middleware would know her."""
        found = sessions.resume(self.cast.house, self.cookies[name], at=self.ought.at)
        present = isinstance(found, Presence)
        assert present is (name not in self.locked), name
        return replace(found, stepped_up=Trilean.YES) if isinstance(found, Presence) else None

    def ask(self, name: str, may: bool, do: Callable[[Presence], Any]) -> Any:
        """Let somebody do something. She is let if and only if the naive gate lets her; another
        refusal than *not here* is one of circumstance, and then nothing has changed."""
        here = self.here(name)
        if here is None:
            return None
        Practice.size = self.cast.house.log.size
        try:
            with transaction.atomic():
                given = do(here)
        except NotHere:
            assert not may, f"{name} is refused and ought not to be"
            return None
        except StillroomError:
            assert may, f"{name} is told more than that there is nothing"
            return None
        assert may, f"{name} is let and ought not to be"
        self.done[inspect.stack()[1].function] += 1
        return True if given is None else given

    @initialize(broken=st.booleans(), kept=st.sampled_from(["", "cal", "bea"]))
    def a_key_lies_by(self, broken: bool, kept: str) -> None:
        """Ada has laid one by for Bea; perhaps its glass is broken already, and somebody kept away."""
        self.lay_a_key_by("ada", "bea", "dov")
        if broken:
            self.break_the_glass("bea", "dov")
        if kept:
            self.keep_apart("ada", kept, "dov", How.KEPT_AWAY)

    # Care

    @rule(by=WHO, whom=WHO, which=WHICH, way=WAYS, days=st.integers(1, 3))
    def begin_care(self, by: str, whom: str, which: str, way: Capacity, days: int) -> None:
        on, until = self.chart(which), None
        if way is Capacity.COVERING:
            until = self.ought.at + timedelta(days=days)
        may = self.ought.decides(on, self.id(by))
        do = lambda here: actions.begin_care(here, on, self.id(whom), way, until)  # noqa: E731
        if self.ask(by, may, do):
            assert (on, self.id(whom)) not in self.ought.kept
            self.ought.cares[(on, self.id(whom))] = Relationship(way.value, until)
            self.ought.mend(on, self.id(whom))

    @rule(by=DECIDING, whom=WHO, which=WHICH)
    def end_care(self, by: str, whom: str, which: str) -> None:
        on = self.chart(which)
        may = self.ought.decides(on, self.id(by))
        if self.ask(by, may, lambda here: actions.end_care(here, on, self.id(whom))):
            self.ought.cares.pop((on, self.id(whom)), None)

    # Words

    @rule(by=WHO, which=WHICH, kind=KINDS)
    def write_and_sign(self, by: str, which: str, kind: str) -> None:
        on = self.chart(which)
        words = TEXT if kind == "progress_note" else {"Note": "Countertransference."}

        def do(here: Presence) -> str:
            record = chart.begin(here, on, kind, occurred_at=self.ought.at)
            chart.save_draft(here, record, words, 1)
            chart.sign(here, record, 2)
            return record

        record = self.ask(by, self.ought.writes(on, self.id(by)), do)
        if record:
            self.written.append((record, on, by, kind != "progress_note"))

    @rule(by=WHO, nth=st.integers(0, 9))
    def read(self, by: str, nth: int) -> None:
        """Something that was written in this run, or before."""
        known = [
            (self.ids["note"], self.cast.dov, "ada", False),
            (self.ids["private"], self.cast.dov, "ada", True),
            *self.written,
        ]
        record, on, author, private = known[nth % len(known)]
        person = self.id(by)
        may = self.ought.reads(on, person)
        if private:
            may = author == by and self.ought.writes(on, person)
        self.ask(by, may, lambda here: charts.record(here, record))

    @rule(by=WHO, which=WHICH)
    def read_the_chart(self, by: str, which: str) -> None:
        on = self.chart(which)
        self.ask(by, self.ought.reads(on, self.id(by)), lambda here: charts.timeline(here, on))

    @rule(by=WHO, which=WHICH)
    def look_for(self, by: str, which: str) -> None:
        """By name, and by number: one answer."""
        on = self.chart(which)
        may = self.ought.knows(on, self.id(by), desk=by == "cal")
        self.ask(by, may, lambda here: queries.chart_head(here, on))
        if here := self.here(by):
            Practice.size = self.cast.house.log.size
            typed = "halpern" if which == "dov" else "castellane"
            found = queries.find(here, self.cast.directory, typed)
            assert (on in [head.id for head in found]) is may

    # Consent and release

    @rule(by=WHO)
    def revoke(self, by: str) -> None:
        may = self.ought.writes(self.cast.dov, self.id(by))
        if self.ask(by, may, lambda here: consent.revoke(here, self.ids["paper"])):
            self.paper_revoked = True

    @rule(by=WHO)
    def sign_another_paper(self, by: str) -> None:
        """An authorization that came later lets nothing leave that rests on the first."""
        may = self.ought.writes(self.cast.dov, self.id(by))
        paper = authorization(self.cast)
        self.ask(by, may, lambda here: consent.take_up(here, self.cast.dov, paper))

    @rule(by=DECIDING)
    def release(self, by: str) -> None:
        """The packet of the first story; it rests on a paper."""
        may = self.ought.decides(self.cast.dov, self.id(by))
        here = self.here(by)
        if here is None:
            return
        Practice.size = self.cast.house.log.size
        try:
            with transaction.atomic():
                releasing.release(here, corpus(), self.ids["packet"], "Rex Dunleavy")
        except StillroomError:
            # Of another than Ada no profession is on file, so the law may answer her otherwise.
            lawful = may and not (self.paper_revoked or self.left or self.disputed)
            assert by != "ada" or not lawful, "she may release, and is refused"
            return
        assert may, f"{by} releases and ought not to"
        assert not self.paper_revoked, "it left after its authorization was taken back"
        assert not self.left, "it left twice"
        assert not self.disputed, "it left without what the client says against its note"
        self.left = True
        self.done["release"] += 1

    # Kept away, and broken

    @rule(by=DECIDING, whom=WHO, which=WHICH, why=st.sampled_from([How.KEPT_AWAY, How.CLOSED]))
    def keep_apart(self, by: str, whom: str, which: str, why: How) -> None:
        on, person = self.chart(which), self.id(whom)
        may = self.ought.decides(on, self.id(by))
        do = lambda here: actions_apart.keep_apart(here, on, person, why)  # noqa: E731
        if not self.ask(by, may, do):
            return
        if why is How.CLOSED:
            self.ought.closed.add(on)
        else:
            assert not self.ought.way(on, person), "whoever cares is not kept away"
            self.ought.kept.add((on, person))
            self.ought.mend(on, person)

    @rule(by=DECIDING, whom=WHO, which=WHICH, why=st.sampled_from([How.KEPT_AWAY, How.CLOSED]))
    def let_know(self, by: str, whom: str, which: str, why: How) -> None:
        on, person = self.chart(which), self.id(whom)
        may = self.ought.decides(on, self.id(by))
        do = lambda here: actions_apart.let_know(here, on, person, why)  # noqa: E731
        if self.ask(by, may, do):
            if why is How.CLOSED:
                self.ought.closed.discard(on)
            else:
                self.ought.kept.discard((on, person))

    @rule(by=DECIDING, whom=WHO, which=WHICH)
    def lay_a_key_by(self, by: str, whom: str, which: str) -> None:
        on, person = self.chart(which), self.id(whom)
        may = self.ought.decides(on, self.id(by))
        if self.ask(by, may, lambda here: actions_glass.lay_by(here, on, person)):
            assert whom != "cal"
            self.ought.keys[on, person] = self.ought.at

    @rule(by=BREAKING, which=WHICH)
    def break_the_glass(self, by: str, which: str) -> None:
        pair = (self.chart(which), self.id(by))
        may = self.ought.breaks(*pair)
        if self.ask(by, may, lambda here: actions_glass.break_glass(here, pair[0], WHY)):
            self.ought.glass.setdefault(pair, self.ought.at)

    @rule(by=BREAKING, which=WHICH)
    def read_through_the_glass(self, by: str, which: str) -> None:
        on = self.chart(which)

        def do(here: Presence) -> Any:
            standing = queries_glass.head(here, on)[1]
            return glance.everything(here, on, standing) or True

        self.ask(by, self.ought.reads_through(on, self.id(by)), do)

    @rule(by=BREAKING, which=WHICH)
    def say_that_it_is_over(self, by: str, which: str) -> None:
        pair = (self.chart(which), self.id(by))
        may = self.ought.reads_through(*pair)
        if self.ask(by, may, lambda here: actions_glass.end(here, pair[0])):
            self.ought.spend(*pair)

    # Sessions and time

    @rule(who=WHO)
    def lock_and_come_back(self, who: str) -> None:
        """A locked session is nobody; by the old cookie there is no way back."""
        sessions.lock(self.cookies[who])
        self.locked.add(who)
        assert self.here(who) is None
        self.locked.discard(who)
        self.cookies[who] = self._sign_in(who)

    @rule(minutes=st.sampled_from([5, 30, 60, 60 * 24, 60 * 24 * 2]))
    def time_passes(self, minutes: int) -> None:
        """Everybody comes back and signs in anew; what has an end has ended."""
        self.ought.pass_by(timedelta(minutes=minutes))
        self.cookies = {name: self._sign_in(name) for name in NAMES}
        Lapses().take_away(self.cast.house, self.ought.at)

    # After each step

    @invariant()
    def keys_lie_with_exactly_those_who_care(self) -> None:
        """And a key for emergencies with those for whom one was laid by."""
        both = (self.cast.dov, self.cast.fay)
        people = [self.id(name) for name in NAMES]
        wraps = Wrap.objects.filter(ring__ward__in=both, ring__kind="chart", recipient__in=people)
        assert set(wraps.values_list("ring__ward", "recipient")) == set(self.ought.cares)
        spares = Spare.objects.values_list("ring__ward", "recipient")
        assert set(spares) == set(self.ought.keys)

    @invariant()
    def the_gate_and_the_naive_gate_agree(self) -> None:
        """For everybody and both charts, whoever acts next."""
        for name in NAMES:
            here = self.here(name)
            if here is None:
                continue
            for on in (self.cast.dov, self.cast.fay):
                cares = queries.cares_of(here.person, on)
                told = _told(here, on, cares)
                ought = self.ought
                assert told == (
                    ought.reads(on, here.person),
                    ought.knows(on, here.person, desk=name == "cal"),
                    ought.writes(on, here.person),
                    ought.decides(on, here.person),
                ), (name, told)

    @invariant()
    def the_log_is_whole(self) -> None:
        """It audits, and grows only."""
        size = self.cast.house.log.size
        assert size >= self.began
        self.began = size
        self.cast.house.log.audit()

    @invariant()
    def what_left_is_in_the_account(self) -> None:
        left = Departure.objects.filter(packet=self.ids["packet"]).exists()
        assert left is self.left


def _told(here: Presence, on: str, cares: Any) -> tuple[bool, bool, bool, bool]:
    """What the real gate says of reading, knowing, writing and deciding."""
    purpose = queries.purpose_for(here, cares)
    ward, front = charts.chart_ward(on), queries.front_ward(on)
    plain = replace(front, labels=frozenset())

    def may(act: Act, why: Purpose, what: Any) -> bool:
        return bridge.may(here, act, why, what, cares=cares)

    return (
        may(Act.RECORD_READ, purpose, ward),
        may(Act.FRONT_READ, purpose, front) or may(Act.FRONT_READ, Purpose.SCHEDULING, front),
        may(Act.RECORD_WRITE, Purpose.TREATMENT, ward),
        may(Act.RESTRICTION_WRITE, Purpose.TREATMENT, plain),
    )
