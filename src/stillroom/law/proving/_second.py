"""A second reading of the law: from provisions to formulas, by docs/provisions.md alone.

Nothing of the engine's compiled law is used: no clauses, masks, cells, tables or diagrams. A level
is not a number here but three formulas (at least WITH_AUTHORIZATION, PERMITTED, REQUIRED), so that
all of the law is and, or, not.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from stillroom.law._conditions import mentioned
from stillroom.law._matter import Matter
from stillroom.law._provision import Provision
from stillroom.law._reading import Regime
from stillroom.law._vocabulary import NATION
from stillroom.law.proving._formulas import FALSE, TRUE, Formula, all_of, any_of, no
from stillroom.law.proving._worlds import Worlds

Key = tuple[str, str, str]
"""A regime, a state, and the statute that is answered by itself ("" where there is but one)."""

WITH_AUTHORIZATION, PERMITTED, REQUIRED = 1, 2, 3
LEVELS = (WITH_AUTHORIZATION, PERMITTED, REQUIRED)
_OF = {"forbids": 0, "permits_with_authorization": 1, "permits": 2, "requires": 3}


@dataclass(frozen=True)
class Says:
    """What one regime says of one record kind. Where it does not speak its level is not asked."""

    speaks: Formula
    at_least: tuple[Formula, Formula, Formula]
    unbarred: Formula
    """REQUIRED before its bars."""

    def level(self, least: int) -> Formula:
        """That it speaks and its level is `least` (1 to 3) or more."""
        return all_of([self.speaks, self.at_least[least - 1]])


class Second:
    """Reads regimes, once for each set of provisions: most of a state's law is the nation's."""

    def __init__(self, worlds: Worlds, regimes: Mapping[str, Regime]) -> None:
        self.worlds = worlds
        self.regimes = regimes
        self._said: dict[tuple[str, ...], Says] = {}

    def law(
        self,
        provisions: Iterable[Provision],
        matter: Matter,
        when: "Callable[[Provision], Formula] | None" = None,
    ) -> "Law":
        """The law of a matter. `when` gives another condition to each provision."""
        return Law(self, provisions, matter, when)

    def says(
        self, own: Sequence[Provision], when: "Callable[[Provision], Formula] | None" = None
    ) -> Says:
        """One regime's provisions that reach one kind."""
        if when is not None:
            return _says(own, when, self.worlds)
        key = tuple(sorted(p.id for p in own))
        found = self._said.get(key)
        if found is None:
            found = self._said[key] = _says(own, self.applies, self.worlds)
        return found

    def applies(self, provision: Provision) -> Formula:
        """That a provision's condition holds."""
        return self.worlds.holds(provision.condition)


def live(provisions: Iterable[Provision], matter: Matter) -> list[Provision]:
    """What is law for the matter: act, place, profession and day."""
    return sorted(
        (
            p
            for p in provisions
            if matter.act in p.acts
            and p.place in (NATION, *matter.places)
            and matter.profession in p.professions
            and p.in_force_on(matter.on)
        ),
        key=lambda p: p.id,
    )


def _says(own: Sequence[Provision], when: Callable[[Provision], Formula], worlds: Worlds) -> Says:
    rules = [p for p in own if p.layer == "rule"]
    exceptions = [p for p in own if p.layer == "exception"]
    bars = [p for p in own if p.layer == "bar"]
    some_rule = any_of(when(p) for p in rules)
    some_exception = any_of(when(p) for p in exceptions)
    stands = {bar.id: _stands(bar, exceptions, when) for bar in bars}

    def own_level(p: Provision, least: int) -> Formula:
        """That the level of a provision, once it applies, is `least` or more."""
        level = _OF[p.modality]
        if p.modality == "permits_with_authorization" and least == PERMITTED:
            return all_of(worlds.yes(name) for name in p.authorization)
        return TRUE if level >= least else FALSE

    def lifted(least: int) -> Formula:
        """The level before bars; where only bars speak there is none to hold it down."""
        held = any_of(all_of([when(p), no(own_level(p, least))]) for p in rules)
        lifts = any_of(all_of([when(p), own_level(p, least)]) for p in exceptions)
        ruled = all_of([some_rule, no(held)])
        alone = all_of([no(some_rule), no(some_exception)])
        return any_of([ruled, lifts, alone])

    def level(least: int) -> Formula:
        caps = any_of(all_of([stands[b.id], no(own_level(b, least))]) for b in bars)
        return all_of([lifted(least), no(caps)])

    speaks = any_of([some_rule, some_exception, *stands.values()])
    first, second, third = (level(least) for least in LEVELS)
    base = all_of([any_of([some_rule, some_exception]), lifted(REQUIRED)])
    return Says(speaks, (first, second, third), base)


def _stands(
    bar: Provision, exceptions: Sequence[Provision], when: Callable[[Provision], Formula]
) -> Formula:
    """That a bar applies and no applicable exception names it."""
    lifted = any_of(when(p) for p in exceptions if bar.id in p.lifts)
    return all_of([when(bar), no(lifted)])


class Law:
    """The law of one matter as formulas, kind by kind. `chambers` may be given instead of
    provisions, to reckon with what regimes might say."""

    def __init__(
        self,
        second: Second,
        provisions: Iterable[Provision],
        matter: Matter,
        when: Callable[[Provision], Formula] | None = None,
        chambers: dict[Key, Says] | None = None,
    ) -> None:
        self.second = second
        self.worlds = second.worlds
        self.matter = matter
        self.provisions = tuple(sorted(provisions, key=lambda p: p.id))
        self.weighing = tuple(
            p for p in self.provisions if p.modality != "adds" and second.regimes[p.regime].governs
        )
        self._when = when
        self._given = chambers
        self._chambers: dict[str, dict[Key, Says]] = {}
        self._stances: dict[tuple[str, ...], tuple[Formula, Formula, Formula]] = {}

    def applies(self, provision: Provision) -> Formula:
        """That a provision applies."""
        return (self._when or self.second.applies)(provision)

    def reaching(self, kind: str) -> tuple[Provision, ...]:
        """The provisions that weigh on a record kind."""
        return tuple(p for p in self.weighing if kind in p.kinds)

    def chambers(self, kind: str) -> dict[Key, Says]:
        """Each governing regime as it speaks of a kind: once for each state, and once for each of
        a state's statutes that stand side by side."""
        found = self._chambers.get(kind, self._given)
        if found is None:
            each = {key: self._own(key, kind) for key in self._keys}
            says = {key: self.second.says(own, self._when) for key, own in each.items() if own}
            found = self._chambers[kind] = says
        return found

    @cached_property
    def _keys(self) -> tuple[Key, ...]:
        states = self.matter.states or (NATION,)
        return tuple(
            (regime, state, statute)
            for regime in sorted({p.regime for p in self.weighing})
            for state in states
            for statute in self._statutes(regime, state)
        )

    def _statutes(self, regime: str, state: str) -> list[str]:
        here = (p for p in self.weighing if p.regime == regime and p.place in (NATION, state))
        return sorted({p.statute for p in here} - {""}) or [""]

    def _own(self, key: Key, kind: str) -> list[Provision]:
        """A regime's provisions that reach a kind: the nation's with the state's, those that name
        no statute with those of this one."""
        regime, state, statute = key
        return [
            p
            for p in self.reaching(kind)
            if p.regime == regime and p.place in (NATION, state) and p.statute in ("", statute)
        ]

    def stance(self, kind: str, least: int) -> Formula:
        """That the law's stance on a kind is `least` (1 to 3) or more."""
        key = tuple(p.id for p in self.reaching(kind))
        found = self._stances.get(key)
        if found is None:
            found = self._stances[key] = self._weighed(kind)
        return found[least - 1]

    def _weighed(self, kind: str) -> tuple[Formula, Formula, Formula]:
        chambers = self.chambers(kind)
        spoken = self.spoken(kind)
        first, second = (
            all_of([spoken, *(self.allows(kind, key, least) for key in chambers)])
            for least in (WITH_AUTHORIZATION, PERMITTED)
        )
        return first, second, all_of([second, self.demanded(kind)])

    def spoken(self, kind: str) -> Formula:
        """That some governing regime speaks."""
        return any_of(says.speaks for says in self.chambers(kind).values())

    def demanded(self, kind: str) -> Formula:
        """That some governing regime requires the act."""
        return any_of(says.level(REQUIRED) for says in self.chambers(kind).values())

    def allows(self, kind: str, key: Key, least: int) -> Formula:
        """That a regime is silent, or at `least`, or yields to a requirement of another."""
        chambers = self.chambers(kind)
        says = chambers[key]
        yields_to = self.second.regimes[key[0]].yields_to_required
        demands = [s.level(REQUIRED) for (r, _, _), s in chambers.items() if r in yields_to]
        return any_of([no(says.speaks), says.at_least[least - 1], *demands])

    def conflict(self, kind: str) -> Formula:
        """That a requirement is held back, by another regime or by a bar of its own."""
        held = all_of([self.demanded(kind), no(self._met(kind))])
        return any_of([held, *(self._falls_short(kind, key) for key in self.chambers(kind))])

    def _met(self, kind: str) -> Formula:
        return all_of(self.allows(kind, key, PERMITTED) for key in self.chambers(kind))

    def _falls_short(self, kind: str, key: Key) -> Formula:
        """That a regime wants the act by some provision of its own and does not reach PERMITTED,
        or wanted it until a bar of its own capped it."""
        says = self.chambers(kind)[key]
        own = self._own(key, kind)
        wanted = any_of(self.applies(p) for p in own if p.modality == "requires")
        return any_of(
            [
                all_of([wanted, no(says.level(PERMITTED))]),
                all_of([says.unbarred, no(says.at_least[REQUIRED - 1])]),
            ]
        )

    def mentioned(self) -> frozenset[str]:
        """The facts that the law looks at."""
        looked = (mentioned(p.condition) | set(p.authorization) for p in self.provisions)
        return frozenset().union(*looked)
