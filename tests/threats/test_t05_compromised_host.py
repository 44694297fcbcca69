"""T05: whoever owns the machine looks at its disk, its snapshots, and the memory of the server.

At rest see T02. Here: what is in memory while nobody is signed in (nothing clinical), and what is
left after everybody has locked and gone. The second is measured and has a ceiling: Python cannot
promise to wipe memory (docs/promises/P03.md). A host that stays for a week reads what is opened in
that week, and may serve other scripts; nothing here says otherwise.
"""

import pytest

from tests.harness.evidence import Evidence
from tests.web import serve

CEILING_OF_WORDS = 2_000
CEILING_OF_KEYS = 24
CLINICAL = ("chart ring", "private ring", "person")


@pytest.fixture
def memory(evidence: Evidence) -> dict[str, dict[str, int]]:
    """Counts by stage."""
    if not evidence.memory_readable:
        pytest.skip("this machine lets nobody read another process's memory")
    return evidence.memory


def test_the_search_of_memory_has_teeth(memory: dict[str, dict[str, int]]) -> None:
    """It finds what is there: the server's key, and the words of people at work."""
    assert memory["lived"]["server"] >= 1
    assert memory["lived"]["chart words"] > 0
    assert memory["lived"]["front words"] > 0


def test_a_sealed_server_has_no_word_and_no_key_in_its_memory(
    memory: dict[str, dict[str, int]],
) -> None:
    assert set(memory["sealed"].values()) == {0}, memory["sealed"]


def test_with_nobody_signed_in_there_is_no_clinical_word_and_no_key_to_one(
    memory: dict[str, dict[str, int]],
) -> None:
    rested = memory["rested"]
    assert {name: rested[name] for name in CLINICAL} == dict.fromkeys(CLINICAL, 0)
    assert rested["chart words"] == 0
    assert rested["secret words"] == 0


def test_with_nobody_signed_in_the_names_are_what_the_unsealed_server_knows(
    memory: dict[str, dict[str, int]],
) -> None:
    """Stated in docs/promises/P03.md: whoever owns an unsealed server learns who is a client."""
    assert memory["rested"]["front words"] > 0
    assert memory["rested"]["server"] >= 1


def test_what_is_left_after_locking_stays_below_the_ceiling(
    memory: dict[str, dict[str, int]],
) -> None:
    """Freed and not yet written over. Before requests let their keys go it was 25 to 75 keys."""
    for stage in ("locked", "signed out"):
        for name in CLINICAL:
            assert memory[stage][name] <= CEILING_OF_KEYS, memory[stage]
        assert memory[stage]["chart words"] <= CEILING_OF_WORDS, memory[stage]


def test_a_key_lives_no_longer_than_its_request(cast) -> None:  # type: ignore[no-untyped-def]
    """A request may lie about in a cycle until the collector comes; its key does not."""
    import gc

    from stillroom.phi import Presence
    from tests.web import Visitor

    serve(cast)
    ada = Visitor(cast, "ada")
    gc.collect()
    others = [one for one in gc.get_objects() if isinstance(one, Presence)]  # held by other tests
    gc.disable()
    try:
        for path in ("/today", f"/clients/{cast.dov}", "/clients/none", "/account"):
            ada.get(path)
        ada.post("/search", {"q": "slept"})
        now = [one for one in gc.get_objects() if isinstance(one, Presence)]
    finally:
        gc.enable()
    assert [one.name for one in now if not any(one is other for other in others)] == []
