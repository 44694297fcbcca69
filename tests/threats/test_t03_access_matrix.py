"""Who is answered what: every address of the software, every person, before, during and after care.

The expected answers stand in matrix.yaml. Beside the answer itself: a refusal is the page of what
does not exist, byte for byte, leaves one entry in the log, and changes no row.
"""

from collections.abc import Iterator
from datetime import timedelta
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
from stillroom.disclosure import actions, releasing
from stillroom.disclosure.rules import Decision, State
from stillroom.identity import accounts
from stillroom.identity.models import RoleChange
from stillroom.policy import actions as policy
from stillroom.policy.actions import note_law
from stillroom.policy.models import Proposal
from stillroom.practice import actions as practice
from stillroom.practice.queries import chart_head
from stillroom.practice.rules import FrontSheet
from stillroom.supervision import actions as supervision
from tests.cast import NOON, make_cast
from tests.disclosure.story import SECRET, authorization, measured, notes, risks, subpoena
from tests.harness import headers, matrix
from tests.harness.documents import documents
from tests.harness.matrix import REFUSAL, Lived, Row
from tests.web import corpus, serve

pytestmark = [pytest.mark.django_db, pytest.mark.long]
ROWS = matrix.rows()
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
KNOWS = frozenset({"ada", "sol", "bea-covering", "cal"})
STRANGERS = frozenset({"bea", "max", "olga", "nan"})
READS = frozenset({"ada", "sol", "bea-covering"})


@pytest.fixture(scope="module")
def lived(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Lived]:
    """The first story, lived once for all rows; each question is asked in a savepoint."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast(tmp_path_factory.mktemp("matrix"))
        yield Lived(cast, _story(cast))
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


def _story(cast: Any) -> dict[str, str]:
    ada = cast.here("ada")
    for name in ("ada", "sol", "bea"):
        practice.set_profile(
            cast.people[name].id,
            profession="psychologist",
            credential="",
            place="us-md",
            location="",
        )
    meeting = practice.book(ada, cast.dov, ada.person, NOON, NOON + timedelta(minutes=50))
    note, private = notes(cast)
    draft = chart.begin(ada, cast.dov, "progress_note", occurred_at=NOON)
    paper = consent.take_up(ada, cast.dov, authorization(cast))
    matter = actions.enter(ada, cast.dov, subpoena())
    for fact, value in (("identity_verified", True), ("federal_court", False)):
        actions.answer(ada, corpus(), matter, fact, value)
    actions.decide(ada, corpus(), matter, Decision.BUILD, "He has signed.")
    bundle = releasing.choices(ada, corpus(), matter)
    chosen = [one.record.id for one in bundle.choices if one.state is State.CHOSEN]
    packet = releasing.build(ada, corpus(), matter, chosen, ["1 Court Square"])
    imani = FrontSheet(given="Imani", family="Feld")
    carers = [practice.Carer(ada.person, Capacity.TREATING)]
    couple = practice.admit(ada, cast.directory, [imani], carers, kind="couple")
    accounts.propose_roles(cast.here("max"), cast.people["sol"].id, [Role.CLINICIAN])
    _a_policy_in_force_and_another_proposed(cast)
    return {
        **with_colleagues(cast),
        **about_supervision(cast),
        "chart": cast.dov,
        "couple": couple,
        "meeting": meeting,
        "client": chart_head(ada, cast.dov).holders[0].client,
        "note": note,
        "private": private,
        "draft": draft,
        "planning": chart.begin(ada, cast.dov, "treatment_plan", occurred_at=NOON),
        **documents(cast),
        **risks(cast),
        **dict(zip(("measure", "handed"), measured(cast), strict=True)),
        "paper": paper,
        "matter": matter,
        "packet": packet,
        "change": RoleChange.objects.get().pk,
        "policy": POLICY.replace("an employer", "any employer"),
        "proposal": Proposal.objects.get().pk,
        **{name: member.id for name, member in cast.people.items()},
    }


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


@pytest.mark.parametrize("row", ROWS, ids=[row.title for row in ROWS])
def test_each_person_is_answered_as_the_matrix_says(lived: Lived, row: Row) -> None:
    told = {}
    for who in matrix.people():
        with matrix.undone():
            seen = matrix.visitor(lived, who, later=row.later)
            before, size = matrix.state(), lived.cast.house.log.size
            with matrix.statements() as asked:
                answer = matrix.ask(lived, row, seen)
            told[who] = matrix.outcome(answer)
            if told[who] == row.expected[who]:
                judge(lived, row, who, answer, before, size)
            if told[who] == row.expected[who] == "not here":
                refused(lived, row, who, seen, answer, size, len(asked))
    assert told == row.expected


def judge(
    lived: Lived,
    row: Row,
    who: str,
    answer: Any,
    before: dict[str, list[Any]],
    size: int,
) -> None:
    """All that holds beside the answer itself."""
    said = row.expected[who]
    assert headers.missing(answer) == [], who
    tell_no_tales(row, who, answer)
    if said not in ("page", "done") and row.address not in headers.DOORS:
        assert matrix.state() == before, f"{who} was answered {said!r} and rows changed"
    if said in ("page", "done") and row.writes:
        assert matrix.state() != before, f"{who} was answered {said!r} and nothing changed"
    if said in ("door", "unlock") and who in ("nobody", "locked") and row.address != "signout":
        assert lived.cast.house.log.size == size, "nobody who is not signed in writes entries"


def refused(lived: Lived, row: Row, who: str, seen: Any, answer: Any, size: int, work: int) -> None:
    """One entry, and the very page of what does not exist; for strangers, by the same work."""
    acts = matrix.entries_since(lived, size)
    assert acts.count(REFUSAL) == 1, f"{who} was refused and the log says {acts}"
    if not row.parts:
        return
    size = lived.cast.house.log.size
    with matrix.statements() as nowhere:
        stranger = matrix.ask(lived, row, seen, parts=matrix.elsewhere(row))
    assert matrix.bare(answer) == matrix.bare(stranger), who
    assert matrix.entries_since(lived, size).count(REFUSAL) == 1, "what does not exist, likewise"
    if who in STRANGERS:
        # One of them is the note that she was seen, which the second question spares.
        assert abs(work - len(nowhere)) <= 3, f"{who}: {work} and {len(nowhere)} statements"


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
        for who in ("ada", "bea", "max", "nobody", "locked"):
            with matrix.undone():
                seen = matrix.visitor(lived, who)
                before, size = matrix.state(), lived.cast.house.log.size
                answer = matrix.ask(lived, row, seen)
                open_door = name in headers.OPEN_DOORS
                wanted = {"nobody": "door", "locked": "unlock"}.get(who, "no such method")
                assert matrix.outcome(answer) == ("no such method" if open_door else wanted), who
                assert matrix.state() == before
                assert lived.cast.house.log.size == size
                assert headers.missing(answer) == []


def test_a_sealed_house_answers_sealed_at_every_address(lived: Lived) -> None:
    house = lived.cast.house
    server = house.server
    try:
        for row in ROWS:
            with matrix.undone():
                seen = matrix.visitor(lived, "ada")
                house.seal()
                answer = matrix.ask(lived, row, seen)
                house.unseal(server, at=lived.cast.at)
                assert matrix.outcome(answer) == "sealed", row.title
                tell_no_tales(row, "nobody", answer)
    finally:
        house.unseal(server, at=lived.cast.at)
