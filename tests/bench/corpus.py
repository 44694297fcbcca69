"""The law on file, whole: what one matter costs beside Cedar, and what asking everything costs.

Cedar holds as many policies as provisions are live for the matter, each with the same condition,
written from the same trees; it decides by *forbid beats permit*, which is less than ours decides, so
its answers are not compared. Every fact is known. Each question is asked once, of both alike, with
facts drawn anew: no memory of answers helps anybody. The scenarios are those of the tests.

    python -m tests.bench.section corpus
"""

import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import cedarpy
import yaml

from stillroom.config.paths import provisions
from stillroom.kernel import Trilean
from stillroom.law import (
    PROFESSIONS,
    Corpus,
    Fact,
    Matter,
    Provision,
    check,
    facts_from_json,
    pack,
    unpack,
)
from stillroom.law._conditions import All, Between, Condition, Has, IsYes, Not, OneOf
from stillroom.law._conditions import Any as Some
from tests.bench.law import PolicySet
from tests.bench.rows import QUICK, Row, smaller, times

ON = date(2026, 11, 28)
MATTER = Matter("disclose", ("us-md",), "psychologist", ON)
BATCH, BATCHES = 24, 12 if QUICK else 60
LIMIT, MACHINE = 30, 200  # µs: of an opinion, where the machine gives cedarpy this for sixty
SCENARIOS = Path(__file__).parents[1] / "law" / "scenarios.yaml"


def rows() -> list[Row]:
    """One matter, its questions, and everything."""
    return [
        *_one_matter(),
        *_wanting(),
        *_loading(),
        *_checking(),
        *_everything(),
        *([] if QUICK else _proving()),
    ]


@cache
def _corpus() -> Corpus:
    return Corpus.load(provisions())


# One matter beside Cedar


def _one_matter() -> list[Row]:
    law = _corpus().live(MATTER)
    dice = random.Random(2026)
    facts = {v.fact.name: v.fact for v in law.book.variables}
    asked = [
        {name: _value(fact, dice) for name, fact in facts.items()} for _ in range(BATCH * BATCHES)
    ]
    cedar = cedarpy.PolicySet.from_str("\n".join(_policy(one) for one in law.provisions))
    entities = cedarpy.Entities.from_json_str("[]")
    sixty = PolicySet(questions=len(asked))
    spent = _microseconds(
        {
            "ours": (lambda q: _corpus().opine(MATTER, q), asked),
            "stance": (lambda q: _corpus().stance(MATTER, q), asked),
            "cedar": (
                lambda q: cedarpy.is_authorized(q, cedar, entities),
                [_request(question) for question in asked],
            ),
            "sixty": (
                lambda q: cedarpy.is_authorized(q, sixty.cedar, entities),
                [sixty.request(question) for question in sixty.questions],
            ),
        }
    )
    count = len(law.provisions)
    what = f"the {count} provisions of a matter in Maryland, each question asked once"
    beside = f"cedarpy, bare answer over {count} policies"
    opinion, limit = f"law: an opinion with all its reasons, {what}", _limit(spent["sixty"])
    return [
        times(opinion, "µs", spent["ours"], spent["cedar"], beside, "≥ 15"),
        smaller(opinion, "µs", spent["ours"], *limit, "≤ 1"),
        times(f"law: the bare stance, {what}", "µs", spent["stance"], spent["cedar"], beside, None),
    ]


def _limit(sixty: float) -> tuple[float, str]:
    """The limit as this machine is today: it is told for one that gives cedarpy 200 µs for sixty."""
    words = (
        f"the limit: {LIMIT} µs where cedarpy takes {MACHINE} for sixty policies, here {sixty:.0f}"
    )
    return LIMIT * sixty / MACHINE, words


_Runs = Mapping[str, tuple[Callable[[Any], Any], Sequence[Any]]]


def _microseconds(runs: _Runs) -> dict[str, float]:
    """For each the median over batches of this thread's processor time for a question.

    They take turns, batch by batch, so that what else the machine does falls on all alike. The
    first batch is each one's warming, and does not count.
    """
    found: dict[str, list[float]] = {name: [] for name in runs}
    for start in range(0, BATCH * BATCHES, BATCH):
        for name, (run, questions) in runs.items():
            batch = questions[start : start + BATCH]
            begun = time.thread_time()
            for question in batch:
                run(question)
            found[name].append((time.thread_time() - begun) * 1e6 / len(batch))
    return {name: statistics.median(spent[1:]) for name, spent in found.items()}


def _value(fact: Fact, dice: random.Random) -> Any:
    match fact.type:
        case "yesno":
            return dice.choice([Trilean.YES, Trilean.NO])
        case "choice":
            return dice.choice(list(fact.values))
        case "set":
            return frozenset(one for one in fact.values if dice.random() < 0.5)
        case "date":
            return date(dice.randint(2000, 2027), 6, 15)
    least, most = fact.bounds
    return dice.randint(int(least or 0), int(most if most is not None else 100))


def _request(question: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "principal": 'User::"a"',
        "action": 'Action::"disclose"',
        "resource": 'Chart::"c"',
        "context": {name: _plain(value) for name, value in question.items()},
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Trilean):
        return value is Trilean.YES
    if isinstance(value, date):
        return value.toordinal()
    return sorted(value) if isinstance(value, frozenset) else value


def _policy(provision: Provision) -> str:
    effect = "forbid" if provision.modality == "forbids" else "permit"
    signed = "".join(f" && context.{name}" for name in provision.authorization)
    written = _written(provision.condition)
    return f"{effect}(principal, action, resource) when {{ ({written}){signed} }};"


def _written(condition: Condition) -> str:
    if isinstance(condition, All):
        return " && ".join(f"({_written(one)})" for one in condition.parts) or "true"
    if isinstance(condition, Some):
        return " || ".join(f"({_written(one)})" for one in condition.parts) or "false"
    if isinstance(condition, Not):
        return f"!({_written(condition.part)})"
    look = _look(condition)
    return look if condition.wanted else f"!({look})"


def _look(leaf: Any) -> str:
    name = f"context.{leaf.fact}"
    if isinstance(leaf, IsYes):
        return name
    if isinstance(leaf, OneOf):
        return f"[{', '.join(_quoted(one) for one in sorted(leaf.values))}].contains({name})"
    if isinstance(leaf, Has):
        return f"{name}.contains({_quoted(leaf.member)})"
    assert isinstance(leaf, Between)
    ends = []
    if leaf.at_least is not None:
        ends.append(f"{name} >= {_number(leaf.at_least)}")
    if leaf.below is not None:
        ends.append(f"{name} < {_number(leaf.below)}")
    return " && ".join(ends) or "true"


def _number(end: float | date) -> int:
    return end.toordinal() if isinstance(end, date) else int(end)


def _quoted(text: str) -> str:
    return f'"{text}"'


# Questions as they come


def _scenarios() -> list[tuple[str, dict[str, Any]]]:
    written = yaml.safe_load(SCENARIOS.read_text("utf-8"))["scenarios"]
    return [(one["matter"]["act"], _told({**one["facts"], **one["taken"]})) for one in written]


def _told(facts: Mapping[str, Any]) -> dict[str, Any]:
    """YAML's own yes and no, which the corpus' files do not know, as words."""
    words = {True: "yes", False: "no"}
    plain = {n: words[v] if isinstance(v, bool) else v for n, v in facts.items()}
    return dict(facts_from_json(_corpus(), plain))


def _wanting() -> list[Row]:
    """Milliseconds of this thread's processor time until the unknown facts that matter are found
    and ranked, over the questions that leave something open; by itself, and from the facts on."""
    alone, whole = [], []
    for act, facts in _scenarios():
        for place in ("us-md", "us-ca", "us-ny", "us-oh"):
            matter = Matter(act, (place,), "psychologist", ON)
            _corpus().live(matter)
            begun = time.thread_time()
            opinion = _corpus().opine(matter, facts)
            told = time.thread_time()
            if opinion.wanting:
                done = time.thread_time()
                alone.append((done - told) * 1000)
                whole.append((done - begun) * 1000)
    of, limit = (
        f"the median of {len(alone)} questions that leave something open",
        "the limit of 5 ms",
    )
    return [
        smaller(
            f"law: what is wanting, ranked, {of}", "ms", statistics.median(alone), 5, limit, "≤ 1"
        ),
        smaller(
            f"law: an opinion and what it wants, {of}", "ms", statistics.median(whole), 5, limit
        ),
    ]


def _checking() -> list[Row]:
    begun = time.perf_counter()
    problems = check(provisions())
    spent = time.perf_counter() - begun
    if problems:
        raise AssertionError(f"the corpus is not sound: {problems[0]}")
    what = f"law: {len(_corpus().provisions):,} provisions checked from source, every case asked"
    return [smaller(what, "s", spent, 10, "the limit of 10 s", "≤ 1")]


def _loading() -> list[Row]:
    """Seconds from the packed file to a corpus that can be asked, its digest proven: the best of
    five, as a server does it once."""
    packed = pack(_corpus(), "bench")
    spent = []
    for _ in range(5):
        begun = time.perf_counter()
        unpack(packed)
        spent.append(time.perf_counter() - begun)
    what = f"law: the corpus read from its packed form of {len(packed) / 1024:,.0f} KiB"
    return [smaller(what, "s", min(spent), 0.5, "the limit of 0.5 s", "≤ 1")]


def _proving() -> list[Row]:
    """Seconds for every theorem over every place and profession, as `stillroom law prove` does it."""
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "stillroom.config", "law", "prove"], capture_output=True, check=False
    )
    spent = time.perf_counter() - begun
    if done.returncode:
        raise AssertionError(f"a theorem does not hold: {done.stdout.decode()[-400:]}")
    what = "law: all theorems proven over every place and profession"
    return [smaller(what, "s", spent, 300, "the limit of five minutes", "≤ 1")]


# Everything


def _everything() -> list[Row]:
    states = [place for place in _corpus().places if "-" in place]
    halves = [states[::2], states[1::2]]
    begun = time.perf_counter()
    with ProcessPoolExecutor(2) as pool:
        asked = sum(pool.map(_ask_all, halves))
    spent = time.perf_counter() - begun
    what = f"law: {asked:,} questions, every state × profession × scenario, on two cores"
    return [smaller(what, "s", spent, 10, "the limit of 10 s", "≤ 1")]


def _ask_all(places: Sequence[str]) -> int:
    asked = 0
    for matter, facts in _matters(places):
        _corpus().stance(matter, facts)
        asked += 1
    return asked


def _matters(places: Sequence[str]) -> Iterator[tuple[Matter, dict[str, Any]]]:
    scenarios = sorted(_scenarios(), key=lambda one: one[0])
    for place in places:
        for profession in PROFESSIONS:
            for act, facts in scenarios:
                yield Matter(act, (place,), profession, ON), facts
