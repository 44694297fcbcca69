"""T07: Rex, a lawyer, writes for the record of somebody who may be a client; or calls, or pretends.

The letters stand in letters.yaml, each with how far the law on file opens the door. The property
beneath: whatever a letter says, whatever is answered and signed, no byte of a packet leaves without
a matter whose answer permits or requires it, and a decision that somebody signed with her name.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from stillroom.access import Act
from stillroom.consent import actions as consent
from stillroom.consent.rules import Party
from stillroom.disclosure import actions, queries, releasing
from stillroom.disclosure.determination import Circumstances, Determination, chart_facts, determine
from stillroom.disclosure.letters import objection
from stillroom.disclosure.matters import Asked
from stillroom.disclosure.models import Departure, Matter, Packet
from stillroom.disclosure.rules import Decision, Intake, Level, Signer, facts_of_a_stranger
from stillroom.kernel import StillroomError, Trilean
from tests.cast import Cast, make_cast
from tests.disclosure.story import authorization, notes
from tests.web import corpus

pytestmark = pytest.mark.django_db
LETTERS = yaml.safe_load((Path(__file__).parent / "letters.yaml").read_text("utf-8"))
AT = datetime(2026, 11, 20, 17, tzinfo=UTC)
ZONE = ZoneInfo("America/New_York")
ASKED = frozenset({"progress_notes", "psychotherapy_notes"})


def _intake(said: dict[str, str], kinds: frozenset[str] = ASKED) -> Intake:
    signer = said.get("signed_by")
    return Intake(
        asker=Party("Rex Dunleavy", said["asker"]),
        received_on=date(2026, 11, 18),
        instrument=said["instrument"],
        purpose=said.get("purpose", ""),
        proceeding=said.get("proceeding", ""),
        signed_by=Signer(signer) if signer else None,
        kinds=kinds,
    )


def _around(place: str = "us-md", profession: str = "psychologist", age: int = 41) -> Circumstances:
    chart = chart_facts(ages=[age], joint=False, part2=False)
    return Circumstances(place, profession, chart, (), AT, ZONE)


def _answer(letter: dict[str, Any]) -> Determination:
    asked = Asked(_intake(letter["says"]), "", {"federal_court": "no", **letter.get("facts", {})})
    return determine(corpus(), asked, _around(age=letter.get("age", 41)))


@pytest.mark.parametrize("letter", LETTERS, ids=[one["letter"] for one in LETTERS])
def test_this_letter_opens_the_door_so_far_and_no_further(letter: dict[str, Any]) -> None:
    made = _answer(letter)
    build = next(one for one in made.options if one.decision is Decision.BUILD)
    assert build.open is letter["opens"]
    notes_ = made.answers["progress_notes"]
    if "stance" in letter:
        assert f"{notes_.low.name} to {notes_.high.name}" == letter["stance"]
    wanting = {want.fact for want in made.full.wanting}
    assert set(letter.get("wanting", ())) <= wanting
    private = made.answers["psychotherapy_notes"]
    assert not private.open
    assert private.high <= Level.WITH_AUTHORIZATION
    if not letter["opens"]:
        assert notes_.low < Level.PERMITTED
        assert made.full.opens or wanting, "a closed door says what would open it"


PLACES = ("us", "us-ca", "us-md", "us-nc", "us-nv", "us-tx")
STRANGERS = ("client", "personal_representative", "parent", "attorney", "anyone_else", "employer")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("asker", STRANGERS)
def test_whoever_is_not_verified_gets_nothing_by_a_letter_or_a_call(place: str, asker: str) -> None:
    """Pretexting: he says that he is the client, or her mother, or her lawyer."""
    for profession in ("psychologist", "social_worker", "psychiatrist"):
        for instrument in ("none", "letter", "client_request"):
            for purpose in ("client_access", "other", "family_involvement"):
                for verified in ({}, {"identity_verified": "no"}):
                    said = {"asker": asker, "instrument": instrument, "purpose": purpose}
                    asked = Asked(_intake({**said, "proceeding": "none"}), "", verified)
                    made = determine(corpus(), asked, _around(place, profession))
                    still_open = [kind for kind, one in made.answers.items() if one.open]
                    assert still_open == [], (profession, instrument, purpose, verified)


def test_what_the_letter_alone_says_is_the_same_for_a_client_and_for_a_stranger() -> None:
    """The facts for an answer that must not tell: of the paper, nothing of any chart."""
    for letter in LETTERS:
        facts = facts_of_a_stranger(_intake(letter["says"]))
        assert not {"client_age", "joint_chart", "part2_program", "client_deceased"} & set(facts)
    assert "chart" not in str(objection.__annotations__).casefold()


# The property


@pytest.fixture(scope="module")
def lived(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any
) -> Iterator[tuple[Cast, tuple[str, str]]]:
    """Dov's chart, with a note of each kind, lived once."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast(tmp_path_factory.mktemp("letters"))
        cast.licensed("ada", credential="")
        yield cast, notes(cast)
        cast.house.log.close()
        transaction.set_rollback(True)


_FACTS = ("identity_verified", "notice_to_client_proven", "objection_pending", "privilege_waived",
          "court_ruled_on_privilege", "condition_at_issue", "federal_court", "restriction_agreed",
          "paid_out_of_pocket", "mental_health_record", "objection_period_ended")  # fmt: skip
_said = st.sampled_from([letter["says"] for letter in LETTERS])
_known = st.dictionaries(st.sampled_from(_FACTS), st.booleans(), max_size=11)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(said=_said, known=_known, paper=st.booleans(), taken_back=st.booleans(), data=st.data())
def test_nothing_leaves_without_a_lawful_answer_and_a_signed_decision(
    lived: tuple[Cast, tuple[str, str]],
    said: dict[str, str],
    known: dict[str, bool],
    paper: bool,
    taken_back: bool,
    data: st.DataObject,
) -> None:
    cast, written = lived
    with transaction.atomic():
        size = cast.house.log.size
        ada = cast.here("ada", stepped_up=Trilean.YES)
        matter = actions.enter(ada, cast.dov, Asked(_intake(said), "", {}))
        _answer_all(cast, matter, known)
        signed = consent.take_up(ada, cast.dov, authorization(cast)) if paper else ""
        picked = data.draw(st.lists(st.sampled_from(written), unique=True, min_size=1))
        built = _decide_and_build(cast, matter, picked)
        if signed and taken_back:
            consent.revoke(cast.here("ada"), signed)
        if built:
            _try_to_release(cast, built)
        _require_lawful(cast, matter, size)
        transaction.set_rollback(True)


def _answer_all(cast: Cast, matter: str, known: dict[str, bool]) -> None:
    for fact, value in known.items():
        actions.answer(cast.here("ada"), corpus(), matter, fact, value)


def _decide_and_build(cast: Cast, matter: str, picked: list[str]) -> str:
    """As far as the software lets her; without a decision it must not build."""
    ada = cast.here("ada")
    with pytest.raises(StillroomError):
        releasing.build(ada, corpus(), matter, picked, [])
    try:
        actions.decide(ada, corpus(), matter, Decision.BUILD, "Because.")
        return releasing.build(ada, corpus(), matter, picked, [])
    except StillroomError:
        return ""


def _try_to_release(cast: Cast, packet: str) -> None:
    for presence in (cast.here("ada"), cast.here("ada", stepped_up=Trilean.YES)):
        try:
            releasing.release(presence, corpus(), packet, "Rex Dunleavy")
        except StillroomError:
            continue


def _require_lawful(cast: Cast, matter: str, size: int) -> None:
    whole = queries.whole_matter(cast.here("ada"), corpus(), matter)
    acts = [logged.entry for logged in cast.house.log.entries(size)]
    sent = [entry for entry in acts if entry.act == Act.RELEASE_SEND.value]
    for packet in Packet.objects.filter(matter_id=matter):
        left = Departure.objects.filter(packet=packet).exists()
        assert left == (packet.state == Packet.State.RELEASED) == bool(sent)
        assert any(one.signed.decision == "build" for one in whole.decisions)
        assert all(one.signer == cast.ada.id for one in whole.decisions)
        if left:
            head, _ = releasing.open_packet(cast.here("ada"), packet)
            for line in head.records:
                answer = whole.determination.answers[line[1]]
                assert answer.low >= Level.PERMITTED, (line[1], answer)
            assert sent[0].opinion == whole.determination.digest
    if not Packet.objects.filter(matter_id=matter).exists():
        assert not sent
        assert Matter.objects.get(pk=matter).state != Matter.State.RELEASED
