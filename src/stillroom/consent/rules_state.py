"""What a state asks of an authorization beyond the federal elements, as it was looked at. Pure.

The parts and limits of each state lie as data in `state_forms.yaml`, each entry named for a
provision of the corpus; which of them apply is asked of the law (`state_forms`). A paper keeps what
was asked of it on the day it was entered, with the citation, so that it is judged later as it was
judged then.
A part that nobody has looked for is UNKNOWN, and UNKNOWN never counts as there (P6).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from stillroom.kernel import Trilean


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to look for on the paper: the question, what is said if it is missing, and the
    words that a form of ours prints so that it is there (empty: not a matter of words)."""

    asks: str
    missing: str
    prints: str = ""


PARTS: dict[str, Part] = {
    "large_type": Part(
        "It is in 14-point type, or in the signer's own hand",
        "It is neither in 14-point type nor in the signer's own hand.",
    ),
    "own_signature": Part(
        "Its signature stands for this alone, apart from everything else on the page",
        "Its signature does not stand for this alone.",
        "My signature below is for this permission and for nothing else.",
    ),
    "right_to_copy": Part(
        "It says that the signer may have a copy of it",
        "It does not say that the signer may have a copy of it.",
        "I have a right to a copy of this form.",
    ),
    "right_to_inspect": Part(
        "It says that the signer may look at what is to be sent",
        "It does not say that the signer may look at what is to be sent.",
        "I may look at what is to be sent, and have a copy of it.",
    ),
    "refusal": Part(
        "It says what follows from not signing",
        "It does not say what follows from not signing.",
        "If I do not sign, what is described here is not sent for this purpose. My treatment here "
        "goes on as before.",
    ),
    "later_uses": Part(
        "It says for what the record will be used, now and later",
        "It does not say for what the record will be used later.",
        "Nothing here may be used later for a purpose that is not named above.",
    ),
    "witness": Part("A witness has signed it", "No witness has signed it."),
    "told_first": Part(
        "Before it was signed, the client was told what will be revealed, to whom and for what use",
        "The client was not told first what will be revealed, to whom and for what use.",
        "Before I signed I was told what will be revealed, to whom, and how it will be used.",
    ),
    "need": Part(
        "It says why the record is needed",
        "It does not say why the record is needed.",
    ),
}


@dataclass(frozen=True, slots=True)
class StatePart:
    """One part that a state's law asks for, and whether it is on the paper."""

    part: str
    citation: str
    there: Trilean = Trilean.UNKNOWN


@dataclass(frozen=True, slots=True)
class StateEnd:
    """What a state's law says about the end: a calendar day is needed, or it ends by itself.

    `within` are days from the last signature; the last of them still counts.
    """

    citation: str
    day: bool = False
    within: int | None = None


@dataclass(frozen=True, slots=True)
class Lacking:
    """One thing that a state asks for and the paper lacks; `found` UNKNOWN: not ruled out yet."""

    says: str
    citation: str
    found: Trilean = Trilean.YES


def lacking_parts(parts: Iterable[StatePart]) -> Iterator[Lacking]:
    """What is missing, or has not been looked for."""
    for one in parts:
        known = PARTS.get(one.part)
        missing = (
            known.missing if known else f"It lacks a part that the state asks for: {one.part}."
        )
        if one.there is Trilean.NO:
            yield Lacking(missing, one.citation)
        elif one.there is Trilean.UNKNOWN:
            asks = known.asks if known else one.part
            yield Lacking(f"Nobody has looked whether this is so: {asks}.", one.citation, one.there)


def lacking_ends(
    ends: Iterable[StateEnd], on: date | None, signed: date | None, today: date
) -> Iterator[Lacking]:
    """What is wrong with the end that the paper names (`on`), signed last on `signed`."""
    for one in ends:
        if one.day and on is None:
            yield Lacking("It names no calendar day on which it ends.", one.citation)
        if one.within is None:
            continue
        last = signed + timedelta(days=one.within) if signed else None
        if last is None:
            says = (
                f"It ends {one.within} days after it is signed, and it is not known when that was."
            )
            yield Lacking(says, one.citation, Trilean.UNKNOWN)
        elif on is not None and on > last:
            says = f"It would end more than {one.within} days after it was signed."
            yield Lacking(says, one.citation)
        elif today > last:
            yield Lacking(f"It was signed more than {one.within} days ago.", one.citation)
