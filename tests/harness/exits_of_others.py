"""The other doors outward, each asked on its ground and without: a duty, a letter, what is the client's
own, her wishes, use inside, proofs of the log, and what nobody is named in."""

from datetime import timedelta
from typing import Any

from stillroom.disclosure import actions, happening, incidents
from stillroom.disclosure.breach import Letter
from stillroom.disclosure.rules import Decision
from stillroom.practice import actions as practice
from stillroom.practice import actions_wishes
from stillroom.practice.queries import chart_head
from stillroom.practice.rules_wishes import Reach, Way
from tests.cast import PASSPHRASE
from tests.harness.exits_lived import Case, Lived
from tests.harness.in_danger import REPORT
from tests.web import corpus

MAIL = Way("email", "dov.safe@example.org")
NOTHING = "nosuchthingnosuchthingnosu"


# A duty: a matter that happened, a decision to tell, a law that permits it


def _report(lived: Lived, matter: str, who: str = "ada") -> Any:
    sent = {"whom": "Intake", "how": "fax"}
    return lived.ask(who, "POST", "danger_report_sent", sent, matter_id=matter)


def _suspected(lived: Lived, *, known: bool) -> str:
    """A suspicion of abuse whose report is written; with its facts, or without."""
    ada = lived.cast.here("ada")
    matter = happening.open_matter(ada, corpus(), lived.cast.dov, "child_abuse")
    facts = {"reasonable_suspicion": True, "victim_now_minor": True, "part2_program": False}
    for fact, value in {"suspicion": "child_abuse", **facts}.items() if known else ():
        actions.answer(ada, corpus(), matter, fact, value)
    happening.keep_report(ada, corpus(), matter, REPORT)
    return matter


def _told(lived: Lived) -> Any:
    return _report(lived, lived.ids["abuse"])


def _told_undecided(lived: Lived) -> Any:
    return _report(lived, _suspected(lived, known=True))


def _told_decided_otherwise(lived: Lived) -> Any:
    matter = _suspected(lived, known=True)
    actions.decide(lived.cast.here("ada"), corpus(), matter, Decision.TELL, "A photograph.")
    words = "The photograph was of another child."
    actions.decide(lived.cast.here("ada"), corpus(), matter, Decision.HOLD, words)
    return _report(lived, matter)


def _told_by_a_stranger(lived: Lived) -> Any:
    return _report(lived, lived.ids["abuse"], "bea")


def _report_pages(lived: Lived) -> Any:
    return lived.ask("ada", "GET", "danger_report_file", matter_id=lived.ids["abuse"])


def _report_unwritten(lived: Lived) -> Any:
    return lived.ask("ada", "GET", "danger_report_file", matter_id=lived.ids["danger"])


def _report_pages_by_a_stranger(lived: Lived) -> Any:
    return lived.ask("bea", "GET", "danger_report_file", matter_id=lived.ids["abuse"])


# A letter


def _letter(lived: Lived, number: int, who: str = "ada", matter: str = "lettered") -> Any:
    parts = {"matter_id": lived.ids[matter], "number": number}
    return lived.ask(who, "GET", "letter_file", **parts)


def _letter_signed(lived: Lived) -> Any:
    return _letter(lived, int(lived.ids["number"]))


def _letter_unsigned(lived: Lived) -> Any:
    return _letter(lived, int(lived.ids["number"]) + 1)


def _letter_of_another_matter(lived: Lived) -> Any:
    return _letter(lived, int(lived.ids["number"]), matter="unlettered")


def _letter_by_a_stranger(lived: Lived) -> Any:
    return _letter(lived, int(lived.ids["number"]), "bea")


# What is the client's own


def _account(lived: Lived, who: str = "ada") -> Any:
    return lived.ask(who, "GET", "account_file", account_id=lived.ids["account"])


def _account_by_a_stranger(lived: Lived) -> Any:
    return _account(lived, "bea")


def _account_by_the_desk(lived: Lived) -> Any:
    return _account(lived, "cal")


def _give(lived: Lived, who: str = "ada", **sent: str) -> Any:
    asked = {"asked_on": "2026-11-19", **sent}
    return lived.ask(who, "POST", "account_give", asked, chart_id=lived.cast.dov)


def _give_without_a_day(lived: Lived) -> Any:
    return _give(lived, asked_on="never")


def _give_at_a_fee_untold(lived: Lived) -> Any:
    return _give(lived, fee="20 dollars")


def _give_by_a_stranger(lived: Lived) -> Any:
    return _give(lived, "bea")


PERMISSION = {
    "recipient": "Rex Dunleavy",
    "recipient_kind": "attorney",
    "discloser": "Linden Row Practice",
    "description": "progress notes of 2026",
    "kinds": ["progress_notes"],
    "purpose": "legal_proceeding",
    "expires_on": "2027-05-01",
    "may_revoke": "yes",
    "conditioning": "yes",
    "redisclosure": "yes",
    "conditioned": "no",
    "merged": "no",
}


def _blank(lived: Lived, who: str = "ada", do: str = "blank") -> Any:
    sent = {**PERMISSION, "do": do}
    return lived.ask(who, "POST", "authorization_new", sent, chart_id=lived.cast.dov)


def _blank_by_a_stranger(lived: Lived) -> Any:
    return _blank(lived, "bea")


def _entered_and_not_printed(lived: Lived) -> Any:
    return _blank(lived, do="")


def _carry(lived: Lived, who: str = "ada", record: str = "plan") -> Any:
    return lived.ask(who, "GET", "safety_plan_carry", record_id=lived.ids[record])


def _carry_a_note(lived: Lived) -> Any:
    return _carry(lived, record="note")


def _carry_by_a_stranger(lived: Lived) -> Any:
    return _carry(lived, "bea")


def _door(lived: Lived, who: str = "ada", do: str = "anew") -> Any:
    sent = {"do": do, "person": lived.cast.people["dov"].id}
    return lived.ask(who, "POST", "own_door", sent, chart_id=lived.cast.dov)


def _door_looked_at(lived: Lived) -> Any:
    return lived.ask("ada", "GET", "own_door", chart_id=lived.cast.dov)


def _door_by_the_desk(lived: Lived) -> Any:
    return _door(lived, "cal")


def _door_by_a_stranger(lived: Lived) -> Any:
    return _door(lived, "bea")


PROXY = {
    "do": "decide",
    "name": "Noa Adeleke",
    "relation": "sister",
    "ground": "helper",
    "paper": "Form of November 18",
    "seen_on": "2026-11-18",
    "looked": "yes",
    "reach": ["forms"],
    "ends": "2027-01-01",
    "words": "He asked for it, and signed.",
}


def _let_in(lived: Lived, who: str = "ada", **sent: str) -> Any:
    return lived.ask(who, "POST", "proxy_new", {**PROXY, **sent}, chart_id=lived.cast.dov)


def _let_in_without_words(lived: Lived) -> Any:
    return _let_in(lived, words="")


def _let_in_without_a_ground(lived: Lived) -> Any:
    return _let_in(lived, ground="")


def _let_in_by_a_stranger(lived: Lived) -> Any:
    return _let_in(lived, "bea")


def _opened_by(lived: Lived, who: str = "dov") -> Any:
    return lived.ask(who, "GET", "portal_opened_proof", chart_id=lived.cast.dov)


def _opened_by_for_another(lived: Lived) -> Any:
    return _opened_by(lived, "fay")


def _time(lived: Lived, who: str = "dov", visit: str = "") -> Any:
    return lived.ask(who, "GET", "portal_time_file", appointment_id=visit or lived.ids["visit"])


def _time_of_another(lived: Lived) -> Any:
    bea, at = lived.cast.here("bea"), lived.cast.at + timedelta(days=2)
    of_fay = practice.book(bea, lived.cast.fay, bea.person, at, at + timedelta(minutes=50))
    return _time(lived, visit=of_fay)


def _time_by_another(lived: Lived) -> Any:
    return _time(lived, "fay")


# Her wishes


def _wish(lived: Lived, reach: Reach) -> Lived:
    ada = lived.cast.here("ada")
    client = chart_head(ada, lived.cast.dov).holders[0].client
    actions_wishes.wish(ada, lived.cast.directory, lived.cast.dov, client, reach)
    return lived


def _write(lived: Lived, who: str = "ada") -> Any:
    sent = {"way": "1", "kind": "CALL"}
    return lived.ask(who, "POST", "write_to", sent, chart_id=lived.cast.dov)


def _written(lived: Lived) -> Any:
    return _write(_wish(lived, Reach(ways=(MAIL,))))


def _written_to_who_wishes_no_letter(lived: Lived) -> Any:
    return _write(_wish(lived, Reach(ways=(), never=("e-mail",))))


def _written_to_who_was_not_asked(lived: Lived) -> Any:
    return _write(lived)


def _written_at_another_hour(lived: Lived) -> Any:
    early = Way("email", MAIL.to, since="06:00", until="07:00")
    return _write(_wish(lived, Reach(ways=(early,))))


def _written_by_a_stranger(lived: Lived) -> Any:
    return _write(_wish(lived, Reach(ways=(MAIL,))), "bea")


def _come_in(lived: Lived, passphrase: str = PASSPHRASE) -> Any:
    sent = {"name": lived.cast.people["dov"].sign_name, "passphrase": passphrase}
    return lived.ask("", "POST", "portal_signin", sent)


def _come_in_from_somewhere_new(lived: Lived) -> Any:
    return _come_in(_wish(lived, Reach(ways=(MAIL,))))


def _come_in_unasked(lived: Lived) -> Any:
    return _come_in(lived)


def _come_in_by_a_guess(lived: Lived) -> Any:
    return _come_in(_wish(lived, Reach(ways=(MAIL,))), "a guess of six words now")


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
    "danger_report_sent": Case(
        (_told,), (_told_undecided, _told_decided_otherwise, _told_by_a_stranger)
    ),
    "danger_report_file": Case((_report_pages,), (_report_unwritten, _report_pages_by_a_stranger)),
    "letter_file": Case(
        (_letter_signed,), (_letter_unsigned, _letter_of_another_matter, _letter_by_a_stranger)
    ),
    "account_file": Case((_account,), (_account_by_a_stranger, _account_by_the_desk)),
    "account_give": Case((_give,), (_give_without_a_day, _give_by_a_stranger)),
    "authorization_new": Case((_blank,), (_blank_by_a_stranger, _entered_and_not_printed)),
    "safety_plan_carry": Case((_carry,), (_carry_a_note, _carry_by_a_stranger)),
    "own_door": Case((_door,), (_door_looked_at, _door_by_the_desk, _door_by_a_stranger)),
    "proxy_new": Case(
        (_let_in,), (_let_in_without_words, _let_in_without_a_ground, _let_in_by_a_stranger)
    ),
    "portal_opened_proof": Case((_opened_by,), (_opened_by_for_another,)),
    "portal_time_file": Case((_time,), (_time_of_another, _time_by_another)),
    "write_to": Case(
        (_written,),
        (
            _written_to_who_wishes_no_letter,
            _written_to_who_was_not_asked,
            _written_at_another_hour,
            _written_by_a_stranger,
        ),
    ),
    "portal_signin": Case((_come_in_from_somewhere_new,), (_come_in_unasked, _come_in_by_a_guess)),
    "print_some": Case((_print,), (_print_nothing, _print_by_a_stranger, _print_by_the_desk)),
    "document_original": Case((_original,), (_original_not_meant, _original_by_a_stranger)),
    "document_print": Case((_sheaf,), (_sheaf_of_a_note, _sheaf_by_a_stranger)),
    "call_sheet": Case((_sheet,), (_sheet_by_a_stranger,)),
    "call_say": Case((_say,), (_say_by_a_stranger,)),
    "log_proof": Case((_proof,), (_proof_of_anothers_entry, _proof_of_what_never_was)),
    "log_checkpoint": Case((_checkpoint,), (_checkpoint_for_nobody, _checkpoint_for_a_client)),
    "letter_neither": Case((_neither,), (_neither_to_nobody, _neither_by_nobody)),
    "protocol_file": Case((_wall,), (_wall_of_nowhere, _wall_for_nobody)),
    "form_edition": Case((_form,), (_form_that_is_none, _form_by_the_desk)),
    "incident_notice": Case(
        (_incident,), (_incident_without_its_contents, _incident_by_a_clinician)
    ),
}
