"""A question asked of an index: which records may fit, and how well.

A phrase is judged by its words first, because an index does not say where words stand; whoever
holds the text asks `holds_phrases` about it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_

from stillroom.chart.search.asking import Question, Term
from stillroom.chart.search.forms import Forms
from stillroom.chart.search.index import RECORDS, WORDS, Index
from stillroom.chart.search.leaves import leaf_of
from stillroom.chart.search.pairs import Pairs
from stillroom.chart.search.pairs import parts_of as pairs_of
from stillroom.chart.search.spellings import Spellings
from stillroom.chart.search.standing import Text


@dataclass(frozen=True)
class Fits:
    """Sets of records (bits), each without those that fit better."""

    exactly: int
    by_beginning: int
    """By a beginning, or by another form of a word."""
    nearly: int

    @property
    def any(self) -> int:
        """All of them."""
        return self.exactly | self.by_beginning | self.nearly


def asked_of(
    index: Index,
    question: Question,
    among: int,
    nearly: Spellings | None = None,
    forms: Forms | None = None,
    pairs: Pairs | None = None,
    *,
    enough: int | None = None,
) -> Fits:
    """The records `among` which the question finds; other forms and near spellings only where
    asked for, and near spellings not where `enough` fit without them. With `pairs`, of those that
    hold a phrase's words only those that may hold it."""
    if not question or not among:
        return Fits(0, 0, 0)
    exactly = by_beginning = among
    each: list[int] = []
    for term in question.terms:
        whole, begun = _of_term(index, term)
        if pairs is not None and term.is_phrase:
            # Of a phrase whose last word may go on, the neighbours before it are known.
            begun &= pairs.may_hold(term.words[:-1] if term.unfinished else term.words)
            whole &= pairs.may_hold(term.words)
        if forms and not term.is_phrase and not term.quoted:
            begun |= forms.holders(index, term.words[0])
        exactly &= whole
        by_beginning &= begun
        each.append(begun)
        if not by_beginning and nearly is None:
            break
    fits = Fits(exactly, by_beginning & ~exactly, 0)
    if nearly is None or (enough is not None and by_beginning.bit_count() >= enough):
        return fits
    return Fits(
        exactly, fits.by_beginning, _close(index, question, among, each, nearly) & ~by_beginning
    )


def _close(
    index: Index, question: Question, among: int, each: Iterable[int], nearly: Spellings
) -> int:
    """The records that hold each term, or for a word one that is near to it."""
    for term, begun in zip(question.terms, each, strict=True):
        among &= begun if term.is_phrase else begun | nearly.holders(index, term.words[0])
        if not among:
            break
    return among


def _of_term(index: Index, term: Term) -> tuple[int, int]:
    """Records with the words as they are typed; and with the last one as a beginning, too."""
    *first, last = term.words
    before = reduce(and_, map(index.with_word, first), index.all)
    if not before:
        return 0, 0
    whole = before & index.with_word(last)
    return whole, (whole | before & index.with_beginning(last)) if term.unfinished else whole


def parts_of(question: Question, forms: Forms) -> frozenset[int]:
    """The parts of an index that a question will surely ask, and those beside it for phrases."""
    wanted = {RECORDS}
    for term in question.terms:
        wanted |= {WORDS + leaf_of(word) for word in term.words}
        if term.is_phrase:
            wanted |= set(pairs_of(term.words))
        elif not term.quoted and (beginning := forms.beginning(term.words[0])):
            wanted.add(WORDS + leaf_of(beginning))
    return frozenset(wanted)


def holds_phrases(question: Question, texts: Iterable[str]) -> bool:
    """Whether each phrase stands in one of these texts, its words side by side."""
    phrases = question.phrases
    if not phrases:
        return True
    looked = [Text(text) for text in texts]
    return all(any(one.places(term) for one in looked) for term in phrases)
