"""On the way to a packet each record is what the law calls it, and saying so opens no more than it must."""

from stillroom.chart import actions, releasing
from stillroom.chart.law_kinds import shelf_tells
from stillroom.phi import bridge, rings
from tests.cast import NOON, Cast


def signed(
    cast: Cast, kind: str, fields: dict[str, str | list[str]], *, part2: bool = False
) -> str:
    here = cast.here("ada")
    record = actions.begin(here, cast.dov, kind, occurred_at=NOON, part2=part2)
    actions.save_draft(here, record, fields, 1, kind=kind, form="Sheet")
    actions.sign(here, record, 2)
    return record


def test_each_record_is_named_rightly_and_struck_ones_and_drafts_are_not_there(cast: Cast) -> None:
    medication = signed(cast, "medication_list", {"medication.0.what": "Sertraline"})
    status = signed(cast, "mental_status", {"summary": "Tired, clear."})
    letter = signed(cast, "letter", {"to": "Dr. Orne", "words": "He may climb."}, part2=True)
    struck = signed(cast, "letter", {"to": "Nobody", "words": "Wrong."})
    actions.strike(cast.here("ada"), struck, "Wrong client.")
    actions.begin(cast.here("ada"), cast.dov, "letter", occurred_at=NOON)
    found = {
        one.id: one for one in releasing.signed_records(cast.here("ada"), cast.dov, joint=False)
    }
    assert {one: told.law_kind for one, told in found.items()} == {
        medication: "medication",
        status: "progress_notes",
        letter: "sud_records",
    }


def test_what_is_opened_to_be_named_is_in_the_log_and_nothing_else_is_opened(cast: Cast) -> None:
    signed(cast, "medication_list", {"medication.0.what": "Sertraline"})
    before = cast.house.log.size
    releasing.signed_records(cast.here("ada"), cast.dov, joint=False)
    assert cast.house.log.size == before, "a shelf that tells enough is not opened"
    status = signed(cast, "mental_status", {"summary": "Tired, clear."})
    before = cast.house.log.size
    named = releasing.signed_records(cast.here("ada"), cast.dov, joint=False)
    opened = cast.house.log.size - before
    assert opened == (0 if shelf_tells("assessment") else 1)
    if opened:
        ring = rings.open_ring(cast.here("ada"), cast.dov, rings.Kind.CHART)
        (entry,) = cast.house.log.entries(before)
        details = bridge.open_details(cast.house, ring, cast.dov, entry.entry)
        assert details == {"did": "looked what they are", "records": [status]}
        assert "Mental-status examination" in {one.title for one in named}


def test_a_late_entry_says_so_on_its_sheet_and_a_prompt_one_does_not(cast: Cast) -> None:
    here = cast.here("ada")
    prompt = signed(cast, "contact_note", {"what": "telephone_call", "said": "He called."})
    late = actions.begin(here, cast.dov, "contact_note", occurred_at=NOON)
    fields = {"what": "missed_session", "said": "He did not come."}
    actions.save_draft(here, late, fields, 1, kind="contact_note", form="Sheet")
    actions.sign(cast.later(days=5).here("ada"), late, 2)
    sheets = releasing.for_release(cast.later(days=5).here("ada"), cast.dov, [prompt, late])
    assert not sheets[prompt].age.late
    assert (sheets[late].age.late, sheets[late].age.days) == (True, 5)
