"""A second reading of the law: from provisions to formulas, by docs/provisions.md alone.

Nothing of the engine's compiled law is used: no clauses, masks, cells, tables or diagrams. A level
is not a number here but three formulas (at least WITH_AUTHORIZATION, PERMITTED, REQUIRED), so that
all of the law is and, or, not.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

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
