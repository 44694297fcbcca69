"""What a client asked for is answered in writing: a correction, something kept back, another way
(45 CFR 164.526, 164.522); and more time is taken in the words of the right it is taken for."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from stillroom.consent.rules import Party
from stillroom.disclosure import (
    actions,
    disputing,
    letter_links,
    lettering,
    own_asking,
    queries,
    releasing,
)
from stillroom.disclosure.askers import ASKERS, amending
from stillroom.disclosure.askers.amending import Done
from stillroom.disclosure.letter_going import WrittenBefore
from stillroom.disclosure.letters import print_letter
from stillroom.disclosure.letters.forms import Material
from stillroom.disclosure.letters.kinds import FORMS, suggested
from stillroom.disclosure.letters.rights import GROUNDS
from stillroom.disclosure.matters import Asked
from stillroom.disclosure.packet import Cited
from stillroom.disclosure.rules import Decision, Intake
from tests.cast import NOON, Cast
from tests.disclosure.leaving import another, packet_for_rex
from tests.disclosure.test_disputes import ASKED, SAID, words_of
from tests.disclosure.test_letter_before_a_packet import signed, wish
from tests.disclosure.test_letters_behind_a_link import BY_MAIL, MAIL
from tests.harness.pdf_read import read
from tests.web import Visitor, corpus, serve

pytestmark = pytest.mark.django_db
ON = NOON.date()
SAYS = {"part": "Six hours of sleep", "contact": "Ada Merrow", "telephone": "410-555-0100"}
ACCURATE = {"grounds": ("accurate",)}


@pytest.fixture(autouse=True)
def profile(cast: Cast) -> None:
    cast.licensed("ada", credential="")


def asked(cast: Cast, right: str, on: date = ON) -> str:
    """A matter in which Dov asks for one of his rights."""
    intake = Intake(Party("Dov Halpern", "client"), on, "client_request")
    return actions.enter(cast.here("ada"), cast.dov, Asked(intake, "", {}, right))


def decided(cast: Cast, matter: str, decision: Decision) -> str:
    actions.answer(cast.here("ada"), corpus(), matter, "identity_verified", True)
    actions.decide(cast.here("ada"), corpus(), matter, decision, "So I judge.")
    return matter


def draft(cast: Cast, matter: str, form: str, chosen: Any = None, **typed: str) -> lettering.Draft:
    here = cast.here("ada")
    whole = queries.whole_matter(here, corpus(), matter)
    return lettering.draft(here, corpus(), whole, form, typed, chosen or {})


def printed(made: lettering.Draft) -> str:
    return " ".join(read(print_letter(made.letter, NOON).pdf).pypdf.split())


def lacking(made: lettering.Draft) -> list[str]:
    return [one.slot for one in made.lacks]


# A correction


def test_a_denied_correction_says_all_that_the_rule_wants_it_to_say(cast: Cast) -> None:
    matter = decided(cast, asked(cast, "amendment"), Decision.DENY)
    made = draft(cast, matter, "amendment_denial", ACCURATE, **SAYS)
    assert made.lacks == ()
    told = printed(made)
    for words in (
        "accurate and complete as it stands",
        "You may write down that you disagree",
        "Give or send it to Ada Merrow",
        "your request and this letter go along",
        "telephone 410-555-0100",
        "Secretary of Health and Human Services",
        "164.526(a)",
        "164.526(d)",
    ):
        assert words in told, words
    assert "Halpern" not in made.letter.title, "the title stands in the file's metadata"


def test_it_is_not_signed_without_its_parts_or_before_that_was_decided(cast: Cast) -> None:
    matter = asked(cast, "amendment")
    made = draft(cast, matter, "amendment_denial", ACCURATE, **SAYS)
    assert lacking(made) == ["grounds"], "nothing was decided yet"
    with pytest.raises(lettering.LetterLacks):
        lettering.sign(cast.here("ada"), corpus(), matter, made, made.seen)
    decided(cast, matter, Decision.ACCEPT)
    assert lacking(draft(cast, matter, "amendment_denial", ACCURATE, **SAYS)) == ["grounds"]
    other = decided(cast, asked(cast, "amendment"), Decision.DENY)
    bare = draft(cast, other, "amendment_denial", {"grounds": ("she is upset",)})
    assert lacking(bare) == ["grounds", "part", "contact", "telephone"]
    assert len(GROUNDS) == 4, "164.526(a)(2) has four, and no other"


def test_once_sent_it_is_the_denial_that_goes_along_with_the_entry(cast: Cast) -> None:
    life = packet_for_rex(cast)
    cast.holder("dov")
    matter = own_asking.ask(cast.here("dov"), cast.dov, "amendment", ASKED)
    decided(cast, matter, Decision.DENY)
    own_asking.disagree(cast.here("dov"), matter, SAID)
    bundle = releasing.choices(cast.here("ada"), corpus(), life["matter"])
    note = next(one.record.id for one in bundle.choices if one.state.value == "chosen")
    disputing.write_down(cast.here("ada"), matter, Done("about", "", (note,)))
    made = draft(cast, matter, "amendment_denial", ACCURATE, **SAYS)
    whole, letter = signed(cast, matter, made)
    assert not _done(cast, matter, "denial"), "signing sends nothing"
    lettering.sent(cast.here("ada"), whole, letter, "hand", "Dov", ON)
    (denial,) = _done(cast, matter, "denial")
    assert "accurate and complete as it stands" in denial.words
    along = words_of(cast, another(cast, life["matter"]))
    assert "accurate and complete as it stands" in along
    assert SAID in along


def _done(cast: Cast, matter: str, what: str) -> list[Done]:
    whole = queries.whole_matter(cast.here("ada"), corpus(), matter)
    read_ = [amending.read(one.body) for one in whole.steps if one.kind == amending.STEP]
    return [one for one in read_ if one.what == what]


def test_an_accepted_one_tells_asks_whom_else_to_tell_and_is_written_down(cast: Cast) -> None:
    matter = decided(cast, asked(cast, "amendment"), Decision.ACCEPT)
    made = draft(cast, matter, "amendment_accepted", part="Seven hours, beside the old entry.")
    assert made.lacks == ()
    told = printed(made)
    assert "whom I should inform" in told
    assert "45 CFR 164.526(c)" in told
    _, letter = signed(cast, matter, made)
    wish(cast, BY_MAIL)
    whole = queries.whole_matter(cast.here("ada"), corpus(), matter)
    letter_links.send(cast.here("ada"), whole, letter, MAIL)
    assert _done(cast, matter, "client"), "the client was told, behind a link"


def test_a_letter_of_a_decision_that_stands_no_more_does_not_go(cast: Cast) -> None:
    matter = decided(cast, asked(cast, "amendment"), Decision.DENY)
    whole, letter = signed(cast, matter, draft(cast, matter, "amendment_denial", ACCURATE, **SAYS))
    actions.decide(cast.here("ada"), corpus(), matter, Decision.ACCEPT, "I was wrong.")
    with pytest.raises(WrittenBefore, match="does not stand"):
        lettering.sent(cast.here("ada"), whole, letter, "hand", "Dov", ON)
    assert not _done(cast, matter, "denial")


# Something kept back, another way to be reached


def test_what_is_kept_back_is_told_with_how_far_it_holds(cast: Cast) -> None:
    agreed = decided(cast, asked(cast, "restriction"), Decision.ACCEPT)
    made = draft(cast, agreed, "restriction_answer", part="The plan of April from the employer")
    assert made.lacks == ()
    told = printed(made)
    assert "I agree to keep back" in told
    assert "It binds this practice from now on" in told
    assert "164.522(a)(2)" in told
    paid = draft(cast, agreed, "restriction_answer", part="April", paid="yes")
    assert "The practice cannot end that without you" in printed(paid)
    assert "164.522(a)(2)" not in printed(paid)


def test_what_is_not_agreed_to_says_so_and_what_was_paid_for_cannot_be(cast: Cast) -> None:
    refused = decided(cast, asked(cast, "restriction"), Decision.DENY)
    made = draft(cast, refused, "restriction_answer", part="All from her father", own="He pays.")
    told = printed(made)
    assert "I do not agree" in told
    assert "164.522(a)(1)(vi)" in told
    paid = draft(cast, refused, "restriction_answer", part="April", paid="yes")
    assert lacking(paid) == ["paid"]
    open_still = draft(cast, asked(cast, "restriction"), "restriction_answer", part="April")
    assert lacking(open_still) == ["part"]


def test_another_way_to_be_reached_is_confirmed_or_told_what_can_be_done(cast: Cast) -> None:
    agreed = decided(cast, asked(cast, "channel"), Decision.ACCEPT)
    yes = draft(cast, agreed, "channel_answer", part="By letter to the post office box")
    assert yes.lacks == ()
    assert "From now on I reach you as you asked" in printed(yes)
    assert "need not tell me why" in printed(yes)
    refused = decided(cast, asked(cast, "channel"), Decision.DENY)
    assert lacking(draft(cast, refused, "channel_answer", part="By e-mail")) == ["own"]
    no = draft(cast, refused, "channel_answer", part="By e-mail", own="We have no telex.")
    assert "cannot reasonably be done" in printed(no)


# More time


@pytest.mark.parametrize(
    ("right", "days", "words", "cites"),
    [
        ("access", 30, "thirty days to answer your request for access", "164.524(b)(2)"),
        ("amendment", 60, "sixty days to answer your request for a correction", "164.526(b)(2)"),
        ("accounting", 60, "sixty days to answer your request for an account", "164.528(c)(1)"),
    ],
)
def test_more_time_is_taken_in_the_words_and_within_the_time_of_the_right(
    cast: Cast, right: str, days: int, words: str, cites: str
) -> None:
    matter = asked(cast, right)
    last = ON + timedelta(days=days + 30)
    typed = {"reason": "The old charts lie in a store."}
    made = draft(cast, matter, "extension", until=last.isoformat(), **typed)
    assert made.lacks == ()
    told = printed(made)
    assert words in told
    assert cites in told
    others = {"164.524(b)(2)", "164.526(b)(2)", "164.528(c)(1)"} - {cites}
    assert not [one for one in others if one in told], "no rule of another right is cited"
    too_late = (last + timedelta(days=1)).isoformat()
    assert lacking(draft(cast, matter, "extension", until=too_late, **typed)) == ["until"]
    over = replace(made.material, dated=ON + timedelta(days=days + 1))
    (lack,) = FORMS["extension"].lacks(over)
    assert f"The first {days} days ended" in lack.says


def test_where_no_rule_sets_a_time_there_is_none_to_extend(cast: Cast) -> None:
    made = draft(cast, asked(cast, "restriction"), "extension", reason="Much to do.")
    assert made.lacks[0].says.startswith("No rule sets a time")


def test_what_fits_the_right_is_offered_first_and_on_its_page(cast: Cast) -> None:
    assert suggested("client", "client_request", "", "amendment")[0] == "amendment_denial"
    assert suggested("client", "client_request", "", "access")[0] == "denial"
    for right in ("amendment", "accounting", "restriction", "channel"):
        assert right in ASKERS
        assert suggested("client", "client_request", "", right)[0] in FORMS
    matter = decided(cast, asked(cast, "amendment"), Decision.DENY)
    serve(cast)
    ada, away = Visitor(cast, "ada"), f"/matters/{matter}/letters"
    page = ada.get(away).content.decode()
    assert page.index("Deny a correction") < page.index("Object to the demand")
    typed = {**SAYS, "grounds": "accurate", "do": "look"}
    assert (
        "As it will be printed" in ada.post(f"{away}/new/amendment_denial", typed).content.decode()
    )


def test_a_letter_about_a_right_cites_nothing_that_the_corpus_does_not_speak_of(cast: Cast) -> None:
    """Every citation is of a section that a provision on file restates."""
    known = {one.split("(")[0] for one in ("45 CFR 164.526", "45 CFR 164.522", "45 CFR 160.306")}
    known |= {"164.530", "45 CFR 164.530"}
    for form, decision in (("amendment_denial", "deny"), ("restriction_answer", "accept")):
        intake = Intake(Party("Dov", "client"), ON, "client_request")
        material = Material(
            intake, lettering.writer_of(cast.here("ada")), ON, typed=SAYS, chosen=ACCURATE,
            decided=decision,
        )  # fmt: skip
        said = [each for part in FORMS[form].make(material).parts for each in part.sentences]
        for one in said:
            assert isinstance(one, Cited)
            for cited in filter(None, one.citation.split("; ")):
                assert cited.split("(")[0] in known, cited
