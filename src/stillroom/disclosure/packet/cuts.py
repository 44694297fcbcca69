"""Taking passages out of a record's page before it becomes a packet. Pure: page in, page out.

Rules kept:
- What is cut is gone from the page that comes out; the packet is typeset anew from that page, so
  nothing lies under a bar. The bar tells a reason and never a length: passages that follow each
  other and have one reason are one bar.
- A cut takes whole words, with the marks on their letters: no end of a name is left standing.
- A cut that fits no paragraph as it now stands is refused (`CutMisplaced`), never guessed at.

A paragraph's `spot` is `section.passage.paragraph`, each counted from 0; places in it are counted
in letters (code points), `start` included, `end` not.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

import msgspec

from stillroom.disclosure.packet.pages import Cropped, Cut, Passage, RecordPage, Section, Told
from stillroom.disclosure.packet.words import line_ends
from stillroom.kernel import StillroomError

_GAP = re.compile(r"\n[ \t]*\n\s*")
_WORDED = ("Mn", "Mc", "Cf", "So", "Sk")
_JOINERS = "\u200c\u200d'’-"
_BETWEEN = re.compile(r"[\s.,;:!?()\"“”‘’'/–—-]*")


class Reason(Enum):
    """Why a passage does not leave; the value is what its bar says."""

    PERSON = "another person"
    MEMBER = "another member"
    CONTACT = "an address or number"
    OUTSIDE = "not asked for"
    PRIVILEGED = "privileged"
    CHOICE = "withheld"


class CutMisplaced(StillroomError):
    """A cut was made on words that stand there no longer, or never did."""

    what = "a passage that was to be cut is not where it was"
    usual_advice = "Nothing was built. Look at the record as it stands now, and cut again."


class Removal(msgspec.Struct, frozen=True):
    """One passage to be taken out. It says where and why, and holds none of the words."""

    spot: str
    start: int
    end: int
    why: Reason


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph that can be chosen or cut: where it is, its heading, its label, its words."""

    spot: str
    heading: str
    label: str
    words: str


Span = tuple[int, int, Reason]


def laid_out(page: RecordPage) -> tuple[Paragraph, ...]:
    """Every paragraph of a page, in the order in which they are read."""
    return tuple(
        Paragraph(f"{s}.{p}.{n}", section.heading, _label(passage), words)
        for s, section in enumerate(page.sections)
        for p, passage in enumerate(section.passages)
        for n, words in enumerate(paragraphs_of(passage))
    )


def _label(passage: Passage) -> str:
    return passage.label if isinstance(passage, Told) else ""


def paragraphs_of(passage: Passage) -> list[str]:
    """The words of a passage, paragraph by paragraph; the lines of an answer each by itself."""
    if isinstance(passage, Told):
        parts = line_ends(passage.words).split("\n")
    elif isinstance(passage, str):
        parts = _GAP.split(line_ends(passage))
    else:
        return []
    return [part.strip() for part in parts if part.strip()]


def widened(words: str, start: int, end: int) -> tuple[int, int]:
    """The same span with its first and last word whole; empty if it holds no letter at all."""
    start, end = max(0, start), min(len(words), end)
    while start < end and words[start].isspace():
        start += 1
    while end > start and words[end - 1].isspace():
        end -= 1
    if start >= end:
        return start, start
    while start and _one_word(words[start - 1], words[start]):
        start -= 1
    while end < len(words) and _one_word(words[end - 1], words[end]):
        end += 1
    return start, end


def _one_word(before: str, after: str) -> bool:
    """Whether a cut between these two letters would part a word, or a letter from its mark."""
    return unicodedata.combining(after) > 0 or (_of_word(before) and _of_word(after))


def _of_word(letter: str) -> bool:
    return letter.isalnum() or letter in _JOINERS or unicodedata.category(letter) in _WORDED


def cut(page: RecordPage, removals: Iterable[Removal]) -> RecordPage:
    """The page without these passages. `CutMisplaced` if one of them fits no paragraph of it."""
    words = {one.spot: one.words for one in laid_out(page)}
    spans: dict[str, list[Span]] = {}
    for one in removals:
        if one.spot not in words or not 0 <= one.start < one.end <= len(words[one.spot]):
            raise CutMisplaced
        start, end = widened(words[one.spot], one.start, one.end)
        if start < end:
            spans.setdefault(one.spot, []).append((start, end, one.why))
    merged = {spot: merge(words[spot], found) for spot, found in spans.items()}
    sections = tuple(_of_section(nth, one, merged) for nth, one in enumerate(page.sections))
    return replace(page, sections=sections)


def pieces_of(words: str, removals: Iterable[Removal]) -> tuple[str | Cut, ...]:
    """One paragraph as it leaves, by itself."""
    wide = [(*widened(words, one.start, one.end), one.why) for one in removals]
    return _pieces(words, merge(words, [one for one in wide if one[0] < one[1]]))


def merge(words: str, spans: Iterable[Span]) -> list[Span]:
    """Spans in order, none touching another. Of two that overlap the first one's reason stands for
    both; two of one reason with no word between them are one."""
    made: list[Span] = []
    for start, end, why in sorted(spans, key=lambda one: (one[0], -one[1])):
        if made:
            first, last, reason = made[-1]
            near = reason is why and _BETWEEN.fullmatch(words, last, max(last, start))
            if start < last or near:
                made[-1] = (first, max(last, end), reason)
                continue
        made.append((start, end, why))
    return made


def _of_section(nth: int, section: Section, spans: Mapping[str, Sequence[Span]]) -> Section:
    made: list[Passage] = []
    for place, passage in enumerate(section.passages):
        for one in _of_passage(f"{nth}.{place}", passage, spans):
            if not (made and _bar(one) and _bar(made[-1]) == _bar(one)):
                made.append(one)
    return replace(section, passages=tuple(made))


def _bar(passage: Passage) -> str:
    """What a passage that is nothing but a bar says; empty for any other."""
    if isinstance(passage, Cropped) and len(passage.pieces) == 1:
        (only,) = passage.pieces
        return only.why if isinstance(only, Cut) else ""
    return ""


def _of_passage(
    spot: str, passage: Passage, spans: Mapping[str, Sequence[Span]]
) -> Iterator[Passage]:
    parts = paragraphs_of(passage)
    if not any(f"{spot}.{nth}" in spans for nth in range(len(parts))):
        yield passage
        return
    label = _label(passage)
    for nth, words in enumerate(parts):
        pieces = _pieces(words, spans.get(f"{spot}.{nth}", ()))
        one = Cropped(pieces)
        if _bar(one):
            yield one
            continue
        yield Cropped(pieces, label)
        label = ""


def _pieces(words: str, spans: Sequence[Span]) -> tuple[str | Cut, ...]:
    made: list[str | Cut] = []
    at = 0
    for start, end, why in spans:
        made += [words[at:start], Cut(why.value)]
        at = end
    made.append(words[at:])
    worded = [one for one in made if isinstance(one, str) and not _BETWEEN.fullmatch(one)]
    if spans and not worded:
        return (Cut(spans[0][2].value),)
    return tuple(one for one in made if one)
