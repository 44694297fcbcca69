"""Theorems about the engine itself: what it computes is what the provisions say."""

from collections.abc import Iterator
from datetime import date

import z3

from stillroom.law._provision import Provision
from stillroom.law._vocabulary import ACTS
from stillroom.law.proving._case import Case
from stillroom.law.proving._formulas import FALSE, TRUE, Formula, all_of, any_of, differ, no
from stillroom.law.proving._law import Law
from stillroom.law.proving._second import LEVELS, PERMITTED, WITH_AUTHORIZATION, Says
from stillroom.law.proving._theorem import Claim, Theorem

_DAY = z3.Int("the day of the matter")


def _agrees(case: Case) -> Iterator[Claim]:
    for alike in case.classes:
        for kind in alike if _differ(case, alike) else alike[:1]:
            for least in LEVELS:
                said, read = case.engine.stance(kind, least), case.law.stance(kind, least)
                yield Claim((kind,), differ(said, read), (case.law,))


def _differ(case: Case, kinds: tuple[str, ...]) -> bool:
    """Whether the engine holds kinds apart that the second reading takes together."""
    return len({case.engine.law.class_of[kind] for kind in kinds}) > 1


def _conflicts(case: Case) -> Iterator[Claim]:
    for alike in case.classes:
        kind = alike[0]
        if any(p.modality == "requires" for p in case.law.reaching(kind)):
            held = all_of([case.law.demanded(kind), no(case.law.stance(kind, PERMITTED))])
            yield Claim(alike, all_of([held, no(case.engine.conflict(kind))]), (case.law,))


def _ethics(case: Case) -> Iterator[Claim]:
    regimes = case.library.corpus.regimes
    lawful = case.only(lambda provision: regimes[provision.regime].governs)
    for alike in case.classes:
        for least in LEVELS:
            said = case.engine.stance(alike[0], least)
            yield Claim(alike, differ(said, lawful.stance(alike[0], least)), (case.law, lawful))


def _silence(case: Case) -> Iterator[Claim]:
    """No provision of a governing regime applies, and yet the engine allows something."""
    for alike in case.classes:
        regimes = case.library.corpus.regimes
        applying = any_of(
            case.law.applies(p)
            for p in case.law.reaching(alike[0])
            if not regimes[p.regime].tightens
        )
        said = case.engine.stance(alike[0], WITH_AUTHORIZATION)
        yield Claim(alike, all_of([no(applying), said]), (case.law,))


def _days(case: Case) -> Iterator[Claim]:
    """All that was ever written, each under its days, on every day until the law changes next."""
    for on in sorted({matter.on for matter in case.matters}):
        yield from _span(case, on, case.library.changes_after(case.matter, on))


def _span(case: Case, on: date, until: date) -> Iterator[Claim]:
    def applies(provision: Provision) -> Formula:
        days = _in_force(provision, on, until)
        return all_of([days, case.worlds.holds(provision.condition)])

    ever = case.ever(applies)
    span = all_of([on.toordinal() <= _DAY, until.toordinal() > _DAY])
    for alike in case.classes:
        for least in LEVELS:
            other = differ(case.law.stance(alike[0], least), ever.stance(alike[0], least))
            yield Claim(alike, all_of([span, other]), (case.law,))


def _in_force(provision: Provision, on: date, until: date) -> Formula:
    """That the day lies between a provision's days; said outright where every day of a span does
    or none."""
    start, end = provision.in_force[0] or date.min, provision.in_force[1] or date.max
    if start <= on and until <= end:
        return TRUE
    if start >= until or end < on:
        return FALSE
    return all_of([start.toordinal() <= _DAY, end.toordinal() >= _DAY])


def _two_states(case: Case) -> Iterator[Claim]:
    """Whatever the regimes of two states say, together they allow no more than one of them alone.

    Levels stand for the provisions: it is proven for every pair of states, written or not.
    """
    if case.matter.states:
        return
    second = case.library.second
    governing = sorted(r.id for r in second.regimes.values() if r.governs)
    each = {(name, state, ""): _any_level(name, state) for state in "ab" for name in governing}
    one, other = ({k: s for k, s in each.items() if k[1] == state} for state in "ab")
    laws = [Law(second, (), case.matter, chambers=kept) for kept in (each, one, other)]
    for least in LEVELS:
        both, first, last = (law.stance("any", least) for law in laws)
        yield Claim((), all_of([both, no(first), no(last)]), ())


def _any_level(regime: str, state: str) -> Says:
    """A regime that may be silent or say anything."""
    marks = [z3.Bool(f"{regime} of {state}: {word}") for word in ("speaks", "1", "2", "3")]
    speaks, first, second, third = marks
    return Says(speaks, (first, all_of([first, second]), all_of(marks[1:])), third)


OF_ENGINE = (
    Theorem(
        name="engine-says-what-is-written",
        sentence="For every way in which the facts may turn out, the engine's stance on every "
        "record kind is the one that the provisions give when they are read as docs/provisions.md "
        "says.",
        why="The engine works with masks and decision diagrams. This reads the provisions again "
        "without them, and compares the two everywhere instead of on examples.",
        over="every act, every record kind, every world (see the limit)",
        limits="For disclose and testify, whose diagrams are large, one profession stands for the "
        "others unless the command is told to go deep.",
        claims=_agrees,
        acts=ACTS,
        of_engine=True,
    ),
    Theorem(
        name="no-silent-conflict",
        sentence="No law both requires an act and forbids it without the engine reporting a "
        "conflict.",
        why="A duty that another law holds back is for people to resolve; an order of files never "
        "may.",
        over="every act, every record kind, every world",
        limits="As for engine-says-what-is-written.",
        claims=_conflicts,
        acts=ACTS,
        of_engine=True,
    ),
    Theorem(
        name="ethics-never-weigh",
        sentence="Codes of ethics never change a stance: struck from the books, every answer stays "
        "as it is.",
        why="A code adds duties; it makes no unlawful act lawful, and no lawful one unlawful.",
        over="every act, every record kind, every world",
        limits="As for engine-says-what-is-written.",
        claims=_ethics,
        acts=ACTS,
        of_engine=True,
    ),
    Theorem(
        name="silence-is-forbidden",
        sentence="Where no provision of a governing regime applies, the answer is FORBIDDEN.",
        why="What nobody wrote about is not thereby allowed.",
        over="every act, every record kind, every world",
        limits="As for engine-says-what-is-written.",
        claims=_silence,
        acts=ACTS,
        of_engine=True,
    ),
    Theorem(
        name="only-law-in-force-counts",
        sentence="What a day's law says does not depend on provisions not in force on that day.",
        why="The answer to a request of last spring is the law of last spring.",
        over="every act, every record kind, every world, every day from the one asked about on",
        claims=_days,
        acts=ACTS,
    ),
    Theorem(
        name="two-states-open-no-more-than-one",
        sentence="Where the law of two states must be met, the answer is never more open than the "
        "more open of the two alone.",
        why="So every theorem that says what never leaves holds for two states as well.",
        over="every pair of states, whatever their provisions say, given the regimes on file",
        claims=_two_states,
        acts=("disclose",),
    ),
)
