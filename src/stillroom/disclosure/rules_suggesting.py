"""What might be cut from a record before it leaves: suggested, and cut if a person says so. Pure.

Suggested are: words of another holder of the chart and her name, names of third persons and of
those who stand on the front sheet beside the client (guardians, whom to call), ways to reach
somebody.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from stillroom.chart import spotting
from stillroom.disclosure.packet.cuts import Paragraph, Reason, Removal
from stillroom.practice.rules import FrontSheet

_LONGEST = 200_000
"""Letters that are looked at in one paragraph."""


@dataclass(frozen=True)
class Around:
    """Who is known around a chart, as folded words of names.

    `own` may stay: those whose record it is and who is written of as one of the staff. `members`
    are holders for whom this packet is not; `others` stand on a front sheet beside the client.
    """

    own: frozenset[str] = frozenset()
    members: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Suggestion:
    """One thing that might be cut: its words as they stand, why, and each place where they do."""

    words: str
    says: str
    removals: tuple[Removal, ...]

    @property
    def value(self) -> str:
        """The places as a page posts them."""
        return " ".join(f"{one.spot}:{one.start}:{one.end}:{one.why.name}" for one in self.removals)


def around(
    mine: Iterable[FrontSheet], members: Iterable[FrontSheet], staff: Iterable[str]
) -> Around:
    """Who is known around a chart; a name that a client shares with somebody is the client's."""
    mine, members = list(mine), list(members)
    own = spotting.words_of_names([f"{one.full} {one.called}" for one in mine])
    beside = [who for one in (*mine, *members) for who in (one.emergency, *one.guardians) if who]
    theirs = spotting.words_of_names([f"{one.full} {one.called}" for one in members])
    return Around(
        own=own | spotting.words_of_names(staff),
        members=theirs - own,
        others=spotting.words_of_names([who.name for who in beside]) - own - theirs,
    )


def suggested(
    paragraphs: Iterable[Paragraph], known: Around, already: Sequence[Removal] = ()
) -> tuple[Suggestion, ...]:
    """What might be cut, the same words with the same reason as one, in the order of reading."""
    found: dict[tuple[str, Reason], list[Removal]] = {}
    says: dict[tuple[str, Reason], str] = {}
    shown: dict[tuple[str, Reason], str] = {}
    for paragraph in paragraphs:
        cut = [one for one in already if one.spot == paragraph.spot]
        taken: list[Removal] = []
        for removal, why in _of_paragraph(paragraph, known):
            if any(_within(removal, one) for one in (*cut, *taken)):
                continue
            taken.append(removal)
            words = paragraph.words[removal.start : removal.end]
            key = (words.casefold(), removal.why)
            found.setdefault(key, []).append(removal)
            says.setdefault(key, why)
            shown.setdefault(key, words)
    return tuple(Suggestion(shown[key], says[key], tuple(one)) for key, one in found.items())


def _within(inner: Removal, outer: Removal) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _of_paragraph(paragraph: Paragraph, known: Around) -> Iterator[tuple[Removal, str]]:
    """What is found in one paragraph; whole sentences first, so that a name within is not asked of
    twice."""
    text = paragraph.words[:_LONGEST]

    def at(span: tuple[int, int], why: Reason) -> Removal:
        return Removal(paragraph.spot, *span, why)

    for span in spotting.told_by(text, known.members):
        yield at(span, Reason.MEMBER), "another holder’s words"
    for span in spotting.naming(text, known.members):
        yield at(span, Reason.MEMBER), "another holder of this chart"
    for span in spotting.persons(text, known.own | known.members):
        yield at(span, Reason.PERSON), "a third person"
    for span in spotting.naming(text, known.others):
        yield at(span, Reason.PERSON), "stands on the front sheet beside the client"
    for span in spotting.ways_to_reach(text):
        yield at(span, Reason.CONTACT), "a way to reach somebody"
