"""Handing over and a group's session on their pages: what is refused keeps what was typed."""

import re
from datetime import timedelta

import pytest

from stillroom.access import Capacity
from stillroom.chart import actions, queries, together
from stillroom.chart.models import Record
from stillroom.practice import actions as practice
from stillroom.practice import queries as practising
from stillroom.practice.queries_care import members
from stillroom.practice.rules import FrontSheet
from tests.cast import NOON, Cast
from tests.web import Visitor, serve

LAST = (NOON + timedelta(days=10)).date().isoformat()
KNOW = "Ring him on Monday; he asked for it."


@pytest.fixture
def served(cast: Cast) -> Cast:
    serve(cast)
    return cast


def text_of(response: object) -> str:
    return re.sub(r"\s+", " ", response.content.decode())  # type: ignore[attr-defined]


def test_a_caseload_for_a_holiday(served: Cast) -> None:
    ada = Visitor(served, "ada")
    page = text_of(ada.get("/clients/handover"))
    assert "Dov Halpern" in page
    assert "Fay Castellane" not in page
    given = {
        "how": "while",
        "until": LAST,
        "to": served.bea.id,
        f"chart_{served.dov}": "yes",
        f"words_{served.dov}": KNOW,
    }
    done = ada.post("/clients/handover", given)
    assert done.status_code == 200
    assert "to Bea Lindqvist until" in text_of(done)
    bea = Visitor(served, "bea")
    assert "Dov Halpern" in text_of(bea.get("/clients/covering"))
    assert KNOW in text_of(bea.get(f"/clients/{served.dov}/covered"))
    left = bea.post(f"/clients/{served.dov}/leave")
    assert left.status_code == 302
    assert bea.get(f"/clients/{served.dov}").status_code == 404


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"how": ""}, "whether this is for a while or for good"),
        ({"how": "while", "until": ""}, "Cover needs its last day"),
        ({"how": "while", "until": "soon"}, "One of the dates is none"),
        ({"how": "while", "until": "2026-11-01"}, "That last day is over already"),
        ({"how": "good", "tick": ""}, "No client was chosen"),
        ({"how": "good", "to": ""}, "It is not said who takes this client"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    served: Cast, given: dict[str, str], sentence: str
) -> None:
    sent = {"how": "good", "until": LAST, "to": served.bea.id, **given}
    sent |= {f"chart_{served.dov}": sent.pop("tick", "yes"), f"words_{served.dov}": KNOW}
    refused = Visitor(served, "ada").post("/clients/handover", sent)
    assert refused.status_code == 409
    assert sentence in text_of(refused)
    assert KNOW in text_of(refused)
    assert Record.objects.count() == 0
    assert {one.person for one in members(served.dov)} == {served.ada.id, served.sol.id}


def test_one_chart_that_cannot_be_handed_over_leaves_the_others_done(served: Cast) -> None:
    ada = served.here("ada")
    carers = [practice.Carer(ada.person, Capacity.TREATING)]
    gil = practice.admit(ada, served.directory, [FrontSheet("Gil", "Ostrander")], carers)
    actions.begin(ada, served.dov, "progress_note", occurred_at=NOON)
    sent = {"how": "good", "to": served.bea.id, f"chart_{served.dov}": "yes"}
    sent |= {f"chart_{gil}": "yes", f"words_{served.dov}": KNOW}
    answer = Visitor(served, "ada").post("/clients/handover", sent)
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Something of yours in this chart is not finished" in page
    assert KNOW in page, "what was typed for the one that stays is still there"
    now = {one.person for one in members(gil) if one.ends is None}
    assert now == {served.bea.id}


@pytest.fixture
def group(served: Cast) -> str:
    ada = served.here("ada")
    carers = [practice.Carer(ada.person, Capacity.TREATING)]
    dov = practising.chart_head(ada, served.dov).holders[0].client
    ivo = [FrontSheet("Ivo", "Tamm")]
    return practice.admit(ada, served.directory, ivo, carers, kind="group", known_clients=[dov])


def test_a_group_session_from_attendance_to_signature(served: Cast, group: str) -> None:
    ada = Visitor(served, "ada")
    page = text_of(ada.get(f"/clients/{group}/group"))
    came = re.findall(r'name="(came_[a-z2-7]{26})"', page)
    assert "stands in the attendance alone" in page, "Ivo has no chart of his own"
    begun = ada.post(f"/clients/{group}/group", dict.fromkeys(came, "came"))
    assert begun.status_code == 302
    whole = begun.url.split("/")[2]  # type: ignore[attr-defined]
    written = text_of(ada.get(f"/records/{whole}/together"))
    assert written.count("data-autosave") == 2
    shared, own = (one.record for one in together.parts(served.here("ada"), whole) if one.wrong)
    fields = {"What the group did": "Ivo spoke.", "How the group was": "", "What comes next": ""}
    save(ada, shared.id, fields)
    words = {"In the group": "He listened.", "Response": "", "Plan": ""}
    save(ada, own.id, {**words, "record-kind": "group_member_note"})
    check = text_of(ada.get(f"/records/{whole}/together/check"))
    assert "names Ivo" in check
    assert "Sign all" not in check
    save(ada, shared.id, {**fields, "What the group did": "One member spoke."}, 2)
    check = text_of(ada.get(f"/records/{whole}/together/check"))
    versions = dict(re.findall(r'name="(version_[a-z2-7]{26})" value="(\d+)"', check))
    assert len(versions) == 3
    assert ada.post(f"/records/{whole}/together/check", versions).status_code == 302
    assert queries.record(served.here("ada"), own.id).revisions


def save(visitor: Visitor, record: str, fields: dict[str, str], version: int = 1) -> None:
    body = {"version": version, "fields": fields}
    answer = visitor.post(f"/records/{record}/draft", body, content_type="application/json")
    assert answer.status_code == 200, answer.content


def test_a_remark_of_a_page_is_refused_and_kept(served: Cast, group: str) -> None:
    ada = Visitor(served, "ada")
    page = text_of(ada.get(f"/clients/{group}/group"))
    name = re.findall(r'name="(why_[a-z2-7]{26})"', page)[0]
    refused = ada.post(f"/clients/{group}/group", {name: "x" * 300})
    assert refused.status_code == 409
    assert "x" * 300 in text_of(refused)


def test_only_a_group_is_offered_a_groups_session(served: Cast, group: str) -> None:
    ada = Visitor(served, "ada")
    assert f"/clients/{group}/group" in text_of(ada.get(f"/clients/{group}/write"))
    own = text_of(ada.get(f"/clients/{served.dov}/write"))
    assert "Group session" not in own
    assert "Couple or family session" not in own
