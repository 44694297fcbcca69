"""Notes about a colleague's work: exhaustively, who is let through, and that nothing else leads there."""

from itertools import chain, combinations, product

from stillroom.access import (
    Act,
    Actor,
    Care,
    Label,
    Permit,
    Purpose,
    Request,
    Role,
    Ward,
    gate,
)
from stillroom.access._fitting import SUPERVISION_ACTS
from stillroom.kernel import Trilean
from tests.access.conftest import CARING, GLASS, NOW, STAFF_ROLES, WEEK

NOTE = frozenset({Label.SUPERVISION})
CARES = tuple(Care(NOW - WEEK, None, capacity) for capacity in CARING)


def permitted(person: str, roles: frozenset[Role], act: Act, purpose: Purpose, ward: Ward) -> bool:
    actor = Actor(person, roles, CARES, Trilean.YES)
    request = Request(actor, act, purpose, ward, NOW, reason="found unconscious", broken=GLASS)
    return isinstance(gate.decide(request), Permit)


def test_no_other_act_reaches_a_note_about_supervision_not_even_its_authors() -> None:
    for act, purpose in product(set(Act) - SUPERVISION_ACTS, Purpose):
        for extra in (frozenset(), {Label.CLINICAL}, {Label.PRIVATE}, {Label.FRONT}):
            ward = Ward("note-1", "note-1", NOTE | extra, "sol", shared_with=frozenset({"ada"}))
            assert not permitted("sol", frozenset(STAFF_ROLES), act, purpose, ward), (act, purpose)


def test_only_the_supervisor_writes_and_only_whom_she_gave_it_to_reads_beside_her() -> None:
    roles = [
        frozenset(some)
        for some in chain.from_iterable(combinations(STAFF_ROLES, n) for n in (0, 1, 2))
    ]
    for person, own, act, purpose, given in product(
        ("sol", "ada", "bea"), roles, sorted(SUPERVISION_ACTS, key=str), Purpose, (True, False)
    ):
        shared = frozenset({"ada"} if given else ())
        ward = Ward("note-1", "note-1", NOTE, "sol", shared_with=shared)
        reads = person == "sol" or (person == "ada" and given)
        if act is Act.SUPERVISION_READ:
            fits = reads and not own.isdisjoint({Role.CLINICIAN, Role.SUPERVISOR})
        else:
            fits = person == "sol" and Role.SUPERVISOR in own
        expected = fits and purpose is Purpose.SUPERVISION
        assert permitted(person, own, act, purpose, ward) is expected, (person, own, act, purpose)
