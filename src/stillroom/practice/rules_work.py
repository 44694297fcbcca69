"""What a colleague says of her own work, once for all her matters. Pure.

An employment, a licence, what counsel told her of a section: the law asks for it by name, and she
answers in her account. Each answer keeps the day on which it was given, because work changes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import msgspec

MOST_WORDS = 300


@dataclass(frozen=True)
class SaidOfWork:
    """One answer: to which fact of the law, what, since which day, and what she adds to it."""

    fact: str
    value: str
    since: date
    words: str = ""


def said_anew(
    before: Iterable[SaidOfWork], told: Mapping[str, tuple[str, str]], on: date
) -> tuple[SaidOfWork, ...]:
    """What holds after `told`: by fact its answer and words. An empty answer takes one back.

    An answer that stays as it was keeps its day; a fact that was not asked stays as it was.
    """
    known = {one.fact: one for one in before}
    for fact, (value, words) in told.items():
        words = words.strip()[:MOST_WORDS]
        was = known.get(fact)
        if not value:
            known.pop(fact, None)
        elif was is None or (was.value, was.words) != (value, words):
            known[fact] = SaidOfWork(fact, value, on, words)
    return tuple(known[name] for name in sorted(known))


def write_work(said: Iterable[SaidOfWork]) -> str:
    """As it is stored: JSON, or nothing of nothing."""
    told = list(said)
    return msgspec.json.encode(told).decode() if told else ""


def read_work(stored: str) -> tuple[SaidOfWork, ...]:
    """As it was stored."""
    return msgspec.json.decode(stored, type=tuple[SaidOfWork, ...]) if stored else ()
