"""A letter goes out on what it was written on, or not: a corrected request, and what a client says
against an entry of which it tells (45 CFR 164.526(d)(5))."""

from typing import Any

import pytest

from stillroom.disclosure import disputing, letter_going, letter_links, lettering, links, queries
from stillroom.disclosure.askers.amending import Done
from stillroom.disclosure.letter_going import NotWeighed, WrittenBefore
from stillroom.disclosure.letters import print_letter
from stillroom.disclosure.links import DidNotOpen
from stillroom.disclosure.models import Departure
from stillroom.disclosure.packet import ProofChanged
from stillroom.practice.models import Message
from tests.cast import NOON, Cast
from tests.disclosure.test_correcting import correct
from tests.disclosure.test_disputes import ASKED, DENIED, SAID, about, life, say
from tests.disclosure.test_letter_before_a_packet import again, denied, extension, signed, wish
from tests.disclosure.test_letters_behind_a_link import BY_MAIL, MAIL, shown
from tests.harness.pdf_read import read
from tests.web import Visitor, corpus, serve

pytestmark = pytest.mark.django_db
__all__ = ["denied", "life"]
ON = NOON.date()


def draft(cast: Cast, matter: str, *disputed: str) -> lettering.Draft:
    """A claim of privilege that speaks of a record, to Rex."""
    here = cast.here("ada")
    whole = queries.whole_matter(here, corpus(), matter)
    typed = {"named": "yes", "own": "He slept six hours."}
    return lettering.draft(here, corpus(), whole, "assertion", typed, {"disputed": disputed})


def sent(cast: Cast, matter: str, letter: Any) -> None:
    whole = queries.whole_matter(cast.here("ada"), corpus(), matter)
    lettering.sent(cast.here("ada"), whole, letter, "hand", "Rex Dunleavy", ON)


# A request that was corrected


def test_a_letter_of_before_a_correction_does_not_go_by_any_way_until_it_is_weighed(
    cast: Cast, denied: str
) -> None:
    whole, letter = extension(cast, denied)
    wish(cast, BY_MAIL)
    correct(cast, denied, asks_for="The notes of 2026")
    here = cast.here("ada")
    for way in ("hand", "post", "court"):
        with pytest.raises(WrittenBefore):
            lettering.sent(here, whole, letter, way, "12 Quarry Lane, Baltimore", ON)
    with pytest.raises(WrittenBefore):
        letter_links.send(here, whole, letter, MAIL)
    assert not Message.objects.exists()
    assert not again(cast, denied, letter).sent
    with pytest.raises(NotWeighed):
        letter_going.weigh(here, denied, letter, "  ")
    letter_going.weigh(here, denied, letter, "The day and the reason are the same.")
    lettering.sent(here, whole, letter, "hand", "Dov", ON)
    assert again(cast, denied, letter).sent


def test_what_was_weighed_holds_until_the_next_correction(cast: Cast, denied: str) -> None:
    _, letter = extension(cast, denied)
    correct(cast, denied, asks_for="The notes of 2026")
    letter_going.weigh(cast.here("ada"), denied, letter, "It stands.")
    assert letter_going.held(cast.here("ada"), denied, letter) is None
    correct(cast, denied, asks_for="The notes of 2025")
    with pytest.raises(WrittenBefore):
        sent(cast, denied, letter)


def test_one_that_is_written_after_the_correction_goes(cast: Cast, denied: str) -> None:
    correct(cast, denied, asks_for="The notes of 2026")
    _, letter = extension(cast, denied)
    sent(cast, denied, letter)
    assert again(cast, denied, letter).sent


def test_a_letter_behind_a_link_is_called_back_by_a_correction(cast: Cast, denied: str) -> None:
    _, letter = extension(cast, denied)
    wish(cast, BY_MAIL)
    serve(cast)
    ada, away = Visitor(cast, "ada"), f"/matters/{denied}"
    ada.post(f"{away}/letters/{letter.number}/link", {"email": MAIL, "days": "7", "openings": "1"})
    one = shown(cast, denied, letter)
    assert one.plan
    form = ada.get(f"{away}/correct").content.decode()
    revision = form.split('name="revision" value="')[1].split('"')[0]
    given = {"asker": "Dov Halpern", "asker_kind": "client", "instrument": "client_request"}
    given |= {"occasion": "access", "purpose": "client_access", "received_on": ON.isoformat()}
    given |= {"asks_for": "The notes of 2026", "why": "Misread.", "revision": revision}
    assert ada.post(f"{away}/correct", given).status_code == 302
    assert shown(cast, denied, letter).said == "called back unopened"
    with pytest.raises(DidNotOpen):
        links.open_by_link(cast.house, one.plan.address, one.plan.code, at=cast.at)


def test_its_page_says_so_gives_no_file_and_takes_the_sentence(cast: Cast, denied: str) -> None:
    _, letter = extension(cast, denied)
    correct(cast, denied, asks_for="The notes of 2026")
    serve(cast)
    ada, away = Visitor(cast, "ada"), f"/matters/{denied}/letters/{letter.number}"
    page = ada.get(away).content.decode()
    assert "It does not go out as it is" in page
    assert "The file, to print" not in page
    assert "Write it down" not in page
    marked = "Written on what stood before."
    assert marked in ada.get(f"/matters/{denied}").content.decode()
    refused = ada.get(f"{away}/file")
    assert (refused.status_code, refused.content[:4] == b"%PDF") == (409, False)
    assert ada.post(f"{away}/weigh", {"stands": " "}).status_code == 409
    assert ada.post(f"{away}/weigh", {"stands": "The same day."}).status_code == 302
    page = ada.get(away).content.decode()
    assert "Weighed again after a correction: The same day." in page
    assert ada.get(f"{away}/file").content.startswith(b"%PDF")
    assert marked not in ada.get(f"/matters/{denied}").content.decode()


# What the client says against an entry


@pytest.fixture
def disputed(cast: Cast, life: dict[str, str]) -> dict[str, str]:
    """Dov's statement stands against the note."""
    say(cast, life, Done("statement", SAID), Done("denial", DENIED), about(life))
    return life


def test_a_letter_that_tells_of_a_disputed_entry_asks_and_takes_the_statement_along(
    cast: Cast, disputed: dict[str, str]
) -> None:
    matter, against = disputed["matter"], disputed["asked"]
    for chosen in ((), ("nothing", against)):
        made = draft(cast, matter, *chosen)
        assert [one.slot for one in made.lacks] == ["disputed"]
        with pytest.raises(lettering.LetterLacks):
            lettering.sign(cast.here("ada"), corpus(), matter, made, made.seen)
    made = draft(cast, matter, against)
    assert made.lacks == ()
    words = " ".join(read(print_letter(made.letter, NOON).pdf).pypdf.split())
    for said in (ASKED, DENIED, SAID, "164.526(d)(5)"):
        assert said in words
    nothing = draft(cast, matter, "nothing")
    assert nothing.lacks == ()
    assert SAID not in " ".join(read(print_letter(nothing.letter, NOON).pdf).pypdf.split())


def test_the_page_names_the_entry_and_prints_the_letter_with_it(
    cast: Cast, disputed: dict[str, str]
) -> None:
    serve(cast)
    ada, away = Visitor(cast, "ada"), f"/matters/{disputed['matter']}/letters/new/assertion"
    typed = {"named": "yes", "own": "He slept six hours.", "do": "look"}
    page = ada.post(away, typed)
    assert page.status_code == 409
    text = page.content.decode()
    assert "Does it tell anything of an entry that the client disputes?" in text
    assert "about progress note of November" in text
    assert "He slept six hours." in text
    looked = ada.post(away, {**typed, "disputed": disputed["asked"]}).content.decode()
    assert "As it will be printed" in looked
    assert SAID in looked


def test_a_letter_of_before_the_statement_or_of_before_its_change_is_written_anew(
    cast: Cast, life: dict[str, str]
) -> None:
    matter = life["matter"]
    made = draft(cast, matter)
    assert made.lacks == ()
    _, letter = signed(cast, matter, made)
    say(cast, life, Done("statement", SAID), Done("denial", DENIED), about(life))
    with pytest.raises(WrittenBefore):
        sent(cast, matter, letter)
    with pytest.raises(WrittenBefore):
        letter_going.weigh(cast.here("ada"), matter, letter, "It stands.")
    _, anew = signed(cast, matter, draft(cast, matter, life["asked"]))
    say(cast, life, Done("rebuttal", "It says that he said six."))
    with pytest.raises(WrittenBefore):
        sent(cast, matter, anew)
    assert not Departure.objects.filter(packet=None).exists()
    _, last = signed(cast, matter, draft(cast, matter, life["asked"]))
    sent(cast, matter, last)
    assert Departure.objects.filter(packet=None).exists()


def test_a_statement_that_comes_while_it_is_looked_at_lets_nothing_be_signed(
    cast: Cast, life: dict[str, str]
) -> None:
    made = draft(cast, life["matter"])
    say(cast, life, Done("statement", SAID))
    with pytest.raises(ProofChanged):
        lettering.sign(cast.here("ada"), corpus(), life["matter"], made, made.seen)


def test_the_denial_that_goes_along_is_written_down_first(cast: Cast, life: dict[str, str]) -> None:
    say(cast, life, Done("statement", SAID), about(life))
    (lack,) = draft(cast, life["matter"], life["asked"]).lacks
    assert "Write down first" in lack.says
    assert disputing.named(cast.here("ada"), cast.dov)[0].label.startswith("Matter 2026-")


def test_letters_to_the_client_and_letters_that_tell_nothing_are_not_asked(
    cast: Cast, disputed: dict[str, str]
) -> None:
    here = cast.here("ada")
    whole = queries.whole_matter(here, corpus(), disputed["matter"])
    for form in ("objection", "neither", "permission"):
        made = lettering.draft(here, corpus(), whole, form, {}, {})
        assert "disputed" not in [one.slot for one in made.lacks]
        assert made.material.disputes == ()
