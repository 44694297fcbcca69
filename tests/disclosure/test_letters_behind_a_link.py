"""A letter to the client behind a link (45 CFR 164.522(b), P9): where she wishes e-mail, and opened as
a packet is. No word of it is the content of a message."""

import re
from html import unescape
from typing import Any

import pytest

from stillroom.disclosure import actions, letter_links, lettering, links, queries
from stillroom.disclosure.letter_links import BehindLink, LiesThereAlready, NotHers
from stillroom.disclosure.links import DidNotOpen
from stillroom.disclosure.models import Departure, LetterDelivery, Link
from stillroom.disclosure.rules_leaving import NothingWaits, NoWay
from stillroom.phi import NotHere
from stillroom.practice.models import Message
from stillroom.practice.rules_wishes import Reach, Way, why_no_link
from stillroom.practice.sending import queries as messages
from stillroom.practice.sending.actions import NotWished
from tests.cast import NOON, Cast
from tests.disclosure.story import subpoena
from tests.disclosure.test_letter_before_a_packet import again, denied, extension, wish
from tests.web import Visitor, corpus, serve

pytestmark = pytest.mark.django_db
MAIL = "dov@example.org"
BY_MAIL = Reach(ways=(Way("email", MAIL), Way("post", "12 Quarry Lane, Baltimore")))
__all__ = ["denied"]


@pytest.fixture
def behind(cast: Cast, denied: str) -> tuple[Cast, str, Any]:
    """Dov's letter, signed, and lying behind a link."""
    whole, letter = extension(cast, denied)
    wish(cast, BY_MAIL)
    letter_links.send(cast.here("ada"), whole, letter, MAIL)
    return cast, denied, letter


def shown(cast: Cast, matter: str, letter: Any, who: str = "ada") -> BehindLink:
    here = cast.here(who)
    whole = queries.whole_matter(here, corpus(), matter)
    return letter_links.of_letter(here, whole, letter.number)[-1]


def opened(cast: Cast, one: BehindLink, code: str = "", **later: float) -> bytes:
    assert one.plan
    at = cast.later(**later).at
    return links.open_by_link(cast.house, one.plan.address, code or one.plan.code, at=at)


def acts(cast: Cast) -> list[str]:
    return [one.entry.act for one in cast.house.log.entries()]


def test_it_is_the_signed_letter_and_opens_once_with_its_code(behind: Any) -> None:
    cast, matter, letter = behind
    one = shown(cast, matter, letter)
    with pytest.raises(DidNotOpen):
        opened(cast, one, "four words by guess", minutes=1)
    assert opened(cast, one, minutes=2) == lettering.printed_again(letter).pdf
    assert acts(cast)[-1] == "release:packet:open", "it stands in the log, before it was given"
    with pytest.raises(DidNotOpen):
        opened(cast, one, minutes=3)
    assert bytes(Link.objects.get().sealed) == b"", "what was opened for the last time is deleted"
    assert not Departure.objects.exists(), "a letter to the client has no line (164.528(a)(1)(ii))"
    assert shown(cast, matter, letter).said == "opened"
    seen = queries.who_opened(cast.later(minutes=6).here("ada"), cast.dov, 40)
    assert any(each.details.get("letter") == letter.number for each in seen)


def test_that_it_went_is_a_signed_step_and_stands_in_what_was_written_to_her(behind: Any) -> None:
    cast, matter, letter = behind
    (sent,) = again(cast, matter, letter).sent
    assert (sent.way, sent.to, sent.on) == ("link", MAIL, NOON.date())
    assert sent.delivery == LetterDelivery.objects.get().pk
    client = queries.whole_matter(cast.here("ada"), corpus(), matter).head.holders[0].client
    (line,) = messages.written_to(cast.here("ada"), cast.dov, client)
    assert (line.written.channel, line.written.to) == ("email", MAIL)
    assert "store" not in line.written.body, "that an address went, and no word of the letter"
    plan = shown(cast, matter, letter).plan
    assert plan
    assert plan.address not in line.written.body


def test_without_her_wish_for_email_nothing_goes_behind_a_link(cast: Cast, denied: str) -> None:
    whole, letter = extension(cast, denied)
    for reach, to in (
        (None, MAIL),
        (Reach(nothing=True), MAIL),
        (Reach(ways=(Way("post", MAIL),)), MAIL),
        (Reach(ways=(Way("email", MAIL),)), "dov@elsewhere.org"),
        (Reach(ways=(Way("email", "other@example.org"),), never=(MAIL,)), MAIL),
        (Reach(ways=(Way("email", MAIL, since="01:00", until="01:30"),)), MAIL),
    ):
        wish(cast, reach)
        with pytest.raises(NotWished):
            letter_links.send(cast.here("ada"), whole, letter, to)
    assert acts(cast).count("front:message:send") == 6, "each refusal stands in the log"
    assert not Message.objects.exists()
    assert not Link.objects.exists()
    assert not again(cast, denied, letter).sent


def test_an_address_that_she_allowed_at_other_hours_opens_at_hers_alone() -> None:
    early, late = (Way("email", MAIL, since=a, until=b) for a, b in (("01:00", "02:00"), ("", "")))
    assert why_no_link(Reach(ways=(early, late)), MAIL, NOON, NOON.tzinfo) == ""
    assert "Not at this hour" in why_no_link(Reach(ways=(early,)), MAIL, NOON, NOON.tzinfo)
    assert why_no_link(Reach(ways=(late,), never=("DOV@example.org",)), MAIL, NOON, NOON.tzinfo)


def test_a_letter_to_somebody_else_and_one_that_waits_for_a_signature_do_not_go(
    cast: Cast, denied: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = cast.here("ada")
    wish(cast, BY_MAIL)
    to_rex = actions.enter(ada, cast.dov, subpoena())
    whole = queries.whole_matter(ada, corpus(), to_rex)
    made = lettering.draft(ada, corpus(), whole, "neither", {}, {})
    number = lettering.sign(ada, corpus(), to_rex, made, made.seen)
    whole = queries.whole_matter(ada, corpus(), to_rex)
    with pytest.raises(NotHers):
        letter_links.send(ada, whole, lettering.find(whole, number), MAIL)
    whole, letter = extension(cast, denied)
    with monkeypatch.context() as patch:
        patch.setattr(lettering, "waits", lambda _: True)
        with pytest.raises(lettering.NotCosigned):
            letter_links.send(ada, whole, letter, MAIL)
    for days, openings in ((2, 1), (7, 0), (7, 99)):
        with pytest.raises(NoWay):
            letter_links.send(ada, whole, letter, MAIL, days=days, openings=openings)
    assert not Link.objects.exists()


def test_it_is_called_back_until_it_has_been_opened(behind: Any) -> None:
    cast, matter, letter = behind
    one = shown(cast, matter, letter)
    for who in ("bea", "cal", "max"):
        with pytest.raises(NotHere):
            letter_links.call_back(cast.here(who), matter, letter.number)
    letter_links.call_back(cast.later(minutes=3).here("ada"), matter, letter.number)
    with pytest.raises(DidNotOpen):
        opened(cast, one, minutes=4)
    assert bytes(Link.objects.get().sealed) == b""
    assert shown(cast, matter, letter).said == "called back unopened"
    assert acts(cast).count("release:packet:recall") == 1
    with pytest.raises(NothingWaits):
        letter_links.call_back(cast.here("ada"), matter, letter.number)


def test_what_was_opened_is_not_called_back(cast: Cast, denied: str) -> None:
    whole, letter = extension(cast, denied)
    wish(cast, BY_MAIL)
    letter_links.send(cast.here("ada"), whole, letter, MAIL, openings=3)
    assert opened(cast, shown(cast, denied, letter), minutes=1)
    with pytest.raises(NothingWaits):
        letter_links.call_back(cast.here("ada"), denied, letter.number)
    assert opened(cast, shown(cast, denied, letter), minutes=2)


def test_one_link_at_a_time_and_a_new_one_after_it_was_called_back(behind: Any) -> None:
    cast, matter, letter = behind
    whole = queries.whole_matter(cast.here("ada"), corpus(), matter)
    with pytest.raises(LiesThereAlready):
        letter_links.send(cast.here("ada"), whole, letter, MAIL)
    letter_links.call_back(cast.here("ada"), matter, letter.number)
    letter_links.send(cast.here("ada"), whole, letter, MAIL)
    assert opened(cast, shown(cast, matter, letter), minutes=1)


def test_five_wrong_codes_and_its_last_day_delete_it(behind: Any) -> None:
    cast, matter, letter = behind
    one = shown(cast, matter, letter)
    for _ in range(5):
        with pytest.raises(DidNotOpen):
            opened(cast, one, "four words by guess", minutes=1)
    with pytest.raises(DidNotOpen):
        opened(cast, one, minutes=1)
    whole = queries.whole_matter(cast.here("ada"), corpus(), matter)
    letter_links.send(cast.here("ada"), whole, letter, MAIL, days=1)
    two = shown(cast, matter, letter)
    with pytest.raises(DidNotOpen):
        opened(cast, two, days=1, minutes=1)
    assert {bytes(each.sealed) for each in Link.objects.all()} == {b""}
    assert shown(cast, matter, letter).said == "never opened, and over"


def test_neither_address_nor_code_nor_letter_lies_on_the_disk(behind: Any) -> None:
    cast, matter, letter = behind
    plan = shown(cast, matter, letter).plan
    assert plan
    stored = [bytes(Link.objects.get().sealed), bytes(LetterDelivery.objects.get().sealed)]
    for secret in (plan.address, plan.code, MAIL, "%PDF"):
        assert not any(secret.encode() in blob for blob in stored)


@pytest.mark.parametrize("breaks", ["steps.add", "links.make"])
def test_where_one_part_fails_nothing_of_it_stands(
    cast: Cast, denied: str, monkeypatch: pytest.MonkeyPatch, breaks: str
) -> None:
    whole, letter = extension(cast, denied)
    wish(cast, BY_MAIL)

    def fails(*_: Any) -> None:
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(f"stillroom.disclosure.{breaks}", fails)
        with pytest.raises(RuntimeError):
            letter_links.send(cast.here("ada"), whole, letter, MAIL)
    assert not Message.objects.exists()
    assert not LetterDelivery.objects.exists()
    assert not again(cast, denied, letter).sent


def test_the_page_offers_it_as_she_wishes_shows_address_and_words_and_calls_it_back(
    cast: Cast, denied: str
) -> None:
    _, letter = extension(cast, denied)
    serve(cast)
    ada, away = Visitor(cast, "ada"), f"/matters/{denied}/letters/{letter.number}"
    assert "Not open: " in page(ada, away), "nobody asked her yet"
    wish(cast, BY_MAIL)
    assert "Put it behind a link" in page(ada, away)
    sent = {"email": "x@example.org", "days": "3", "openings": "3"}
    refused = ada.post(f"{away}/link", sent)
    assert refused.status_code == 409
    assert "none of the ways that the client allowed" in refused.content.decode()
    assert '<option value="3" selected>3 days' in refused.content.decode(), "what was chosen stands"
    assert ada.post(f"{away}/link", {**sent, "email": MAIL}).status_code == 302
    text = page(ada, away)
    address = re.search(r"(/r/[\w-]{43})<", text)
    code = re.search(r'aria-label="The code">([a-z ]+)<', text)
    assert address
    assert code
    assert "Put it behind a link" not in text
    assert "not opened yet" in page(ada, f"/matters/{denied}")
    supervised = page(Visitor(cast, "sol"), away)
    assert "Nobody has opened it" in supervised
    assert "The code" not in supervised
    assert address[1] not in supervised
    given = Visitor(cast).post(address[1], {"code": code[1]})
    assert given.content.startswith(b"%PDF")
    assert given.headers["Content-Disposition"] == 'attachment; filename="records.pdf"'
    assert "It may be opened 2 more times" in page(ada, away)
    assert ada.post(f"{away}/recall").status_code == 409, "it was opened"


def test_the_log_says_it_was_a_letter(behind: Any) -> None:
    cast, matter, letter = behind
    shown(cast, matter, letter)
    letter_links.call_back(cast.here("ada"), matter, letter.number)
    serve(cast)
    log = page(Visitor(cast, "ada"), f"/clients/{cast.dov}/log")
    assert "called a letter back that nobody had opened" in log
    assert "looked at the address and the words of a letter behind a link" in log


def page(who: Visitor, away: str) -> str:
    return unescape(who.get(away).content.decode())
