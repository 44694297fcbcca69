"""A client signs the practice's forms by her own door: these words, her key, and nobody else's name
(P3, P5); what she missed in the check is named, and stops nothing."""

import msgspec
import pytest
from django.urls import reverse

from stillroom.access import Capacity
from stillroom.consent import actions_forms, own_signing, queries_forms
from stillroom.consent.own_signing import Own, TextAltered
from stillroom.consent.queries_forms import Edition, Signing
from stillroom.consent.wanted import TITLES
from stillroom.phi import NotHere
from stillroom.portal.language import words_of
from stillroom.practice import queries, queries_guests
from stillroom.practice.actions_guests import Stand
from tests.cast import Cast
from tests.harness.forms_made import form
from tests.web import Visitor, serve

pytestmark = pytest.mark.django_db
DAY = "2026-11-20"


@pytest.fixture
def edition(cast: Cast) -> Edition:
    """The limits as Ada published them for the work with Dov, who comes in by his own door."""
    ada = cast.here("ada")
    cast.licensed("ada", credential="")
    works = ("individual", "supervised")
    made = actions_forms.publish(ada, form("limits", "us-md", "psychologist", *works), policy=0)
    cast.holder("dov")
    return queries_forms.edition(ada, made)


def latest(cast: Cast) -> Signing:
    return queries_forms.signed(cast.here("ada"), cast.dov)[0]


def test_she_reads_the_words_and_signs_them_and_the_clinician_sees_by_which_door(
    cast: Cast, edition: Edition
) -> None:
    serve(cast)
    dov, ada = Visitor(cast, "dov"), Visitor(cast, "ada")
    rooms = reverse("portal_forms", kwargs={"chart_id": cast.dov})
    at = reverse("portal_form", kwargs={"chart_id": cast.dov, "edition_id": edition.id})
    assert at in dov.get(rooms).content.decode()
    page = dov.get(at).content.decode()
    assert all(f'name="q-{one.id}"' in page for one in edition.form.questions)
    sent = {
        "name": "  Dov   Halpern ",
        "strokes": "1,1 40,50",
        "q-friend": "1",
        "first-friend": "0",
    }
    answer = dov.post(at, sent)
    assert answer.status_code == 302
    shown = dov.get(answer.headers["Location"]).content.decode()
    assert "Dov Halpern" in shown
    assert "M1 1L40 50" in shown
    found = latest(cast)
    assert found.signed.name == "Dov Halpern"
    assert found.signed.digest == edition.digest
    assert "friend" in found.signed.missed, "the first answer counts for the talk"
    signed = ada.get(reverse("consent_signed", kwargs={"signing_id": found.id})).content.decode()
    assert "drawn by the client’s own door" in signed
    assert "own key signed these very words" in signed
    assert "Nothing waits" in dov.get(rooms).content.decode()


def test_a_form_without_a_name_is_refused_in_words_and_loses_nothing(
    cast: Cast, edition: Edition
) -> None:
    serve(cast)
    at = reverse("portal_form", kwargs={"chart_id": cast.dov, "edition_id": edition.id})
    refused = Visitor(cast, "dov").post(at, {"name": " ", "strokes": "1,1 9,9", "q-least": "1"})
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "There is no name under it." in page
    assert 'value="1,1 9,9"' in page
    assert 'id="a-q-least-1" name="q-least" value="1" autocomplete="off" checked' in page
    assert not queries_forms.signed(cast.here("ada"), cast.dov)


@pytest.mark.parametrize("changed", ["name", "digest", "on", "answers", "strokes", "holder"])
def test_her_key_stands_for_everything_that_is_kept(
    cast: Cast, edition: Edition, changed: str
) -> None:
    dov = cast.here("dov")
    own = Own("Dov Halpern", cast.at.date(), ((1, 1, 9, 9),), {"friend": "1"})
    own_signing.sign(dov, queries_guests.own_stand(dov, cast.dov), edition, own)
    found = latest(cast)
    assert own_signing.holds(found)
    other = {"name": "Eve", "digest": "0" * 64, "holder": "x", "on": cast.at.date().replace(day=1)}
    value = other.get(changed, {} if changed == "answers" else ())
    spoiled = msgspec.structs.replace(found.signed, **{changed: value})
    assert not own_signing.holds(
        Signing(found.id, found.chart, spoiled, found.kept_by, found.kept_at, 0)
    )
    moved = Signing(found.id, cast.fay, found.signed, found.kept_by, found.kept_at, 0)
    assert not own_signing.holds(moved), "it is bound to its chart"


def test_what_a_colleague_keeps_bears_no_mark_of_the_clients(cast: Cast, edition: Edition) -> None:
    """Nobody of the staff can make what looks signed by the client's own key."""
    dov, ada = cast.here("dov"), cast.here("ada")
    own_signing.sign(
        dov, queries_guests.own_stand(dov, cast.dov), edition, Own("Dov", cast.at.date())
    )
    actions_forms.keep(ada, cast.dov, msgspec.structs.replace(latest(cast).signed, name="Forged"))
    forged = next(one for one in queries_forms.signed(ada, cast.dov) if one.signed.name == "Forged")
    assert not own_signing.holds(forged)


def test_a_text_that_was_altered_is_signed_by_nobody(cast: Cast, edition: Edition) -> None:
    dov = cast.here("dov")
    altered = Edition(**{**edition.__dict__, "whole": False})
    with pytest.raises(TextAltered):
        own_signing.sign(
            dov, queries_guests.own_stand(dov, cast.dov), altered, Own("Dov", cast.at.date())
        )


def test_a_proxy_signs_as_guardian_if_forms_were_given_to_her_and_not_else(
    cast: Cast, edition: Edition
) -> None:
    client = queries.chart_head(cast.here("ada"), cast.dov).holders[0].client
    for name, reach in (("eva", {"forms"}), ("tom", {"appointments"})):
        cast.proxy(name, cast.dov, Stand(client, Capacity.PROXY, frozenset(reach)))
    own = Own("Eva Halpern", cast.at.date())
    eva, tom = cast.here("eva"), cast.here("tom")
    own_signing.sign(eva, queries_guests.own_stand(eva, cast.dov), edition, own)
    assert latest(cast).signed.capacity == "guardian"
    with pytest.raises(NotHere):
        own_signing.sign(tom, queries_guests.own_stand(tom, cast.dov), edition, own)


def test_another_clients_form_is_not_there(cast: Cast, edition: Edition) -> None:
    serve(cast)
    cast.holder("fay", by="bea")
    fay = Visitor(cast, "fay")
    at = {"chart_id": cast.dov, "edition_id": edition.id}
    assert fay.get(reverse("portal_form", kwargs=at)).status_code == 404
    assert fay.post(reverse("portal_form", kwargs=at), {"name": "Fay"}).status_code == 404
    here = {"chart_id": cast.fay, "edition_id": edition.id}
    assert fay.get(reverse("portal_form", kwargs=here)).status_code == 404, "not for her setting"


def test_the_titles_are_said_in_spanish_and_the_law_is_said_to_be_english(
    cast: Cast, edition: Edition
) -> None:
    serve(cast)
    spanish = words_of("es")
    assert all(spanish.gettext(title) != title for title in TITLES.values())
    at = reverse("portal_form", kwargs={"chart_id": cast.dov, "edition_id": edition.id})
    page = Visitor(cast, "dov").get(at + "?language=es").content.decode()
    assert "está en inglés" in page
    assert '<div class="form-text" lang="en">' in page
    assert len(page.encode()) < 60_000
