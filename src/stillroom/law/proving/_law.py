"""The law of one matter as formulas: regimes weighed against each other, by docs/provisions.md."""

from collections.abc import Callable, Iterable
from functools import cached_property

from stillroom.law._conditions import mentioned
from stillroom.law._matter import Matter
from stillroom.law._provision import Provision
from stillroom.law._vocabulary import NATION
from stillroom.law.proving._formulas import Formula, all_of, any_of, no
from stillroom.law.proving._second import (
    PERMITTED,
    REQUIRED,
    WITH_AUTHORIZATION,
    Key,
    Says,
    Second,
)


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
        spoken = self.spoken(kind)
        first, second = (
            all_of(
                [
                    spoken,
                    *(self.allows(kind, key, least) for key in self.governing(kind)),
                    *(any_of([no(s.speaks), s.at_least[least - 1]]) for s in self._last(kind)),
                ]
            )
            for least in (WITH_AUTHORIZATION, PERMITTED)
        )
        return first, second, all_of([second, self.demanded(kind)])

    def governing(self, kind: str) -> dict[Key, Says]:
        """The regimes that can open something: all but those that only tighten."""
        regimes = self.second.regimes
        return {k: s for k, s in self.chambers(kind).items() if not regimes[k[0]].tightens}

    def _last(self, kind: str) -> list[Says]:
        """The regimes that only tighten. They are read last: each may hold an answer down to its
        own level where that is below PERMITTED."""
        regimes = self.second.regimes
        return [s for k, s in self.chambers(kind).items() if regimes[k[0]].tightens]

    def spoken(self, kind: str) -> Formula:
        """That some governing regime speaks."""
        return any_of(says.speaks for says in self.governing(kind).values())

    def demanded(self, kind: str) -> Formula:
        """That some governing regime requires the act."""
        return any_of(says.level(REQUIRED) for says in self.governing(kind).values())

    def allows(self, kind: str, key: Key, least: int) -> Formula:
        """That a regime is silent, or at `least`, or yields to a requirement of another."""
        chambers = self.governing(kind)
        says = chambers[key]
        yields_to = self.second.regimes[key[0]].yields_to_required
        demands = [s.level(REQUIRED) for (r, _, _), s in chambers.items() if r in yields_to]
        return any_of([no(says.speaks), says.at_least[least - 1], *demands])

    def conflict(self, kind: str) -> Formula:
        """That a requirement is held back, by another regime or by a bar of its own."""
        held = all_of([self.demanded(kind), no(self._met(kind))])
        return any_of([held, *(self._falls_short(kind, key) for key in self.chambers(kind))])

    def _met(self, kind: str) -> Formula:
        return all_of(
            [
                *(self.allows(kind, key, PERMITTED) for key in self.governing(kind)),
                *(any_of([no(s.speaks), s.at_least[PERMITTED - 1]]) for s in self._last(kind)),
            ]
        )

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
