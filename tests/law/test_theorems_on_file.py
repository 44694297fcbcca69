"""The law on file: some of it is proven here, all of it by `stillroom law prove`."""

from functools import cache
from pathlib import Path

import pytest

from stillroom.law import ProvisionError
from stillroom.law.proving import THEOREMS, Excepted, Prover, Verdict, exceptions_in, idle, page
from tests.law_on_file import ROOT, corpus

HERE = Path(__file__).parents[2]
BY_NAME = {theorem.name: theorem for theorem in THEOREMS}
PLACES = ("us", "us-ak")
"""The nation, and a state with exceptions of each kind."""
SMALL = ("warn", "inform")
"""Acts whose diagrams are small; the command compares all."""


@cache
def exceptions() -> tuple[Excepted, ...]:
    return exceptions_in(ROOT, corpus(), THEOREMS)


@cache
def proven() -> dict[str, Verdict]:
    """Every theorem about the law in these places; those about the engine for the small acts."""
    found = {theorem.name: Verdict(theorem.name) for theorem in THEOREMS}
    prover = Prover(corpus(), exceptions())
    day = corpus().as_of
    assert day is not None
    for place in PLACES:
        for verdict in prover.place(place, [t for t in THEOREMS if not t.of_engine], day):
            found[verdict.theorem].join(verdict)
        for case in prover.library.cases(place, day, SMALL):
            for theorem in THEOREMS:
                if theorem.of_engine:
                    prover.prove(theorem, case, case.matters, found[theorem.name])
    return found


@pytest.mark.parametrize("name", BY_NAME)
def test_the_theorem_holds_of_the_nation_and_a_state(name: str) -> None:
    found = proven()[name]
    assert found.failures == 0
    assert found.claims


def test_without_its_exceptions_a_theorem_fails_and_names_just_them() -> None:
    name = "threat-does-not-open-part2"
    (found,) = Prover(corpus()).place("us", [BY_NAME[name]], corpus().as_of)  # type: ignore[arg-type]
    assert not found.proven
    assert found.missing == {e.name for e in exceptions() if e.theorem == name}
    assert all(shown.confirmed for shown in found.shown)


def test_an_exception_that_is_not_needed_is_told() -> None:
    needless = Excepted("threat-does-not-open-part2", "us.part2.2-12-c-5", "no reason")
    found = proven()["threat-does-not-open-part2"]
    assert idle(found, exceptions(), corpus()) == set()
    assert idle(found, [*exceptions(), needless], corpus()) == {"us.part2.2-12-c-5"}


def test_the_page_says_what_the_theorems_say() -> None:
    written = (HERE / "docs" / "theorems.md").read_text("utf-8")
    made = page(THEOREMS, exceptions(), corpus())
    assert written == made, "say: stillroom law prove --page > docs/theorems.md"


def test_every_theorem_is_a_sentence_with_a_reason_and_a_name_of_its_own() -> None:
    assert len(BY_NAME) == len(THEOREMS)
    for theorem in THEOREMS:
        assert theorem.name == theorem.name.lower().replace(" ", "-")
        assert theorem.sentence.endswith(".")
        assert theorem.why.endswith(".")
        assert theorem.acts


UNFIT = {
    "a theorem that is none": ("- {theorem: child-abuse-is-requird, except: us-al, why: x}", "nearest is child-abuse-is-required"),
    "a provision that is none": (
        "- {theorem: threat-does-not-open-part2, except: us.part2.2-520, why: x}",
        "nearest is us.part2.2-5",
    ),
    "a theorem without exceptions": (
        "- {theorem: payer-never-gets-notes, except: us.hipaa.164-502-f, why: x}",
        "has no exceptions",
    ),
    "a provision that cannot break it": (
        "- {theorem: unread-law-never-alone-requires, except: us.hipaa.164-502-a, why: x}",
        "may except",
    ),
    "a place that is none": ("- {theorem: child-abuse-is-required, except: us-zz, why: x}", "place"),
    "no reason": ("- {theorem: child-abuse-is-required, except: us-ak}", "why"),
    "a fact that is none": (
        "- {theorem: child-abuse-is-required, except: us-ak, why: x, given: {al_called: yes}}",
        "al_called",
    ),
}  # fmt: skip


@pytest.mark.parametrize("why", UNFIT)
def test_a_mistaken_exception_is_told_with_its_line(why: str, tmp_path: Path) -> None:
    written, said = UNFIT[why]
    (tmp_path / "exceptions.yaml").write_text(written)
    with pytest.raises(ProvisionError) as raised:
        exceptions_in(tmp_path, corpus(), THEOREMS)
    assert "exceptions.yaml:1" in str(raised.value)
    assert said in str(raised.value)


def test_a_folder_without_exceptions_has_none(tmp_path: Path) -> None:
    assert exceptions_in(tmp_path, corpus(), THEOREMS) == ()
