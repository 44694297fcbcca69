"""Who may sign what the practice wrote: a minor by the state's rule, a parent of a minor, a guardian
whose document is on file; a helper for nobody (45 CFR 164.502(g), 164.514(h))."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from stillroom.consent import queries, queries_offers
from stillroom.kernel import Trilean
from stillroom.practice import actions_proxies
from stillroom.practice.actions_proxies import Decided
from stillroom.practice.queries import chart_head
from stillroom.practice.rules_proxies import About, Asked, Ground
from tests.cast import Cast
from tests.family import MAJORITY, SAM, lived
from tests.web import Visitor, corpus, serve

pytestmark = pytest.mark.django_db
SENT = {
    "do": "offer",
    "kinds": ["progress_notes"],
    "recipient": "Harbor School",
    "recipient_kind": "school",
    "purpose": "education",
    "expires_on": "2027-05-01",
    "sign_until": "2029-12-31",
}


@pytest.fixture(scope="module")
def standing(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Cast, str]]:
    with lived(django_db_blocker, tmp_path_factory.mktemp("offered")) as family:
        yield family


@pytest.fixture
def family(standing: tuple[Cast, str]) -> Iterator[tuple[Cast, str]]:
    cast, chart = standing
    with transaction.atomic():
        serve(cast)
        cast.licensed("ada", credential="")
        yield cast, chart
        transaction.set_rollback(True)


def stands(cast: Cast, chart: str, ground: Ground, *given: str) -> None:
    """Ada decides as what Eva stands for Sam, and that forms are given to her."""
    client = chart_head(cast.here("ada"), chart).holders[0].client
    no = {"minor_consented_to_care": Trilean.NO, "representative_endangers": Trilean.NO}
    answers = {**no, "personal_representative_verified": Trilean.YES}
    asked = Asked("Eva Okonjo", "mother", ground, paper="an order", answers=answers)
    about = About(SAM.born, "us-md", "psychologist", cast.at.date())
    decided = Decided(client, asked, about, frozenset(given or {"forms"}), "As we said.")
    eva = cast.people["eva"].id
    actions_proxies.change(cast.here("ada"), corpus(), chart, eva, decided)


def offer(
    cast: Cast, chart: str, who: str, status: int, *, sent: dict[str, Any] = SENT, **more: str
) -> str:
    """What the desk's page answers: the offer's id, or the page that says why not."""
    client = chart_head(cast.here("ada"), chart).holders[0].client
    signer = "own" if who == "sam" else cast.people[who].id
    given = {f"{name}_{client}": value for name, value in more.items()}
    sent = {**sent, f"door_{client}": signer, **given}
    answer = Visitor(cast, "ada").post(
        reverse("authorization_new", kwargs={"chart_id": chart}), sent
    )
    page = answer.content.decode()
    assert answer.status_code == status, page[:5000]
    return answer.headers["Location"].rsplit("/", 1)[1] if status == 302 else page


def sign(cast: Cast, who: str, offered: str, name: str) -> int:
    at = reverse("portal_offer", kwargs={"offer_id": offered})
    return Visitor(cast, who).post(at, {"name": name}).status_code


def test_a_minor_signs_where_the_state_lets_and_somebody_said_so(family: tuple[Cast, str]) -> None:
    cast, chart = family
    assert "whether she consented to this care alone" in offer(cast, chart, "sam", 409)
    assert "the parent signs" in offer(cast, chart, "sam", 409, alone="no")
    made = offer(cast, chart, "sam", 302, alone="yes")
    assert sign(cast, "sam", made, "Sam Okonjo") == 302
    assert queries_offers.offer(cast.here("ada"), made).paper


def test_a_parent_signs_for_a_minor_and_reads_it_alone(family: tuple[Cast, str]) -> None:
    cast, chart = family
    stands(cast, chart, Ground.PARENT)
    assert "the minor signs" in offer(cast, chart, "eva", 409, alone="yes")
    made = offer(cast, chart, "eva", 302, alone="no")
    at = reverse("portal_offer", kwargs={"offer_id": made})
    assert "You sign for the one you care for." in Visitor(cast, "eva").get(at).content.decode()
    assert Visitor(cast, "sam").get(at).status_code == 404
    assert Visitor(cast, "ivo").get(at).status_code == 404
    assert sign(cast, "eva", made, "Eva Okonjo") == 302
    (paper,) = queries.authorizations(cast.here("ada"), chart)
    (signature,) = paper.signatures
    assert (signature.capacity.value, signature.by) == ("parent", "Eva Okonjo")
    assert signature.authority == "parent of Sam Okonjo"


def test_on_the_morning_of_age_a_parent_signs_no_more(family: tuple[Cast, str]) -> None:
    cast, chart = family
    stands(cast, chart, Ground.PARENT)
    eve = replace(cast, at=MAJORITY - timedelta(hours=1))
    serve(eve)
    soon = {**SENT, "expires_on": "2029-06-01"}
    first, second = (offer(eve, chart, "eva", 302, sent=soon, alone="no") for _ in range(2))
    assert sign(eve, "eva", first, "Eva Okonjo") == 302
    morning = replace(cast, at=MAJORITY)
    serve(morning)
    assert sign(morning, "eva", second, "Eva Okonjo") != 200
    assert not queries_offers.offer(morning.here("ada"), second).answers
    assert len(queries.authorizations(morning.here("ada"), chart)) == 1


def test_a_guardian_needs_the_document_on_file(family: tuple[Cast, str]) -> None:
    cast, chart = family
    stands(cast, chart, Ground.GUARDIAN)
    why = "no document that shows it is on file"
    assert why in offer(cast, chart, "eva", 409, authority="an order of 2025")
    assert "by what authority" in offer(cast, chart, "eva", 409, document="d" * 26)
    made = offer(cast, chart, "eva", 302, document="d" * 26, authority="an order of 2025")
    assert sign(cast, "eva", made, "Eva Okonjo") == 302


@pytest.mark.parametrize("ground", [None, Ground.PARENT])
def test_whoever_stands_without_forms_or_without_a_ground_signs_nothing(
    family: tuple[Cast, str], ground: Ground | None
) -> None:
    cast, chart = family
    if ground is not None:
        stands(cast, chart, ground, "messages")
    assert "can do so at an own door" in offer(cast, chart, "eva", 409)
