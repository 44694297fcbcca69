"""Doors outward of a letter: its file, its link, and that it was sent; each asked on its ground and
without."""

from typing import Any

from stillroom.practice.rules_wishes import Reach, Way
from tests.harness.exits_lived import MAIL, Case, Lived
from tests.harness.exits_of_others import wish


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


def _hers(lived: Lived, method: str, door: str, who: str = "ada", **sent: str) -> Any:
    parts = {"matter_id": lived.ids["hers"], "number": int(lived.ids["her_letter"])}
    return lived.ask(who, method, door, sent or None, **parts)


def _put_behind(lived: Lived, who: str = "ada", to: str = MAIL.to) -> Any:
    return _hers(lived, "POST", "letter_link", who, email=to, days="7", openings="1")


def _put_as_wished(lived: Lived) -> Any:
    return _put_behind(wish(lived, Reach(ways=(MAIL,))))


def _put_unwished(lived: Lived) -> Any:
    return _put_behind(wish(lived, Reach(ways=(MAIL,))), to="another@example.org")


def _put_by_a_stranger(lived: Lived) -> Any:
    return _put_behind(wish(lived, Reach(ways=(MAIL,))), "bea")


def _put_unasked(lived: Lived) -> Any:
    return _put_behind(lived)


def _put_somebody_elses(lived: Lived) -> Any:
    wish(lived, Reach(ways=(MAIL,)))
    parts = {"matter_id": lived.ids["lettered"], "number": int(lived.ids["number"])}
    sent = {"email": MAIL.to, "days": "7", "openings": "1"}
    return lived.ask("ada", "POST", "letter_link", sent, **parts)


def _looked_at_behind(lived: Lived, who: str = "ada") -> Any:
    assert _put_as_wished(lived).status_code == 302
    return _hers(lived, "GET", "letter", who)


def _looked_at_by_who_may_not_send(lived: Lived) -> Any:
    return _looked_at_behind(lived, "sol")


def _looked_at_called_back(lived: Lived) -> Any:
    assert _put_as_wished(lived).status_code == 302
    assert _hers(lived, "POST", "letter_recall").status_code == 302
    return _hers(lived, "GET", "letter")


POSTED = {"way": "post", "to": "12 Quarry Lane", "on": "2026-11-20"}


def _posted(lived: Lived) -> Any:
    wish(lived, Reach(ways=(Way("post", POSTED["to"]),)))
    return _hers(lived, "POST", "letter_sent", **POSTED)


def _posted_unwished(lived: Lived) -> Any:
    wish(lived, Reach(nothing=True))
    return _hers(lived, "POST", "letter_sent", **POSTED)


CASES = {
    "letter_file": Case(
        (_letter_signed,), (_letter_unsigned, _letter_of_another_matter, _letter_by_a_stranger)
    ),
    "letter": Case((_looked_at_behind,), (_looked_at_by_who_may_not_send, _looked_at_called_back)),
    "letter_link": Case(
        (_put_as_wished,),
        (_put_unwished, _put_unasked, _put_by_a_stranger, _put_somebody_elses),
    ),
    "letter_sent": Case((_posted,), (_posted_unwished,)),
}
