"""T17 for what a client asks to be kept back: agreed to while a packet is being released.

The release is stopped before the questions that matter, on SQLite files and on PostgreSQL, and the
other goes as far as it comes. However it goes: the release stands in the log before the answer, or
nothing has left.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from stillroom.access import Act
from stillroom.consent import actions as consent
from stillroom.consent import actions_restrictions as keeping
from stillroom.consent.rules_restrictions import Basis, agreed
from stillroom.disclosure import actions, releasing
from stillroom.disclosure.models import Departure
from stillroom.disclosure.rules import Decision, NoLongerLawful
from stillroom.disclosure.rules import State as Chosen
from stillroom.kernel import Trilean
from tests.cast import Cast
from tests.disclosure.story import notes
from tests.disclosure.test_restricting import KEEP, PLAN, asked_by_plan, paper_for_plan
from tests.disclosure.test_story import profile
from tests.harness.races import Runner, Template, interleavings, on_each
from tests.web import corpus

pytestmark = pytest.mark.long

MATTERS = ("consent_restriction", 'practice_chart" WHERE', "FOR NO KEY UPDATE")


def live(cast: Cast) -> dict[str, str]:
    """The plan asks, Dov has signed, a packet is a proof; what he asked to be kept back waits."""
    ada = cast.here("ada")
    profile(cast)
    notes(cast)
    consent.take_up(ada, cast.dov, paper_for_plan(cast))
    matter = actions.enter(ada, cast.dov, asked_by_plan())
    for fact in ("federal_court", "restriction_agreed", "paid_out_of_pocket", "part2_program"):
        actions.answer(ada, corpus(), matter, fact, False)
    actions.answer(ada, corpus(), matter, "identity_verified", True)
    actions.decide(ada, corpus(), matter, Decision.BUILD, "He has signed.")
    bundle = releasing.choices(ada, corpus(), matter)
    ids = [one.record.id for one in bundle.choices if one.state is Chosen.CHOSEN]
    packet = releasing.build(ada, corpus(), matter, ids, [])
    waits = replace(KEEP, basis=Basis.AGREED)
    return {"packet": packet, "restriction": keeping.ask(ada, cast.dov, waits)}


def release(cast: Cast, ids: Any) -> Any:
    sure = cast.here("ada", stepped_up=Trilean.YES)
    return releasing.release(sure, corpus(), ids["packet"], PLAN.name)


def agree(cast: Cast, ids: Any) -> Any:
    def become(one: Any) -> Any:
        return agreed(one, date(2026, 11, 20))

    return keeping.change(cast.here("ada"), ids["restriction"], become, "agreed")


template = on_each(live)


def _places(names: list[str]) -> list[int]:
    found = [n for n, name in enumerate(names) if any(word in name for word in MATTERS)]
    last = [n for n, name in enumerate(names) if name == "COMMIT"][-1]
    return sorted({0, *found[:1], *found[-2:], (found[-1] + last) // 2, last})


def test_either_it_left_before_the_answer_or_nothing_left(
    template: Template, tmp_path: Path
) -> None:
    ends = set()
    for cast, ids, one, two in interleavings(template, tmp_path, release, agree, _places):
        ends.add(_end(cast, ids, one, two))
    assert ends == {"left", "stopped"}, "both orders came about"


def _end(cast: Cast, ids: Any, one: Runner, two: Runner) -> str:
    assert two.raised is None, two.raised
    acts = [logged.entry.act for logged in cast.house.log.entries()]
    written = [n for n, act in enumerate(acts) if act == Act.RESTRICTION_WRITE.value][-1]
    if not Departure.objects.filter(packet=ids["packet"]).exists():
        assert isinstance(one.raised, NoLongerLawful), one.raised
        return "stopped"
    assert one.raised is None, one.raised
    assert acts.index(Act.RELEASE_SEND.value) < written, "it left, and before the answer"
    return "left"
