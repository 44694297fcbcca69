"""How hard a text is to read: the Flesch-Kincaid grade, by rule. Pure.

    grade = 0.39 * words / sentences + 11.8 * syllables / words - 15.59

The formula is that of J. P. Kincaid, R. P. Fishburne, R. L. Rogers and B. S. Chissom, Derivation of
New Readability Formulas for Navy Enlisted Personnel (1975); cited from general knowledge, the
report itself was not read here. Syllables are counted as groups of vowels, with the silent endings
of English taken off; a word has at least one. The grade is a school year of the United States.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

EIGHTH: Final = 8.0
"""What a form may reach and not pass."""

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_ENDS = re.compile(r"[.!?]+(?:\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<![aeiouy])(?<!l)e$|(?<=[aeiouy])le$|(?<![td])ed$|(?<![sxzcgh])es$")
_APART = re.compile(
    r"(?<![ctg])ia|(?<![ctgsx])io|(?<![ct])ient|ua|eo(?![np])|uo|eing$|ying$|^crea|(?<=[a-z]{2})ea$"
)


def syllables(word: str) -> int:
    """Syllables of one English word, by its spelling.

    >>> [syllables(one) for one in ("tell", "someone", "danger", "therapy", "Maryland", "asked")]
    [1, 2, 2, 3, 3, 1]
    """
    plain = re.sub(r"[^a-z]", "", word.lower())
    bare = _SILENT.sub("", plain) or plain
    return max(1, len(_VOWELS.findall(bare)) + len(_APART.findall(bare)))


class _Counted(NamedTuple):
    words: int
    sentences: int
    syllables: int


@lru_cache(maxsize=8192)
def _count(text: str) -> _Counted:
    """Kept, because the same sentences stand in many forms."""
    words = _WORD.findall(text)
    return _Counted(len(words), len(_ENDS.findall(text)), sum(map(syllables, words)))


def grade(*texts: str) -> float:
    """The grade of texts read one after another; 0 where there is no word.

    >>> round(grade("The cat sat on the mat."), 2)
    -1.45
    """
    counted = [_count(one) for one in texts]
    words = sum(one.words for one in counted)
    sentences = sum(one.sentences for one in counted)
    spoken = sum(one.syllables for one in counted)
    if not words:
        return 0.0
    return 0.39 * words / max(1, sentences) + 11.8 * spoken / words - 15.59


def readable(*texts: str) -> bool:
    """Whether an eighth-grader reads it."""
    return grade(*texts) <= EIGHTH
