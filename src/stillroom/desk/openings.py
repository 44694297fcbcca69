"""What would open a closed door, gathered for a page. Pure.

Several provisions often have one key (the client's signature, a judge's); they are told once, with
all their citations. Keys that the client holds come first, then those of a court, then the rest.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from stillroom.kernel import capital
from stillroom.law import Opening, Opinion

_PAPERS = ("client_authorization", "psychotherapy_notes_authorization")
_FIRST = (
    *_PAPERS,
    "part2_consent",
    "identity_verified",
    "judge_signed",
    "court_ruled_on_privilege",
)


@dataclass(frozen=True)
class Door:
    """One key: what it is, the provisions it satisfies, whether alone, whether it is a paper."""

    text: str
    citations: str
    alone: bool
    paper: bool
    only: tuple[str, ...]


def _key(opening: Opening) -> tuple[str, ...]:
    return tuple(sorted(f"{name}={value}" for name, value in opening.needs))


def _rank(openings: list[Opening]) -> tuple[int, int]:
    names = [name for name, _ in openings[0].needs]
    places = [_FIRST.index(name) for name in names if name in _FIRST]
    return (min(places, default=len(_FIRST)), len(names))


def doors(opinion: Opinion) -> list[Door]:
    """The doors for what was asked for, each key once."""
    asked = frozenset(opinion.asked)
    groups: dict[tuple[str, ...], list[Opening]] = {}
    for one in opinion.opens:
        if asked & frozenset(one.kinds):
            groups.setdefault(_key(one), []).append(one)
    return [_door(group, asked) for group in sorted(groups.values(), key=_rank)]


def _door(group: list[Opening], asked: frozenset[str]) -> Door:
    text = min((one.text for one in group), key=len)
    names = {name for one in group for name, _ in one.needs}
    kinds = frozenset(kind for one in group for kind in one.kinds) & asked
    return Door(
        text=f"{capital(text)}.",
        citations="; ".join(_once(one.citation for one in group)),
        alone=any(one.alone for one in group),
        paper=not names.isdisjoint(_PAPERS),
        only=tuple(sorted(kinds)) if kinds < asked else (),
    )


def _once(items: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(items))
