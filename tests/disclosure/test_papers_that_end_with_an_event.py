"""A paper that ends with an event opens until somebody says that it has come, and nothing after."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from stillroom.access import Act
from stillroom.consent import actions as consent
from stillroom.consent import actions_events, queries
from stillroom.consent.models import Paper, PaperEvent
from stillroom.consent.queries_events import EventAltered
from stillroom.consent.rules import Expiry, standing
from stillroom.consent.rules_events import EventSaid, HowUnknown, NoEvent
from stillroom.disclosure import actions, links, releasing, sending
from stillroom.disclosure.links import DidNotOpen
from stillroom.disclosure.models import Departure, Packet
from stillroom.disclosure.rules import Decision, NoLongerLawful
from stillroom.disclosure.rules_leaving import DELAY, NotAgain, Wish
from stillroom.kernel import Trilean
from stillroom.phi import NotHere
from tests.cast import NOON, Cast
from tests.disclosure.leaving import TO, another, proven
from tests.disclosure.story import authorization, notes, subpoena
from tests.web import Visitor, corpus, serve

pytestmark = pytest.mark.django_db
EVENT = "The custody case has ended."
CAME = EventSaid(came=True, words="Rex sent the decree.", on=date(2026, 11, 19))
NOT_YET = EventSaid(came=False, words="Asked Rex on the telephone.")


@pytest.fixture
def life(cast: Cast) -> dict[str, str]:
    """A packet for Rex on a paper that ends with an event and on no day."""
    cast.licensed("ada", credential="")
    ada = cast.here("ada")
    notes(cast)
    paper = replace(authorization(cast), expires=Expiry(event=EVENT))
    paper_id = consent.take_up(ada, cast.dov, paper)
    matter = actions.enter(ada, cast.dov, subpoena())
    for fact, value in (("identity_verified", True), ("federal_court", False)):
        actions.answer(ada, corpus(), matter, fact, value)
    actions.decide(ada, corpus(), matter, Decision.BUILD, "He has signed.")
    return {"paper": paper_id, "matter": matter, "packet": another(cast, matter)}


def test_it_opens_until_somebody_says_that_the_event_has_come(
    cast: Cast, life: dict[str, str]
) -> None:
    ada = cast.here("ada")
    head, _ = releasing.open_packet(ada, releasing.find_packet(ada, life["packet"]))
    assert head.ends == {life["paper"]: EVENT}, "seen on the packet's page before it leaves"
    releasing.release(proven(cast), corpus(), life["packet"], TO)
    assert Departure.objects.filter(packet=life["packet"]).exists()


def test_from_then_on_nothing_leaves_by_any_way(cast: Cast, life: dict[str, str]) -> None:
    on_its_way, behind, gone = (another(cast, life["matter"]) for _ in range(3))
    wish = Wish(TO, way="link", where="rex@example.org", days=7, sure=True)
    sending.begin(proven(cast), corpus(), behind, wish)
    after = DELAY.total_seconds() + 1
    sending.settle(proven(cast, seconds=after), corpus(), behind)
    plan = sending.latest(cast.here("ada"), behind).plan  # type: ignore[union-attr]
    releasing.release(proven(cast), corpus(), gone, TO)
    sending.begin(
        proven(cast), corpus(), on_its_way, Wish(TO, way="paper", where="1 Court Square", sure=True)
    )
    actions_events.say(cast.here("ada"), life["paper"], CAME)
    with pytest.raises(NoLongerLawful):
        releasing.release(proven(cast), corpus(), life["packet"], TO)
    assert sending.settle(proven(cast, seconds=after), corpus(), on_its_way) == Packet.State.PROOF
    with pytest.raises(NotAgain):
        sending.file_of(cast.here("ada"), corpus(), gone)
    with pytest.raises(DidNotOpen):
        at = NOON + timedelta(hours=1)
        links.open_by_link(cast.house, plan.address, plan.code, at=at)  # type: ignore[union-attr]
    assert Departure.objects.get(packet=behind).recalled_at is not None
    assert (
        not releasing.choices(cast.here("ada"), corpus(), life["matter"])
        .whole.determination.answers["progress_notes"]
        .open
    )


def test_what_is_said_is_signed_logged_and_cannot_be_unsaid(
    cast: Cast, life: dict[str, str]
) -> None:
    ada = cast.here("ada")
    actions_events.say(ada, life["paper"], NOT_YET)
    entry = actions_events.say(ada, life["paper"], CAME)
    assert (
        next(one for one in cast.house.log.entries() if one.index == entry).entry.act
        == Act.CONSENT_END.value
    )
    kept = queries.paper(ada, life["paper"])
    assert [(one.said.came, one.said.words, one.said.on) for one in kept.said] == [
        (False, NOT_YET.words, NOON.date()),
        (True, CAME.words, CAME.on),
    ]
    assert standing(kept.authorization, at=cast.at) is Trilean.NO
    for again in (CAME, NOT_YET):
        with pytest.raises(NoEvent):
            actions_events.say(ada, life["paper"], again)
    PaperEvent.objects.filter(number=2).update(content_hash=b"x" * 32)
    with pytest.raises(EventAltered):
        queries.paper(ada, life["paper"])


@pytest.mark.parametrize(
    "wrong",
    [
        replace(CAME, words=" "),
        replace(CAME, words="x" * 2001),
        replace(CAME, on=date(2026, 11, 21)),
    ],
)
def test_without_how_it_is_known_nothing_is_kept(
    cast: Cast, life: dict[str, str], wrong: EventSaid
) -> None:
    with pytest.raises(HowUnknown):
        actions_events.say(cast.here("ada"), life["paper"], wrong)
    assert not PaperEvent.objects.exists()
    assert Paper.objects.get(pk=life["paper"]).ended_at is None


def test_only_the_care_team_says_it_and_only_of_a_paper_that_ends_so(
    cast: Cast, life: dict[str, str]
) -> None:
    cast.holder("dov")
    for who in ("bea", "cal", "olga", "max", "dov", "sol"):
        with pytest.raises(NotHere):
            actions_events.say(cast.here(who), life["paper"], CAME)
    with pytest.raises(NotHere):
        actions_events.say(cast.here("ada"), "a" * 26, CAME)
    by_day = consent.take_up(cast.here("ada"), cast.dov, authorization(cast))
    consent.revoke(cast.here("ada"), life["paper"])
    for paper in (by_day, life["paper"]):
        with pytest.raises(NoEvent):
            actions_events.say(cast.here("ada"), paper, CAME)


def test_that_it_has_not_come_is_read_from_what_was_signed(
    cast: Cast, life: dict[str, str]
) -> None:
    """T05: the day in the clear alone opens no program record."""
    ada = cast.here("ada")
    part2 = replace(
        authorization(cast), expires=Expiry(event=EVENT), kinds=frozenset({"sud_records"})
    )
    paper = consent.take_up(ada, cast.dov, part2)

    def counts(**at: Any) -> Trilean:
        here = cast.later(**at).here("ada") if at else ada
        (found,) = [one for one in queries.authorizations(here, cast.dov) if one.id == paper]
        return standing(found, at=here.at)

    assert counts() is Trilean.UNKNOWN
    Paper.objects.filter(pk=paper).update(looked_on=NOON.date())
    assert counts() is Trilean.UNKNOWN
    actions_events.say(ada, paper, NOT_YET)
    assert counts() is Trilean.YES
    assert counts(days=1) is Trilean.UNKNOWN


def test_the_page_says_it_asks_it_and_shows_what_left_too_late(
    cast: Cast, life: dict[str, str]
) -> None:
    serve(cast)
    releasing.release(proven(cast), corpus(), life["packet"], TO)
    ada, away = Visitor(cast, "ada"), f"/authorizations/{life['paper']}"
    page = ada.get(away).content.decode()
    assert "Nobody has said that it has come." in page
    assert EVENT in ada.get(f"/packets/{life['packet']}").content.decode()
    for lacking in ({}, {"came": "yes"}, {"came": "yes", "known": "x", "came_on": "last week"}):
        refused = ada.post(f"{away}/event", lacking)
        assert refused.status_code == 409
        assert "how you know it is missing" in refused.content.decode().casefold()
    said = {"came": "yes", "known": "The decree.", "came_on": "2026-11-19"}
    assert ada.post(f"{away}/event", said).status_code == 302
    page = ada.get(away).content.decode()
    assert "its event has come; nothing leaves under it since" in page
    assert "Something left after that day." in page
    assert "Take back now" not in page
    cast.holder("dov")
    own = Visitor(cast, "dov")
    seen = own.get(f"/my/shared/{life['paper']}").content.decode()
    assert "What ends it has happened; we wrote that down on" in seen
    assert "What ends it has happened." in own.get(f"/my/{cast.dov}/sharing").content.decode()
