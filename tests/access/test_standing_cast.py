"""Every person of the standing cast asks for every row of standing_cast.yaml."""

from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from stillroom.access import (
    Act,
    Actor,
    Capacity,
    Care,
    Label,
    Permit,
    Purpose,
    Release,
    Request,
    Role,
    Ward,
    gate,
)
from stillroom.access._fitting import PURPOSES
from stillroom.kernel import Trilean
from tests.access.conftest import GLASS, NOW, WEEK

TABLE = yaml.safe_load((Path(__file__).parent / "standing_cast.yaml").read_text())
ROWS = TABLE["rows"]
WHEN = {
    "now": (NOW - WEEK, None),
    "past": (NOW - 9 * WEEK, NOW - WEEK),
    "future": (NOW + WEEK, None),
}


def _actor(name: str) -> Actor:
    person = TABLE["cast"][name]
    begins, ends = WHEN[person.get("when", "now")]
    care = person.get("care")
    reach = frozenset(person.get("reach", ()))
    cares = (Care(begins, ends, Capacity(care), reach),) if care else ()
    roles = frozenset(Role(role) for role in person["roles"])
    return Actor(name, roles, cares, Trilean.YES)


def _ward(name: str) -> Ward:
    ward = TABLE["wards"][name]
    return Ward(
        ward.get("chart", "dov"),
        ward.get("record", ""),
        frozenset(Label(label) for label in ward.get("labels", ())),
        ward.get("author", ""),
        frozenset({"hal"}) if ward.get("chart", "dov") else frozenset(),
        frozenset({"kit"}) if ward.get("chart", "dov") else frozenset(),
        frozenset(ward.get("shared_with", ())),
        ward.get("closed", False),
        ward.get("kind", ""),
    )


def _release(then: dict[str, object]) -> Release | None:
    if "release" not in then:
        return None
    kinds = frozenset(then.get("kinds", ["progress_notes"]))
    return Release("PERMITTED", "ada", Trilean.YES, kinds)


def _request(row: dict[str, object], name: str) -> Request:
    then = row.get("then", {})
    return Request(
        _actor(name),
        Act(row["act"]),
        Purpose(row["for"]),
        _ward(row["about"]),
        NOW,
        _release(then),
        then.get("reason", ""),
        GLASS if then.get("broken") else None,
    )


@pytest.mark.parametrize(
    "row", ROWS, ids=lambda row: f"{row['act']} for {row['for']} about {row['about']}"
)
def test_exactly_these_people_are_let_through(row):
    let_through = [
        name for name in TABLE["cast"] if isinstance(gate.decide(_request(row, name)), Permit)
    ]
    assert sorted(let_through) == sorted(row["may"])


def test_every_act_stands_in_the_table_with_every_purpose_that_fits():
    asked = {(Act(row["act"]), Purpose(row["for"])) for row in ROWS}
    assert {act for act, _ in asked} == set(Act)
    assert {(act, purpose) for act, fitting in PURPOSES.items() for purpose in fitting} <= asked


def test_every_purpose_label_and_role_stands_in_the_table():
    assert {Purpose(row["for"]) for row in ROWS} == set(Purpose)
    assert {Label(x) for w in TABLE["wards"].values() for x in w.get("labels", ())} == set(Label)
    assert {Role(x) for p in TABLE["cast"].values() for x in p["roles"]} == set(Role)


def test_every_rule_decides_somewhere_in_the_table():
    """A rule that never decides is a rule that nobody has tested, or that is not needed."""
    decided = {
        reason.rule
        for row in ROWS
        for name in TABLE["cast"]
        for reason in gate.decide(_request(row, name)).reasons
    }
    unseen = {rule.id for rule in gate.rules} - decided
    # These speak of facts that the table holds fixed; test_release.py, test_gate.py
    # and test_own.py ask.
    assert (
        unseen
        == {
            "nobody-or-no-moment",
            "authorization-not-in-force",
            "not-proven-again",
            "taken-unproven",
            "turned-unproven",
        }
        - decided
    )


def test_the_end_of_care_is_the_end_of_access(ada, note):
    """At the very moment at which a relationship ends it no longer holds."""
    ends = NOW
    leaving = Actor("ada", ada.roles, (Care(NOW - WEEK, ends, Capacity.TREATING),))
    last = Request(leaving, Act.RECORD_READ, Purpose.TREATMENT, note, ends - timedelta(seconds=1))
    after = Request(leaving, Act.RECORD_READ, Purpose.TREATMENT, note, ends)
    assert isinstance(gate.decide(last), Permit)
    assert not isinstance(gate.decide(after), Permit)


def test_care_begins_at_its_very_moment(ada, note):
    new = Actor("ada", ada.roles, (Care(NOW, None, Capacity.TREATING),))
    before = NOW - timedelta(seconds=1)
    assert isinstance(
        gate.decide(Request(new, Act.RECORD_READ, Purpose.TREATMENT, note, NOW)), Permit
    )
    assert not isinstance(
        gate.decide(Request(new, Act.RECORD_READ, Purpose.TREATMENT, note, before)), Permit
    )
