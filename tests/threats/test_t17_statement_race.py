"""T17 for what a client says against an entry (45 CFR 164.526(d)(5)): her statement comes while a packet
of that entry, or a letter that tells others, is on its way out.

What leaves is stopped before the questions that matter, on SQLite files and on PostgreSQL, and the
statement goes as far as it comes; and the other way round. However it goes: what left stands in the log
before the statement, or nothing has left without it.
"""

from pathlib import Path
from typing import Any

import pytest

from stillroom.access import Act
from stillroom.disclosure import actions, disputing, lettering, own_asking, queries, releasing
from stillroom.disclosure.askers.amending import Done
from stillroom.disclosure.letter_going import WrittenBefore
from stillroom.disclosure.models import Departure
from stillroom.disclosure.rules import Decision, NoLongerLawful, State
from stillroom.kernel import Trilean
from tests.cast import NOON, Cast
from tests.disclosure.leaving import TO, packet_for_rex
from tests.disclosure.test_disputes import ASKED, DENIED, SAID
from tests.harness.races import Deed, Runner, Template, interleavings, on_each
from tests.web import corpus

pytestmark = pytest.mark.long

MATTERS = ("disclosure_step", "disclosure_matter", 'practice_chart" WHERE', "FOR NO KEY UPDATE")


def live(cast: Cast) -> dict[str, str]:
    """Dov's correction of the one note in a packet was denied; he has not said yet that he disagrees.
    A letter that tells Rex of a record is signed."""
    ids = packet_for_rex(cast)
    ada = cast.here("ada")
    cast.holder("dov")
    asked = own_asking.ask(cast.here("dov"), cast.dov, "amendment", ASKED)
    actions.decide(ada, corpus(), asked, Decision.DENY, "It stands.")
    bundle = releasing.choices(ada, corpus(), ids["matter"])
    (note,) = [one.record.id for one in bundle.choices if one.state is State.CHOSEN]
    for done in (Done("denial", DENIED), Done("about", "", (note,))):
        disputing.write_down(ada, asked, done)
    whole = queries.whole_matter(ada, corpus(), ids["matter"])
    typed = {"named": "yes", "own": "He slept six hours."}
    made = lettering.draft(ada, corpus(), whole, "assertion", typed, {})
    number = lettering.sign(ada, corpus(), ids["matter"], made, made.seen)
    return {**ids, "asked": asked, "letter": str(number)}


def packet(cast: Cast, ids: Any) -> Any:
    sure = cast.here("ada", stepped_up=Trilean.YES)
    return releasing.release(sure, corpus(), ids["packet"], TO)


def letter(cast: Cast, ids: Any) -> Any:
    ada = cast.here("ada")
    whole = queries.whole_matter(ada, corpus(), ids["matter"])
    found = lettering.find(whole, int(ids["letter"]))
    lettering.sent(ada, whole, found, "hand", TO, NOON.date())


def written_down(cast: Cast, ids: Any) -> Any:
    return disputing.write_down(cast.here("ada"), ids["asked"], Done("statement", SAID))


def by_her_own_door(cast: Cast, ids: Any) -> Any:
    own_asking.disagree(cast.here("dov"), ids["asked"], SAID)


template = on_each(live)


@pytest.mark.parametrize("leaves", [packet, letter])
@pytest.mark.parametrize("says", [written_down, by_her_own_door])
def test_either_it_left_before_the_statement_or_nothing_left_without_it(
    template: Template, tmp_path: Path, says: Deed, leaves: Deed
) -> None:
    ends = set()
    for first, second in ((leaves, says), (says, leaves)):
        folder = tmp_path / first.__name__
        for cast, ids, one, two in interleavings(template, folder, first, second, _places):
            left, said = (one, two) if first is leaves else (two, one)
            ends.add(_end(cast, ids, left, said))
            cast.house.log.audit()
    assert ends == {"left", "stopped"}, "both orders came about"


def _places(names: list[str]) -> list[int]:
    """Where the one is stopped: before the first and the last of the questions that matter, between
    them, and before its last commit."""
    found = [n for n, name in enumerate(names) if any(word in name for word in MATTERS)]
    last = [n for n, name in enumerate(names) if name == "COMMIT"][-1]
    return sorted(
        {0, *found[:1], *found[-2:], (found[0] + last) // 2, (found[-1] + last) // 2, last}
    )


def _end(cast: Cast, ids: Any, left: Runner, said: Runner) -> str:
    assert said.raised is None, said.raised
    taken = disputing.disputes(cast.here("ada"), cast.dov)
    assert any(SAID in words for one in taken for _, words in one.said), "the statement stands"
    entries = [logged.entry for logged in cast.house.log.entries()]
    statement = _statement(cast, ids)
    went = Departure.objects.all()
    if left.raised is not None:
        assert isinstance(left.raised, NoLongerLawful | WrittenBefore), left.raised
        assert not went.exists()
        assert Act.RELEASE_SEND.value not in [one.act for one in entries]
        return "stopped"
    assert went.get().entry < statement, "it left, and before the statement"
    return "left"


def _statement(cast: Cast, ids: Any) -> int:
    """The entry of the statement."""
    whole = queries.whole_matter(cast.here("ada"), corpus(), ids["asked"])
    (step,) = (one for one in whole.steps if one.body.get("what") == "statement")
    return step.entry
