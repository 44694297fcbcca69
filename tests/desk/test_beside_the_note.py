"""Beside the note, over HTTP: what autosave answers, the question before signing, and moving apart."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest

from stillroom.chart import actions, offering, queries
from stillroom.chart.contents import Answer
from stillroom.chart.models import Draft, Record
from stillroom.practice.actions_calendar import book
from tests.cast import NOON, Cast
from tests.web import Visitor, serve

WORDS = {"Data": "Slept six hours.", "Assessment": "Steadier.", "Plan": "Tuesday."}
WHOLE = {
    "Data": "Rehearsed the crossing. Denies thoughts of suicide.",
    "Assessment": "Panic disorder. Responded with less fear. Continued care is needed.",
    "Plan": "On to the second objective. Tuesday.",
    "start": "10:00",
    "stop": "10:50",
    "place": "Room 2",
    "modality": "in_person",
}


@pytest.fixture
def ada(cast: Cast) -> Visitor:
    """Ada at her desk."""
    serve(cast)
    return Visitor(cast, "ada")


def begin(cast: Cast, kind: str = "progress_note", at: Any = NOON) -> str:
    """A draft of Ada's about Dov."""
    return actions.begin(cast.here("ada"), cast.dov, kind, occurred_at=at)


def save(ada: Visitor, record: str, version: int, **fields: Any) -> dict[str, Any]:
    """What autosave answers."""
    sent = {"version": version, "fields": {**WORDS, **fields}}
    answer = ada.post(f"/records/{record}/draft", json.dumps(sent), content_type="application/json")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = json.loads(answer.content)
    return found


def sign(ada: Visitor, record: str, version: int, **fields: Any) -> Any:
    """The form, signed."""
    return ada.post(f"/records/{record}/sign", {"version": str(version), **fields})


def draft(cast: Cast, record: str) -> Any:
    """What stands in a draft."""
    return queries.record(cast.here("ada"), record).draft


# While writing


def test_a_save_brings_back_what_was_noticed_and_what_is_open(cast: Cast, ada: Visitor) -> None:
    answer = save(
        ada, begin(cast), 1, Data="My hunch is older anger. His sister Odette rang. Dov left."
    )
    beside = answer["beside"]
    assert "your own hypotheses" in beside["remarks"]["Data"]
    assert "Odette is named" in beside["remarks"]["Data"]
    assert "Dov is" not in beside["remarks"]["Data"], "the client is no third person"
    assert beside["remarks"]["Plan"] == ""
    assert beside["button"].startswith("Sign with ")
    assert beside["open"] > 0


def test_a_save_writes_no_entry_however_much_is_noticed(cast: Cast, ada: Visitor) -> None:
    record, before = begin(cast), cast.house.log.size
    save(ada, record, 1, Data="My hunch is older anger. His sister Odette rang.")
    assert cast.house.log.size == before


def test_a_psychotherapy_note_is_told_what_it_cannot_hide(cast: Cast, ada: Visitor) -> None:
    record = begin(cast, "psychotherapy_note")
    sent = {"version": 1, "fields": {"Note": "Sertraline went up. My own dread."}}
    answer = ada.post(f"/records/{record}/draft", json.dumps(sent), content_type="application/json")
    beside = json.loads(answer.content)["beside"]
    assert "Medication belongs in the progress note" in beside["remarks"]["Note"]
    assert beside["checks"].strip() == ""
    assert beside["button"] == "Sign"


def test_the_appointment_fills_the_session_and_what_is_typed_over_it_is_signed(
    cast: Cast, ada: Visitor
) -> None:
    book(
        cast.here("ada"),
        cast.dov,
        cast.people["ada"].id,
        NOON,
        NOON + timedelta(minutes=50),
        code="90834",
    )
    begun = ada.post(f"/clients/{cast.dov}/begin/progress_note", {})
    record = begun.headers["Location"].rpartition("/")[2]
    stands = draft(cast, record)
    assert (stands.answer("start").text, stands.answer("stop").text) == ("12:00", "12:50")
    assert (stands.answer("code").text, stands.answer("modality").text) == ("90834", "in_person")
    assert (
        sign(
            ada,
            record,
            1,
            **WHOLE | {"start": "12:05", "stop": "1:10 pm", "diagnosis": "F41.0", "as_it_is": "9"},
        ).status_code
        == 302
    )
    session = queries.record(cast.here("ada"), record).revisions[0].content.session
    assert session is not None
    assert session.minutes == 65
    assert session.starts_at == NOON + timedelta(minutes=5)


@pytest.mark.parametrize(
    ("certainty", "principal", "stands"),
    [
        ("confirmed", "yes", "F33.1 Major depression"),
        ("rule_out", "yes", ""),
        ("confirmed", "", ""),
    ],
)
def test_the_principal_diagnosis_is_filled_in_only_when_it_is_sure(
    cast: Cast, ada: Visitor, certainty: str, principal: str, stands: str
) -> None:
    row = {"code": "F33.1", "title": "Major depression", "certainty": certainty}
    listed = (Answer("diagnoses", rows=(row | ({"principal": principal} if principal else {}),)),)
    record = actions.begin(
        cast.here("ada"),
        cast.dov,
        "diagnoses",
        occurred_at=NOON - timedelta(days=2),
        answers=listed,
    )
    actions.sign(cast.here("ada"), record, 1)
    begun = ada.post(f"/clients/{cast.dov}/begin/progress_note", {})
    note = begun.headers["Location"].rpartition("/")[2]
    assert draft(cast, note).answer("diagnosis").text == stands


# Before signing


def test_what_is_open_is_asked_once_unless_the_button_said_it(cast: Cast, ada: Visitor) -> None:
    record = begin(cast)
    asked = sign(ada, record, 1, **WORDS)
    page = asked.content.decode()
    assert asked.status_code == 409
    assert "Look at this once before you sign" in page
    assert "Why care continues" in page
    assert "Slept six hours." in page, "nothing typed is lost"
    button = re.search(r'name="as_it_is" value="all"[^>]*>(Sign with \w+ open)', page)
    assert button
    assert Record.objects.get(pk=record).state == "draft"
    assert sign(ada, record, 2, **WORDS, as_it_is="all").status_code == 302
    signed = ada.get(f"/records/{record}").content.decode()
    assert "Open by the practice’s check" in signed
    assert "Why care continues" in signed


def test_a_button_that_named_as_much_signs_at_once_and_one_that_named_less_asks(
    cast: Cast, ada: Visitor
) -> None:
    record = begin(cast)
    count = save(ada, record, 1)["beside"]["open"]
    assert sign(ada, record, 2, **WORDS, as_it_is=str(count - 1)).status_code == 409
    assert sign(ada, record, 3, **WORDS, as_it_is=str(count)).status_code == 302


def test_signing_by_the_button_alone_signs_what_was_saved(cast: Cast, ada: Visitor) -> None:
    record = begin(cast)
    count = save(ada, record, 1)["beside"]["open"]
    assert sign(ada, record, 2, as_it_is=str(count)).status_code == 302


def test_a_complete_note_is_signed_without_a_question_and_says_nothing_was_open(
    cast: Cast, ada: Visitor
) -> None:
    record = begin(cast)
    assert sign(ada, record, 1, **WHOLE).status_code == 302
    content = queries.record(cast.here("ada"), record).revisions[0].content
    assert content.answer("open_at_signing").empty
    assert "When it was signed" not in ada.get(f"/records/{record}").content.decode()


def test_what_was_open_stands_in_no_packet_and_no_search(cast: Cast, ada: Visitor) -> None:
    record = begin(cast)
    sign(ada, record, 1, **WORDS, as_it_is="all")
    whole = queries.record(cast.here("ada"), record)
    from stillroom.chart.sheets import passages

    said = str(passages(whole.kind, whole.revisions[0].content))
    assert "Why care continues" not in said
    assert "Steadier." in said


def test_a_time_that_is_none_keeps_the_draft_and_says_how_to_write_it(
    cast: Cast, ada: Visitor
) -> None:
    record = begin(cast)
    answer = sign(ada, record, 1, **WHOLE | {"start": "ten-ish"})
    assert answer.status_code == 409
    assert "Start is not a time of day. Write it as 10:00" in answer.content.decode()
    assert draft(cast, record).answer("start").text == "ten-ish"


# The plan's objectives


def test_objectives_of_the_plan_are_offered_and_signed_in_the_plans_words_of_that_day(
    cast: Cast, ada: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = [("A1", "A1 Sleeps six hours"), ("A2", "A2 Calls his brother")]
    monkeypatch.setattr(offering, "PROVIDERS", {"objectives": lambda presence, chart: tuple(plan)})
    record = begin(cast)
    page = ada.get(f"/records/{record}").content.decode()
    assert "A1 Sleeps six hours" in page
    save(ada, record, 1, objectives=["A1"])
    plan[:] = [("A2", "A2 Calls his brother"), ("A1", "A1 Sleeps seven hours")]
    assert sign(ada, record, 2, as_it_is="all").status_code == 302
    content = queries.record(cast.here("ada"), record).revisions[0].content
    assert content.answer("objectives").chosen == ("A1",)
    assert content.answer("objectives_said").text == "A1 Sleeps seven hours"


def test_an_objective_that_has_left_the_plan_is_not_lost_from_a_draft(
    cast: Cast, ada: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offering, "PROVIDERS", {"objectives": lambda presence, chart: ()})
    record = begin(cast)
    assert "Objectives of the plan" not in ada.get(f"/records/{record}").content.decode()
    save(ada, record, 1, objectives=["A1"])
    assert "A1 (no longer in the plan)" in ada.get(f"/records/{record}").content.decode()


# The last note carried forward


def test_a_carried_note_is_marked_and_the_marks_go_one_by_one(cast: Cast, ada: Visitor) -> None:
    first = begin(cast, at=NOON - timedelta(days=7))
    sign(ada, first, 1, **WHOLE, as_it_is="all")
    record = begin(cast)
    assert "Begin from the last note" in ada.get(f"/records/{record}").content.decode()
    assert ada.post(f"/records/{record}/carry", {"version": "1"}).status_code == 302
    stands = draft(cast, record)
    assert stands.sections[2].text == WHOLE["Plan"]
    assert stands.answer("start").empty, "the times of another day are not carried"
    page = ada.get(f"/records/{record}").content.decode()
    assert page.count('name="carried"') == 7
    sections = {one.name: one.text for one in stands.sections}
    left = ["Rehearsed the crossing.", "Tuesday."]
    save(ada, record, 2, **sections, carried=left)
    asked = sign(
        ada,
        record,
        3,
        **{**sections, **{k: WHOLE[k] for k in ("start", "stop", "place", "modality")}},
        carried=left,
        as_it_is="10",
    )
    assert asked.status_code == 409, "what was carried is asked however much was open"
    assert "Word for word as in the last note" in asked.content.decode()
    assert sign(ada, record, 4, **sections, carried=left, as_it_is="all").status_code == 302
    signed = queries.record(cast.here("ada"), record).revisions[0].content
    assert signed.answer("carried_at_signing").chosen == tuple(left)
    assert signed.answer("carried").empty
    assert "2 sentences stood word for word" in ada.get(f"/records/{record}").content.decode()


def test_nothing_is_carried_over_what_is_written_already(cast: Cast, ada: Visitor) -> None:
    sign(ada, begin(cast, at=NOON - timedelta(days=7)), 1, **WHOLE, as_it_is="all")
    record = begin(cast)
    save(ada, record, 1, Data="New words.", Assessment="", Plan="")
    actions_before = draft(cast, record).sections[0].text
    ada.post(f"/records/{record}/carry", {"version": "2"})
    assert draft(cast, record).sections[0].text == actions_before == "New words."
    assert draft(cast, record).sections[1].text == WHOLE["Assessment"]


def test_without_a_note_before_it_nothing_is_offered_and_carrying_says_so(
    cast: Cast, ada: Visitor
) -> None:
    record = begin(cast)
    assert "Begin from the last note" not in ada.get(f"/records/{record}").content.decode()
    answer = ada.post(f"/records/{record}/carry", {"version": "1"})
    assert "no signed note of this kind before" in answer.content.decode()


# Moving apart


def move(ada: Visitor, record: str, version: int, passage: str, **fields: Any) -> Any:
    """A passage of Data, moved."""
    sent = {
        "version": version,
        "fields": {**WORDS, **fields},
        "section": "Data",
        "passage": passage,
    }
    return ada.post(f"/records/{record}/apart", json.dumps(sent), content_type="application/json")


def test_a_passage_moves_into_a_private_note_that_is_begun_for_it(cast: Cast, ada: Visitor) -> None:
    record = begin(cast)
    answer = move(ada, record, 1, "My hunch.", Data="Slept. My hunch. Left.")
    told = json.loads(answer.content)
    assert told["text"] == "Slept. Left."
    assert draft(cast, record).sections[0].text == "Slept. Left."
    note = told["note"].rpartition("/")[2]
    private = queries.record(cast.here("ada"), note)
    assert private.private
    assert private.draft is not None
    assert private.draft.sections[0].text == "My hunch."
    again = json.loads(move(ada, record, 2, "Left.", Data="Slept. Left.").content)
    assert again["note"] == told["note"], "one private note for a session"
    assert draft(cast, note).sections[0].text == "My hunch.\n\nLeft."


def test_a_passage_that_does_not_stand_there_moves_nothing(cast: Cast, ada: Visitor) -> None:
    record = begin(cast)
    answer = move(ada, record, 1, "Not there.")
    assert answer.status_code == 409
    assert "does not stand there" in answer.content.decode()
    assert Record.objects.count() == 1
    assert Draft.objects.get(pk=record).version == 1


def test_a_clash_moves_nothing_into_either_note(cast: Cast, ada: Visitor) -> None:
    record = begin(cast)
    save(ada, record, 1, Data="First window.")
    answer = move(ada, record, 1, "Slept six hours.")
    assert answer.status_code == 409
    assert json.loads(answer.content)["fields"]["Data"] == "First window."
    assert Record.objects.count() == 1


def test_when_the_private_note_cannot_be_saved_the_passage_stays_where_it_was(
    cast: Cast, ada: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = begin(cast)
    whole = actions.save_draft

    def only_the_first(presence: Any, record_id: str, *rest: Any, **more: Any) -> Any:
        if record_id != record:
            raise OSError("the disk is full")
        return whole(presence, record_id, *rest, **more)

    monkeypatch.setattr(actions, "save_draft", only_the_first)
    assert move(ada, record, 1, "Slept six hours.").status_code == 500
    assert Draft.objects.get(pk=record).version == 1
    assert Record.objects.filter(private=True).count() == 0


def test_nobody_else_learns_that_something_was_moved(cast: Cast, ada: Visitor) -> None:
    record = begin(cast)
    move(ada, record, 1, "My hunch.", Data="Slept. My hunch.")
    sign(ada, record, 2, **WORDS, as_it_is="all")
    assert [one.kind for one in queries.timeline(cast.here("sol"), cast.dov).lines] == [
        "progress_note"
    ]
