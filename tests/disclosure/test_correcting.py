"""An entered request is corrected: what stood before is kept, and what rested on it leaves no more."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from msgspec import structs

from stillroom.consent.rules import Party
from stillroom.disclosure import (
    actions,
    correcting,
    happening,
    identifying,
    links,
    own_asking,
    queries,
    releasing,
    sending,
)
from stillroom.disclosure.actions import ChangedMeanwhile
from stillroom.disclosure.askers.identity import Check
from stillroom.disclosure.links import DidNotOpen
from stillroom.disclosure.matters import Asked
from stillroom.disclosure.models import Departure, Matter, Packet, Step
from stillroom.disclosure.rules import Decision, NoLongerLawful
from stillroom.disclosure.rules_correcting import (
    DecideAgain,
    NothingCorrected,
    NotToCorrect,
    corrected,
    read,
)
from stillroom.disclosure.rules_leaving import DELAY, NotAgain, Wish
from stillroom.disclosure.steps import StepAltered
from stillroom.kernel import Trilean
from stillroom.phi import NotHere
from tests.cast import NOON, Cast
from tests.disclosure.leaving import TO, another, packet_for_rex, proven
from tests.disclosure.story import subpoena
from tests.web import Visitor, corpus, serve

pytestmark = pytest.mark.django_db
WHY = "I had misread the day on the second page."


@pytest.fixture
def life(cast: Cast) -> dict[str, str]:
    """A packet for Rex is a proof."""
    return packet_for_rex(cast)


def whole(cast: Cast, matter: str) -> queries.WholeMatter:
    return queries.whole_matter(cast.here("ada"), corpus(), matter)


def correct(cast: Cast, matter: str, **changes: Any) -> None:
    here = cast.here("ada")
    _, asked, revision = correcting.entered(here, matter)
    after = structs.replace(asked, intake=replace(asked.intake, **changes))
    correcting.correct(here, matter, after, WHY, revision)


def test_the_clock_and_the_opinion_follow_and_what_stood_before_is_kept(
    cast: Cast, life: dict[str, str]
) -> None:
    before = whole(cast, life["matter"])
    correct(cast, life["matter"], return_date=date(2026, 12, 1), instrument="court_order")
    now = whole(cast, life["matter"])
    assert date(2026, 12, 1) in [one.due for one in now.determination.clocks]
    assert date(2026, 12, 8) not in [one.due for one in now.determination.clocks]
    assert now.determination.digest != before.determination.digest
    (step,) = [one for one in now.steps if one.kind == "corrected"]
    kept = read(step.body)
    assert (kept.why, step.by) == (WHY, cast.ada.id)
    assert {(one.what, one.before, one.after) for one in kept.changes} == {
        ("Answer by", "December 8, 2026", "December 1, 2026"),
        ("By what", "attorney subpoena", "court order"),
    }
    assert kept.before["return_date"] == "2026-12-08"
    assert now.determination.asked.letter == before.determination.asked.letter
    assert now.determination.facts["identity_verified"] is Trilean.YES, "who asks did not change"


def test_what_rested_on_it_says_so_and_leaves_no_more(cast: Cast, life: dict[str, str]) -> None:
    on_its_way, behind, gone = (another(cast, life["matter"]) for _ in range(3))
    wish = Wish(TO, way="link", where="rex@example.org", days=7, sure=True)
    sending.begin(proven(cast), corpus(), behind, wish)
    after = DELAY.total_seconds() + 1
    sending.settle(proven(cast, seconds=after), corpus(), behind)
    plan = sending.latest(cast.here("ada"), behind).plan  # type: ignore[union-attr]
    releasing.release(proven(cast), corpus(), gone, TO)
    by_hand = Wish(TO, way="paper", where="1 Court Square", sure=True)
    sending.begin(proven(cast), corpus(), on_its_way, by_hand)
    correct(cast, life["matter"], caption="Halpern v. Halpern, 24-C-26")
    with pytest.raises(NoLongerLawful, match="corrected after this packet was built"):
        releasing.release(proven(cast), corpus(), life["packet"], TO)
    assert sending.settle(proven(cast, seconds=after), corpus(), on_its_way) == Packet.State.PROOF
    with pytest.raises(NotAgain):
        sending.file_of(cast.here("ada"), corpus(), gone)
    sending.shut_what_may_no_longer_leave(cast.here("ada"), corpus(), cast.dov)
    with pytest.raises(DidNotOpen):
        at = NOON + timedelta(hours=1)
        links.open_by_link(cast.house, plan.address, plan.code, at=at)  # type: ignore[union-attr]
    with pytest.raises(DecideAgain):
        another(cast, life["matter"])
    now = whole(cast, life["matter"])
    assert now.decisions
    assert not now.standing
    actions.decide(cast.here("ada"), corpus(), life["matter"], Decision.BUILD, "Looked again.")
    releasing.release(proven(cast), corpus(), another(cast, life["matter"]), TO)
    assert Departure.objects.filter(recalled_at=None).count() == 2


def test_whoever_asks_now_has_to_be_looked_at_anew(cast: Cast, life: dict[str, str]) -> None:
    """45 CFR 164.514(h): that Rex was known says nothing of Ruth."""
    correct(cast, life["matter"], asker=Party("Ruth Dunleavy", "attorney"))
    now = whole(cast, life["matter"])
    assert now.determination.facts.get("identity_verified") is not Trilean.YES
    assert now.state == Matter.State.OPEN
    check = Check(("callback",), "Called the number of the bar.", verified=True)
    identifying.check(cast.here("ada"), corpus(), life["matter"], check)
    assert whole(cast, life["matter"]).determination.facts["identity_verified"] is Trilean.YES


def test_what_was_decided_meanwhile_rests_on_what_was_read_then(
    cast: Cast, life: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """T17: Ada reads, the request is corrected, and only then her decision is written down."""
    seen = whole(cast, life["matter"])
    correct(cast, life["matter"], caption="Another case")
    with monkeypatch.context() as patch:
        patch.setattr(queries, "whole_matter", lambda *_: seen)
        actions.decide(cast.here("ada"), corpus(), life["matter"], Decision.OBJECT, "The old one.")
    now = whole(cast, life["matter"])
    assert [one.signed.corrections for one in now.decisions] == [0, 0]
    assert not now.standing


def test_two_windows_do_not_overwrite_each_other(cast: Cast, life: dict[str, str]) -> None:
    here = cast.here("ada")
    _, asked, revision = correcting.entered(here, life["matter"])
    correct(cast, life["matter"], caption="The first window")
    after = structs.replace(asked, intake=replace(asked.intake, caption="The second"))
    with pytest.raises(ChangedMeanwhile):
        correcting.correct(here, life["matter"], after, WHY, revision)
    assert whole(cast, life["matter"]).determination.asked.intake.caption == "The first window"


def test_nothing_is_kept_of_a_correction_that_says_nothing(
    cast: Cast, life: dict[str, str]
) -> None:
    here = cast.here("ada")
    _, asked, revision = correcting.entered(here, life["matter"])
    changed = structs.replace(asked, intake=replace(asked.intake, caption="x"))
    for after, why in ((asked, WHY), (changed, " "), (changed, "x" * 2001)):
        with pytest.raises(NothingCorrected):
            correcting.correct(here, life["matter"], after, why, revision)
    assert whole(cast, life["matter"]).corrections == 0
    assert correcting.entered(here, life["matter"])[2] == revision


def test_what_she_asked_herself_and_what_happened_are_not_corrected(
    cast: Cast, life: dict[str, str]
) -> None:
    cast.holder("dov")
    hers = own_asking.ask(cast.here("dov"), cast.dov, "copy", "On paper.")
    danger = happening.open_matter(cast.here("ada"), corpus(), cast.dov, "danger_to_others")
    for matter in (hers, danger):
        with pytest.raises(NotToCorrect):
            correcting.entered(cast.here("ada"), matter)
    for who in ("bea", "cal", "olga", "sol", "dov"):
        with pytest.raises(NotHere):
            correcting.entered(cast.here(who), life["matter"])


def test_an_extension_was_that_of_another_right() -> None:
    asked = subpoena()
    access = Asked(asked.intake, "", {}, "access", extended=True)
    named = structs.replace(access, intake=replace(asked.intake, caption="y"))
    same, _ = corrected(access, named, WHY)
    assert same.extended
    other, _ = corrected(access, structs.replace(access, occasion="amendment"), WHY)
    assert not other.extended


def test_what_is_kept_of_a_correction_is_signed(cast: Cast, life: dict[str, str]) -> None:
    correct(cast, life["matter"], caption="x")
    last = Step.objects.filter(matter_id=life["matter"]).latest("number")
    Step.objects.filter(pk=last.pk).update(content_hash=b"y" * 32)
    with pytest.raises(StepAltered):
        whole(cast, life["matter"])


def test_the_page_holds_what_was_entered_and_loses_nothing_typed(
    cast: Cast, life: dict[str, str]
) -> None:
    serve(cast)
    ada, away = Visitor(cast, "ada"), f"/matters/{life['matter']}"
    assert f"{away}/correct" in ada.get(away).content.decode()
    page = ada.get(f"{away}/correct").content.decode()
    assert 'value="Rex Dunleavy"' in page
    assert 'value="2026-12-08"' in page
    _, _, revision = correcting.entered(cast.here("ada"), life["matter"])
    typed = {
        "occasion": "request", "asker": "Rex Dunleavy", "asker_kind": "attorney",
        "instrument": "attorney_subpoena", "signed_by": "attorney", "purpose": "legal_proceeding",
        "proceeding": "custody", "caption": "Halpern v. Halpern", "court": "state",
        "received_on": "2026-11-18", "served_on": "2026-11-18", "return_date": "2026-12-15",
        "asks_for": "the complete file, including psychotherapy notes",
        "kinds": ["progress_notes", "psychotherapy_notes"], "since": "2026-01-01",
        "until": "2026-12-31", "revision": str(revision), "why": "",
    }  # fmt: skip
    for wrong in ({}, {"why": "x", "occasion": "nobody"}, {"why": "x", "dated": "soon"}):
        refused = ada.post(f"{away}/correct", {**typed, **wrong})
        assert refused.status_code == 409
        assert 'value="2026-12-15"' in refused.content.decode()
    assert ada.post(f"{away}/correct", {**typed, "why": WHY}).status_code == 302
    page = ada.get(away).content.decode()
    assert WHY in page
    assert "before: December 8, 2026" in page
    assert "It rests on the request as it stood before it was corrected." in page
    assert "It was built before the request was corrected and does not leave" in page
    proof = ada.get(f"/packets/{life['packet']}").content.decode()
    assert "The request was corrected after this was built." in proof
    kept = whole(cast, life["matter"])
    (step,) = [one for one in kept.steps if one.kind == "corrected"]
    assert [one.what for one in read(step.body).changes] == ["Answer by"]
