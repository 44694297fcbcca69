"""A trainee's note goes to her supervisors: approved, returned, changed, undone; nothing is lost (P5)."""

from datetime import timedelta

import pytest

from stillroom.access import Act, Capacity, Role
from stillroom.chart import (
    actions,
    kinds,
    lists,
    queries,
    queries_review,
    releasing,
    reviewing,
    rules,
)
from stillroom.chart import rules_review as review
from stillroom.chart.models import Asked, Record, Review, Revision
from stillroom.chart.sheets import opening
from stillroom.chart.states import NotNow, State, Step
from stillroom.chart.whole import whole_chart
from stillroom.identity.models import Person
from stillroom.phi import NotHere
from stillroom.practice import actions as practice
from tests.cast import NOON, Cast
from tests.harness.upright import require_upright

TEXT = {"Data": "Slept six hours.", "Assessment": "Steadier.", "Plan": "Tuesday."}


@pytest.fixture
def trained(cast: Cast) -> Cast:
    """Ada works under supervision."""
    practice.set_profile(
        cast.ada.id, profession="supervised_trainee", credential="", place="us-md", location=""
    )
    return cast


def signed(cast: Cast, kind: str = "progress_note", **text: str) -> str:
    record = actions.begin(cast.here("ada"), cast.dov, kind, occurred_at=NOON)
    actions.save_draft(cast.here("ada"), record, text or TEXT, 1)
    actions.sign(cast.here("ada"), record, 2)
    return record


def course(cast: Cast, record: str) -> queries.Course:
    return queries.record(cast.here("ada"), record).course


def change(cast: Cast, record: str, **text: str) -> None:
    ada = cast.here("ada")
    reviewing.begin_changes(ada, record)
    saved = actions.save_draft(ada, record, {**TEXT, **text}, 1)
    actions.sign(ada, record, saved.version)


def second_supervisor(cast: Cast) -> None:
    """Bea supervises Dov's care beside Sol."""
    bea = cast.people["bea"]
    bea.roles = frozenset({Role.CLINICIAN, Role.SUPERVISOR})
    Person.objects.filter(pk=bea.id).update(roles=["clinician", "supervisor"])
    practice.begin_care(cast.here("ada"), cast.dov, bea.id, Capacity.SUPERVISING)


def test_a_trainees_note_waits_for_whoever_supervises_and_hers_alone(trained: Cast) -> None:
    record = signed(trained)
    assert course(trained, record).state is State.WAITING
    assert [one.record for one in queries_review.for_me(trained.here("sol"))] == [record]
    assert [one.state for one in queries_review.of_mine(trained.here("ada"))] == ["waiting"]
    assert queries_review.for_me(trained.here("bea")) == []
    assert queries_review.for_me(trained.here("ada")) == []


def test_the_note_of_somebody_licensed_waits_for_nobody_unless_she_sends_it(cast: Cast) -> None:
    record = signed(cast)
    assert course(cast, record).state is State.SIGNED
    reviewing.send(cast.here("ada"), record, [cast.sol.id])
    assert course(cast, record).state is State.WAITING


def test_a_private_note_is_never_sent(trained: Cast) -> None:
    record = signed(trained, "psychotherapy_note", Note="My own dread.")
    assert course(trained, record).state is State.SIGNED
    with pytest.raises(NotHere):
        reviewing.cosign(trained.here("sol"), record, seen=1)
    with pytest.raises(NotHere):
        reviewing.send(trained.here("ada"), record, [trained.sol.id])


def test_a_co_signature_is_in_the_chain_by_the_supervisors_key_and_changes_no_word(
    trained: Cast,
) -> None:
    record = signed(trained)
    before = Revision.objects.filter(record=record, number=1).values().get()
    entry = reviewing.cosign(trained.here("sol"), record, seen=2)
    assert Revision.objects.filter(record=record, number=1).values().get() == before
    last = Revision.objects.get(record=record, number=3)
    assert (last.signer, last.entry, last.addendum) == (trained.sol.id, entry, True)
    logged = list(trained.house.log.entries())[entry]
    assert logged.entry.act == Act.RECORD_COSIGN.value
    assert course(trained, record).state is State.COSIGNED
    assert queries_review.for_me(trained.here("sol")) == []
    line = queries.timeline(trained.here("ada"), trained.dov).lines[0]
    assert (line.review, line.addenda) == ("cosigned", 0)
    require_upright(trained)


def test_nobody_but_a_supervisor_of_this_chart_approves_or_returns(trained: Cast) -> None:
    record = signed(trained)
    for name in ("ada", "bea", "cal", "max", "olga", "nan"):
        with pytest.raises(NotHere):
            reviewing.cosign(trained.here(name), record, seen=2)
        with pytest.raises(NotHere):
            reviewing.give_back(trained.here(name), record, "Change it.", seen=2)
        with pytest.raises(NotHere):
            reviewing.undo(trained.here(name), record, "Wrong one.", seen=2)
    practice.end_care(trained.here("ada"), trained.dov, trained.sol.id)
    with pytest.raises(NotHere):
        reviewing.cosign(trained.later(minutes=1).here("sol"), record, seen=2)


def test_a_supervisor_never_approves_what_he_wrote_himself(cast: Cast) -> None:
    practice.begin_care(cast.here("ada"), cast.dov, cast.bea.id, Capacity.TREATING)
    record = signed(cast)
    reviewing.send(cast.here("ada"), record, [cast.sol.id])
    Record.objects.filter(pk=record).update(author=cast.sol.id)
    with pytest.raises(rules.RecordAltered):
        reviewing.cosign(cast.here("sol"), record, seen=2)


def test_returned_changed_and_approved_keeps_every_version_readable(trained: Cast) -> None:
    record = signed(trained)
    reviewing.give_back(trained.here("sol"), record, "Name the intervention.", seen=2)
    returned = queries.record(trained.here("ada"), record)
    assert returned.course.state is State.RETURNED
    assert review.words_of(returned.revisions[2].content) == "Name the intervention."
    assert [one.state for one in queries_review.of_mine(trained.here("ada"))] == ["returned"]
    change(trained, record, Data="We rehearsed the call.")
    whole = queries.record(trained.here("ada"), record)
    assert (whole.course.state, whole.course.version) == (State.WAITING, 4)
    assert [one.content.sections[0].text for one in whole.revisions if not one.addendum] == [
        "Slept six hours.",
        "We rehearsed the call.",
    ]
    reviewing.cosign(trained.here("sol"), record, seen=4)
    assert course(trained, record).state is State.COSIGNED
    line = queries.timeline(trained.here("sol"), trained.dov).lines[0]
    assert line.opening.startswith("We rehearsed"), "the version in force opens the line"
    require_upright(trained)


def test_what_leaves_is_the_version_in_force_and_who_approved_it_not_the_supervisors_words(
    trained: Cast,
) -> None:
    record = signed(trained)
    reviewing.give_back(trained.here("sol"), record, "Leave Mara’s name out.", seen=2)
    change(trained, record, Data="We rehearsed the call.")
    reviewing.cosign(trained.here("sol"), record, seen=4)
    actions.addend(trained.here("ada"), record, "He rang on Thursday.")
    sheet = releasing.for_release(trained.here("ada"), trained.dov, [record])[record]
    said = " ".join(part.text for one in sheet.contents for part in one.sections)
    assert said == "We rehearsed the call. Steadier. Tuesday. He rang on Thursday."
    assert sheet.cosigned == (), "the addendum waits: the whole is not approved as it stands"
    whole = whole_chart(trained.here("ada"), trained.dov)
    words = [opening(one.kind, one.content) for one in whole]
    assert words == ["We rehearsed the call. Steadier. Tuesday.", "He rang on Thursday."]


def test_an_addendum_of_a_trainee_is_looked_at_like_the_note(trained: Cast) -> None:
    record = signed(trained)
    reviewing.cosign(trained.here("sol"), record, seen=2)
    actions.addend(trained.here("ada"), record, "He rang.")
    assert course(trained, record).state is State.WAITING
    assert [one.record for one in queries_review.for_me(trained.here("sol"))] == [record]
    reviewing.cosign(trained.here("sol"), record, seen=5)
    assert course(trained, record).state is State.COSIGNED
    require_upright(trained)


def test_two_supervisors_both_are_needed_and_one_returns_for_both(trained: Cast) -> None:
    second_supervisor(trained)
    record = signed(trained)
    reviewing.cosign(trained.here("sol"), record, seen=2)
    assert course(trained, record).state is State.WAITING
    assert queries_review.for_me(trained.here("sol")) == [], "hers is done"
    assert [one.record for one in queries_review.for_me(trained.here("bea"))] == [record]
    reviewing.give_back(trained.here("bea"), record, "Which exercise?", seen=3)
    change(trained, record, Data="The call.")
    assert {one.record for one in queries_review.for_me(trained.here("sol"))} == {record}, "anew"
    reviewing.cosign(trained.here("bea"), record, seen=5)
    reviewing.cosign(trained.here("sol"), record, seen=6)
    assert course(trained, record).state is State.COSIGNED
    require_upright(trained)


def test_a_supervisor_who_left_is_not_waited_for(trained: Cast) -> None:
    second_supervisor(trained)
    record = signed(trained)
    practice.end_care(trained.here("ada"), trained.dov, trained.bea.id)
    later = trained.later(minutes=1)
    reviewing.cosign(later.here("sol"), record, seen=2)
    assert course(later, record).state is State.COSIGNED


def test_where_nobody_who_was_asked_supervises_any_more_whoever_does_finds_it(
    trained: Cast,
) -> None:
    second_supervisor(trained)
    record = actions.begin(trained.here("ada"), trained.dov, "progress_note", occurred_at=NOON)
    actions.save_draft(trained.here("ada"), record, TEXT, 1)
    actions.sign(trained.here("ada"), record, 2, asked=[trained.sol.id])
    assert queries_review.for_me(trained.here("bea")) == []
    practice.end_care(trained.here("ada"), trained.dov, trained.sol.id)
    later = trained.later(minutes=1)
    assert [one.record for one in queries_review.for_me(later.here("bea"))] == [record]


def test_a_note_of_a_chart_that_nobody_supervises_waits_and_can_be_sent_later(
    trained: Cast,
) -> None:
    practice.end_care(trained.here("ada"), trained.dov, trained.sol.id)
    later = trained.later(minutes=1)
    record = signed(later)
    assert course(later, record).state is State.WAITING
    assert course(later, record).asked == ()
    with pytest.raises(review.NobodyToAsk):
        reviewing.send(later.here("ada"), record, [later.sol.id])


def test_an_approval_is_undone_by_whoever_gave_it_with_a_reason_and_stays_in_the_chain(
    trained: Cast,
) -> None:
    record = signed(trained)
    reviewing.cosign(trained.here("sol"), record, seen=2)
    with pytest.raises(review.WordsMissing):
        reviewing.undo(trained.here("sol"), record, "  ", seen=3)
    reviewing.undo(trained.here("sol"), record, "I read the wrong session.", seen=3)
    whole = queries.record(trained.here("ada"), record)
    assert whole.course.state is State.WAITING
    steps = [
        review.step_of(review.Entered(r.number, r.addendum, r.content, r.signer, r.signed_at))
        for r in whole.revisions
    ]
    assert steps == [Step.SIGN, Step.SEND, Step.COSIGN, Step.UNDO]
    assert [one.record for one in queries_review.for_me(trained.here("sol"))] == [record]
    require_upright(trained)


@pytest.mark.parametrize(("days", "too_late"), [(0, False), (7, False), (7.001, True), (90, True)])
def test_an_approval_is_undone_within_a_week_and_not_later(
    trained: Cast, days: float, too_late: bool
) -> None:
    record = signed(trained)
    reviewing.cosign(trained.here("sol"), record, seen=2)
    later = trained.here("sol", at=NOON + timedelta(days=days))
    if too_late:
        with pytest.raises(review.TooLateToUndo):
            reviewing.undo(later, record, "Wrong.", seen=3)
    else:
        reviewing.undo(later, record, "Wrong.", seen=3)
    assert Revision.objects.filter(record=record).count() == (3 if too_late else 4)


def test_whoever_decides_over_an_older_page_decides_nothing(trained: Cast) -> None:
    record = signed(trained)
    actions.addend(trained.here("ada"), record, "He rang.")
    with pytest.raises(review.ChangedMeanwhile):
        reviewing.cosign(trained.here("sol"), record, seen=2)
    with pytest.raises(review.ChangedMeanwhile):
        reviewing.give_back(trained.here("sol"), record, "Shorter.", seen=2)
    assert course(trained, record).state is State.WAITING


def test_a_record_that_was_not_returned_is_not_changed(trained: Cast) -> None:
    record = signed(trained)
    with pytest.raises(NotNow):
        reviewing.begin_changes(trained.here("ada"), record)
    with pytest.raises(rules.AlreadySigned):
        actions.save_draft(trained.here("ada"), record, TEXT, 1)


def test_only_the_author_changes_what_was_returned(trained: Cast) -> None:
    practice.begin_care(trained.here("ada"), trained.dov, trained.bea.id, Capacity.TREATING)
    record = signed(trained)
    reviewing.give_back(trained.here("sol"), record, "Shorter.", seen=2)
    with pytest.raises(NotNow):
        reviewing.begin_changes(trained.here("bea"), record)


def test_a_draft_of_changes_is_its_authors_and_can_be_put_aside(trained: Cast) -> None:
    record = signed(trained)
    reviewing.give_back(trained.here("sol"), record, "Shorter.", seen=2)
    reviewing.begin_changes(trained.here("ada"), record)
    reviewing.begin_changes(trained.here("ada"), record)
    assert queries.record(trained.here("sol"), record).draft is None
    assert queries.record(trained.here("ada"), record).draft is not None
    actions.discard(trained.here("ada"), record, with_words=True)
    whole = queries.record(trained.here("ada"), record)
    assert (whole.draft, whole.course.state) == (None, State.RETURNED)
    require_upright(trained)


def test_struck_needs_a_reason_takes_it_off_every_list_and_keeps_the_words(trained: Cast) -> None:
    record = signed(trained)
    with pytest.raises(rules.ReasonMissing):
        actions.strike(trained.here("ada"), record, " ")
    actions.strike(trained.here("ada"), record, "This was about another client.")
    whole = queries.record(trained.here("sol"), record)
    assert whole.course.state is State.IN_ERROR
    assert whole.revisions[0].content.sections[0].text == "Slept six hours."
    assert review.words_of(whole.revisions[-1].content) == "This was about another client."
    assert queries_review.for_me(trained.here("sol")) == []
    with pytest.raises(NotNow):
        reviewing.cosign(trained.here("sol"), record, seen=3)
    with pytest.raises(NotNow):
        actions.strike(trained.here("ada"), record, "Again.")
    require_upright(trained)


def test_a_record_struck_in_the_old_way_is_still_read_as_struck(cast: Cast) -> None:
    record = signed(cast)
    actions.addend(cast.here("ada"), record, "Entered in error. Wrong client.")
    assert course(cast, record).state is State.ADDENDED, "words alone strike nothing"
    Record.objects.filter(pk=record).update(state=Record.State.IN_ERROR)
    assert course(cast, record).state is State.IN_ERROR


def test_a_row_that_says_struck_where_no_chain_does_is_seen(cast: Cast) -> None:
    record = signed(cast)
    Record.objects.filter(pk=record).update(state=Record.State.IN_ERROR)
    with pytest.raises(rules.RecordAltered):
        queries.record(cast.here("ada"), record)


def test_a_row_that_says_co_signed_approves_nothing(trained: Cast) -> None:
    record = signed(trained)
    Review.objects.update(state=Review.State.COSIGNED)
    Asked.objects.update(cosigned=True)
    assert course(trained, record).state is State.WAITING
    assert releasing.for_release(trained.here("ada"), trained.dov, [record])[record].cosigned == ()


def test_a_reason_of_a_hundred_pages_is_refused_in_a_sentence(trained: Cast) -> None:
    record = signed(trained)
    with pytest.raises(review.WordsTooLong):
        reviewing.give_back(trained.here("sol"), record, "x" * 200_000, seen=2)


def test_no_kind_of_record_has_a_form_that_reads_as_a_step() -> None:
    forms = {form for kind in kinds.KINDS.values() for form in kind.forms}
    assert not forms & {review.step_content(step).form for step in review._FORMS}


def test_a_plan_that_came_back_is_in_force_as_it_was_signed_again(trained: Cast) -> None:
    """What reads a chart by its kinds reads the version in force, whatever number it has."""
    ada = trained.here("ada")
    record = actions.begin(ada, trained.dov, "medication_list", occurred_at=NOON)
    fields = {"medication.0.what": "Sertraline", "medication.0.dose": "50 mg"}
    actions.save_draft(ada, record, fields, 1, kind="medication_list")
    actions.sign(ada, record, 2)
    reviewing.give_back(trained.here("sol"), record, "The dose is 25 mg.", seen=2)
    assert lists.beside(ada, trained.dov).taken == (("Sertraline", "50 mg"),)
    reviewing.begin_changes(ada, record)
    changed = {**fields, "medication.0.dose": "25 mg"}
    actions.save_draft(ada, record, changed, 1, kind="medication_list")
    actions.sign(ada, record, 2)
    assert lists.beside(ada, trained.dov).taken == (("Sertraline", "25 mg"),)
    require_upright(trained)
