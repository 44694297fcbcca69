"""Two at one record in the same moment (T17): whoever comes second decides over what she has read,
or decides nothing; no step is lost, and the chain and the lists say the same.

On SQLite files and on PostgreSQL, the one deed stopped before each of its statements in turn.
"""

from pathlib import Path
from typing import Any

import pytest

from stillroom.access import Capacity, Role
from stillroom.chart import actions, queries, reviewing, rules
from stillroom.chart.rules_review import ChangedMeanwhile
from stillroom.chart.states import NotNow, State
from stillroom.identity.models import Person
from stillroom.practice import actions as practice
from tests.cast import NOON, Cast
from tests.harness.races import Deed, Template, interleavings, on_each
from tests.harness.upright import require_upright

# Marked so that it runs before the stories in a browser, whose loop stays in the thread.
pytestmark = pytest.mark.django_db
TEXT = {"Data": "Slept six hours.", "Assessment": "Steadier.", "Plan": "Tuesday."}


def _live(cast: Cast) -> dict[str, str]:
    """Ada works under Sol and Bea. One note waits for both, one came back and is being changed."""
    practice.set_profile(
        cast.ada.id, profession="supervised_trainee", credential="", place="us-md", location=""
    )
    bea = cast.people["bea"]
    bea.roles = frozenset({Role.CLINICIAN, Role.SUPERVISOR})
    Person.objects.filter(pk=bea.id).update(roles=["clinician", "supervisor"])
    practice.begin_care(cast.here("ada"), cast.dov, bea.id, Capacity.SUPERVISING)
    waits, returned = _signed(cast), _signed(cast)
    reviewing.give_back(cast.here("sol"), returned, "Name the intervention.", seen=2)
    reviewing.begin_changes(cast.here("ada"), returned)
    return {"waits": waits, "returned": returned}


def _signed(cast: Cast) -> str:
    record = actions.begin(cast.here("ada"), cast.dov, "progress_note", occurred_at=NOON)
    actions.save_draft(cast.here("ada"), record, TEXT, 1)
    actions.sign(cast.here("ada"), record, 2)
    return record


template = on_each(_live)


def _cosign(name: str) -> Deed:
    return lambda cast, ids: reviewing.cosign(cast.here(name), ids["waits"], seen=2)


def _return(name: str) -> Deed:
    return lambda cast, ids: reviewing.give_back(
        cast.here(name), ids["waits"], "Which exercise?", seen=2
    )


def _sign_changes(cast: Cast, ids: Any) -> int:
    return actions.sign(cast.here("ada"), ids["returned"], 1)


def _strike(cast: Cast, ids: Any) -> int:
    return actions.strike(cast.here("ada"), ids["returned"], "Another client’s.")


def _add(cast: Cast, ids: Any) -> int:
    return actions.addend(cast.here("ada"), ids["waits"], "He rang.")


def test_of_two_supervisors_at_once_the_second_reads_again(
    template: Template, tmp_path: Path
) -> None:
    for cast, ids, one, two in interleavings(template, tmp_path, _cosign("sol"), _cosign("bea")):
        failed = [run.raised for run in (one, two) if run.raised is not None]
        assert len(failed) == 1, failed
        assert isinstance(failed[0], ChangedMeanwhile)
        course = queries.record(cast.here("ada"), ids["waits"]).course
        assert (course.state, len(course.approvals)) == (State.WAITING, 1)
        require_upright(cast)


def test_one_returns_while_the_other_approves_and_only_one_of_it_counts(
    template: Template, tmp_path: Path
) -> None:
    ends = set()
    for cast, ids, one, two in interleavings(template, tmp_path, _return("sol"), _cosign("bea")):
        assert sorted(run.raised is None for run in (one, two)) == [False, True]
        course = queries.record(cast.here("ada"), ids["waits"]).course
        assert course.state is (State.RETURNED if one.raised is None else State.WAITING)
        require_upright(cast)
        ends.add(course.state)
    assert ends == {State.RETURNED, State.WAITING}, "both ends were come to"


def test_nothing_is_approved_that_its_supervisor_has_not_read(
    template: Template, tmp_path: Path
) -> None:
    for cast, ids, _, two in interleavings(template, tmp_path, _cosign("sol"), _add):
        assert two.raised is None, "the author’s addendum is never lost"
        course = queries.record(cast.here("ada"), ids["waits"]).course
        assert course.approvals == (), "an approval before the addendum reaches no further"
        require_upright(cast)


def test_changes_are_signed_once_though_two_windows_sign(
    template: Template, tmp_path: Path
) -> None:
    for cast, ids, one, two in interleavings(template, tmp_path, _sign_changes, _sign_changes):
        failed = [run.raised for run in (one, two) if run.raised is not None]
        assert len(failed) == 1, failed
        assert isinstance(failed[0], actions.Clash | rules.AlreadySigned)
        assert queries.record(cast.here("ada"), ids["returned"]).course.version == 4
        require_upright(cast)


def test_changes_are_signed_or_the_note_is_struck_and_never_half_of_each(
    template: Template, tmp_path: Path
) -> None:
    for cast, ids, one, two in interleavings(template, tmp_path, _sign_changes, _strike):
        assert two.raised is None, two.raised
        assert one.raised is None or isinstance(
            one.raised, actions.Clash | rules.AlreadySigned | NotNow
        )
        course = queries.record(cast.here("ada"), ids["returned"]).course
        assert course.state is State.IN_ERROR
        assert course.version == (4 if one.raised is None else 1)
        require_upright(cast)
