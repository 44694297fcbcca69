"""Beginning, writing, striking: what the pages of a chart's records say, and bad input answered."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from stillroom.chart import actions, queries, rules
from stillroom.chart.models import Record, Revision
from stillroom.desk import beginning
from tests.cast import NOON, Cast
from tests.web import Visitor, serve


@pytest.fixture
def ada(cast: Cast) -> Visitor:
    serve(cast)
    return Visitor(cast, "ada")


def begin(ada: Visitor, cast: Cast, kind: str, **sent: str) -> str:
    """A record begun from the page; gives its id."""
    address = reverse("begin_note", kwargs={"chart_id": cast.dov, "kind": kind})
    answer = ada.post(address, sent)
    assert answer.status_code == 302, answer.content[:400]
    return answer.headers["Location"].rpartition("/")[2]


def at(name: str, record: str) -> str:
    return reverse(name, kwargs={"record_id": record})


def script(ada: Visitor, record: str, fields: dict[str, object], version: int = 1):
    body = json.dumps({"version": version, "fields": fields})
    return ada.post(
        at("save_draft", record),
        body,
        content_type="application/json",
        headers={"Accept": "application/json"},
    )


# Beginning


def test_every_kind_is_offered_once_and_none_is_forgotten() -> None:
    offers = [offer.kind.id for _, group in beginning.offered() for offer in group]
    assert len(offers) == len(set(offers))
    from stillroom.chart.kinds import KINDS

    assert set(offers) | beginning.NOT_HERE == set(KINDS)
    assert offers[:2] == list(beginning.DAILY)


def test_a_contact_is_about_now_and_a_session_note_about_the_appointment(
    ada: Visitor, cast: Cast
) -> None:
    from stillroom.practice import actions as practice

    here = cast.here("ada")
    starts = NOON + timedelta(hours=3)
    practice.book(here, cast.dov, here.person, starts, starts + timedelta(minutes=50))
    contact = Record.objects.get(pk=begin(ada, cast, "contact_note"))
    note = Record.objects.get(pk=begin(ada, cast, "mental_status"))
    assert note.occurred_at == starts
    assert contact.occurred_at != starts


def test_a_record_about_an_earlier_day_says_how_late_it_is_everywhere(
    ada: Visitor, cast: Cast
) -> None:
    record = begin(ada, cast, "contact_note", day="2026-11-09")
    page = ada.get(at("record", record)).content.decode()
    assert "11 days ago" in page
    assert "late entry" in page
    script(
        ada,
        record,
        {"what": "telephone_call", "said": "He asked for a letter.", "record-kind": "contact_note"},
    )
    assert ada.post(at("sign", record), {"version": "2"}).status_code == 302
    assert "late entry, written 11 days after" in ada.get(at("record", record)).content.decode()
    chart = ada.get(reverse("chart", kwargs={"chart_id": cast.dov})).content.decode()
    assert "late entry" in chart


def test_what_is_unsigned_says_how_old_it_is_oldest_first(ada: Visitor, cast: Cast) -> None:
    begin(ada, cast, "contact_note", day="2026-11-19")
    begin(ada, cast, "letter", day="2026-11-01")
    page = ada.get(reverse("today")).content.decode()
    assert page.index("19 days old") < page.index("1 day old") if "1 day old" in page else True
    assert 'data-kind="late">19 days old' in page


@pytest.mark.parametrize(
    "day", ["2026-11-31", "yesterday", "2031-01-01", "9999-99-99", "0000-00-00"]
)
def test_a_day_that_is_none_or_has_not_come_begins_nothing_and_is_kept_on_the_page(
    ada: Visitor, cast: Cast, day: str
) -> None:
    answer = ada.post(
        reverse("begin_note", kwargs={"chart_id": cast.dov, "kind": "contact_note"}), {"day": day}
    )
    assert answer.status_code == 409
    assert f'value="{day}"' in answer.content.decode()
    assert not Record.objects.exists()


def test_a_second_press_on_a_list_goes_on_with_the_change_already_begun(
    ada: Visitor, cast: Cast
) -> None:
    first = begin(ada, cast, "medication_list")
    assert begin(ada, cast, "medication_list") == first
    assert begin(ada, cast, "contact_note") != begin(ada, cast, "contact_note")


def test_a_private_note_never_marks_the_chart_as_part_2(ada: Visitor, cast: Cast) -> None:
    begin(ada, cast, "sud_counseling_note", part2="yes")
    assert not queries.holds_part2(cast.dov), "the mark would tell others of the note"
    begin(ada, cast, "contact_note", part2="yes")
    assert queries.holds_part2(cast.dov)


def test_whoever_does_not_treat_is_offered_nothing_to_begin(cast: Cast) -> None:
    serve(cast)
    for who in ("sol", "bea", "cal", "max"):
        answer = Visitor(cast, who).get(reverse("write", kwargs={"chart_id": cast.dov}))
        assert answer.status_code == 404, who


def found(cast: Cast, who: str, typed: str, page: str) -> list[str]:
    body = json.dumps({"q": typed, "at": page})
    answer = Visitor(cast, who).post(reverse("find"), body, content_type="application/json")
    return [one["href"] for one in answer.json() if one["kind"] == "Begin"]


def test_the_palette_begins_a_record_in_the_chart_it_was_opened_in_and_nowhere_else(
    cast: Cast,
) -> None:
    serve(cast)
    chart = reverse("chart", kwargs={"chart_id": cast.dov})
    assert found(cast, "ada", "disch", chart) == [f"{chart}/write#kind-discharge_summary"]
    assert found(cast, "ada", "med li", f"{chart}/care") == [f"{chart}/write#kind-medication_list"]
    assert found(cast, "ada", "disch", "/today") == []
    assert found(cast, "ada", "", chart) == []
    for who in ("sol", "bea", "cal", "max"):
        assert found(cast, who, "disch", chart) == [], "not even that one writes there"


# Bad input


TWO_MEGABYTES = "a" * 2_000_000


def test_a_paste_of_two_megabytes_is_answered_with_a_sentence_and_nothing_is_lost(
    ada: Visitor, cast: Cast
) -> None:
    record = begin(ada, cast, "letter")
    good = {"to": "Dr. Orne", "words": "He may climb.", "record-kind": "letter"}
    assert script(ada, record, good).status_code == 200
    refused = script(ada, record, {**good, "words": TWO_MEGABYTES}, 2)
    assert refused.status_code == 409
    told = refused.json()
    assert "longer than a record holds" in told["message"]
    assert "shorten it" in told["advice"]
    assert "fields" not in told, "the page must not take this for another window's version"
    draft = queries.record(cast.here("ada"), record).draft
    assert draft is not None
    assert draft.answer("words").text == "He may climb."
    # Without scripts the form comes back with the whole paste in it.
    again = ada.post(at("sign", record), {"version": "2", **good, "words": TWO_MEGABYTES})
    assert again.status_code == 409
    assert TWO_MEGABYTES in again.content.decode()
    assert Record.objects.get(pk=record).state == "draft"


WORDS = [
    "שלום, לא ישנתי",
    "لم أنم",
    "👩‍👩‍👧‍👦 🫂 e\u0301",
    "‮gnorw eht yaw dnuor",
    "\x00null\x07bell",
    "<script>alert(1)</script> {{ 7*7 }} %s",
    "Ng",
    "\ud83d",
    "a\u2028b\r\nc",
    "́" * 50,
]


@pytest.mark.parametrize("words", WORDS, ids=range(len(WORDS)))
def test_any_writing_of_the_world_is_kept_read_and_signed_as_it_was_typed(
    ada: Visitor, cast: Cast, words: str
) -> None:
    record = begin(ada, cast, "collateral_note")
    fields = {"with_whom": words, "heard": words, "ground": "the_client_was_there"}
    kept = script(ada, record, {**fields, "record-kind": "collateral_note"})
    assert kept.status_code == 200, kept.content[:300]
    assert ada.post(at("sign", record), {"version": "2"}).status_code == 302
    whole = queries.record(cast.here("ada"), record)
    expected = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    assert whole.revisions[0].content.answer("heard").text == expected
    page = ada.get(at("record", record))
    assert page.status_code == 200
    assert b"<script>alert" not in page.content


def test_an_answer_that_is_not_offered_is_refused_at_signing_and_kept(
    ada: Visitor, cast: Cast
) -> None:
    record = begin(ada, cast, "contact_note")
    script(ada, record, {"what": "seance", "said": "Nothing.", "record-kind": "contact_note"})
    answer = ada.post(at("sign", record), {"version": "2"})
    assert answer.status_code == 409
    assert "an answer that is not offered" in answer.content.decode()


def test_a_page_of_another_kind_cannot_be_saved_into_a_record(ada: Visitor, cast: Cast) -> None:
    record = begin(ada, cast, "contact_note")
    answer = script(ada, record, {"to": "Dr. Orne", "record-kind": "letter"})
    assert answer.status_code == 409
    assert queries.record(cast.here("ada"), record).kind.id == "contact_note"


# A record from elsewhere, typed in by hand


def test_what_was_typed_off_from_elsewhere_is_not_signed_without_saying_where_from(
    ada: Visitor, cast: Cast
) -> None:
    record = begin(ada, cast, "outside_record", part2="yes")
    page = ada.get(at("record", record)).content.decode()
    assert "A copy made by hand." in page
    script(ada, record, {"Received": " \n", "Text": "91 per cent."})
    answer = ada.post(at("sign", record), {"version": "2"})
    assert answer.status_code == 409
    told = answer.content.decode()
    assert 'href="#part-Received"' in told
    assert "who wrote it, and when and how it came" in told
    assert "91 per cent." in told
    assert Record.objects.get(pk=record).state == "draft"
    fields = {"Received": "A report, read to me by the school.", "Text": "91 per cent."}
    script(ada, record, fields, 2)
    assert ada.post(at("sign", record), {"version": "3"}).status_code == 302
    row = Record.objects.get(pk=record)
    assert (row.state, row.kind, row.part2) == ("signed", "outside_record", True)


# Striking


def test_striking_without_a_reason_is_refused_and_with_one_is_shown_struck_and_never_gone(
    ada: Visitor, cast: Cast
) -> None:
    here = cast.here("ada")
    record = actions.begin(here, cast.dov, "progress_note", occurred_at=NOON)
    actions.save_draft(here, record, {"Data": "Slept.", "Assessment": "Well.", "Plan": "On."}, 1)
    actions.sign(here, record, 2)
    for reason in ("", "  \n "):
        answer = ada.post(at("addendum", record), {"text": reason, "error": "yes"})
        assert answer.status_code == 409
        assert "not said why" in answer.content.decode()
        with pytest.raises(rules.ReasonMissing):
            actions.strike(here, record, reason)
    assert Revision.objects.count() == 1
    assert (
        ada.post(at("addendum", record), {"text": "Wrong client.", "error": "yes"}).status_code
        == 302
    )
    page = ada.get(at("record", record)).content.decode()
    assert "data-struck" in page
    assert "Slept." in page
    assert "Entered in error" in page
    assert "Wrong client." in page
    assert "Mark as entered in error" not in page
    chart = ada.get(reverse("chart", kwargs={"chart_id": cast.dov})).content.decode()
    assert 'data-kind="struck"' in chart


# Sessions over midnight


def test_a_session_across_midnight_is_told_with_both_its_days(ada: Visitor, cast: Cast) -> None:
    from stillroom.chart.contents import SessionFacts

    here = cast.here("ada")
    start = NOON.replace(hour=4, minute=40)  # 23:40 in Baltimore, the evening before
    facts = SessionFacts(start, start + timedelta(minutes=50))
    record = actions.begin(here, cast.dov, "progress_note", occurred_at=start, session=facts)
    page = ada.get(at("record", record)).content.decode()
    assert "23:40 to 0:30 the next day, 50 minutes" in page
