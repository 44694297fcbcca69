"""Synthetic notes whose words are as uneven as a language's: a few everywhere, most of them rare.

Nine thousand made-up words by Zipf's law, with some real ones among the first so that a question
can be read. A note of four kibibytes holds some three hundred different words of about six hundred.
"""

from itertools import accumulate
from random import Random

SIZE = 4096
_REAL = [
    "the",
    "and",
    "she",
    "to",
    "of",
    "a",
    "in",
    "her",
    "with",
    "was",
    "that",
    "is",
    "we",
    "he",
    "for",
    "on",
    "his",
    "not",
    "as",
    "at",
    "about",
    "session",
    "week",
    "anxiety",
    "sleep",
    "mother",
    "work",
    "bridge",
    "plan",
    "risk",
    "denies",
    "medication",
    "husband",
    "panic",
    "feeling",
    "again",
    "talked",
    "second",
    "sister",
    "drinking",
    "hopeless",
    "grief",
    "exercise",
    "breathing",
    "appetite",
]
_VOCABULARY = 9_000
_SENTENCES = 20_000
_SYLLABLES = [
    one + two for one in "bcdfghklmnprstvw" for two in ("a", "e", "i", "o", "u", "ea", "ou")
]


class Prose:
    """Makes the same notes for the same seed."""

    def __init__(self, seed: int = 7) -> None:
        self._random = random = Random(seed)
        made = dict.fromkeys(_REAL)
        while len(made) < _VOCABULARY:
            made["".join(random.choices(_SYLLABLES, k=random.randint(2, 5)))[:12]] = None
        words = list(made)
        weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
        self.sentences = [
            " ".join(random.choices(words, cum_weights=weights, k=random.randint(7, 14))) + ". "
            for _ in range(_SENTENCES)
        ]
        self.rare = words[7_000]

    def note(self) -> str:
        """About four kibibytes."""
        return "".join(self._random.choices(self.sentences, k=64))[:SIZE]
