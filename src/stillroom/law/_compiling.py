"""From a corpus and a matter to the live law: which provisions, conditions, chambers and cells."""

from collections.abc import Iterable, Mapping, Sequence

from stillroom.law._conditions import Alternative
from stillroom.law._facts import Fact
from stillroom.law._live import LiveLaw
from stillroom.law._matter import Matter
from stillroom.law._provision import Provision
from stillroom.law._reading import Regime
from stillroom.law._regimes import Cell, Chamber, KindClass, Weight
from stillroom.law._vocabulary import NATION, RECORD_KINDS
from stillroom.law._weights import weights_of, with_authorization


def live_provisions(matter: Matter, provisions: Iterable[Provision]) -> tuple[Provision, ...]:
    """Those that are law for `matter`, by id."""
    places = frozenset(matter.all_places)
    found = (
        p
        for p in provisions
        if matter.act in p.acts and p.concerns(places, matter.profession, matter.on)
    )
    return tuple(sorted(found, key=lambda p: p.id))


def compile_law(
    matter: Matter,
    live: Sequence[Provision],
    facts: Mapping[str, Fact],
    regimes: Mapping[str, Regime],
    digest: str,
) -> LiveLaw:
    """Everything about `matter` that does not depend on its facts: of it only the states are
    looked at, so that matters with the same live provisions and states share the work."""
    conditions: list[frozenset[Alternative]] = [p.alternatives for p in live]
    weights: list[Weight] = []
    for number, provision in enumerate(live):
        weights += weights_of(provision, number, len(conditions))
        conditions += with_authorization(provision)
    chambers = _chambers(matter, live, weights, regimes)
    classes = _classes(live, chambers)
    return LiveLaw(matter, facts, live, conditions, chambers, classes, digest)


def _chambers(
    matter: Matter,
    live: Sequence[Provision],
    weights: Sequence[Weight],
    regimes: Mapping[str, Regime],
) -> list[Chamber]:
    """One for each regime; one for each state of a regime when states differ in it; and one for
    each statute of a state that is answered by itself, read with all that names no statute."""
    found = []
    for regime in sorted(regimes.values(), key=lambda r: r.id):
        seen: set[tuple[Weight, ...]] = set()
        for state in matter.states or (NATION,):
            here = [
                w
                for w in weights
                if live[w.provision].regime == regime.id
                and live[w.provision].place in (NATION, state)
            ]
            for statute in sorted({live[w.provision].statute for w in here} - {""}) or [""]:
                own = tuple(w for w in here if live[w.provision].statute in ("", statute))
                if own and own not in seen:
                    seen.add(own)
                    place = max((live[w.provision].place for w in own), key=len)
                    found.append(Chamber(regime, place, statute, own))
    return found


def _classes(live: Sequence[Provision], chambers: Sequence[Chamber]) -> list[KindClass]:
    """Kinds reached by the same provisions stand together."""
    alike: dict[tuple[bool, ...], list[str]] = {}
    for kind in RECORD_KINDS:
        alike.setdefault(tuple(p.weighs and kind in p.kinds for p in live), []).append(kind)
    return [_kind_class(tuple(kinds), live, chambers) for kinds in alike.values()]


def _kind_class(
    kinds: tuple[str, ...], live: Sequence[Provision], chambers: Sequence[Chamber]
) -> KindClass:
    governing: list[Cell] = []
    tightening: list[Cell] = []
    others: list[Cell] = []
    for number, chamber in enumerate(chambers):
        own = [w for w in chamber.weights if kinds[0] in live[w.provision].kinds]
        if own:
            cell = _cell(number, own, live, chambers)
            regime = chamber.regime
            shelf = others if not regime.governs else tightening if regime.tightens else governing
            shelf.append(cell)
    return KindClass(kinds, tuple(governing), tuple(others), tuple(tightening))


def _cell(
    number: int, own: Sequence[Weight], live: Sequence[Provision], chambers: Sequence[Chamber]
) -> Cell:
    yields = chambers[number].regime.yields_to_required
    return Cell(
        chamber=number,
        mask=sum(1 << w.condition for w in own),
        rules=_masks(own, "rule"),
        exceptions=_masks(own, "exception")[::-1],
        bars=_bars(own, live),
        yields_to=tuple(i for i, c in enumerate(chambers) if c.regime.id in yields),
    )


def _masks(own: Sequence[Weight], layer: str) -> tuple[tuple[int, int], ...]:
    found: dict[int, int] = {}
    for weight in own:
        if weight.layer == layer:
            found[weight.level] = found.get(weight.level, 0) | 1 << weight.condition
    return tuple(sorted(found.items()))


def _bars(own: Sequence[Weight], live: Sequence[Provision]) -> tuple[tuple[int, int, int], ...]:
    """Level, conditions and lifters; bars that nothing lifts share one mask a level."""
    found: dict[tuple[int, int], int] = {}
    for bar in own:
        if bar.layer != "bar":
            continue
        lifters = sum(
            1 << w.provision
            for w in {w.provision: w for w in own}.values()
            if live[bar.provision].id in live[w.provision].lifts
        )
        found[bar.level, lifters] = found.get((bar.level, lifters), 0) | 1 << bar.condition
    return tuple(sorted((level, mask, lifters) for (level, lifters), mask in found.items()))
