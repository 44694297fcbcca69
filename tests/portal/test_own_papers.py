"""A client sees what she allowed, takes it back in two taps, and gives a permission that counts
(45 CFR 164.508): at the very instant nothing leaves under it any more (T17)."""

from dataclasses import replace
from datetime import UTC

import pytest
from django.urls import reverse

from stillroom.access import Capacity
from stillroom.consent import actions, own_papers, queries, queries_restrictions
from stillroom.consent.rules import defects
from stillroom.consent.rules_signers import Capacity as Signs
from stillroom.practice.actions_guests import Stand
from stillroom.practice.queries import chart_head
from tests.cast import Cast
from tests.disclosure.story import authorization
from tests.web import Visitor, serve

pytestmark = pytest.mark.django_db
SENT = {
    "to": "Rex Dunleavy",
    "to_kind": "attorney",
    "kinds": ["progress_notes", "diagnosis"],
    "purpose": "legal_proceeding",
    "ends_on": "2027-05-01",
    "name": "Dov Halpern",
}


@pytest.fixture
def paper(cast: Cast) -> str:
    """Dov's permission for Rex, on file as the desk entered it; Dov has a door."""
    serve(cast)
    cast.licensed("ada", credential="")
    cast.holder("dov")
    return actions.take_up(cast.here("ada"), cast.dov, authorization(cast))


def listed(cast: Cast) -> str:
    page = Visitor(cast, "dov").get(reverse("portal_papers", kwargs={"chart_id": cast.dov}))
    return page.content.decode()


def test_she_takes_it_back_in_two_taps_and_it_opens_nothing_from_that_instant(
    cast: Cast, paper: str
) -> None:
    dov, at = Visitor(cast, "dov"), reverse("portal_paper", kwargs={"paper_id": paper})
    assert at in listed(cast)
    page = dov.get(at).content.decode()
    assert "Take it back now" in page
    assert queries.still_stand(cast.dov, frozenset({paper}))
    back = reverse("portal_revoke", kwargs={"paper_id": paper})
    assert dov.post(back).status_code == 302
    assert not queries.still_stand(cast.dov, frozenset({paper}))
    told = dov.get(at).content.decode()
    assert "You took this back." in told
    assert "Take it back now" not in told
    kept = queries.paper(cast.here("ada"), paper)
    assert kept.revoked_by == cast.people["dov"].id
    assert kept.taken is not None
    assert (kept.taken.by, kept.taken.how) == ("Dov Halpern", "by the client’s own door")
    shown = Visitor(cast, "ada").get(reverse("authorization", kwargs={"paper_id": paper}))
    assert "by the client’s own door" in shown.content.decode()


def test_she_gives_a_permission_that_lacks_nothing_and_her_key_stands_for_it(
    cast: Cast, paper: str
) -> None:
    at = reverse("portal_give", kwargs={"chart_id": cast.dov})
    dov = Visitor(cast, "dov")
    assert b"take this permission back at any time" in dov.get(at).content
    given = dov.post(at, SENT)
    assert given.status_code == 302, given.content.decode()[-2500:]
    made = given.headers["Location"].rsplit("/", 1)[1]
    kept = queries.paper(cast.here("ada"), made)
    assert defects(kept.authorization, at=cast.at, zone=UTC) == ()
    assert own_papers.holds(kept)
    assert not own_papers.holds(replace(kept, chart=cast.fay))
    for change in ({"description": "all"}, {"discloser": "X"}, {"kinds": frozenset({"billing"})}):
        assert not own_papers.holds(
            replace(kept, authorization=replace(kept.authorization, **change))
        )
    assert "Rex Dunleavy" in listed(cast)


@pytest.mark.parametrize("without", ["to", "kinds", "purpose", "ends_on", "name"])
def test_what_would_not_count_is_not_taken_up_and_loses_nothing(
    cast: Cast, paper: str, without: str
) -> None:
    at = reverse("portal_give", kwargs={"chart_id": cast.dov})
    sent = {name: value for name, value in SENT.items() if name != without}
    page = Visitor(cast, "dov").post(at, sent)
    assert page.status_code == 409
    text = page.content.decode()
    for name in ("to", "ends_on", "name"):
        assert name == without or f'value="{SENT[name]}"' in text
    assert without == "kinds" or 'value="diagnosis" autocomplete="off" checked' in text
    assert len(queries.authorizations(cast.here("ada"), cast.dov)) == 1


def test_notes_that_are_kept_apart_cannot_be_slipped_in(cast: Cast, paper: str) -> None:
    at = reverse("portal_give", kwargs={"chart_id": cast.dov})
    Visitor(cast, "dov").post(at, {**SENT, "kinds": ["diagnosis", "psychotherapy_notes"]})
    kinds = {one.kinds for one in queries.authorizations(cast.here("ada"), cast.dov)}
    assert kinds == {frozenset({"progress_notes"}), frozenset({"diagnosis"})}


def test_another_client_neither_reads_nor_takes_back(cast: Cast, paper: str) -> None:
    cast.holder("fay", by="bea")
    fay = Visitor(cast, "fay")
    assert fay.get(reverse("portal_paper", kwargs={"paper_id": paper})).status_code == 404
    assert fay.post(reverse("portal_revoke", kwargs={"paper_id": paper})).status_code == 404
    assert queries.still_stand(cast.dov, frozenset({paper}))


def test_a_proxy_takes_back_what_was_signed_for_the_client_and_gives_none(
    cast: Cast, paper: str
) -> None:
    """The client’s own papers are not there for whoever stands for the client (P8)."""
    client = chart_head(cast.here("ada"), cast.dov).holders[0].client
    cast.proxy("eva", cast.dov, Stand(client, Capacity.PROXY, frozenset({"forms"})))
    eva = Visitor(cast, "eva")
    assert eva.get(reverse("portal_give", kwargs={"chart_id": cast.dov})).status_code == 404
    at, back = "portal_paper", "portal_revoke"
    assert eva.get(reverse(at, kwargs={"paper_id": paper})).status_code == 404
    assert eva.post(reverse(back, kwargs={"paper_id": paper})).status_code == 404
    made = authorization(cast)
    signed = replace(made.signatures[0], capacity=Signs.GUARDIAN, by="Eva", authority="order")
    hers = actions.take_up(cast.here("ada"), cast.dov, replace(made, signatures=(signed,)))
    page = eva.get(reverse(at, kwargs={"paper_id": hers}))
    assert page.status_code == 200
    assert "What left because of it" not in page.content.decode(), "the account is not hers"
    assert eva.post(reverse(back, kwargs={"paper_id": hers})).status_code == 302


def test_she_asks_to_keep_something_back_and_it_waits_on_the_clinicians_day(
    cast: Cast, paper: str
) -> None:
    at = reverse("portal_keep_back", kwargs={"chart_id": cast.dov})
    dov = Visitor(cast, "dov")
    refused = dov.post(at, {"basis": "", "words": "Not my brother."})
    assert refused.status_code == 409
    assert b"Not my brother." in refused.content
    assert dov.post(at, {"basis": "paid", "words": "The last three visits."}).status_code == 302
    assert "The last three visits." in listed(cast)
    (one,) = queries_restrictions.restrictions(cast.here("ada"), cast.dov)
    assert one.basis.value == "paid"
    assert b"to keep something back waits" in Visitor(cast, "ada").get(reverse("today")).content
