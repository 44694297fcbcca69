"""The client's own door, exhaustively: what opens for a client, a proxy, and for nobody by it (P3, P8)."""

from itertools import product

from stillroom.access import (
    REACHES,
    Act,
    Actor,
    Ask,
    Capacity,
    Care,
    Label,
    Permit,
    Purpose,
    Request,
    Role,
    Ward,
    gate,
)
from stillroom.access._fitting import LABELS, PRIVATE_ACTS
from stillroom.kernel import Trilean
from tests.access.conftest import CARING, NOW, STAFF_ROLES, WEEK

CLIENT = frozenset({Role.CLIENT})
NOTE = frozenset({Label.CLINICAL})


def own(
    act: Act,
    capacity: Capacity = Capacity.HOLDER,
    *,
    reach: frozenset[str] = frozenset(),
    labels: frozenset[Label] | None = None,
    purpose: Purpose = Purpose.OWN,
    kind: str = "progress_notes",
    roles: frozenset[Role] = CLIENT,
    ends: int | None = None,
    proven: Trilean = Trilean.YES,
    shared: frozenset[str] = frozenset({"dov"}),
) -> bool:
    care = Care(NOW - WEEK, None if ends is None else NOW + ends * WEEK, capacity, reach)
    found = labels if labels is not None else LABELS.get(act, frozenset()) & (NOTE | {Label.FRONT})
    ward = Ward("dov", "note-1", found, "ada", shared_with=shared, kind=kind)
    return isinstance(
        gate.decide(Request(Actor("dov", roles, (care,), proven), act, purpose, ward, NOW)), Permit
    )


OPENS = {act for act in Act if own(act)}


def test_a_holder_may_do_these_things_and_no_others() -> None:
    assert {act.value for act in OPENS} == {
        "call:room:check",
        "call:room:join",
        "chart:record:read",
        "chart:thread:read",
        "chart:thread:write",
        "consent:paper:read",
        "consent:paper:revoke",
        "consent:paper:write",
        "front:appointment:read",
        "front:sheet:read",
        "ledger:entry:read",
        "own:form:answer",
        "own:matter:ask",
        "own:record:take",
    }


def test_a_client_gets_nothing_for_another_purpose_and_staff_nothing_for_this_one() -> None:
    for act, purpose, capacity in product(Act, Purpose, Capacity):
        if purpose is not Purpose.OWN:
            keeps = act is Act.OWN_ACCOUNT_WRITE and purpose is Purpose.ACCOUNTS
            opened = own(act, capacity, purpose=purpose)
            assert opened is (keeps and capacity not in CARING), (act, purpose, capacity)
        assert not own(act, capacity, roles=frozenset(STAFF_ROLES), purpose=Purpose.OWN)
        assert not own(act, capacity, roles=frozenset(Role), purpose=purpose)


def test_no_private_note_and_nothing_that_is_held_opens_by_this_door() -> None:
    for act, capacity in product(Act, (Capacity.HOLDER, Capacity.PROXY)):
        reach = REACHES | {"progress_notes", "psychotherapy_notes"}
        if act in PRIVATE_ACTS or act is Act.RECORD_READ:
            for kept in (Label.PRIVATE, Label.HELD):
                for labels in (frozenset({kept}), NOTE | {kept}):
                    assert not own(act, capacity, reach=reach, labels=labels), (act, kept)


def test_a_proxy_reaches_what_was_named_and_nothing_beside_it() -> None:
    """Over every act and every single thing that can be given: more reach opens more, never less."""
    everything = REACHES | {"progress_notes"}
    bare = {act for act in Act if own(act, Capacity.PROXY)}
    assert bare == {Act.FRONT_READ}
    opened = {
        one: {act for act in Act if own(act, Capacity.PROXY, reach=frozenset({one}))}
        for one in everything
    }
    assert opened["progress_notes"] == {Act.FRONT_READ, Act.RECORD_READ}
    whole = {act for act in Act if own(act, Capacity.PROXY, reach=everything)}
    assert set().union(*opened.values()) == whole == OPENS - {Act.OWN_TAKE}


def test_nobody_reads_or_writes_a_thread_that_is_not_her_own() -> None:
    """Over every way to stand and whoever is named: a parent and her child, two of a couple."""
    everything = REACHES | {"progress_notes"}
    threads = (Act.THREAD_READ, Act.THREAD_WRITE)
    for act, capacity in product(threads, (Capacity.HOLDER, Capacity.PROXY)):
        for shared in (frozenset[str](), frozenset({"eva"}), frozenset({"eva", "fay"})):
            assert not own(act, capacity, reach=everything, shared=shared), (act, capacity, shared)
        assert own(act, capacity, reach=everything, shared=frozenset({"dov", "eva"}))


def test_a_record_of_unknown_kind_is_no_proxys() -> None:
    assert not own(Act.RECORD_READ, Capacity.PROXY, reach=REACHES | {""}, kind="")
    assert not own(Act.RECORD_READ, Capacity.PROXY, reach=frozenset({"diagnosis"}))


def test_a_record_of_unknown_kind_and_a_chart_as_a_whole_are_no_clients() -> None:
    """Nobody has looked whether it is held: a read of everything at once opens nothing (NEEDS 10)."""
    every = frozenset({Label.CLINICAL, Label.PART2, Label.JOINT})
    for capacity in (Capacity.HOLDER, Capacity.PROXY):
        for labels in (NOTE, every):
            assert not own(Act.RECORD_READ, capacity, kind="", labels=labels)
    assert own(Act.RECORD_READ, labels=every)


def test_what_has_ended_opens_nothing_at_the_very_moment() -> None:
    for act, capacity in product(OPENS, (Capacity.HOLDER, Capacity.PROXY)):
        assert not own(act, capacity, reach=REACHES | {"progress_notes"}, ends=0)


def test_taking_everything_along_asks_once_more_who_is_there() -> None:
    assert not own(Act.OWN_TAKE, proven=Trilean.NO)
    care = Care(NOW - WEEK, None, Capacity.HOLDER)
    request = Request(
        Actor("dov", CLIENT, (care,), Trilean.NO), Act.OWN_TAKE, Purpose.OWN, Ward("dov"), NOW
    )
    found = gate.decide(request)
    assert isinstance(found, Ask)
    assert found.wanting == ("step_up",)


def test_a_standing_to_one_chart_is_none_to_another_and_none_without_one() -> None:
    """Cares are given for the ward's chart; where no chart is named they count for nothing."""
    care = Care(NOW - WEEK, None, Capacity.HOLDER)
    actor = Actor("dov", CLIENT, (care,), Trilean.YES)
    for act in Act:
        request = Request(actor, act, Purpose.OWN, Ward("", labels=frozenset({Label.FRONT})), NOW)
        assert not isinstance(gate.decide(request), Permit), act
