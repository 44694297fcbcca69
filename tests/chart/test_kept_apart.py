"""What the law keeps apart is noticed beside the note, on the very words; and how often wrongly is
measured over the whole demonstration (docs/decisions/0019-writing-beside-the-law.md)."""

import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as some

from stillroom.chart import apart
from stillroom.chart._sentences import paragraphs, sentences
from stillroom.chart.apart import Circle, Remark, beside, book
from stillroom.config.demo import practice

_FILE = Path(apart.__file__).with_name("apart.cases.yaml")
CASES: list[dict[str, Any]] = yaml.safe_load(_FILE.read_text("utf-8"))


def remarks(case: dict[str, Any]) -> tuple[Remark, ...]:
    """What stands beside the note of a case."""
    known, members = frozenset(case.get("known", ())), tuple(case.get("members", ()))
    circle = Circle(known, members, bool(case.get("group")))
    return beside([("Data", case["note"])], circle, private=case.get("writes") == "private")


@pytest.mark.parametrize("case", CASES, ids=[one["note"][:40] for one in CASES])
def test_each_case_beside_the_rules_comes_out_as_written(case: dict[str, Any]) -> None:
    found = remarks(case)
    assert len(found) == len(case["beside"]), found
    for (kind, words), remark in zip(case["beside"], found, strict=True):
        assert (remark.kind, words in remark.passage) == (kind, True), remark
        assert remark.passage in case["note"]


def test_each_of_the_ten_things_of_164_501_has_a_case() -> None:
    said = {one.says for case in CASES if case.get("writes") for one in remarks(case)}
    assert len(book().belongs) == 10
    for item in book().belongs:
        assert any(sentence.startswith(item.name) for sentence in said), item.item


def test_each_cue_speaks_in_some_case_or_in_the_demonstrations_notes() -> None:
    texts = [case["note"] for case in CASES] + [words for _, words, _ in demonstration()]
    for cue in book().private:
        look = re.compile("|".join(cue.patterns), re.IGNORECASE)
        assert any(look.search(text) for text in texts), cue.cue


TEXTS = some.text(max_size=200) | some.text("aI felt my hunch. Odette said, “no”\n\n", max_size=120)


@given(TEXTS, some.booleans())
def test_whatever_is_written_a_remark_quotes_it_word_for_word(text: str, private: bool) -> None:
    for one in beside([("Note", text)], Circle(members=("Odette",)), private=private):
        assert one.passage
        assert one.passage in text
        assert len(one.shown) <= 92


@given(TEXTS)
def test_sentences_are_parts_of_the_text_in_order_and_lose_no_letter(text: str) -> None:
    spans = sentences(text)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    kept = "".join(text[slice(*one)] for one in spans)
    assert re.sub(r"\s", "", kept) == re.sub(r"\s", "", text)
    inside = [one for part in paragraphs(text) for one in sentences(text, part)]
    assert re.sub(r"\s", "", "".join(text[slice(*one)] for one in inside)) == re.sub(
        r"\s", "", text
    )


def test_a_paste_of_two_million_letters_is_looked_at_in_part() -> None:
    pasted = "He slept well and I felt nothing in particular about it. " * 40_000
    assert all(one.passage in pasted for one in beside([("Data", pasted)], Circle(), private=False))


def demonstration() -> list[tuple[str, str, Circle]]:
    """Every text of the demonstration: (progress or private, words, whom it is about)."""
    house = practice(seed=412, clients=60, today=date(2026, 11, 24))
    staff = {word.casefold() for one in house.staff for word in one.name.replace("-", " ").split()}
    found = []
    for chart in house.charts():
        holders = [house.client(one).front.name for one in chart.holders]
        known = frozenset(staff | {word.casefold() for name in holders for word in name.split()})
        firsts = tuple(name.split()[0] for name in holders) if chart.kind != "individual" else ()
        circle = Circle(known, firsts, chart.kind == "group")
        notes = (f"{one.data}\n\n{one.assessment}\n\n{one.plan}" for one in house.notes(chart))
        found += [("progress", words, circle) for words in notes]
        found += [("private", note.words, circle) for note in house.private_notes(chart)]
    return found


def test_the_measured_rates_are_as_the_decision_page_says() -> None:
    texts = demonstration()
    said = {
        kind: [
            beside([("Note", words)], circle, private=False)
            for which, words, circle in texts
            if which == kind
        ]
        for kind in ("progress", "private")
    }
    false = sum(any(one.kind == "private" for one in found) for found in said["progress"])
    caught = sum(any(one.kind == "private" for one in found) for found in said["private"])
    hidden = sum(
        bool(beside([("Note", words)], circle, private=True))
        for which, words, circle in texts
        if which == "private"
    )
    assert false * 200 <= len(said["progress"]), "a false alarm on at most one note in two hundred"
    assert caught * 100 >= len(said["private"]) * 65, "two of three private notes would be noticed"
    assert hidden * 20 <= len(said["private"])
