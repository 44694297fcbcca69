"""Search as its rules say it, without an index: slow, short, and judged by reading it."""

from collections.abc import Sequence

from snowballstemmer.english_stemmer import EnglishStemmer

from stillroom.chart.search import Question, Term, words

STEM = EnglishStemmer().stemWord
"""The same rules, written by the same people in Python: a second reader of them."""


def distance(one: str, other: str) -> int:
    """Letters more, less or other, by the whole table (Wagner and Fischer)."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        above, row = row, [at]
        for nth, its in enumerate(other, start=1):
            row.append(min(above[nth] + 1, row[-1] + 1, above[nth - 1] + (letter != its)))
    return row[-1]


def swapped(one: str, other: str) -> bool:
    """Whether swapping two neighbours somewhere makes one into the other."""
    ways = (one[:at] + one[at + 1] + one[at] + one[at + 2 :] for at in range(len(one) - 1))
    return other in ways


def near(typed: str, word: str) -> bool:
    """Whether one may be a mistake for the other."""
    if any(letter.isnumeric() for letter in typed + word) or len(typed) < 4:
        return typed == word
    if len(typed) < 8:
        return distance(typed, word) <= 1 or swapped(typed, word)
    return distance(typed, word) <= 2


def forms(typed: str, word: str) -> bool:
    """Whether the library gives both the same stem, and they begin alike."""
    if len(typed) < 4 or not (typed + word).isascii() or not (typed + word).isalpha():
        return False
    same = STEM(typed) == STEM(word)
    return same and len(word) >= 4 and typed[:3] == word[:3]


def fits(question: Question, texts: Sequence[str], *, nearly: bool, forms: bool = False) -> str:
    """How a record of these texts fits: "exactly", "by_beginning", "nearly" or ""."""
    held = [words(text) for text in texts]
    every = {word for one in held for word in one}
    if not question or not all(_stands(term, held) for term in question.terms if term.is_phrase):
        return ""
    if all(word in every for term in question.terms for word in term.words):
        return "exactly"
    if all(_begun(term, every, forms) for term in question.terms):
        return "by_beginning"
    close = (_begun(term, every, forms) or _close(term, every) for term in question.terms)
    return "nearly" if nearly and all(close) else ""


def _begun(term: Term, every: set[str], with_forms: bool) -> bool:
    *first, last = term.words
    if with_forms and not first and not term.quoted and any(forms(last, one) for one in every):
        return True
    if not all(word in every for word in first):
        return False
    return last in every or (term.unfinished and any(word.startswith(last) for word in every))


def _close(term: Term, every: set[str]) -> bool:
    return not term.is_phrase and any(near(term.words[0], word) for word in every)


def _stands(term: Term, held: Sequence[list[str]]) -> bool:
    size = len(term.words)
    for text in held:
        for at in range(len(text) - size + 1):
            *first, last = text[at : at + size]
            ended = last.startswith(term.words[-1]) if term.unfinished else last == term.words[-1]
            if tuple(first) == term.words[:-1] and ended:
                return True
    return False
