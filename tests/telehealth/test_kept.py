"""What two wrote to each other is kept only by the client's yes to exactly these words (P1, P8)."""

import json
from hashlib import sha256

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from stillroom.chart import queries as charts
from stillroom.chart.models import Record
from stillroom.telehealth import queries, rules_kept
from stillroom.telehealth import rules_facts as facts
from stillroom.telehealth.rules_facts import Fact
from tests.cast import NOON, Cast
from tests.couple import Several, book, make_couple
from tests.telehealth.test_couple_pages import DOV
from tests.web import Visitor, serve

WORDS = "Ada: 14 Quarry Lane is the shelter’s new door\nDov: I wrote it down, thank you"

with_pages = pytest.mark.django_db


@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=60))
def test_a_yes_to_some_words_is_none_to_others(one: str, other: str) -> None:
    yes = Fact(1, facts.KEEPS, rules_kept.yes(rules_kept.digest(one)), "dov", NOON)
    if one.strip():
        assert rules_kept.agreed([yes], one) is yes
    if other.strip() and one != other:
        with pytest.raises(rules_kept.NotAgreed):
            rules_kept.agreed([yes], other)


@pytest.mark.parametrize("words", ["", "  \n", "a" * 20_001])
def test_nothing_and_too_much_are_not_kept_whoever_agreed(words: str) -> None:
    yes = Fact(1, facts.KEEPS, rules_kept.yes(rules_kept.digest(words)), "dov", NOON)
    with pytest.raises(rules_kept.TooMuchToKeep):
        rules_kept.agreed([yes], words)


@pytest.mark.parametrize("named", ["", "yes", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_what_is_no_digest_is_no_yes(named: str) -> None:
    with pytest.raises(facts.NotSaid):
        rules_kept.yes(named)


def at(name: str, room: str) -> str:
    return reverse(name, kwargs={"room_id": room})


def say(visitor: Visitor, name: str, room: str, **told: str) -> tuple[int, dict[str, str]]:
    """What a page's script posts, and what comes back."""
    accepts = {"accept": "application/json"}
    answer = visitor.post(at(name, room), told, content_type="application/json", headers=accepts)
    found = answer.content if answer.headers["Content-Type"].startswith("application/json") else ""
    return answer.status_code, json.loads(found or "{}")


@pytest.fixture
def room(cast: Cast) -> str:
    """A visit of two that stands open."""
    serve(cast)
    cast.holder("dov")
    room = book(cast, cast.dov)
    dov, ada = Visitor(cast, "dov"), Visitor(cast, "ada")
    assert dov.post(at("portal_call", room), DOV).status_code == 302
    opened = ada.post(at("call_open", room), {"reason": "Signed on paper today."})
    assert opened.status_code == 302, opened.content.decode()
    return room


def notes(cast: Cast) -> int:
    return Record.objects.filter(chart=cast.dov, kind="contact_note").count()


@with_pages
def test_what_both_agreed_to_is_a_contact_note_to_be_signed(cast: Cast, room: str) -> None:
    dov, ada = Visitor(cast, "dov"), Visitor(cast, "ada")
    before = notes(cast)
    status, _ = say(dov, "portal_call_say", room, do="keeps", words=rules_kept.digest(WORDS))
    assert status == 200
    status, kept = say(ada, "call_note", room, do="kept", words=WORDS)
    assert status == 200
    record = charts.record(cast.here("ada"), kept["record"].rpartition("/")[2])
    assert record.draft is not None
    text = str(record.draft)
    for line in WORDS.split("\n"):
        assert line in text
    assert "with the client’s yes of" in text
    assert notes(cast) == before + 1
    again = say(ada, "call_note", room, do="kept", words=WORDS)
    assert again == (200, kept), "a second press keeps it once"
    assert notes(cast) == before + 1
    page = ada.get(at("call", room)).content.decode()
    assert "Kept, both agreeing: what was written to each other." in page


@with_pages
def test_without_her_yes_to_these_words_nothing_is_kept(cast: Cast, room: str) -> None:
    dov, ada = Visitor(cast, "dov"), Visitor(cast, "ada")
    before = notes(cast)
    status, told = say(ada, "call_note", room, do="kept", words=WORDS)
    assert status == 409
    assert "has not said yes" in told["message"]
    say(dov, "portal_call_say", room, do="keeps", words=rules_kept.digest(WORDS))
    status, _ = say(
        ada, "call_note", room, do="kept", words=f"{WORDS}\nDov: and I will not go back"
    )
    assert status == 409
    assert notes(cast) == before
    kept = queries.facts_of(cast.here("ada"), queries.meeting(cast.here("ada"), room))
    assert facts.KEPT not in [one.kind for one in kept]


@with_pages
def test_a_yes_of_one_visit_keeps_nothing_of_another_and_only_hers_counts(
    cast: Cast, room: str
) -> None:
    ada, dov = Visitor(cast, "ada"), Visitor(cast, "dov")
    named = rules_kept.digest(WORDS)
    assert say(ada, "call_note", room, do="keeps", words=named)[0] == 409, "not the clinician's"
    say(dov, "portal_call_say", room, do="keeps", words=named)
    ada.post(at("call_end", room), {"unused": "yes"})
    other = book(cast, cast.dov, minutes=10)
    dov.post(at("portal_call", other), DOV)
    ada.post(at("call_open", other), {"reason": "Signed on paper today."})
    assert say(ada, "call_note", other, do="kept", words=WORDS)[0] == 409


@with_pages
def test_a_couples_chat_is_not_one_persons_to_keep(cast: Cast) -> None:
    serve(cast)
    several: Several = make_couple(cast)
    room = book(cast, several.couple)
    dov, ada = Visitor(cast, "dov-too"), Visitor(cast, "ada")
    dov.post(at("portal_call", room), {**DOV, "shown": "called"})
    for number in (1, 2):
        seat = reverse("call_seat_open", kwargs={"room_id": room, "number": number})
        assert ada.post(seat, {"reason": "Signed on paper today."}).status_code == 302
    assert say(dov, "portal_call_say", room, do="slowly")[0] == 200, "his page is in the visit"
    named = sha256(WORDS.encode()).hexdigest()
    assert say(dov, "portal_call_say", room, do="keeps", words=named)[0] == 409
    assert say(ada, "call_together_note", room, do="kept", words=WORDS)[0] == 409
