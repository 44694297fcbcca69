"""Doors outward of use inside, of the log, and of what names nobody: each asked on its ground and without."""

from typing import Any

from stillroom.disclosure import incidents
from stillroom.disclosure.breach import Letter
from tests.harness.exits_lived import Case, Lived

NOTHING = "nosuchthingnosuchthingnosu"


# Use inside


def _print(lived: Lived, who: str = "ada", record: str = "note") -> Any:
    sent = {"record": lived.ids.get(record, record)}
    return lived.ask(who, "POST", "print_some", sent, chart_id=lived.cast.dov)


def _print_nothing(lived: Lived) -> Any:
    return _print(lived, record="")


def _print_by_a_stranger(lived: Lived) -> Any:
    return _print(lived, "bea")


def _print_by_the_desk(lived: Lived) -> Any:
    return _print(lived, "cal")


def _original(lived: Lived, who: str = "ada", sure: str = "yes") -> Any:
    parts = {"record_id": lived.ids["sheaf"]}
    return lived.ask(who, "POST", "document_original", {"sure": sure}, **parts)


def _original_not_meant(lived: Lived) -> Any:
    return _original(lived, sure="")


def _original_by_a_stranger(lived: Lived) -> Any:
    return _original(lived, "bea")


def _sheaf(lived: Lived, who: str = "ada", record: str = "sheaf") -> Any:
    return lived.ask(who, "GET", "document_print", record_id=lived.ids[record])


def _sheaf_of_a_note(lived: Lived) -> Any:
    return _sheaf(lived, record="note")


def _sheaf_by_a_stranger(lived: Lived) -> Any:
    return _sheaf(lived, "bea")


def _sheet(lived: Lived, who: str = "ada") -> Any:
    return lived.ask(who, "GET", "call_sheet", room_id=lived.ids["met"])


def _sheet_by_a_stranger(lived: Lived) -> Any:
    return _sheet(lived, "bea")


def _say(lived: Lived, who: str = "ada") -> Any:
    sent = {"do": "agreed", "to": "sheet", "words": ""}
    return lived.ask(who, "POST", "call_say", sent, room_id=lived.ids["met"])


def _say_by_a_stranger(lived: Lived) -> Any:
    return _say(lived, "bea")


def _seat(lived: Lived, who: str = "ada") -> Any:
    parts = {"room_id": lived.ids["couple_visit"], "number": 1}
    return lived.ask(who, "GET", "call_seat_sheet", **parts)


def _seat_by_a_stranger(lived: Lived) -> Any:
    return _seat(lived, "bea")


def _seat_say(lived: Lived, who: str = "ada") -> Any:
    parts = {"room_id": lived.ids["couple_visit"], "number": 1}
    sent = {"do": "agreed", "to": "sheet", "words": ""}
    return lived.ask(who, "POST", "call_seat_say", sent, **parts)


def _seat_say_by_a_stranger(lived: Lived) -> Any:
    return _seat_say(lived, "bea")


# Proofs of the log


def _proof(lived: Lived, who: str = "nan", index: int = 0) -> Any:
    return lived.ask(who, "GET", "log_proof", index=index, query="?file=1")


def _proof_of_anothers_entry(lived: Lived) -> Any:
    return _proof(lived, "bea")


def _proof_of_what_never_was(lived: Lived) -> Any:
    return _proof(lived, index=99_999_999)


def _checkpoint(lived: Lived) -> Any:
    return lived.ask("bea", "GET", "log_checkpoint")


def _checkpoint_for_nobody(lived: Lived) -> Any:
    return lived.ask("", "GET", "log_checkpoint")


def _checkpoint_for_a_client(lived: Lived) -> Any:
    return lived.ask("dov", "GET", "log_checkpoint")


# What names no client


def _neither(lived: Lived, to: str = "Rex Dunleavy", who: str = "cal") -> Any:
    return lived.ask(who, "POST", "letter_neither", {"to": to})


def _neither_to_nobody(lived: Lived) -> Any:
    return _neither(lived, to="")


def _neither_by_nobody(lived: Lived) -> Any:
    return _neither(lived, who="")


def _wall(lived: Lived, place: str = "us-md", who: str = "cal") -> Any:
    return lived.ask(who, "GET", "protocol_file", place=place)


def _wall_of_nowhere(lived: Lived) -> Any:
    return _wall(lived, "us-zz")


def _wall_for_nobody(lived: Lived) -> Any:
    return _wall(lived, who="")


def _form(lived: Lived, edition: str = "", who: str = "bea") -> Any:
    return lived.ask(who, "GET", "form_edition", edition_id=edition or lived.ids["form"])


def _form_that_is_none(lived: Lived) -> Any:
    return _form(lived, NOTHING)


def _form_by_the_desk(lived: Lived) -> Any:
    return _form(lived, who="cal")


def _incident(lived: Lived, who: str = "olga", *, written: bool = True) -> Any:
    if written:
        words = Letter("A letter went astray.", "a name", "None.", "We asked.", "410-555-0100")
        incidents.write(lived.cast.here("olga"), lived.ids["incident"], words)
    return lived.ask(who, "GET", "incident_notice", incident_id=lived.ids["incident"])


def _incident_without_its_contents(lived: Lived) -> Any:
    return _incident(lived, written=False)


def _incident_by_a_clinician(lived: Lived) -> Any:
    return _incident(lived, "ada")


CASES = {
    "print_some": Case((_print,), (_print_nothing, _print_by_a_stranger, _print_by_the_desk)),
    "document_original": Case((_original,), (_original_not_meant, _original_by_a_stranger)),
    "document_print": Case((_sheaf,), (_sheaf_of_a_note, _sheaf_by_a_stranger)),
    "call_sheet": Case((_sheet,), (_sheet_by_a_stranger,)),
    "call_say": Case((_say,), (_say_by_a_stranger,)),
    "call_seat_sheet": Case((_seat,), (_seat_by_a_stranger,)),
    "call_seat_say": Case((_seat_say,), (_seat_say_by_a_stranger,)),
    "log_proof": Case((_proof,), (_proof_of_anothers_entry, _proof_of_what_never_was)),
    "log_checkpoint": Case((_checkpoint,), (_checkpoint_for_nobody, _checkpoint_for_a_client)),
    "letter_neither": Case((_neither,), (_neither_to_nobody, _neither_by_nobody)),
    "protocol_file": Case((_wall,), (_wall_of_nowhere, _wall_for_nobody)),
    "form_edition": Case((_form,), (_form_that_is_none, _form_by_the_desk)),
    "incident_notice": Case(
        (_incident,), (_incident_without_its_contents, _incident_by_a_clinician)
    ),
}
