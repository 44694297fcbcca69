"""Doors outward of a duty, of what is the client's own and of her wishes: each asked on its
ground and without."""

from datetime import timedelta
from typing import Any

from stillroom.disclosure import actions, happening
from stillroom.disclosure.rules import Decision
from stillroom.practice import actions as practice
from stillroom.practice import actions_wishes
from stillroom.practice.queries import chart_head
from stillroom.practice.rules_wishes import Reach, Way
from stillroom.practice.sending import notices
from tests.cast import PASSPHRASE
from tests.harness.exits_lived import Case, Lived
from tests.harness.in_danger import REPORT
from tests.web import corpus

MAIL = Way("email", "dov.safe@example.org")


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


def wish(lived: Lived, reach: Reach) -> Lived:
    """The same, once Dov has said how he is reached."""
    ada = lived.cast.here("ada")
    client = chart_head(ada, lived.cast.dov).holders[0].client
    actions_wishes.wish(ada, lived.cast.directory, lived.cast.dov, client, reach)
    return lived


def _write(lived: Lived, who: str = "ada") -> Any:
    sent = {"way": "1", "kind": "CALL"}
    return lived.ask(who, "POST", "write_to", sent, chart_id=lived.cast.dov)


def _written(lived: Lived) -> Any:
    return _write(wish(lived, Reach(ways=(MAIL,))))


def _written_to_who_wishes_no_letter(lived: Lived) -> Any:
    return _write(wish(lived, Reach(ways=(), never=("e-mail",))))


def _written_to_who_was_not_asked(lived: Lived) -> Any:
    return _write(lived)


def _written_at_another_hour(lived: Lived) -> Any:
    early = Way("email", MAIL.to, since="06:00", until="07:00")
    return _write(wish(lived, Reach(ways=(early,))))


def _written_by_a_stranger(lived: Lived) -> Any:
    return _write(wish(lived, Reach(ways=(MAIL,))), "bea")


def _come_in(lived: Lived, passphrase: str = PASSPHRASE) -> Any:
    sent = {"name": lived.cast.people["dov"].sign_name, "passphrase": passphrase}
    return lived.ask("", "POST", "portal_signin", sent)


def _come_in_from_somewhere_new(lived: Lived) -> Any:
    return _come_in(wish(lived, Reach(ways=(MAIL,))))


def _come_in_unasked(lived: Lived) -> Any:
    return _come_in(lived)


def _come_in_by_a_guess(lived: Lived) -> Any:
    return _come_in(wish(lived, Reach(ways=(MAIL,))), "a guess of six words now")


# What is owed to her, around every page


def _owed(lived: Lived, reach: Reach, passphrase: str = PASSPHRASE) -> Lived:
    """Her door was opened from somewhere new at eleven in the evening; gives that evening."""
    night = wish(lived, reach).later(hours=11)
    _come_in(night, passphrase)
    return night


def _anybody_asks(lived: Lived) -> Any:
    """For the page of the practice's own door, without having signed in."""
    return lived.ask("", "GET", "signin")


BY_DAY = Reach(ways=(Way("email", MAIL.to, since="09:00", until="17:00"),))


def _owed_in_the_morning(lived: Lived) -> Any:
    return _anybody_asks(_owed(lived, BY_DAY).later(hours=10))


def _owed_at_night(lived: Lived) -> Any:
    return _anybody_asks(_owed(lived, BY_DAY).later(hours=1))


def _owed_and_then_never(lived: Lived) -> Any:
    night = _owed(lived, BY_DAY)
    return _anybody_asks(wish(night, Reach(nothing=True)).later(hours=10))


def _owed_too_long(lived: Lived) -> Any:
    return _anybody_asks(_owed(lived, BY_DAY).later(days=7, hours=10))


def _owed_nothing(lived: Lived) -> Any:
    """A guess opened nothing, so nothing is owed."""
    return _anybody_asks(_owed(lived, BY_DAY, "a guess of six words now").later(hours=10))


def _owed_and_told(lived: Lived) -> Any:
    """Whoever treats has asked her meanwhile."""
    night = _owed(lived, BY_DAY)
    notices.settle(lived.cast.dov)
    return _anybody_asks(night.later(hours=10))


CASES = {
    "around every page: Door": Case(
        (_owed_in_the_morning,),
        (_owed_at_night, _owed_and_then_never, _owed_too_long, _owed_nothing, _owed_and_told),
    ),
    "danger_report_sent": Case(
        (_told,), (_told_undecided, _told_decided_otherwise, _told_by_a_stranger)
    ),
    "danger_report_file": Case((_report_pages,), (_report_unwritten, _report_pages_by_a_stranger)),
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
}
