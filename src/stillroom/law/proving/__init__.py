"""Theorems about the law on file, proven by a solver over every world.

    from datetime import date
    from pathlib import Path

    from stillroom.law import Corpus
    from stillroom.law.proving import THEOREMS, Prover, exceptions_in

    root = Path("provisions")
    corpus = Corpus.load(root)
    prover = Prover(corpus, exceptions_in(root, corpus, THEOREMS))
    for verdict in prover.place("us-md", THEOREMS, date(2026, 11, 23)):
        verdict.proven

A world is one way in which every fact may turn out. Provisions are read a second time, into
formulas, without anything of the engine's (`_second`); the engine's own diagrams are turned into
formulas as well (`_engine`), and the two are proven to agree. No counterexample is believed before
the engine, asked with the same facts, has said the same.

This package needs z3 (the extra `prove`); `stillroom.law` never imports it.
"""

from stillroom.law.proving._case import Case, Library
from stillroom.law.proving._counterexample import Counterexample, Look, told
from stillroom.law.proving._exceptions import exceptions_in
from stillroom.law.proving._of_courts import OF_COURTS
from stillroom.law.proving._of_duties import OF_DUTIES
from stillroom.law.proving._of_engine import OF_ENGINE
from stillroom.law.proving._of_records import OF_RECORDS
from stillroom.law.proving._page import lines, page
from stillroom.law.proving._proof import Prover, Verdict, idle
from stillroom.law.proving._theorem import Claim, Excepted, Theorem

THEOREMS: tuple[Theorem, ...] = (*OF_RECORDS, *OF_COURTS, *OF_DUTIES, *OF_ENGINE)
"""All of them, in the order in which they are told."""

__all__ = [
    "THEOREMS",
    "Case",
    "Claim",
    "Counterexample",
    "Excepted",
    "Library",
    "Look",
    "Prover",
    "Theorem",
    "Verdict",
    "exceptions_in",
    "idle",
    "lines",
    "page",
    "told",
]
