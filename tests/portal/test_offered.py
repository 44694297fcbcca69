"""The practice writes a permission, and the client signs it at her own door, or says no (45 CFR
164.508): whole above her name, by whoever may sign, and an authorization only when all have."""

from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest
from django.urls import reverse
from msgspec.structs import replace as replaced

from stillroom.access import Capacity
from stillroom.consent import actions_offers, queries, queries_offers
from stillroom.consent.models import Paper
from stillroom.consent.offers import Given, NotWaiting, OneOffer, State, encode, signed_paper
from stillroom.consent.rules import defects
from stillroom.phi import NotHere
from stillroom.practice import actions as practice
from stillroom.practice.actions_guests import Stand
from stillroom.practice.queries import chart_head
from tests.cast import DOV, NOON, Cast
from tests.web import Visitor, serve

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
TYPED = {
    "do": "offer",
    "recipient": "Rex Dunleavy",
    "recipient_kind": "attorney",
    "purpose": "legal_proceeding",
    "expires_on": "2027-05-01",
    "why": "Mr Dunleavy asked on the phone; you said you would think about it.",
}


def client_of(cast: Cast, chart: str) -> str:
    return chart_head(cast.here("ada"), chart).holders[0].client


@pytest.fixture
def house(cast: Cast) -> Cast:
    serve(cast)
    cast.licensed("ada", credential="")
    cast.holder("dov")
    return cast


def offered(cast: Cast, chart: str = "", **more: str | list[str]) -> str:
    """Ada offers it as the desk's page does; gives its id."""
    chart = chart or cast.dov
    own = {f"door_{one.client}": "own" for one in chart_head(cast.here("ada"), chart).holders}
    typed = {"kinds": ["progress_notes"], **TYPED, **own, **more}
    at = reverse("authorization_new", kwargs={"chart_id": chart})
    answer = Visitor(cast, "ada").post(at, typed)
    assert answer.status_code == 302, answer.content.decode()[:6000]
    return answer.headers["Location"].rsplit("/", 1)[1]


def refused(cast: Cast, chart: str = "", **more: str | list[str]) -> str:
    chart = chart or cast.dov
    own = {f"door_{one.client}": "own" for one in chart_head(cast.here("ada"), chart).holders}
    typed = {"kinds": ["progress_notes"], **TYPED, **own, **more}
    answer = Visitor(cast, "ada").post(
        reverse("authorization_new", kwargs={"chart_id": chart}), typed
    )
    assert answer.status_code == 409
    return answer.content.decode()


def seen(cast: Cast, name: str, offer: str, status: int = 200) -> str:
    page = Visitor(cast, name).get(reverse("portal_offer", kwargs={"offer_id": offer}))
    assert page.status_code == status
    return page.content.decode()


def as_ada(cast: Cast, offer: str) -> OneOffer:
    return queries_offers.offer(cast.here("ada"), offer)


def sign(cast: Cast, who: str, offer: str, name: str = "Dov Halpern", strokes: str = "") -> int:
    at = reverse("portal_offer", kwargs={"offer_id": offer})
    return Visitor(cast, who).post(at, {"name": name, "strokes": strokes}).status_code


def test_what_she_signs_is_an_authorization_that_lacks_nothing_and_is_hers(house: Cast) -> None:
    offer = offered(house)
    page = seen(house, "dov", offer)
    for said in ("Rex Dunleavy", "progress notes", "May 1, 2027", "take this permission back"):
        assert said in page
    assert TYPED["why"] in page
    assert queries.authorizations(house.here("ada"), house.dov) == [], "nothing counts yet"
    assert sign(house, "dov", offer, strokes="10,10 20,20 30,10") == 302
    found = as_ada(house, offer)
    assert found.state(TODAY) is State.SIGNED
    kept = queries.paper(house.here("ada"), found.paper)
    assert defects(kept.authorization, at=house.at, zone=UTC) == ()
    assert queries.still_stand(house.dov, frozenset({found.paper}))
    (answer,) = found.answers
    assert (answer.given.how, answer.given.proven) == ("drawn", "fresh")
    assert queries_offers.holds(kept, found)
    for change in ({"description": "all"}, {"kinds": frozenset({"billing"})}, {"discloser": "X"}):
        other = replace(kept, authorization=replace(kept.authorization, **change))
        assert not queries_offers.holds(other, found)
    drawn = replaced(answer.given, strokes=((1, 1, 2, 2),))
    assert not queries_offers.holds(
        kept, replace(found, answers=(replace(answer, given=drawn),))
    ), "what was drawn is hers too"
    other = encode(replaced(found.words, says=("Anything goes.",)))
    assert not queries_offers.holds(kept, replace(found, raw=other)), "nor under another text"
    told = Visitor(house, "ada").get(reverse("offer", kwargs={"offer_id": offer})).content.decode()
    assert "Drawn and written" in told
    back = reverse("portal_revoke", kwargs={"paper_id": found.paper})
    assert Visitor(house, "dov").post(back).status_code == 302
    assert not queries.still_stand(house.dov, frozenset({found.paper}))


def test_without_a_name_nothing_is_signed_and_what_was_drawn_is_still_there(house: Cast) -> None:
    offer = offered(house)
    at = reverse("portal_offer", kwargs={"offer_id": offer})
    page = Visitor(house, "dov").post(at, {"name": " ", "strokes": "10,10 20,20"})
    assert page.status_code == 409
    assert "10 10L20 20" in page.content.decode()
    assert as_ada(house, offer).state(TODAY) is State.WAITS


def test_she_says_no_with_or_without_a_word_and_ada_reads_it(house: Cast) -> None:
    for words in ("", "Not to my brother’s lawyer."):
        offer = offered(house)
        no = reverse("portal_offer_no", kwargs={"offer_id": offer})
        assert Visitor(house, "dov").post(no, {"words": words}).status_code == 302
        assert "You said no." in seen(house, "dov", offer)
        assert as_ada(house, offer).state(TODAY) is State.DECLINED
        ada = Visitor(house, "ada")
        at = reverse("offer", kwargs={"offer_id": offer})
        assert at in ada.get(reverse("today")).content.decode()
        assert words in ada.get(at).content.decode()
        assert ada.post(reverse("offer_end", kwargs={"offer_id": offer})).status_code == 302
        assert at not in ada.get(reverse("today")).content.decode()
        assert as_ada(house, offer).state(TODAY) is State.DECLINED, "noting changes nothing"
        assert sign(house, "dov", offer) == 409
    assert not Paper.objects.exists()


def test_what_the_practice_took_back_nobody_signs(house: Cast) -> None:
    offer = offered(house)
    ada = Visitor(house, "ada")
    assert ada.post(reverse("offer_end", kwargs={"offer_id": offer})).status_code == 302
    assert "This is over." in seen(house, "dov", offer)
    assert sign(house, "dov", offer) == 409
    assert not Paper.objects.exists()
    assert as_ada(house, offer).state(TODAY) is State.WITHDRAWN
    assert (
        reverse("offer", kwargs={"offer_id": offer})
        not in ada.get(reverse("today")).content.decode()
    )


def test_its_last_day_counts_and_the_day_after_does_not(house: Cast) -> None:
    last = TODAY + timedelta(days=3)
    first, second = (offered(house, sign_until=last.isoformat()) for _ in range(2))
    serve(house.later(days=3))
    assert sign(house.later(days=3), "dov", first) == 302
    after = house.later(days=4)
    serve(after)
    assert "This is over." in seen(after, "dov", second)
    assert sign(after, "dov", second) == 409
    assert as_ada(house, second).state(last + timedelta(days=1)) is State.EXPIRED
    today = Visitor(after, "ada").get(reverse("today")).content.decode()
    assert "was not signed by its day" in today


def test_of_a_withdrawal_and_a_signature_at_once_one_is_first(house: Cast) -> None:
    offer = offered(house)
    dov = house.here("dov")
    found = queries_offers.offer(dov, offer)
    actions_offers.withdraw(house.here("ada"), offer)
    given = Given(found.words.seats[0].holder, True, TODAY, name="Dov Halpern")
    paper = signed_paper(found.words, [given], found.words.seats)
    with pytest.raises(NotWaiting):
        actions_offers._answer(dov, found, given, paper)
    assert not Paper.objects.exists()


def test_notes_that_are_kept_apart_have_a_paper_of_their_own(house: Cast) -> None:
    page = refused(house, kinds=["progress_notes", "psychotherapy_notes"])
    assert "Psychotherapy notes need a paper of their own" in page
    offer = offered(house, kinds=["psychotherapy_notes"])
    assert "It is for them alone." in seen(house, "dov", offer)
    assert sign(house, "dov", offer) == 302
    (paper,) = queries.authorizations(house.here("ada"), house.dov)
    assert paper.kinds == frozenset({"psychotherapy_notes"})


def test_records_of_a_program_say_what_part_2_wants_said(house: Cast) -> None:
    offer = offered(house, kinds=["sud_records"])
    assert "42 CFR Part 2" in seen(house, "dov", offer)


@pytest.mark.parametrize("without", ["recipient", "purpose", "expires_on"])
def test_what_would_not_count_is_not_offered_and_loses_nothing(house: Cast, without: str) -> None:
    page = refused(house, **{without: ""})
    assert TYPED["why"] in page
    assert not queries_offers.offers(house.here("ada"), house.dov)


def test_nobody_is_asked_who_has_no_door(cast: Cast) -> None:
    serve(cast)
    assert "cannot sign at an own door" in refused(cast)


def test_neither_another_client_nor_whoever_stands_for_her_sees_it(house: Cast) -> None:
    offer = offered(house)
    house.holder("fay", by="bea")
    stand = Stand(client_of(house, house.dov), Capacity.PROXY, frozenset({"forms"}))
    house.proxy("eva", house.dov, stand)
    for who in ("fay", "eva"):
        seen(house, who, offer, status=404)
        assert sign(house, who, offer) == 404
        no = reverse("portal_offer_no", kwargs={"offer_id": offer})
        assert Visitor(house, who).post(no).status_code == 404
    sharing = reverse("portal_papers", kwargs={"chart_id": house.dov})
    assert offer not in Visitor(house, "eva").get(sharing).content.decode()
    assert offer in Visitor(house, "dov").get(sharing).content.decode()
    with pytest.raises(NotHere):
        queries_offers.offer(house.here("bea"), offer)


def test_both_holders_of_a_couples_chart_sign_each_at_an_own_door(house: Cast) -> None:
    ada = house.here("ada")
    lea = replaced(DOV, given="Lea", family="Varga", born=date(1986, 1, 2), phone="", email="")
    carers = [practice.Carer(house.people["ada"].id, Capacity.TREATING)]
    couple = practice.admit(
        ada,
        house.directory,
        [replaced(DOV, given="Jonah"), lea],
        carers,
        place="us-md",
        kind="couple",
    )
    one, other = chart_head(ada, couple).holders
    house.proxy("jonah", couple, Stand(one.client))
    house.proxy("lea", couple, Stand(other.client))
    offer = offered(house, couple)
    assert "Varga" not in seen(house, "jonah", offer).split("said-first")[0].split("<h1")[1]
    assert sign(house, "jonah", offer, "Jonah Halpern") == 302
    assert not Paper.objects.exists(), "one of two is not enough"
    assert as_ada(house, offer).state(TODAY) is State.WAITS
    assert sign(house, "jonah", offer, "Lea Varga") == 409, "nobody signs twice"
    assert sign(house, "lea", offer, "Lea Varga") == 302
    found = as_ada(house, offer)
    kept = queries.paper(ada, found.paper)
    assert {each.by for each in kept.authorization.signatures} == {"Jonah Halpern", "Lea Varga"}
    assert defects(kept.authorization, at=house.at, zone=UTC) == ()
    assert queries_offers.holds(kept, found)
    again = offered(house, couple)
    assert sign(house, "jonah", again, "Jonah Halpern") == 302
    no = reverse("portal_offer_no", kwargs={"offer_id": again})
    assert Visitor(house, "jonah").post(no).status_code == 302, "a yes may become a no until then"
    assert sign(house, "lea", again, "Lea Varga") == 409
    assert Paper.objects.count() == 1
