"""A second evaluator, written from docs/provisions.md alone: slow, plain, and brute.

It knows nothing of masks, intervals or diagrams. With every fact known it walks the provisions one
by one; with facts missing it tries every completion. The engine must agree with it exactly.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any

from stillroom.kernel import Trilean
from stillroom.law import ASKED, RECORD_KINDS, Corpus, Matter, Provision
from stillroom.law._conditions import All, Between, Condition, Has, IsYes, Not, OneOf
from stillroom.law._conditions import Any as Some

FORBIDDEN, WITH_AUTHORIZATION, PERMITTED, REQUIRED = range(4)


def true_of(condition: Condition, facts: Mapping[str, Any]) -> bool:
    """A condition over facts that are all known."""
    if isinstance(condition, All):
        return all(true_of(part, facts) for part in condition.parts)
    if isinstance(condition, Some):
        return any(true_of(part, facts) for part in condition.parts)
    if isinstance(condition, Not):
        return not true_of(condition.part, facts)
    return _look(condition, facts[condition.fact]) is condition.wanted


def _look(leaf: Any, value: Any) -> bool:
    if isinstance(leaf, IsYes):
        return value is Trilean.YES
    if isinstance(leaf, OneOf):
        return value in leaf.values
    if isinstance(leaf, Has):
        return leaf.member in value
    assert isinstance(leaf, Between)
    above = leaf.at_least is None or value >= leaf.at_least
    return above and (leaf.below is None or value < leaf.below)


def level_of(provision: Provision, facts: Mapping[str, Any]) -> int:
    if provision.modality == "permits_with_authorization":
        signed = all(facts[name] is Trilean.YES for name in provision.authorization)
        return PERMITTED if signed else WITH_AUTHORIZATION
    return {"forbids": FORBIDDEN, "permits": PERMITTED, "requires": REQUIRED}[provision.modality]


@dataclass(frozen=True)
class Says:
    """One regime on one kind. `level` None: silent. `short`: its own requirement is held back."""

    level: int | None
    short: bool


def regime_says(provisions: list[Provision], kind: str, facts: Mapping[str, Any]) -> Says:
    here = [
        p
        for p in provisions
        if p.modality != "adds" and kind in p.kinds and true_of(p.condition, facts)
    ]
    rules = [level_of(p, facts) for p in here if p.layer == "rule"]
    exceptions = [level_of(p, facts) for p in here if p.layer == "exception"]
    lifted = {name for p in here if p.layer == "exception" for name in p.lifts}
    bars = [level_of(p, facts) for p in here if p.layer == "bar" and p.id not in lifted]
    demanded = any(p.modality == "requires" for p in here)
    if not rules and not exceptions:
        return Says(min(bars) if bars else None, False)
    base = max(([min(rules)] if rules else []) + exceptions)
    level = min([base, *bars])
    return Says(level, (demanded and level < PERMITTED) or (base == REQUIRED > level))


Chambers = dict[tuple[str, str, str], list[Provision]]


def law_says(corpus: Corpus, laws: Chambers, kind: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Stance, silence and conflict on one kind, every fact known."""
    chambers = {key: regime_says(ps, kind, facts) for key, ps in laws.items()}
    weighing = {k: s for k, s in chambers.items() if corpus.regimes[k[0]].governs}
    governing = {k: s for k, s in weighing.items() if not corpus.regimes[k[0]].tightens}
    held = [s.level for k, s in weighing.items() if k not in governing and s.level is not None]
    demanding = {regime for (regime, _, _), says in governing.items() if says.level == REQUIRED}
    levels = []
    for (regime, _, _), says in governing.items():
        if says.level is not None:
            yields = demanding & set(corpus.regimes[regime].yields_to_required)
            levels.append(max(says.level, PERMITTED) if yields else says.level)
    meet = min((min(level, PERMITTED) for level in levels), default=None)
    required = REQUIRED in levels
    stance = FORBIDDEN if meet is None else meet
    if required and meet == PERMITTED:
        stance = REQUIRED
    held_back = required and meet is not None and meet < PERMITTED
    for level in held:
        if level < PERMITTED:
            held_back = held_back or required
            stance = min(stance, level)
    return {
        "stance": stance,
        "silent": meet is None,
        "conflict": held_back or any(says.short for says in weighing.values()),
        "regimes": {key: says.level for key, says in chambers.items()},
    }


def live(corpus: Corpus, matter: Matter) -> list[Provision]:
    return [
        p
        for p in corpus.provisions.values()
        if matter.act in p.acts
        and p.place in ("us", *matter.places)
        and matter.profession in p.professions
        and (p.in_force[0] is None or p.in_force[0] <= matter.on)
        and (p.in_force[1] is None or matter.on <= p.in_force[1])
    ]


def chambers_of(corpus: Corpus, matter: Matter) -> Chambers:
    """Each regime, once for each state and each of its statutes that is answered by itself: the
    nation's provisions, that state's that name no statute, and that statute's."""
    found = {}
    for regime in corpus.regimes:
        for state in sorted(set(matter.places) - {"us"}) or ["us"]:
            own = [
                p for p in live(corpus, matter) if p.regime == regime and p.place in ("us", state)
            ]
            weighing = [p for p in own if p.modality != "adds"]
            for statute in sorted({p.statute for p in weighing if p.statute}) or [""]:
                read = [p for p in own if p.statute in ("", statute)]
                if any(p.modality != "adds" for p in read):
                    found[regime, state, statute] = read
    return found


def leaves(condition: Condition) -> Iterator[Any]:
    if isinstance(condition, All | Some):
        for part in condition.parts:
            yield from leaves(part)
    elif isinstance(condition, Not):
        yield from leaves(condition.part)
    else:
        yield condition


def choices(corpus: Corpus, name: str, looks: list[Any]) -> list[Any]:
    """Values of a fact among which every difference that conditions can see occurs."""
    fact = corpus.facts[name]
    if fact.type == "yesno":
        return [Trilean.YES, Trilean.NO]
    if fact.type == "choice":
        return list(fact.values)
    if fact.type == "set":
        seen = sorted({leaf.member for leaf in looks})
        return [
            frozenset(m for m, there in zip(seen, pattern, strict=True) if there)
            for pattern in product([True, False], repeat=len(seen))
        ]
    marks = sorted({m for leaf in looks for m in (leaf.at_least, leaf.below) if m is not None})
    if fact.type == "date":
        return [*(m - timedelta(days=1) for m in marks), *marks] or [date(2026, 1, 1)]
    least, most = fact.bounds
    found = {v for m in marks for v in (m - 1, m)} or {0}
    return sorted(v for v in found if (least is None or v >= least) and (most is None or v <= most))


def completions(
    corpus: Corpus, matter: Matter, facts: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """Every way in which the unknown facts that live provisions look at may turn out."""
    looks: dict[str, list[Any]] = {}
    for provision in live(corpus, matter):
        for leaf in leaves(provision.condition):
            looks.setdefault(leaf.fact, []).append(leaf)
        for name in provision.authorization:
            looks.setdefault(name, [])
    known = {n: v for n, v in facts.items() if v is not Trilean.UNKNOWN}
    missing = sorted(set(looks) - set(known))
    for values in product(*(choices(corpus, name, looks[name]) for name in missing)):
        yield known | dict(zip(missing, values, strict=True))


def asked_kinds(facts: Mapping[str, Any]) -> list[str]:
    asked = facts.get(ASKED, Trilean.UNKNOWN)
    return (
        list(RECORD_KINDS) if asked is Trilean.UNKNOWN else [k for k in RECORD_KINDS if k in asked]
    )


@dataclass
class Brute:
    """What every completion says: for each, its facts and its stance by kind."""

    asked: list[str]
    worlds: list[tuple[dict[str, Any], dict[str, dict[str, Any]]]]

    def by_kind(self, kind: str) -> tuple[int, int]:
        found = [says[kind]["stance"] for _, says in self.worlds]
        return min(found), max(found)

    def overall(self) -> tuple[int, int]:
        found = [max([says[k]["stance"] for k in self.asked], default=0) for _, says in self.worlds]
        return min(found), max(found)

    def every(self, name: str, kinds: list[str]) -> set[bool]:
        return {any(says[k][name] for k in kinds) for _, says in self.worlds}

    def wanting(self, known: Mapping[str, Any]) -> set[str]:
        """Facts such that two completions that differ in nothing else differ in the answer."""
        names = set(self.worlds[0][0]) - {n for n, v in known.items() if v is not Trilean.UNKNOWN}
        return {name for name in names if self._matters(name)}

    def _matters(self, name: str) -> bool:
        seen: dict[Any, Any] = {}
        for facts, says in self.worlds:
            others = tuple(sorted((n, repr(v)) for n, v in facts.items() if n != name))
            answer = tuple(says[k]["stance"] for k in self.asked)
            if seen.setdefault(others, answer) != answer:
                return True
        return False


def brute(corpus: Corpus, matter: Matter, facts: Mapping[str, Any]) -> Brute:
    worlds = []
    laws = chambers_of(corpus, matter)
    for world in completions(corpus, matter, facts):
        says: dict[str, Any] = {}
        reached: dict[Any, Any] = {}
        for kind in RECORD_KINDS:
            key = tuple(kind in p.kinds for p in corpus.provisions.values())
            if key not in reached:
                reached[key] = law_says(corpus, laws, kind, world)
            says[kind] = reached[key]
        worlds.append((world, says))
    return Brute(asked_kinds(facts), worlds)
