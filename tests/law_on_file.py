"""The law on file, read once a test run: two seconds of work, and nobody changes it.

What was compiled of it for one question is there for the next, as in a running practice. A test that
asks whether reading itself gives the same reads again by itself.
"""

from functools import cache
from pathlib import Path

from stillroom.law import Corpus, Problem, check

ROOT = Path(__file__).parents[1] / "provisions"


@cache
def corpus() -> Corpus:
    """All of it."""
    return Corpus.load(ROOT)


@cache
def problems() -> tuple[Problem, ...]:
    """What `check` finds in it: every provision and every case, tried once a test run."""
    return tuple(check(ROOT))
