"""Where the client's place and the chart's differ, a paper is held against both, and the stricter wins."""

from dataclasses import replace
from datetime import UTC, date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from stillroom.consent import own_papers, papers, queries
from stillroom.consent.own_papers import Wanted
from stillroom.consent.rules import Authorization, Capacity, Expiry, defects, standing
from stillroom.consent.rules_state import StatePart
from stillroom.consent.state_forms import Setting, asked_of, forms, standing_of
from stillroom.kernel import Trilean
from stillroom.practice import actions as practice
from stillroom.practice import queries_guests
from stillroom.practice.places import place_in
from stillroom.practice.queries import chart_head
from stillroom.practice.queries_own import own_chart
from tests.cast import Cast
from tests.consent.conftest import NOW
from tests.law_on_file import corpus as shipped
from tests.web import Visitor, serve

TODAY = date(2026, 11, 24)
PLACES = sorted({one.provision.partition(".")[0] for one in forms().papers})
ADULTS = sorted(forms().majority)


def setting(*places: str) -> Setting:
    return Setting(places[0], "psychologist", TODAY, "attorney", "legal_proceeding", places[1:])


@given(st.sampled_from(PLACES), st.sampled_from(PLACES))
@settings(max_examples=60, deadline=None)
def test_of_two_places_every_part_and_every_end_is_asked_for(one: str, other: str) -> None:
    """Stricter wins: what either asks for is asked for, and nothing that neither does."""
    corpus = shipped()
    both, apart = (
        asked_of(corpus, setting(one, other)),
        [asked_of(corpus, setting(each)) for each in (one, other)],
    )
    assert {p.part for p in both.parts} == {p.part for each in apart for p in each.parts}
    assert set(both.ends) == {end for each in apart for end in each.ends}
    assert {w.place for w in both.wanted} <= {one, other}


@given(
    st.sampled_from([*ADULTS, "us-md", "us-ca"]),
    st.sampled_from([*ADULTS, "us-md", "us-ca"]),
    st.none() | st.integers(12, 22),
    st.sampled_from(list(Trilean)),
)
@settings(max_examples=60, deadline=None)
def test_who_may_sign_is_the_strictest_of_both(
    one: str, other: str, age: int | None, alone: Trilean
) -> None:
    corpus = shipped()
    apart = [standing_of(corpus, setting(each), age, alone=alone) for each in (one, other)]
    hers = standing_of(corpus, setting(one, other), age, alone=alone)
    assert hers.minor == any(each.minor for each in apart)
    assert not (hers.signs and any(each.minor and not each.signs for each in apart))
    parent = standing_of(corpus, setting(one, other), age, alone=alone, capacity=Capacity.PARENT)
    assert parent.minor == all(each.minor for each in apart)


def test_a_paper_lacks_what_the_other_state_wants(paper) -> None:  # type: ignore[no-untyped-def]
    asked = asked_of(shipped(), setting("us-md", "us-ca"))
    made: Authorization = paper(state_parts=asked.parts, state_ends=asked.ends)
    says = {one.says: one.citation for one in defects(made, at=NOW)}
    assert any("Cal. Civ. Code" in cited for cited in says.values())
    whole = replace(
        made,
        state_parts=tuple(replace(one, there=Trilean.YES) for one in asked.parts),
        expires=Expiry(on=date(2027, 5, 1)),
    )
    assert standing(whole, at=NOW) is Trilean.YES
    too_long = replace(whole, expires=Expiry(on=date(2028, 5, 1)))
    assert standing(too_long, at=NOW) is Trilean.NO, "Maryland's year holds beside California"


def test_one_part_that_both_ask_for_cites_both() -> None:
    corpus = shipped()
    both = asked_of(corpus, setting("us-dc", "us-ia"))
    (part,) = [one for one in both.parts if one.part == "right_to_inspect"]
    apart = [
        one.citation
        for place in ("us-dc", "us-ia")
        for one in asked_of(corpus, setting(place)).parts
        if one.part == "right_to_inspect"
    ]
    assert part == StatePart("right_to_inspect", "; ".join(apart))


@pytest.mark.parametrize(
    ("address", "place"),
    [
        (("12 Quarry Lane", "Baltimore, MD 21231"), "us-md"),
        (("12 Quarry Lane", "Baltimore, MD"), "us-md"),
        (("1 Mill Street, Richmond, Virginia 23219",), "us-va"),
        (("1 Mill Street", "Washington, District of Columbia"), "us-dc"),
        (("12 Quarry Lane", "Baltimore"), ""),
        (("LOG IN", "OR ELSE"), ""),
        (("1 Rue de la Paix", "Paris, FR 75002"), ""),
        ((), ""),
    ],
)
def test_a_state_is_read_from_an_address_where_it_stands_plainly(
    address: tuple[str, ...], place: str
) -> None:
    assert place_in(address) == place


def test_the_bytes_of_a_paper_that_kept_no_places_stay(paper) -> None:  # type: ignore[no-untyped-def]
    """A client's key stands under some of them (P5)."""
    assert b"held_against" not in papers.encode(paper())
    kept = paper(held_against=("us-md", "us-va"))
    assert papers.decode(papers.encode(kept), paper_id="a1", revoked_at=None) == kept


@pytest.mark.django_db
def test_the_page_says_both_and_keeps_no_paper_for_whole_that_lacks_what_one_wants(
    cast: Cast,
) -> None:
    serve(cast)
    cast.licensed("ada", credential="")
    here = cast.here("ada")
    practice.change_place(here, cast.dov, "us-md")
    ada, away = Visitor(cast, "ada"), f"/clients/{cast.dov}/authorizations/new"
    assert "Two states." not in ada.get(away).content.decode()
    holder = chart_head(here, cast.dov).holders[0]
    sheet = structs.replace(holder.sheet, address=("1 Mill Street", "Fresno, CA 93701"))
    practice.change_front(here, cast.directory, cast.dov, holder.client, sheet, holder.revision)
    page = ada.get(away).content.decode()
    assert "held against the law of Maryland and California" in page
    typed = {
        f"signed_{holder.client}": "2026-11-19", "recipient": "Rex Dunleavy",
        "recipient_kind": "attorney", "description": "notes of 2026", "kinds": ["progress_notes"],
        "purpose": "legal_proceeding", "expires_on": "2027-05-01", "may_revoke": "yes",
        "conditioning": "yes", "redisclosure": "yes", "conditioned": "no", "merged": "no",
    }  # fmt: skip
    refused = ada.post(away, typed)
    assert refused.status_code == 409
    assert (
        "Nobody has looked whether this is so: It is in 14-point type" in refused.content.decode()
    )
    parts = {f"state_{one}": "yes" for one in ("large_type", "own_signature", "right_to_copy")}
    assert ada.post(away, {**typed, **parts}).status_code == 302
    (kept,) = queries.authorizations(here, cast.dov)
    assert kept.held_against == ("us-md", "us-ca")
    assert standing(kept, at=cast.at) is Trilean.YES
    read = ada.get(f"/authorizations/{kept.id}").content.decode()
    assert "<dd>Maryland</dd><dd>California</dd>" in read
    assert "It was not held against" not in read
    practice.change_place(here, cast.dov, "us-va")
    assert (
        "It was not held against the law of Virginia."
        in ada.get(f"/authorizations/{kept.id}").content.decode()
    )


@pytest.mark.django_db
def test_a_place_that_somebody_chooses_is_asked_too_and_one_that_is_none_is_not(
    cast: Cast,
) -> None:
    serve(cast)
    cast.licensed("ada", credential="")
    practice.change_place(cast.here("ada"), cast.dov, "us-md")
    ada, away = Visitor(cast, "ada"), f"/clients/{cast.dov}/authorizations/new"
    asked = ada.post(away, {"beside": "us-ca"}).content.decode()
    assert "held against the law of Maryland and California" in asked
    assert "14-point type" in asked
    assert "Two states." not in ada.post(away, {"beside": "us-xx"}).content.decode()


@pytest.mark.django_db
def test_what_she_writes_by_her_own_door_is_held_against_both_too(cast: Cast) -> None:
    cast.holder("dov")
    here, dov = cast.here("ada"), cast.here("dov")
    cast.licensed("ada", credential="")
    practice.change_place(here, cast.dov, "us-md")
    holder = chart_head(here, cast.dov).holders[0]
    sheet = structs.replace(holder.sheet, address=("1 Mill Street", "Fresno, CA 93701"))
    practice.change_front(here, cast.directory, cast.dov, holder.client, sheet, holder.revision)
    own = own_chart(dov, queries_guests.own_stand(dov, cast.dov))
    wanted = Wanted(
        "Rex", "attorney", frozenset({"progress_notes"}), "treatment", None, None, None, "Dov"
    )
    made = own_papers.paper_of(shipped(), own, wanted, TODAY, "Linden Row")
    assert made.held_against == ("us-md", "us-ca")
    lacks = own_papers.lacking(made, dov, UTC)
    assert any("14-point type" in one for one in lacks), (
        "no page can do that, so it is not taken up"
    )
    assert "It names no calendar day on which it ends." in lacks
