"""A group's session: one part without names, one for each member in that member's own chart; the law
calls each by its own name, and nobody reads in one chart of another member."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.access import Capacity
from stillroom.chart import actions, queries, releasing, rules, rules_together, together
from stillroom.chart._kinds_team import GROUP_MEMBER_NOTE
from stillroom.chart.contents import SessionFacts
from stillroom.chart.law_kinds import law_kind
from stillroom.chart.models import Record, Revision
from stillroom.chart.rules_together import named, names_of
from stillroom.chart.together import Attended
from stillroom.phi import NotHere
from stillroom.practice import actions as practice
from stillroom.practice import queries as practising
from stillroom.practice.rules import FrontSheet
from tests.cast import NOON, Cast
from tests.harness.upright import require_upright

WILL = FrontSheet(given="Will", family="Ostrander-Vey")
IVO = FrontSheet(given="Ivo", family="Tamm")
SHARED = {
    "What the group did": "We practised saying no, in pairs.",
    "How the group was": "Warm; one member was quiet.",
    "What comes next": "Next week the same, with somebody from outside.",
}


@pytest.fixture
def group(cast: Cast) -> dict[str, str]:
    """A group of Dov, Will and Ivo in Ada's care. Ivo has no chart of his own."""
    ada = cast.here("ada")
    carers = [practice.Carer(ada.person, Capacity.TREATING)]
    will = practice.admit(ada, cast.directory, [WILL], carers)
    dov = practising.chart_head(ada, cast.dov).holders[0].client
    his = practising.chart_head(ada, will).holders[0].client
    chart = practice.admit(
        ada, cast.directory, [IVO], carers, kind="group", known_clients=[dov, his]
    )
    held = {one.sheet.given: one.client for one in practising.chart_head(ada, chart).holders}
    return {"chart": chart, "will": will, **held}


def begin(cast: Cast, group: dict[str, str]) -> str:
    attended = {
        group["Dov"]: Attended("came"),
        group["Will"]: Attended("came_late", "the bus"),
        group["Ivo"]: Attended("came"),
    }
    facts = SessionFacts(NOON, NOON.replace(hour=18), "in_person", "90853")
    return together.begin(
        cast.here("ada"), group["chart"], attended, occurred_at=NOON, session=facts
    )


def member(cast: Cast, whole: str, chart: str) -> str:
    """The draft of one member's part."""
    for part in together.parts(cast.here("ada"), whole):
        if part.record.chart == chart and part.record.kind.id == "group_member_note":
            return part.record.id
    raise AssertionError("no part in that chart")


def write(cast: Cast, record: str, fields: dict[str, str], kind: str = "") -> None:
    version = queries.record(cast.here("ada"), record).draft_version
    actions.save_draft(cast.here("ada"), record, fields, version, kind=kind)


def write_member(cast: Cast, record: str, said: str) -> None:
    fields = {"In the group": said, "Response": "Took part.", "Plan": "Go on."}
    write(cast, record, fields, "group_member_note")


def written(cast: Cast, group: dict[str, str]) -> str:
    whole = begin(cast, group)
    write(cast, whole, SHARED)
    write_member(cast, member(cast, whole, cast.dov), "He said no to another member.")
    write_member(cast, member(cast, whole, group["will"]), "He came late and laughed.")
    return whole


def versions(cast: Cast, whole: str) -> dict[str, int]:
    return {
        one.record.id: one.record.draft_version
        for one in together.parts(cast.here("ada"), whole)
        if not one.signed
    }


def test_each_part_lies_in_its_own_chart_and_all_are_signed_at_once(
    cast: Cast, group: dict[str, str]
) -> None:
    whole = written(cast, group)
    parts = together.parts(cast.here("ada"), whole)
    assert [(one.record.kind.id, one.record.chart) for one in parts] == [
        ("group_session", group["chart"]),
        ("group_attendance", group["chart"]),
        ("group_member_note", cast.dov),
        ("group_member_note", group["will"]),
    ], "whoever has no chart of his own stands in the attendance alone"
    assert together.sign_all(cast.here("ada"), whole, versions(cast, whole)) == 4
    assert all(one.signed for one in together.parts(cast.here("ada"), whole))
    assert queries.record(cast.here("ada"), parts[2].record.id).revisions[0].content.session
    require_upright(cast)


def test_nothing_of_another_member_is_in_a_members_chart(cast: Cast, group: dict[str, str]) -> None:
    whole = written(cast, group)
    together.sign_all(cast.here("ada"), whole, versions(cast, whole))
    record = member(cast, whole, cast.dov)
    content = queries.record(cast.here("ada"), record).revisions[0].content
    told = json.dumps(rules.encode(content).decode())
    assert not [word for word in ("Will", "Ostrander", "Ivo", "Tamm", "bus") if word in told]
    assert not [one for one in (group["will"], group["Will"], group["Ivo"]) if one in told]


def test_what_the_law_calls_each_part(cast: Cast, group: dict[str, str]) -> None:
    whole = written(cast, group)
    together.sign_all(cast.here("ada"), whole, versions(cast, whole))
    ada = cast.here("ada")
    shared = releasing.signed_records(ada, group["chart"], joint=True)
    assert {one.law_kind for one in shared} == {"joint_session_notes"}
    own = releasing.signed_records(ada, cast.dov, joint=False)
    assert [one.law_kind for one in own] == ["progress_notes"]
    assert law_kind("group_session", part2=False, joint=False) == "joint_session_notes"
    assert law_kind("joint_session", part2=False, joint=False) == "joint_session_notes"
    assert law_kind("group_attendance", part2=True, joint=True) == "sud_records"
    words = releasing.for_release(ada, group["chart"], [whole])[whole]
    said = " ".join(part.text for one in words.contents for part in one.sections)
    assert not [word for word in ("Dov", "Will", "Ivo") if word in said], "who came is not in it"


@pytest.mark.parametrize(
    ("section", "text", "whom"),
    [
        ("What the group did", "Dov spoke first.", "Dov"),
        ("What the group did", "We listened to DOV’S week.", "DOV"),
        ("How the group was", "Quiet, but for halpern.", "halpern"),
        ("What comes next", "Ask Will about the bus.", "Will"),
        ("What comes next", "A call to Ostrander-Vey.", "Ostrander and Vey"),
    ],
)
def test_the_shared_part_names_nobody(
    cast: Cast, group: dict[str, str], section: str, text: str, whom: str
) -> None:
    whole = written(cast, group)
    write(cast, whole, {**SHARED, section: text})
    with pytest.raises(together.NotAllReady):
        together.sign_all(cast.here("ada"), whole, versions(cast, whole))
    with pytest.raises(rules.NotComplete) as raised:
        actions.sign(cast.here("ada"), whole, versions(cast, whole)[whole])
    (fault,) = raised.value.faults
    assert fault.field == section
    assert f"names {whom}." in fault.sentence
    assert Revision.objects.count() == 0, "and no other part was signed"
    assert queries.record(cast.here("ada"), whole).draft is not None, "what was typed is kept"


def test_a_members_part_names_himself_and_no_other_by_whatever_door_it_is_signed(
    cast: Cast, group: dict[str, str]
) -> None:
    whole = written(cast, group)
    record = member(cast, whole, cast.dov)
    write_member(cast, record, "Dov told Ivo about the move.")
    with pytest.raises(rules.NotComplete) as raised:
        actions.sign(cast.here("ada"), record, versions(cast, whole)[record])
    assert "names Ivo, another member" in raised.value.faults[0].sentence
    write_member(cast, record, "Dov told another member about the move.")
    actions.sign(cast.here("ada"), record, versions(cast, whole)[record])


def test_a_name_that_is_a_word_is_a_name_with_its_capital_inside_a_sentence() -> None:
    names = names_of(WILL)
    assert named("Will the group meet? It will. The will to change.", names) == ()
    assert named("He asked Will.", names) == ("Will",)
    assert named("“Will we?” she said. Then Will’s turn.", names) == ("Will",)


@given(st.text(alphabet="abcdDOV ov.’-\n", max_size=40))
def test_a_name_is_found_however_it_stands_and_never_inside_a_word(text: str) -> None:
    names = names_of(FrontSheet(given="Dov", family=""))
    assert named(f"x {text} dov, {text}", names)
    assert named("dovetail undove dovs", names) == ()


def test_a_name_of_one_letter_is_not_looked_for() -> None:
    assert names_of(FrontSheet(given="I", family="Tamm")) == frozenset({"tamm"})


def test_an_empty_part_keeps_all_from_being_signed_and_can_be_discarded(
    cast: Cast, group: dict[str, str]
) -> None:
    whole = begin(cast, group)
    write(cast, whole, SHARED)
    write_member(cast, member(cast, whole, cast.dov), "He said no.")
    with pytest.raises(together.NotAllReady):
        together.sign_all(cast.here("ada"), whole, versions(cast, whole))
    assert Revision.objects.count() == 0
    actions.discard(cast.here("ada"), member(cast, whole, group["will"]))
    assert together.sign_all(cast.here("ada"), whole, versions(cast, whole)) == 3


def test_a_part_that_changed_since_it_was_read_is_not_signed_nor_any_other(
    cast: Cast, group: dict[str, str]
) -> None:
    whole = written(cast, group)
    seen = versions(cast, whole)
    write_member(cast, member(cast, whole, cast.dov), "Another window.")
    with pytest.raises(actions.Clash):
        together.sign_all(cast.here("ada"), whole, seen)
    assert Revision.objects.count() == 0
    assert set(Record.objects.values_list("state", flat=True)) == {"draft"}


def test_a_session_that_nobody_came_to_or_of_no_group_is_refused(
    cast: Cast, group: dict[str, str]
) -> None:
    ada = cast.here("ada")
    with pytest.raises(together.NobodyCame):
        together.begin(ada, group["chart"], {}, occurred_at=NOON)
    with pytest.raises(together.NobodyCame):
        gone = {group["Dov"]: Attended("did_not_come")}
        together.begin(ada, group["chart"], gone, occurred_at=NOON)
    with pytest.raises(together.NoGroup):
        together.begin(ada, cast.dov, {group["Dov"]: Attended("came")}, occurred_at=NOON)
    assert Record.objects.count() == 0


def test_whoever_cares_for_one_member_learns_nothing_of_the_group(
    cast: Cast, group: dict[str, str]
) -> None:
    whole = written(cast, group)
    together.sign_all(cast.here("ada"), whole, versions(cast, whole))
    sol = cast.here("sol")
    record = member(cast, whole, cast.dov)
    assert queries.record(sol, record).title == "Group session: this member’s part"
    for other in (whole, member(cast, whole, group["will"])):
        with pytest.raises(NotHere):
            queries.record(sol, other)
    with pytest.raises(NotHere):
        together.parts(sol, whole)
    with pytest.raises(NotHere):
        together.parts(cast.here("ada"), record)


def test_a_name_that_two_members_bear_is_the_members_own() -> None:
    fields = {"In the group": "Tamm spoke.", "Response": "", "Plan": ""}
    content = rules.written(GROUP_MEMBER_NOTE, "Member", fields)
    assert rules_together.in_member(content, [IVO], [FrontSheet("Ada", "Tamm")]) == []
    assert rules_together.in_member(content, [WILL], [FrontSheet("Ada", "Tamm")]) != []
