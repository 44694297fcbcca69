"""What changed between two versions of words: word by word. Pure.

    >>> [(run.kind, run.words) for run in compare("He slept badly.", "He slept well.")]
    [('same', 'He slept '), ('gone', 'badly'), ('added', 'well'), ('same', '.')]

Laws: what is same and gone, joined, is the old text; what is same and added, the new one. Two
changes with only a space between them are one change, because a reader takes them as one. The
comparing itself is Python's `difflib`, paragraph by paragraph first, so that a long note costs what
its changed paragraphs cost; a paragraph of more than `_LONGEST` words is taken as changed whole.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, GONE, ADDED = "same", "gone", "added"
_LONGEST = 3000
_WORDS = re.compile(r"\w+(?:[’'\-]\w+)*|\s+|[^\w\s]")
_PARAGRAPHS = re.compile(r"[^\n]*\n+|[^\n]+")


@dataclass(frozen=True)
class Run:
    """Some words in a row, and whether they stayed (`same`), went (`gone`) or came (`added`)."""

    kind: str
    words: str


@dataclass(frozen=True)
class Compared:
    """One passage in both versions. `fate` is `same`, `changed`, `added` or `gone`."""

    heading: str
    runs: tuple[Run, ...]

    @property
    def fate(self) -> str:
        """What became of the passage as a whole."""
        kinds = {run.kind for run in self.runs if run.words.strip()}
        return next(iter(kinds)) if len(kinds) == 1 else "changed" if kinds else SAME

    @property
    def came(self) -> int:
        """How many words came."""
        return _count(self.runs, ADDED)

    @property
    def went(self) -> int:
        """How many words went."""
        return _count(self.runs, GONE)


def _count(runs: Sequence[Run], kind: str) -> int:
    return sum(len(run.words.split()) for run in runs if run.kind == kind)


def compare(old: str, new: str) -> tuple[Run, ...]:
    """What changed from `old` to `new`, in reading order; what went stands before what came."""
    if old == new:
        return (Run(SAME, old),) if old else ()
    runs: list[Run] = []
    before, now = _PARAGRAPHS.findall(old), _PARAGRAPHS.findall(new)
    for kind, went, came in _matched(before, now):
        if kind == "equal":
            runs.append(Run(SAME, "".join(went)))
        else:
            runs += _by_words("".join(went), "".join(came))
    return _joined(_smoothed(runs))


def _matched(
    old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        yield kind, old[a:b], new[c:d]


def _by_words(old: str, new: str) -> list[Run]:
    before, now = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) > _LONGEST or len(now) > _LONGEST:
        return _changed(old, new)
    runs: list[Run] = []
    for kind, went, came in _matched(before, now):
        if kind == "equal":
            runs.append(Run(SAME, "".join(went)))
        else:
            runs += _changed("".join(went), "".join(came))
    return runs


def _changed(went: str, came: str) -> list[Run]:
    pair = (Run(GONE, went), Run(ADDED, came))
    return [run for run in pair if run.words]


def _smoothed(runs: Sequence[Run]) -> list[Run]:
    """Each change by itself as one `gone` and one `added`, spaces between changes drawn in."""
    smooth: list[Run] = []
    went = came = ""
    for at, run in enumerate(runs):
        following = runs[at + 1] if at + 1 < len(runs) else None
        between = run.kind == SAME and run.words.isspace() and bool(went or came)
        if between and following is not None and following.kind != SAME:
            went, came = went + run.words, came + run.words
        elif run.kind == SAME:
            smooth += _changed(went, came)
            smooth.append(run)
            went = came = ""
        elif run.kind == GONE:
            went += run.words
        else:
            came += run.words
    return smooth + _changed(went, came)


def _joined(runs: Sequence[Run]) -> tuple[Run, ...]:
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1].kind == run.kind:
            joined[-1] = Run(run.kind, joined[-1].words + run.words)
        else:
            joined.append(run)
    return tuple(joined)


def compare_passages(
    old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]
) -> tuple[Compared, ...]:
    """Two versions as (heading, text) pairs, heading by heading in the new one's order; headings
    that are gone stand at the end, so that nothing vanishes from the comparison."""
    before, now = _by_heading(old), _by_heading(new)
    found = [Compared(heading, compare(before.get(heading, ""), now[heading])) for heading in now]
    found += [
        Compared(heading, compare(before[heading], "")) for heading in before if heading not in now
    ]
    return tuple(found)


def _by_heading(passages: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for heading, text in passages:
        found[heading] = f"{found[heading]}\n\n{text}" if heading in found else text
    return found
