"""A condition in words, from what its facts ask: for whoever reads law and not code.

Rules kept: the words say exactly what the condition says (nothing is left out, `not` is pushed down
to the single facts, where it is plain); each line is a question with its answer, so that yes and no
cannot be mistaken; beside a yes or no stands the meaning that the fact was declared with.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from stillroom.kernel import spoken
from stillroom.law._conditions import All, Any, Between, Condition, Has, IsYes, Leaf, Not, OneOf
from stillroom.law._facts import Fact


@dataclass(frozen=True, slots=True)
class Said:
    """One line: what is asked and what the answer must be; or several lines and how they join.

    `join` is "all" (every part holds), "any" (one is enough), or "" for a single line.
    """

    join: str = ""
    parts: tuple["Said", ...] = ()
    fact: str = ""
    asks: str = ""
    answer: str = ""
    means: str = ""

    @property
    def always(self) -> bool:
        """Whether there is no condition at all."""
        return self.join == "all" and not self.parts


def in_words(condition: Condition, facts: Mapping[str, Fact]) -> Said:
    """A condition as lines. `All(())` is a Said that is `always`."""
    return _said(condition, facts, wanted=True)


def _said(condition: Condition, facts: Mapping[str, Fact], *, wanted: bool) -> Said:
    match condition:
        case Not(part):
            return _said(part, facts, wanted=not wanted)
        case All(parts) | Any(parts):
            joined = "all" if isinstance(condition, All) is wanted else "any"
            return _joined(joined, (_said(part, facts, wanted=wanted) for part in parts))
    return _line(condition, facts[condition.fact], wanted=condition.wanted is wanted)


def _joined(join: str, parts: Iterable[Said]) -> Said:
    """Parts that join in the same way stand in one list; a list of one is its item."""
    flat: list[Said] = []
    for part in parts:
        flat += part.parts if part.join == join else [part]
    flat = _members(join, flat)
    return flat[0] if len(flat) == 1 else Said(join, tuple(flat))


def _members(join: str, parts: list[Said]) -> list[Said]:
    """`records_asked: {has: [a, b]}` was read as an `any` of two looks; it is told in one line."""
    found: list[Said] = []
    for part in parts:
        last = found[-1] if found else None
        alike = last is not None and last.fact == part.fact and part.fact
        if last is not None and alike and _tail(last) == _tail(part) == _TAILS[join]:
            head = last.answer.removesuffix(_tail(last))
            both = f"{head}; {part.answer}"
            found[-1] = Said(fact=part.fact, asks=part.asks, answer=both, means=part.means)
        else:
            found.append(part)
    return found


_AMONG, _NOT_AMONG = " is asked for", " is not asked for"
_TAILS = {"any": _AMONG, "all": _NOT_AMONG}


def _tail(said: Said) -> str:
    if said.answer.endswith(_NOT_AMONG):
        return _NOT_AMONG
    return _AMONG if said.answer.endswith(_AMONG) else ""


def _line(leaf: Leaf, fact: Fact, *, wanted: bool) -> Said:
    return Said(
        fact=fact.name,
        asks=fact.asks,
        answer=_answer(leaf, fact, wanted),
        means=fact.means if fact.type == "yesno" else "",
    )


def _answer(leaf: Leaf, fact: Fact, wanted: bool) -> str:
    match leaf:
        case IsYes():
            return "yes" if wanted else "no"
        case OneOf(values=values):
            return _choice(fact, values, wanted)
        case Has(member=member):
            return (fact.values.get(member) or spoken(member)) + (_AMONG if wanted else _NOT_AMONG)
        case Between(at_least=low, below=high):
            return _range(fact, low, high, wanted)
    raise TypeError(leaf)  # pragma: no cover - every leaf is told


def _choice(fact: Fact, values: frozenset[str], wanted: bool) -> str:
    """In the order in which the fact declares its values."""
    named = [meaning or spoken(name) for name, meaning in fact.values.items() if name in values]
    listed = "; or ".join(named)
    return listed if wanted else f"anything but: {'; '.join(named)}"


def _range(fact: Fact, low: float | date | None, high: float | date | None, wanted: bool) -> str:
    unit = f" {fact.unit}" if fact.unit else ""
    from_, to = ("on or after", "before") if isinstance(low or high, date) else ("", "under")
    ends = []
    if low is not None:
        ends.append(f"{from_} {low}".strip() if from_ else f"{low:g}{unit} or more")
    if high is not None:
        ends.append(f"{to} {high}{'' if from_ else unit}")
    if wanted:
        return " and ".join(ends)
    turned = {0: f"under {low}{unit}" if not from_ else f"before {low}"} if low is not None else {}
    if high is not None:
        turned[1] = f"{high:g}{unit} or more" if not from_ else f"on or after {high}"
    return " or ".join(turned.values())
