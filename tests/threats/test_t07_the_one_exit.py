"""T07, P9: nothing leaves without a matter whose opinion allows it and a decision that somebody signed.

Exhaustive over the client's paper (none, in force, taken back) and what was decided; and over who
asks at the last moment. And the front desk: who is not to know is answered about a client as about
a stranger, byte for byte, wherever a name can be typed.
"""

import json
import re
from collections.abc import Iterator
from itertools import product

import pytest
from django.db import transaction
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from stillroom.access import Act, Capacity
from stillroom.consent import actions as consent
from stillroom.disclosure import actions, queries, releasing
from stillroom.disclosure.models import Departure, Packet
from stillroom.disclosure.rules import Decision, State
from stillroom.kernel import StillroomError, Trilean
from stillroom.phi import NotHere, Presence
from stillroom.phi.apart import How
from stillroom.practice import actions as practice
from stillroom.practice import actions_apart, actions_glass
from stillroom.practice.rules import FrontSheet
from tests.cast import NOON, Cast, make_cast
from tests.disclosure.story import authorization, notes, subpoena
from tests.harness import matrix
from tests.harness.matrix import Lived
from tests.web import Visitor, corpus, serve

pytestmark = pytest.mark.django_db
ALLOWED = ("PERMITTED", "REQUIRED")


@pytest.fixture(scope="module")
def standing(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Cast, str]]:
    """Two notes, a subpoena for all of them, and a couple of Ada's that Cal may add somebody to."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast(tmp_path_factory.mktemp("exit"))
        ada = cast.here("ada")
        cast.licensed("ada", credential="")
        notes(cast)
        matter = actions.enter(ada, cast.dov, subpoena())
        for fact, value in (("identity_verified", True), ("federal_court", False)):
            actions.answer(ada, corpus(), matter, fact, value)
        yield cast, matter
        cast.house.log.close()
        transaction.set_rollback(True)


@pytest.fixture
def life(standing: tuple[Cast, str]) -> Iterator[tuple[Cast, str]]:
    """The same, undone afterwards (but for the log)."""
    with transaction.atomic():
        yield standing
        transaction.set_rollback(True)


Life = tuple[Cast, str]


def _proven(cast: Cast, name: str = "ada") -> Presence:
    return cast.here(name, stepped_up=Trilean.YES)


def _build(cast: Cast, matter: str) -> str:
    ada = _proven(cast)
    bundle = releasing.choices(ada, corpus(), matter)
    chosen = [one.record.id for one in bundle.choices if one.state is State.CHOSEN]
    return releasing.build(ada, corpus(), matter, chosen, [])


@pytest.mark.parametrize(
    ("paper", "decided"), list(product(["none", "in force", "taken back"], [None, *Decision]))
)
def test_bytes_exist_and_leave_only_by_a_lawful_decision_of_somebody(
    life: Life, paper: str, decided: Decision | None
) -> None:
    cast, matter = life
    ada, size = _proven(cast), cast.house.log.size
    kept = consent.take_up(ada, cast.dov, authorization(cast)) if paper != "none" else ""
    lawful = bool(kept)
    signed = False
    if decided is not None:
        try:
            with transaction.atomic():
                actions.decide(ada, corpus(), matter, decided, "He has signed.")
            signed = decided is Decision.BUILD
        except StillroomError:
            assert not (lawful and decided is Decision.BUILD)
    packet = ""
    try:
        with transaction.atomic():
            packet = _build(cast, matter)
    except StillroomError:
        pass
    assert bool(packet) == Packet.objects.exists() == (lawful and signed)
    if not packet:
        return
    whole = queries.whole_matter(ada, corpus(), matter)
    assert whole.decisions[-1].signer == cast.ada.id, "a named person decided"
    if paper == "taken back":
        consent.revoke(ada, kept)
    left = _leaves(cast, packet, ada)
    assert left is (paper == "in force")
    acts = [one.entry for one in cast.house.log.entries(size)]
    sent = [one for one in acts if one.act == Act.RELEASE_SEND.value]
    assert len(sent) == left
    if left:
        order = [one.act for one in acts]
        assert order.index(Act.MATTER_DECIDE.value) < order.index(Act.RELEASE_SEND.value)


def _leaves(cast: Cast, packet: str, who: Presence) -> bool:
    try:
        with transaction.atomic():
            given = releasing.release(who, corpus(), packet, "Rex Dunleavy")
    except StillroomError:
        assert not Departure.objects.exists()
        return False
    assert given.pdf.startswith(b"%PDF")
    assert Departure.objects.get().packet_id == packet
    return True


def test_at_the_last_moment_only_who_treats_and_has_proven_herself_lets_it_leave(
    life: Life,
) -> None:
    """Not whoever broke the glass, supervises, keeps the desk or owns the practice."""
    cast, matter = life
    ada = _proven(cast)
    consent.take_up(ada, cast.dov, authorization(cast))
    actions.decide(ada, corpus(), matter, Decision.BUILD, "He has signed.")
    packet = _build(cast, matter)
    actions_glass.lay_by(ada, cast.dov, cast.bea.id)
    actions_glass.break_glass(cast.here("bea"), cast.dov, "His brother rang from the bridge.")
    for name in ("bea", "sol", "cal", "max", "olga", "nan"):
        assert not _leaves(cast, packet, _proven(cast, name)), name
    assert not _leaves(cast, packet, cast.here("ada")), "without a fresh proof"
    assert _leaves(cast, packet, ada)


# The front desk


TYPED = ("Halpern", "Dov", "halp", "0142", "4105550142", "dov.halpern@example.org", "1985-03-02")
"""Everything by which Dov can be found."""

DOORS = (
    ("clients", "form"),
    ("calendar_new", "form"),
    ("admit_known", "form"),
    ("holders", "form"),
    ("find", "script"),
    ("search", "form"),
)
"""Wherever a name can be typed at the desk."""


def _stranger(word: str) -> str:
    """A word like it that belongs to nobody."""
    return "".join(
        "z" if letter.isalpha() else "9" if letter.isdigit() else letter for letter in word
    )


_LOG_SIZE = re.compile(rb"Log of [\d,]+ entries")


def _answered(cast: Cast, seen: Visitor, door: tuple[str, str], word: str, couple: str) -> object:
    (name, way), size = door, cast.house.log.size
    path = reverse(name, kwargs={"chart_id": couple} if name == "holders" else {})
    if way == "script":
        answer = seen.post(path, json.dumps({"q": word}), content_type="application/json")
    else:
        answer = seen.post(path, {"q": word})
    status, told, body = matrix.bare(answer)
    told = tuple(pair for pair in told if pair[0] != "Content-Length")
    body = _LOG_SIZE.sub(b"", body).replace(word.encode(), b"WHAT WAS TYPED")
    return status, told, body, matrix.entries_since(Lived(cast, {}), size)


@pytest.mark.parametrize("how", ["kept away", "client herself", "closed"])
@pytest.mark.parametrize("door", DOORS, ids=[name for name, _ in DOORS])
def test_the_desk_answers_about_a_client_as_about_a_stranger(
    life: Life, door: tuple[str, str], how: str
) -> None:
    cast, _ = life
    ada = cast.here("ada")
    carers = [practice.Carer(ada.person, Capacity.TREATING)]
    imani = [FrontSheet(given="Imani", family="Feld")]
    couple = practice.admit(ada, cast.directory, imani, carers, kind="couple")
    ways = {"kept away": How.KEPT_AWAY, "client herself": How.OWN, "closed": How.CLOSED}
    person = "" if how == "closed" else cast.cal.id
    practice.book(ada, cast.dov, ada.person, NOON, NOON.replace(hour=18))
    actions_apart.keep_apart(ada, cast.dov, person, ways[how])
    serve(cast)
    seen = Visitor(cast, "cal")
    for word in TYPED:
        known = _answered(cast, seen, door, word, couple)
        assert known == _answered(cast, seen, door, _stranger(word), couple), (door, word)


def test_the_calendar_of_the_desk_says_taken_and_no_more(life: Life) -> None:
    cast, _ = life
    ada = cast.here("ada")
    met = practice.book(ada, cast.dov, ada.person, NOON, NOON.replace(hour=18), code="90834")
    serve(cast)
    seen = Visitor(cast, "cal")
    page = reverse("calendar") + f"?day={NOON.date()}"
    assert b"Dov Halpern" in seen.get(page).content
    actions_apart.keep_apart(ada, cast.dov, cast.cal.id, How.KEPT_AWAY)
    shown = seen.get(page).content
    assert b"Taken" in shown
    for word in (b"Halpern", met.encode(), cast.dov.encode(), b"90834"):
        assert word not in shown


def test_the_sieve_has_teeth(life: Life) -> None:
    """The same comparison tells the two apart while Cal may know of Dov."""
    cast, _ = life
    serve(cast)
    seen = Visitor(cast, "cal")
    door = ("clients", "form")
    assert _answered(cast, seen, door, "Halpern", "") != _answered(cast, seen, door, "Zzzzzzz", "")


@pytest.mark.parametrize("name", ["chart", "care", "front", "book", "holders", "place_of_law"])
def test_by_its_number_a_kept_chart_is_as_one_that_never_was(life: Life, name: str) -> None:
    cast, _ = life
    actions_apart.keep_apart(cast.here("ada"), cast.dov, cast.cal.id, How.KEPT_AWAY)
    serve(cast)
    seen = Visitor(cast, "cal")
    answers = [
        matrix.bare(ask(reverse(name, kwargs={"chart_id": chart})))
        for chart in (cast.dov, "nosuchchartnosuchchartnosu")
        for ask in ((seen.post,) if name == "place_of_law" else (seen.get, seen.post))
    ]
    half = len(answers) // 2
    assert answers[:half] == answers[half:]
    with pytest.raises(NotHere):
        practice.change_place(cast.here("cal"), cast.dov, "us-nv")
