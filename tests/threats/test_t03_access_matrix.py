"""Who is answered what: every address of the software, every person, before, during and after care.

The expected answers stand in matrix.yaml. Beside the answer itself: a refusal is the page of what
does not exist, byte for byte, leaves one entry in the log, and changes no row.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from stillroom.access import Capacity, Role
from stillroom.chart import actions as chart
from stillroom.chart import reviewing
from stillroom.chart.kinds import KINDS
from stillroom.chart.together import Attended
from stillroom.chart.together import begin as begin_together
from stillroom.consent import actions as consent
from stillroom.disclosure import actions, releasing, steps
from stillroom.disclosure.rules import Decision
from stillroom.disclosure.rules import State as Choice
from stillroom.identity import accounts, readmission
from stillroom.identity.models import RoleChange
from stillroom.policy import actions as policy
from stillroom.policy.actions import note_law
from stillroom.policy.models import Proposal
from stillroom.practice import actions as practice
from stillroom.practice import actions_glass
from stillroom.practice.queries import chart_head
from stillroom.practice.rules import FrontSheet
from stillroom.supervision import actions as supervision
from tests.cast import NOON, PASSPHRASE, make_cast
from tests.disclosure.story import SECRET, authorization, measured, notes, risks, subpoena
from tests.harness import exits, headers, matrix
from tests.harness.accounts import accounts_and_incidents
from tests.harness.asked_for import asked_of_ada
from tests.harness.consenting import forms_signed
from tests.harness.documents import documents
from tests.harness.done_by_clients import done_by_dov
from tests.harness.in_danger import happened
from tests.harness.in_session import by_video, by_video_together
from tests.harness.lettered import lettered
from tests.harness.matrix import REFUSAL, Lived, Row
from tests.harness.read_by_clients import read_by_dov
from tests.harness.statements import changes, left_alone, state, statements
from tests.harness.wishing import asked_to_keep_back
from tests.harness.written_by_clients import written_to_ada
from tests.web import corpus, serve

pytestmark = [pytest.mark.django_db, pytest.mark.long]
ROWS = matrix.rows()
State = dict[str, list[tuple[Any, ...]]]
POLICY = """
- id: policy.nothing-to-employers
  title: Nothing to employers
  acts: [disclose]
  modality: forbids
  recipients: [employer]
  says: Nothing goes to an employer.
  as_of: 2026-11-22
"""
NAME_OF_DOV = (b"Halpern", b"Dov ", b"Quarry Lane", b"410-555-0142", b"dov.halpern")
WORDS_OF_DOV = (
    b"Slept six hours", b"Steadier", b"Rex Dunleavy", b"Court Square",
    b"going to feel it", b"the quarry", b"hurting yourself",
)  # fmt: skip
KNOWS = frozenset({"ada", "sol", "bea-covering", "bea-broken", "cal", "dov"})
STRANGERS = frozenset({"bea", "cal-kept", "max", "olga", "nan"})
READS = frozenset({"ada", "sol", "bea-covering", "bea-broken", "dov"})


@pytest.fixture(scope="module")
def lived(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Lived]:
    """The first story, lived once for all rows; each question is asked in a savepoint."""
    with living(django_db_blocker, tmp_path_factory.mktemp("matrix")) as story:
        yield story


@contextmanager
def living(blocker: DjangoDbBlocker, folder: Path) -> Iterator[Lived]:
    """All of it in one transaction, which is undone at the end."""
    with blocker.unblock(), transaction.atomic():
        cast = make_cast(folder)
        cast.holder("dov")
        cast.holder("fay", by="bea")
        yield Lived(cast, everything(cast))
        cast.house.log.close()
        transaction.set_rollback(True)


def about_supervision(cast: Any) -> dict[str, str]:
    """Two signed notes of Sol's about Ada's work, the second given to her; and a draft."""
    sol, ada = cast.here("sol"), cast.people["ada"].id
    found = []
    for _ in range(3):
        found.append(supervision.begin(sol, ada))
        words = {"held_on": "2026-11-20", "minutes": "50", "agreed": "Two tapes."}
        supervision.save(sol, found[-1], words, 1)
    for one in found[:2]:
        supervision.sign(sol, one, 2)
    supervision.share(sol, found[1])
    return {"supervised": found[0], "given": found[1], "supervising": found[2]}


def _a_policy_in_force_and_another_proposed(cast: Any) -> None:
    law = serve(cast)
    note_law(cast.house, law.corpus, at=cast.at)
    policy.propose(cast.here("olga"), law.corpus, POLICY)
    first = policy.agree(cast.here("max"), law.corpus, Proposal.objects.get().pk, law.lawbook.keep)
    policy.propose(cast.here("max"), first, POLICY + "# once more\n")


def everything(cast: Any) -> dict[str, str]:
    """All that can be in a chart is in Dov's; ids by name."""
    ada = cast.here("ada")
    of_one_profession(cast, "ada", "sol", "bea")
    meeting = practice.book(ada, cast.dov, ada.person, NOON, NOON + timedelta(minutes=50))
    note, private = notes(cast)
    draft = chart.begin(ada, cast.dov, "progress_note", occurred_at=NOON)
    paper = consent.take_up(ada, cast.dov, authorization(cast, "the custody case ends"))
    matter = actions.enter(ada, cast.dov, subpoena())
    for fact, value in (("identity_verified", True), ("federal_court", False)):
        actions.answer(ada, corpus(), matter, fact, value)
    actions.decide(ada, corpus(), matter, Decision.BUILD, "He has signed.")
    bundle = releasing.choices(ada, corpus(), matter)
    chosen = [one.record.id for one in bundle.choices if one.state is Choice.CHOSEN]
    packet = releasing.build(ada, corpus(), matter, chosen, ["1 Court Square"], ["pdf", "fhir"])
    imani = FrontSheet(given="Imani", family="Feld")
    carers = [practice.Carer(ada.person, Capacity.TREATING)]
    couple = practice.admit(ada, cast.directory, [imani], carers, kind="couple")
    accounts.propose_roles(cast.here("max"), cast.people["sol"].id, [Role.CLINICIAN])
    _a_policy_in_force_and_another_proposed(cast)
    return {
        **with_colleagues(cast),
        "breaking": a_glass_that_was_broken(cast),
        **about_supervision(cast),
        "chart": cast.dov,
        **accounts_and_incidents(cast),
        "couple": couple,
        "meeting": meeting,
        **by_video(cast),
        **by_video_together(cast, couple),
        "guest": cast.people["dov"].id,
        "client": chart_head(ada, cast.dov).holders[0].client,
        "note": note,
        "private": private,
        "draft": draft,
        "planning": chart.begin(ada, cast.dov, "treatment_plan", occurred_at=NOON),
        **documents(cast),
        **asked_of_ada(cast),
        **risks(cast),
        **happened(cast),
        **dict(zip(("measure", "handed"), measured(cast), strict=True)),
        "paper": paper,
        **asked_to_keep_back(cast),
        **read_by_dov(cast),
        **done_by_dov(cast),
        **written_to_ada(cast),
        **in_a_matter(ada, matter),
        "packet": packet,
        **lettered(cast, matter),
        "change": RoleChange.objects.get().pk,
        "lost": _who_lost_every_way_in(cast),
        "policy": POLICY.replace("an employer", "any employer"),
        "proposal": Proposal.objects.get().pk,
        **{name: member.id for name, member in cast.people.items()},
    }


def of_one_profession(cast: Any, *names: str) -> None:
    """Psychologists in Maryland."""
    usual = {"profession": "psychologist", "credential": "", "place": "us-md", "location": ""}
    for name in names:
        practice.set_profile(cast.people[name].id, **usual)


def _who_lost_every_way_in(cast: Any) -> str:
    """Lou, who waits to be let in again."""
    lou = accounts.found(cast.house, "lou", "Lou Ekwueme", [Role.CLINICIAN], at=NOON)
    accounts.make_keys(cast.house, lou, PASSPHRASE, at=NOON)
    return readmission.begin(cast.house, "lou", at=NOON).person


def a_glass_that_was_broken(cast: Any) -> str:
    """Three hours ago, by Bea, and whole again; since then another key is laid by for her."""
    then, since = NOON - timedelta(hours=3), NOON - timedelta(hours=1)
    actions_glass.lay_by(cast.here("ada", at=then), cast.dov, cast.people["bea"].id)
    why = "His brother rang: he is on the bridge."
    found = actions_glass.break_glass(cast.here("bea", at=then), cast.dov, why)
    actions_glass.withdraw_spent(cast.house, since)
    actions_glass.lay_by(cast.here("ada", at=since), cast.dov, cast.people["bea"].id)
    return str(found)


def in_a_matter(ada: Any, matter: str) -> dict[str, str]:
    """Steps taken in the matter of the story."""
    steps.add(ada, matter, "consultation", {"whom": "lawyer", "text": "May I refuse?"})
    return {"matter": matter}


def with_colleagues(cast: Any) -> dict[str, str]:
    """Notes with a supervisor, and a group that Dov is not in, whose session was begun."""
    ada = cast.here("ada")
    waits, approved, returned = (_sent(cast) for _ in range(3))
    reviewing.cosign(cast.here("sol"), approved, seen=2)
    reviewing.give_back(cast.here("sol"), returned, "Name the intervention.", seen=2)
    carers = [practice.Carer(ada.person, Capacity.TREATING)]
    joss = practice.admit(ada, cast.directory, [FrontSheet(given="Joss", family="Feld")], carers)
    member = chart_head(ada, joss).holders[0].client
    group = practice.admit(ada, cast.directory, [], carers, kind="group", known_clients=[member])
    together = begin_together(ada, group, {member: Attended("came")}, occurred_at=NOON)
    return {
        "group": group,
        "together": together,
        **forms_signed(cast),
        "waits": waits,
        "approved": approved,
        "returned": returned,
    }


def _sent(cast: Any) -> str:
    """A signed note of Ada's that waits for Sol."""
    record = chart.begin(cast.here("ada"), cast.dov, "progress_note", occurred_at=NOON)
    words = {"Data": "Walks daily.", "Assessment": "Well.", "Plan": "Go on."}
    chart.save_draft(cast.here("ada"), record, words, 1)
    chart.sign(cast.here("ada"), record, 2)
    reviewing.send(cast.here("ada"), record, [cast.people["sol"].id])
    return record


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    said = matrix.names_in_table()
    assert set(said) == matrix.address_names()
    for name, methods in said.items():
        assert methods == {"GET", "POST"}, f"{name}: GET and POST are both to be told of"


@dataclass
class Answers:
    """What everybody was answered to one row, and all that was wrong with it beside."""

    told: dict[str, str] = field(default_factory=dict)
    wrong: list[Exception] = field(default_factory=list)


@pytest.fixture(scope="module")
def answers(lived: Lived, request: pytest.FixtureRequest) -> dict[str, Answers]:
    """Everybody asks every row that was chosen. To put somebody in her place takes as long as a
    question, so she asks them all from there; each question is undone before the next."""
    chosen = [one.callspec.params.get("row") for one in request.session.items if _is_here(one)]
    found = {row.title: Answers() for row in chosen if row}
    for who in matrix.people():
        with matrix.undone():
            seen = matrix.visitor(lived, who)
            before = state()
            for row in ROWS:
                if row.title in found and who in matrix.asked(row):
                    try:
                        found[row.title].told[who] = asked_by(lived, row, who, seen, before)
                    except Exception as error:  # noqa: BLE001 - raised by the row's own test
                        error.add_note(f"{who} asked {row.title}")
                        found[row.title].wrong.append(error)
    return found


def _is_here(item: pytest.Item) -> bool:
    return (
        isinstance(item, pytest.Function)
        and item.module.__name__ == __name__
        and (hasattr(item, "callspec"))
    )


def asked_by(lived: Lived, row: Row, who: str, seen: Any, before: State) -> str:
    """What somebody is answered; all that must hold beside it is looked at."""
    with matrix.once_more(lived, seen, later=row.later):
        size, count = lived.cast.house.log.size, changes()
        with statements() as asked:
            answer = matrix.ask(lived, row, seen)
        told = matrix.outcome(answer)
        if told == row.expected[who]:
            still = left_alone(asked, changes() - count)
            judge(lived, row, who, answer, still or state() == before, size)
            if told == "not here":
                refused(lived, row, who, seen, answer, size, len(asked))
    return told


@pytest.mark.timeout(900)
@pytest.mark.parametrize("row", ROWS, ids=[row.title for row in ROWS])
def test_each_person_is_answered_as_the_matrix_says(answers: dict[str, Answers], row: Row) -> None:
    found = answers[row.title]
    for error in found.wrong:
        raise error
    assert found.told == {who: row.expected[who] for who in matrix.asked(row)}


def judge(lived: Lived, row: Row, who: str, answer: Any, unchanged: bool, size: int) -> None:
    """All that holds beside the answer itself."""
    said = row.expected[who]
    assert headers.missing(answer) == [], who
    tell_no_tales(row, who, answer)
    if exits.gives(answer):
        assert row.address in exits.listed(), f"{who} was given something for outside"
    if said not in ("page", "done") and row.address not in headers.DOORS:
        assert unchanged, f"{who} was answered {said!r} and rows changed"
    if said in ("page", "done") and row.writes:
        assert not unchanged, f"{who} was answered {said!r} and nothing changed"
    if said in ("door", "unlock") and who in ("nobody", "locked") and row.address != "signout":
        assert lived.cast.house.log.size == size, "nobody who is not signed in writes entries"


def refused(lived: Lived, row: Row, who: str, seen: Any, answer: Any, size: int, work: int) -> None:
    """One entry, and the very page of what does not exist; for strangers, by the same work."""
    acts = matrix.entries_since(lived, size)
    assert acts.count(REFUSAL) == 1, f"{who} was refused and the log says {acts}"
    if not row.parts:
        return
    size = lived.cast.house.log.size
    with statements() as nowhere:
        stranger = matrix.ask(lived, row, seen, parts=matrix.elsewhere(row))
    assert matrix.bare(answer) == matrix.bare(stranger), who
    assert matrix.entries_since(lived, size).count(REFUSAL) == 1, "what does not exist, likewise"
    if who in STRANGERS and row.parts.get("chart_id") != "couple":
        # One of them is the note that she was seen, which the second question spares; another, by
        # number, whether somebody is kept away from what exists.
        assert abs(work - len(nowhere)) <= 4, f"{who}: {work} and {len(nowhere)} statements"


def _without_offered_kinds(page: bytes) -> bytes:
    """A page without the kinds of record that a search offers to everybody: they are nobody's."""
    for kind in KINDS.values():
        page = page.replace(f'<option value="{kind.id}">{kind.title}</option>'.encode(), b"")
    return page


def tell_no_tales(row: Row, who: str, answer: Any) -> None:
    """Nothing of Dov in any answer to whoever may not know of him."""
    shown = _without_offered_kinds(answer.content) + repr(sorted(answer.headers.items())).encode()
    if who not in KNOWS and row.address != "styleguide":
        assert not [word for word in NAME_OF_DOV if word in shown], who
    if who not in READS and row.address not in ("styleguide", "matter_new"):
        assert not [word for word in WORDS_OF_DOV if word in shown], who
    if who != "ada":
        assert SECRET.encode() not in shown, who


@pytest.mark.parametrize("name", sorted({name for name, _ in matrix.without_method()}))
def test_a_method_that_an_address_has_not_does_nothing_for_anybody(lived: Lived, name: str) -> None:
    for address, method in matrix.without_method():
        if address != name:
            continue
        row = Row(name, method, name, matrix.table()["addresses"][name].get("at", {}), {})
        portal = name.startswith("portal_")
        for who in (
            ("dov", "fay", "nobody") if portal else ("ada", "bea", "max", "nobody", "locked")
        ):
            with matrix.undone():
                seen = matrix.visitor(lived, who)
                size, count = lived.cast.house.log.size, changes()
                with statements() as asked:
                    answer = matrix.ask(lived, row, seen)
                open_door = name in headers.OPEN_DOORS
                wanted = {"nobody": "door", "locked": "unlock"}.get(who, "no such method")
                assert matrix.outcome(answer) == ("no such method" if open_door else wanted), who
                assert left_alone(asked, changes() - count)
                assert lived.cast.house.log.size == size
                assert headers.missing(answer) == []


def test_a_sealed_house_answers_sealed_at_every_address(lived: Lived) -> None:
    house = lived.cast.house
    server = house.server
    try:
        with matrix.undone():
            seen = matrix.visitor(lived, "ada")
            for row in ROWS:
                with matrix.once_more(lived, seen, later=row.later):
                    house.seal()
                    answer = matrix.ask(lived, row, seen)
                    house.unseal(server, at=lived.cast.at)
                assert matrix.outcome(answer) == "sealed", row.title
                tell_no_tales(row, "nobody", answer)
    finally:
        house.unseal(server, at=lived.cast.at)
