"""Other forms of a word that was typed: *walked* for *walking*, *anxieties* for *anxiety*.

English, by the second algorithm of Porter (Snowball): two words are forms of one another when it
gives them the same stem. It works on endings, so *slept* is none of *sleep*, and now and then it
joins what is apart (*general*, *generously*). Nothing of it is kept in an index: the words that an
index holds are judged when it is asked, and only those that begin as the stem does.

Only words of the letters a to z, four or more: other languages have other endings, and a word with
a figure has no forms.
"""

from typing import Protocol

from Stemmer import Stemmer

from stillroom.chart.search.index import Index

_FEWEST = 4
_LEAST_BEGINNING = 3
_CHANGING = frozenset("eiy")
"""Last letters of a stem that its words need not have: hope and hoping, anxiety and anxieties."""


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - the library's name


def _english() -> _Stemmer:
    """A stemmer of one's own: it holds the word in hand, so no two threads share one. It keeps no
    other: words of clients are in no cache."""
    made: _Stemmer = Stemmer("english", 0)
    return made


def has_forms(word: str) -> bool:
    """Whether other forms of a word are looked for."""
    return len(word) >= _FEWEST and word.isascii() and word.isalpha()


class Forms:
    """Forms of the words of one question; remembered from chart to chart, and gone with it."""

    def __init__(self) -> None:
        self._judged: dict[str, dict[str, bool]] = {}
        self._stems: dict[str, str] = {}
        self._stemmer: _Stemmer | None = None

    def holders(self, index: Index, typed: str) -> int:
        """The set of records that hold another form of `typed`."""
        beginning = self.beginning(typed)
        if not beginning:
            return 0
        judged = self._judged.setdefault(typed, {})
        found, stem = 0, self._stems[typed]
        for word, holders in index.words_beginning(beginning):
            same = judged.get(word)
            if same is None:
                same = judged[word] = word != typed and has_forms(word) and self._stem(word) == stem
            if same:
                found |= holders()
        return found

    def beginning(self, typed: str) -> str:
        """How every form of `typed` begins; "" where none is looked for."""
        if not has_forms(typed):
            return ""
        stem = self._stems.get(typed) or self._stems.setdefault(typed, self._stem(typed))
        beginning = stem[:-1] if stem[-1] in _CHANGING else stem
        return beginning if len(beginning) >= _LEAST_BEGINNING else ""

    def met(self, typed: str) -> list[str]:
        """The forms that stood in the indexes which were asked so far, in order."""
        return sorted(word for word, same in self._judged.get(typed, {}).items() if same)

    def _stem(self, word: str) -> str:
        if self._stemmer is None:
            self._stemmer = _english()
        return self._stemmer.stemWord(word)
