"""Where a chart stands: the flag, the levels, what a new record begins with, the five steps."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from stillroom.chart import risk, risk_path
from stillroom.chart.contents import Answer
from stillroom.chart.kinds import KINDS
from stillroom.chart.risk import LEVELS, RISK_KINDS, RiskRecord
from stillroom.chart.risk_facts import facts_of

NOW = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)


def record(
    kind: str = "suicide_risk", days: float = 0, state: str = "signed", **said: str
) -> RiskRecord:
    answers = tuple(Answer(name, value) for name, value in said.items())
    return RiskRecord(f"{kind} {days}", kind, NOW - timedelta(days=days), "ada", answers, state)


def test_the_flag_is_the_newest_judgment_of_each_kind_with_its_date() -> None:
    held = [
        record(days=9, level="high"),
        record(days=2, level="moderate"),
        record("violence_risk", days=30, level="low"),
    ]
    found = risk.flags(held)
    assert [(one.subject, one.word, one.raised) for one in found] == [
        ("Suicide risk", "moderate", True),
        ("Violence", "low", False),
    ]
    assert found[0].occurred_at == NOW - timedelta(days=2)


def test_what_was_entered_in_error_or_not_signed_raises_no_flag() -> None:
    held = [
        record(days=9, level="low"),
        record(days=2, level="high", state="in_error"),
        record(days=1, level="imminent", state="draft"),
    ]
    assert [one.word for one in risk.flags(held)] == ["low"]


def test_a_record_that_says_no_level_leaves_the_flag_as_it_was() -> None:
    assert [one.word for one in risk.flags([record(days=3, level="high"), record()])] == ["high"]


def test_a_suspicion_says_whether_it_was_reported_and_one_that_was_dropped_is_not_raised() -> None:
    said = {"yes": "reported", "no": "not reported", "": "recorded"}
    for reported, word in said.items():
        held = [record("abuse_suspicion", suspicion="child_abuse", reported=reported)]
        (flag,) = risk.flags(held)
        assert (flag.word, flag.raised) == (word, True)
    (flag,) = risk.flags([record("abuse_suspicion", suspicion="none")])
    assert not flag.raised
    assert risk.flags([record("abuse_suspicion")]) == []


@st.composite
def histories(draw: st.DrawFn) -> list[RiskRecord]:
    return [
        record(kind, days=float(nth), state=state, level=level)
        for nth, (kind, state, level) in enumerate(
            draw(
                st.lists(
                    st.tuples(
                        st.sampled_from(RISK_KINDS),
                        st.sampled_from(["signed", "in_error", "draft"]),
                        st.sampled_from([*LEVELS, ""]),
                    ),
                    max_size=8,
                )
            )
        )
    ]


@given(histories(), st.randoms())
def test_order_of_reading_changes_nothing_and_levels_are_told_oldest_first(
    held: list[RiskRecord], chance: object
) -> None:
    turned = list(held)
    chance.shuffle(turned)  # type: ignore[attr-defined]
    assert risk.flags(turned) == risk.flags(held)
    found = risk.levels(turned)
    assert found == risk.levels(held)
    assert [one.occurred_at for one in found] == sorted(one.occurred_at for one in found)
    assert len(found) == sum(1 for one in held if one.state == "signed" and one.level)


def test_a_new_assessment_keeps_history_and_asks_everything_of_today_anew() -> None:
    last = record(attempted="yes", plan="yes", level="high", ideation="method")
    assert [one.name for one in risk.begun_from(KINDS["suicide_risk"], last)] == ["attempted"]
    assert risk.begun_from(KINDS["suicide_risk"], None) == ()


def test_nothing_that_the_law_turns_on_is_carried_over_from_last_time() -> None:
    for kind, names in risk.STAYS.items():
        for name in names:
            for value in ("yes", "no", *(value for value, _ in KINDS[kind].fields[name].options)):
                assert facts_of(kind, [Answer(name, value)]) == ()


def test_a_plan_is_carried_on_whole_but_for_its_day() -> None:
    last = record("safety_plan", title="list", review_on="2026-11-30")
    assert [one.name for one in risk.begun_from(KINDS["safety_plan"], last)] == ["title"]


def test_what_stays_and_what_is_due_are_fields_of_their_sheets() -> None:
    for kind, names in [*risk.STAYS.items(), *risk.DUE_FIELDS.items()]:
        fields = {one.name: one.type for part in KINDS[kind].sheet for one in part.fields}
        assert set(names) <= set(fields)
    for kind, names in risk.DUE_FIELDS.items():
        fields = {one.name: one.type for part in KINDS[kind].sheet for one in part.fields}
        assert {fields[name] for name in names} == {"date"}


def test_a_day_that_is_none_is_due_never() -> None:
    assert risk.due_on("suicide_risk", [Answer("follow_up_on", text="Monday")]) is None
    assert risk.due_on("suicide_risk", [Answer("follow_up_on", text=" ")]) is None
    due = risk.due_on("suicide_risk", [Answer("follow_up_on", text="2026-11-23")])
    assert due is not None
    assert due.isoformat() == "2026-11-23"


# The path


def states(signed: list[RiskRecord], drafts: list[RiskRecord], due: list[str]) -> dict[str, str]:
    return {one.id: one.state for one in risk_path.steps(signed, drafts, due, NOW)}


def test_the_path_begins_with_asking() -> None:
    assert states([], [], []) == {
        "assess": "here",
        "plan": "open",
        "consult": "open",
        "sign": "open",
        "follow": "open",
    }


def test_an_assessment_of_last_week_is_not_this_occasions() -> None:
    assert states([record(days=7, level="high")], [], [])["assess"] == "here"


def test_a_draft_leads_on_to_the_plan_and_then_to_the_consultation() -> None:
    begun = record(state="draft")
    assert states([], [begun], [])["plan"] == "here"
    plan = record("safety_plan", state="draft")
    assert states([], [begun, plan], [])["consult"] == "here"


def test_the_path_is_gone_when_all_is_signed_consulted_and_has_a_day() -> None:
    assessed = record(level="high", consulted="Sol Adeyemi, 2 pm: sees it as I do.")
    plan = record("safety_plan")
    found = risk_path.steps([assessed, plan], [], [assessed.id], NOW)
    assert {one.state for one in found} == {"done"}


@given(histories(), histories(), st.booleans())
def test_whatever_is_there_at_most_one_step_is_here_and_it_is_the_first_not_done(
    signed: list[RiskRecord], others: list[RiskRecord], all_due: bool
) -> None:
    drafts = [
        RiskRecord(f"d{one.id}", one.kind, one.occurred_at, one.author, one.answers, "draft")
        for one in others
    ]
    found = risk_path.steps(signed, drafts, [one.id for one in signed] if all_due else [], NOW)
    assert [one.id for one in found] == ["assess", "plan", "consult", "sign", "follow"]
    open_ = [one for one in found if one.state != "done"]
    assert [one.state for one in open_] == ["here", *["open"] * (len(open_) - 1)][: len(open_)]
