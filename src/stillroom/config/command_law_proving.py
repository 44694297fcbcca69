"""`stillroom law prove`: theorems about the law on file, by a solver, in two processes."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import date
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stillroom.config.command_words import Parser, Words, add_word
from stillroom.kernel import StillroomError
from stillroom.law import Corpus

if TYPE_CHECKING:
    from stillroom.law.proving import Excepted, Prover, Theorem, Verdict

PROCESSES = 2


class NoSolver(StillroomError):
    """z3 is not installed."""

    what = "theorems are proven by z3, which is not installed here"
    usual_advice = "Install it with: pip install 'stillroom[prove]' (or pip install z3-solver)."


class NoTheorem(StillroomError):
    """No theorem, or no place on file, has that name."""

    what = "no theorem has that name"


def add_words(under: Words, shared: Parser) -> list[Parser]:
    """The word; it takes the options that all words of the law take."""
    prove = add_word(under, shared, "prove", "prove the theorems about the law on file")
    prove.add_argument("--json", action="store_true", help="as JSON")
    prove.add_argument(
        "--only", action="append", metavar="NAME", help="this theorem (may be said again)"
    )
    prove.add_argument(
        "--place", action="append", metavar="PLACE", help="this place (may be said again)"
    )
    prove.add_argument(
        "--on", type=_day, metavar="DAY", help="from this day on; else the day of the latest check"
    )
    prove.add_argument(
        "--deep",
        action="store_true",
        help="compare the engine for every profession, also where that takes long",
    )
    prove.add_argument(
        "--page", action="store_true", help="print docs/theorems.md, and prove nothing"
    )
    prove.set_defaults(run="law.prove")
    return [prove]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("a day is written like 2026-11-23") from None


def prove(root: Path, corpus: Corpus, given: argparse.Namespace) -> int:
    """Prove, and tell; 1 if a theorem fails."""
    if find_spec("z3") is None:
        raise NoSolver
    from stillroom.law.proving import THEOREMS, exceptions_in, page

    exceptions = exceptions_in(root, corpus, THEOREMS)
    if given.page:
        print(page(THEOREMS, exceptions, corpus), end="")
        return 0
    names = [t.name for t in THEOREMS]
    theorems = [t for t in THEOREMS if t.name in _chosen(given.only, names, "theorem")]
    places = _chosen(given.place, corpus.places, "place")
    found = _prove_all(root, theorems, places, given.on or corpus.as_of or date.max, given.deep)
    if not given.place:
        _name_idle(found, exceptions, corpus)
    _tell(theorems, found, corpus, as_json=given.json)
    return 0 if all(verdict.proven for verdict in found.values()) else 1


def _chosen(said: list[str] | None, known: Sequence[str], noun: str) -> list[str]:
    for name in said or ():
        if name not in known:
            raise NoTheorem(
                f"no {noun} on file has that name", advice=f"Choose one of: {', '.join(known)}."
            )
    return said or list(known)


def _prove_all(
    root: Path, theorems: Sequence["Theorem"], places: Sequence[str], on: date, deep: bool
) -> dict[str, "Verdict"]:
    """Every place, several at a time; what was found is the same in whatever order they end."""
    from stillroom.law.proving import Verdict

    found = {theorem.name: Verdict(theorem.name) for theorem in theorems}
    by_place = dict(_answers(root, [t.name for t in theorems], places, on, deep))
    for place in places:
        for verdict in by_place[place]:
            found[verdict.theorem].join(verdict)
    return found


def _answers(
    root: Path, names: list[str], places: Sequence[str], on: date, deep: bool
) -> Iterator[tuple[str, list["Verdict"]]]:
    if len(places) == 1:
        _begin(root)
        yield places[0], _one_place(names, places[0], on, deep)
        return
    workers = ProcessPoolExecutor(
        PROCESSES, mp_context=get_context("spawn"), initializer=_begin, initargs=(root,)
    )
    with workers:
        tasks = {workers.submit(_one_place, names, p, on, deep): p for p in places}
        for done, task in enumerate(as_completed(tasks), 1):
            _progress(f"{done} of {len(places)} places, {tasks[task]} last")
            yield tasks[task], task.result()
    _progress("")


_prover: "Prover | None" = None


def _begin(root: Path) -> None:
    """What a process does once: read the corpus and its exceptions."""
    global _prover
    from stillroom.law.proving import THEOREMS, Prover, exceptions_in

    corpus = Corpus.load(root)
    _prover = Prover(corpus, exceptions_in(root, corpus, THEOREMS))


def _one_place(names: Sequence[str], place: str, on: date, deep: bool) -> list["Verdict"]:
    """The verdicts of one place."""
    from stillroom.law.proving import THEOREMS

    if _prover is None:
        raise RuntimeError("the corpus was not read")
    wanted = [theorem for theorem in THEOREMS if theorem.name in names]
    return list(_prover.place(place, wanted, on, deep=deep))


def _progress(told: str) -> None:
    """One line that is written over, where somebody looks."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{told}", end="", file=sys.stderr, flush=True)


def _name_idle(
    found: dict[str, "Verdict"], exceptions: Sequence["Excepted"], corpus: Corpus
) -> None:
    from stillroom.law.proving import idle

    for verdict in found.values():
        verdict.idle |= idle(verdict, exceptions, corpus)


def _tell(
    theorems: Sequence["Theorem"],
    found: dict[str, "Verdict"],
    corpus: Corpus,
    *,
    as_json: bool,
) -> None:
    from stillroom.law.proving import lines

    if as_json:
        told = [_json(theorem, found[theorem.name], corpus) for theorem in theorems]
        print(json.dumps({"corpus": corpus.digest, "theorems": told}, indent=2, ensure_ascii=False))
        return
    for theorem in theorems:
        for line in lines(theorem, found[theorem.name], corpus):
            print(line)
    lost = sum(not verdict.proven for verdict in found.values())
    print(f"Theorems: {len(theorems)}. Not proven: {lost}.")


def _json(theorem: "Theorem", verdict: "Verdict", corpus: Corpus) -> dict[str, Any]:
    from stillroom.law.proving import told

    return {
        "theorem": theorem.name,
        "sentence": theorem.sentence,
        "proven": verdict.proven,
        "matters": verdict.matters,
        "claims": verdict.claims,
        "failures": verdict.failures,
        "exceptions": sorted(verdict.needed),
        "missing": sorted(verdict.missing),
        "idle": sorted(verdict.idle),
        "counterexamples": [list(told(shown, corpus)) for shown in verdict.shown],
    }
