"""The letter that goes before a packet; and letters to a client go as she wishes (45 CFR 164.522(b))."""

from typing import Any

import pytest
from msgspec import structs

from stillroom.consent.rules import Party
from stillroom.disclosure import actions, lettering, queries, releasing
from stillroom.disclosure.lettering import LetterLacks
from stillroom.disclosure.letters import print_letter
from stillroom.disclosure.letters.forms import Tells
from stillroom.disclosure.matters import Asked
from stillroom.disclosure.models import Departure, Packet
from stillroom.disclosure.rules import Intake
from stillroom.phi import NotHere
from stillroom.practice import actions as practice
from stillroom.practice import queries as clients
from stillroom.practice.models import Message
from stillroom.practice.rules_wishes import Reach, Way, why_not_posted
from stillroom.practice.sending import queries as messages
from stillroom.practice.sending.actions import NotWished
from tests.cast import NOON, Cast
from tests.disclosure.leaving import packet_for_rex
from tests.disclosure.test_correcting import correct
from tests.harness.pdf_read import read
from tests.web import Visitor, corpus, serve

pytestmark = pytest.mark.django_db
WAY = {"way": "your upload page"}
HOME, WORK = "12 Quarry Lane, Baltimore", "1 Mill Street, Towson"


@pytest.fixture
def life(cast: Cast) -> dict[str, str]:
    return packet_for_rex(cast)


def draft(cast: Cast, matter: str, **typed: str) -> lettering.Draft:
    here = cast.here("ada")
    whole = queries.whole_matter(here, corpus(), matter)
    return lettering.draft(here, corpus(), whole, "response", typed, {})


def signed(cast: Cast, matter: str, made: lettering.Draft) -> tuple[queries.WholeMatter, Any]:
    number = lettering.sign(cast.here("ada"), corpus(), matter, made, made.seen)
    whole = queries.whole_matter(cast.here("ada"), corpus(), matter)
    return whole, lettering.find(whole, number)


def test_it_says_that_the_very_packet_comes_and_nothing_of_what(
    cast: Cast, life: dict[str, str]
) -> None:
    made = draft(cast, life["matter"], **WAY)
    assert made.lacks == ()
    told = " ".join(read(print_letter(made.letter, NOON).pdf).pypdf.split())
    row = Packet.objects.get(pk=life["packet"])
    head, _ = releasing.open_packet(cast.here("ada"), row)
    assert row.digest[:4] in told
    assert " ".join(head.check_words) in told
    assert "comes apart from this letter, by your upload page" in told
    for word in ("Dov", "Halpern", "progress", "note"):
        assert word not in told.replace("Halpern v. Halpern", "")
    assert made.tells is Tells.OTHERS
    whole, letter = signed(cast, life["matter"], made)
    lettering.sent(cast.here("ada"), whole, letter, "post", TO_REX, NOON.date())
    assert Departure.objects.get(packet=None), "it tells Rex that there is a client"


TO_REX = "Rex Dunleavy, 1 Court Square"


def test_without_a_packet_that_may_go_there_is_none(cast: Cast, life: dict[str, str]) -> None:
    assert [one.slot for one in draft(cast, life["matter"]).lacks] == ["way"]
    assert [one.slot for one in draft(cast, life["matter"], packet="x", **WAY).lacks] == ["packet"]
    correct(cast, life["matter"], caption="Another case")
    stale = draft(cast, life["matter"], **WAY)
    assert [one.slot for one in stale.lacks] == ["packet"]
    with pytest.raises(LetterLacks):
        lettering.sign(cast.here("ada"), corpus(), life["matter"], stale, stale.seen)


def test_a_colleague_does_not_announce_what_holds_anothers_private_notes(
    cast: Cast, life: dict[str, str]
) -> None:
    """P4: neither its pages nor that there is such a packet."""
    Packet.objects.filter(pk=life["packet"]).update(private=True, built_by=cast.bea.id)
    assert draft(cast, life["matter"], **WAY).material.coming == ()


def test_who_may_prepare_no_packet_announces_none(cast: Cast, life: dict[str, str]) -> None:
    """A supervisor reads the matter; its packets are not hers to open."""
    sol = cast.here("sol")
    whole = queries.whole_matter(sol, corpus(), life["matter"])
    made = lettering.draft(sol, corpus(), whole, "response", WAY, {})
    assert [one.slot for one in made.lacks] == ["packet"]


def test_its_page_is_looked_at_and_signed(cast: Cast, life: dict[str, str]) -> None:
    serve(cast)
    ada, away = Visitor(cast, "ada"), f"/matters/{life['matter']}/letters"
    assert "Say that the packet comes apart" in ada.get(away).content.decode()
    page = ada.get(f"{away}/new/response").content.decode()
    assert "Packet 1, 2 pages, " in page
    typed = {"packet": life["packet"], **WAY, "address": "1 Court Square"}
    looked = ada.post(f"{away}/new/response", {**typed, "do": "look"}).content.decode()
    assert "As it will be printed" in looked
    seen = looked.split('name="seen" value="')[1].split('"')[0]
    answer = ada.post(f"{away}/new/response", {**typed, "do": "sign", "seen": seen})
    assert answer.status_code == 302
    assert ada.get(answer["Location"] + "/file").content.startswith(b"%PDF")


# Letters to a client go through the one that sends


@pytest.fixture
def denied(cast: Cast) -> str:
    """Dov asked for a copy; it was denied."""
    cast.licensed("ada", credential="")
    intake = Intake(Party("Dov Halpern", "client"), NOON.date(), "client_request", "client_access")
    matter = actions.enter(cast.here("ada"), cast.dov, Asked(intake, "", {}, "access"))
    actions.answer(cast.here("ada"), corpus(), matter, "harm_if_accessed", True)
    return matter


def wish(cast: Cast, reach: Reach | None) -> None:
    here = cast.here("ada")
    holder = clients.chart_head(here, cast.dov).holders[0]
    sheet = structs.replace(holder.sheet, wishes=(reach,) if reach else ())
    practice.change_front(here, cast.directory, cast.dov, holder.client, sheet, holder.revision)


def extension(cast: Cast, matter: str) -> tuple[queries.WholeMatter, Any]:
    here = cast.here("ada")
    whole = queries.whole_matter(here, corpus(), matter)
    typed = {"reason": "The old charts lie in a store.", "until": "2027-01-10", "address": HOME}
    return signed(cast, matter, lettering.draft(here, corpus(), whole, "extension", typed, {}))


BY_POST = Reach(ways=(Way("post", HOME), Way("email", "dov@example.org")), never=(WORK,))


def test_a_letter_to_the_client_is_posted_where_she_wishes_and_nowhere_else(
    cast: Cast, denied: str
) -> None:
    whole, letter = extension(cast, denied)
    here, today = cast.here("ada"), NOON.date()
    for reach, to, way in (
        (None, HOME, "post"),
        (Reach(nothing=True), HOME, "post"),
        (Reach(ways=(Way("email", "dov@example.org"),)), HOME, "post"),
        (BY_POST, WORK, "post"),
        (BY_POST, "7 Elsewhere Road", "post"),
        (BY_POST, "dov@example.org", "electronic"),
        (BY_POST, HOME, "fax"),
    ):
        wish(cast, reach)
        with pytest.raises(NotWished):
            lettering.sent(here, whole, letter, way, to, today)
    assert not Message.objects.exists()
    assert not again(cast, denied, letter).sent
    refused = [one for one in cast.house.log.entries() if one.entry.act == "front:message:send"]
    assert len(refused) == 5, "each refusal by her wishes stands in the log"
    wish(cast, BY_POST)
    lettering.sent(here, whole, letter, "post", "12 quarry lane  Baltimore", today)
    assert [one.way for one in again(cast, denied, letter).sent] == ["post"]
    client = clients.chart_head(here, cast.dov).holders[0].client
    (line,) = messages.written_to(here, cast.dov, client)
    assert (line.written.channel, line.state) == ("post", "gone")
    assert "store" not in line.written.body, "where it went, and none of its words"


def again(cast: Cast, matter: str, letter: Any) -> Any:
    return lettering.find(queries.whole_matter(cast.here("ada"), corpus(), matter), letter.number)


def test_what_is_handed_over_needs_no_address(cast: Cast, denied: str) -> None:
    whole, letter = extension(cast, denied)
    lettering.sent(cast.here("ada"), whole, letter, "hand", "Dov", NOON.date())
    assert again(cast, denied, letter).sent
    assert not Message.objects.exists()


def test_the_wishes_are_asked_under_the_lock_and_in_one_transaction(
    cast: Cast, denied: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the step cannot be written, nothing says that a letter went."""
    whole, letter = extension(cast, denied)
    wish(cast, BY_POST)
    with monkeypatch.context() as patch:
        patch.setattr("stillroom.disclosure.steps.add", _fails)
        with pytest.raises(RuntimeError):
            lettering.sent(cast.here("ada"), whole, letter, "post", HOME, NOON.date())
    assert not Message.objects.exists()


def _fails(*_: Any) -> None:
    raise RuntimeError("the disk is full")


def test_only_who_may_write_to_her_posts(cast: Cast, denied: str) -> None:
    whole, letter = extension(cast, denied)
    wish(cast, BY_POST)
    for who in ("bea", "sol", "max"):
        with pytest.raises(NotHere):
            lettering.sent(cast.here(who), whole, letter, "post", HOME, NOON.date())


def test_why_not_posted_opens_for_a_named_address_alone() -> None:
    assert why_not_posted(BY_POST, HOME) == ""
    assert why_not_posted(replace_never(BY_POST), HOME)
    assert why_not_posted(None, HOME)


def replace_never(reach: Reach) -> Reach:
    return Reach(ways=reach.ways, never=(HOME,))


def test_the_page_of_the_letter_says_where_she_wishes_it(cast: Cast, denied: str) -> None:
    _, letter = extension(cast, denied)
    wish(cast, BY_POST)
    serve(cast)
    ada, away = Visitor(cast, "ada"), f"/matters/{denied}/letters/{letter.number}"
    page = ada.get(away).content.decode()
    assert f'value="{HOME}"' in page
    sent = {"way": "post", "to": WORK, "on": NOON.date().isoformat()}
    refused = ada.post(f"{away}/sent", sent)
    assert refused.status_code == 409
    assert "The client asked that this address never be used" in refused.content.decode()
    assert f'value="{WORK}"' in refused.content.decode(), "what was typed is there"
    assert ada.post(f"{away}/sent", {**sent, "to": HOME}).status_code == 302
