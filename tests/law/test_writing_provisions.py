"""Mistakes in provisions are told by file, line and field, with the nearest valid choice."""

import shutil
from pathlib import Path

import pytest

from stillroom.law import Corpus, ProvisionError, check

HERE = Path(__file__).parent
BAD = sorted((HERE / "bad").glob("*.yaml"))


def shelve(tmp_path: Path, *files: Path) -> Path:
    """A corpus of the shared facts and regimes with these provisions."""
    root = tmp_path / "provisions"
    shutil.copytree(HERE / "shelf", root)
    (root / "us").mkdir()
    for file in files:
        name = file.name if len(files) > 1 else "file.yaml"
        shutil.copy(file, root / "us" / name)
    return root


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_a_bad_file_gets_the_message_it_expects(file: Path, tmp_path: Path) -> None:
    expected = file.read_text().splitlines()[0].removeprefix("# expect: ")
    problems = [str(problem) for problem in check(shelve(tmp_path, file))]
    found = [p for p in problems if expected in p]
    assert found, problems
    assert found[0].startswith("us/file.yaml:")


def test_a_good_file_is_clean(tmp_path: Path) -> None:
    good = sorted((HERE / "good").glob("*.yaml"))
    root = shelve(tmp_path, *good)
    assert [str(problem) for problem in check(root)] == []
    assert set(Corpus.load(root).provisions) == {"us.state.bar", "us.state.exception"}


def test_a_problem_names_the_very_line(tmp_path: Path) -> None:
    problems = check(shelve(tmp_path, HERE / "bad" / "unknown_act.yaml"))
    assert [p.line for p in problems if p.field == "acts"] == [7, 7]


def test_a_corpus_with_a_problem_will_not_load(tmp_path: Path) -> None:
    root = shelve(tmp_path, HERE / "bad" / "unknown_fact.yaml")
    with pytest.raises(ProvisionError, match=r"us/file.yaml:\d+: when") as caught:
        Corpus.load(root)
    assert caught.value.advice
    assert caught.value.problems


def test_a_corpus_without_regimes_says_so(tmp_path: Path) -> None:
    assert [str(p) for p in check(tmp_path)] == ["regimes.yaml:1: file: is missing"]


FACTS = """
- {fact: a, type: yesno, asks: A?, means: A.}
- {fact: a, type: yesno, asks: A?, means: A.}
- {fact: b, type: coice, asks: B?, means: B.}
- {fact: c, type: choice, asks: C?, means: C.}
- {fact: d, type: number, range: [1], asks: D?, means: D.}
- {fact: records_asked, type: set, asks: E?, means: E., values: {gossip: none}}
- {fact: f, type: yesno, means: F.}
- [not, a, mapping]
"""


def test_mistakes_in_facts_and_regimes_are_told(tmp_path: Path) -> None:
    root = shelve(tmp_path)
    (root / "facts" / "all.yaml").write_text(FACTS)
    (root / "regimes.yaml").write_text(
        "- {regime: x, title: X, governs: perhaps}\n"
        "- {regime: x, title: X, yields_to_required: [y]}"
    )
    told = [str(problem) for problem in check(root)]
    for expected in (
        "facts/all.yaml:3: fact: a is declared twice",
        "facts/all.yaml:4: type: coice is not a choice; the nearest is choice",
        "facts/all.yaml:5: values: a choice needs values, each with its meaning",
        "facts/all.yaml:6: range: should be two numbers, least and greatest, such as [0, 130]",
        "facts/all.yaml:7: values: records_asked is a set of record kinds",
        "facts/all.yaml:8: asks: is missing",
        "facts/all.yaml:9: entry: should be a mapping of fields",
        "regimes.yaml:1: governs: should be yes or no",
        "regimes.yaml:2: regime: x is declared twice",
        "regimes.yaml:2: yields_to_required: y is not a choice; choose one of x",
    ):
        assert expected in told, told
