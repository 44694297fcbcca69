"""The law that is live for one matter, compiled once and asked many times."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from stillroom.kernel import Trilean
from stillroom.law._clauses import ClauseBook, write_clauses
from stillroom.law._conditions import Alternative, IsYes
from stillroom.law._facts import Fact, Facts, admit_all
from stillroom.law._matter import Matter
from stillroom.law._provision import LEVELS, Provision
from stillroom.law._regimes import Chamber, KindClass, Weight
from stillroom.law._vocabulary import ASKED

_YES, _UNKNOWN, _NO = Trilean.YES, Trilean.UNKNOWN, Trilean.NO


class Reading(NamedTuple):
    """What the facts make of every condition.

    `yes` and `maybe` are masks of conditions (those in neither are not met); `false` and `open`
    are masks of clauses; `columns` tells for each live fact, in order, which clauses its value
    made false: the reasons, fact by fact. `asked` are numbers of kind classes.
    """

    yes: int
    maybe: int
    false: int
    open: int
    columns: list[int]
    asked: tuple[int, ...]


class LiveLaw:
    """Provisions, conditions, clauses and cells of one matter. Built by `_compiling`."""

    def __init__(
        self,
        matter: Matter,
        facts: Mapping[str, Fact],
        provisions: Sequence[Provision],
        conditions: Sequence[frozenset[Alternative]],
        chambers: Sequence[Chamber],
        classes: Sequence[KindClass],
        digest: str,
    ) -> None:
        self.matter = matter
        self.facts = facts
        self.provisions = tuple(provisions)
        self.chambers = tuple(chambers)
        self.classes = tuple(classes)
        self.digest = digest
        self.book: ClauseBook = write_clauses(conditions, facts)
        self.groups = self.book.groups
        self.all_clauses = sum(1 << bit for bit in self.book.clauses)
        self.grouped = ~sum(bit for bit, _ in self.groups)
        self.conditions_mask = (1 << len(conditions)) - 1
        self.provision_of = _owners(len(self.provisions), chambers)
        self._index_facts()
        self._index_kinds()

    def _index_facts(self) -> None:
        """Rows by which facts are read: yes/no facts first, then the others."""
        by_fact: dict[str, list[int]] = {}
        for index, variable in enumerate(self.book.variables):
            by_fact.setdefault(variable.fact.name, []).append(index)
        self.variables_of = {name: tuple(found) for name, found in by_fact.items()}
        names = sorted(by_fact, key=lambda name: (self.facts[name].type != "yesno", name))
        self.order = tuple(names)
        self.yesno_rows: list[tuple[str, int, int, int]] = []
        self.other_rows: list[tuple[str, Callable[[Any], int], int]] = []
        self.fact_mentions: list[int] = []
        for name in names:
            mentions = 0
            for index in by_fact[name]:
                mentions |= self.book.mentions[index]
            self.fact_mentions.append(mentions)
            if self.facts[name].type == "yesno":
                if_yes, if_no = self.book.falsified[by_fact[name][0]]
                self.yesno_rows.append((name, if_yes, if_no, mentions))
            else:
                reader = _reader(self.book, by_fact[name], self.facts[name])
                self.other_rows.append((name, reader, mentions))

    def _index_kinds(self) -> None:
        self.class_of = {k: i for i, c in enumerate(self.classes) for k in c.kinds}
        self.every_class = tuple(range(len(self.classes)))
        self._asked: dict[frozenset[str], tuple[int, ...]] = {}

    def asked(self, facts: Facts) -> tuple[int, ...]:
        """The classes of the kinds asked for; all of them while that is not known."""
        kinds = facts.get(ASKED)
        if not isinstance(kinds, frozenset):
            return self.every_class
        found = self._asked.get(kinds)
        if found is None:
            found = tuple(sorted({self.class_of[k] for k in kinds}))
            self._asked[kinds] = found
        return found

    def read(self, facts: Facts) -> Reading:
        """Every condition's answer, and why. UnknownFact, WrongType or OutOfRange if unfit."""
        try:
            false, opened, columns, seen = self._read_rows(facts)
        except (KeyError, TypeError, AttributeError):
            admit_all(self.facts, facts)
            raise
        if seen != len(facts):
            self._admit_rest(facts)
        held = self.all_clauses & ~false
        yes = held & ~opened
        maybe = held & opened
        if self.groups:
            yes, maybe = self._join_groups(yes, maybe)
        return Reading(yes, maybe, false, opened, columns, self.asked(facts))

    def unknown(self, facts: Facts) -> frozenset[int]:
        """The variables, by number, whose facts are not known."""
        return frozenset(
            i
            for i, variable in enumerate(self.book.variables)
            if facts.get(variable.fact.name, _UNKNOWN) is _UNKNOWN
        )

    def _read_rows(self, facts: Facts) -> tuple[int, int, list[int], int]:
        false = opened = seen = 0
        columns: list[int] = []
        add, get = columns.append, facts.get
        for name, if_yes, if_no, mentions in self.yesno_rows:
            value = get(name)
            if value is _YES:
                mask = if_yes
            elif value is _NO:
                mask = if_no
            elif value is None:
                opened |= mentions
                add(0)
                continue
            else:
                mask = self._unknown(name, value)
                opened |= mentions
            seen += 1
            false |= mask
            add(mask)
        for name, read, mentions in self.other_rows:
            value = get(name)
            if value is None or value is _UNKNOWN:
                opened |= mentions
                seen += value is not None
                add(0)
                continue
            mask = read(value)
            seen += 1
            false |= mask
            add(mask)
        return false, opened, columns, seen

    def _unknown(self, name: str, value: object) -> int:
        self.facts[name].admit(value)  # raises unless it is UNKNOWN
        return 0

    def _admit_rest(self, facts: Facts) -> None:
        """Facts that no live provision looks at must be well formed all the same."""
        live = self.variables_of
        admit_all(self.facts, {n: v for n, v in facts.items() if n not in live or v is None})

    def _join_groups(self, yes: int, maybe: int) -> tuple[int, int]:
        """Conditions of several clauses: true if one is, unknown if one may be."""
        met, possible = yes & self.grouped, maybe & self.grouped
        for bit, group in self.groups:
            if yes & group:
                met |= bit
            elif maybe & group:
                possible |= bit
        return met & self.conditions_mask, possible & self.conditions_mask


def _owners(count: int, chambers: Sequence[Chamber]) -> dict[int, int]:
    """Which provision a condition belongs to."""
    owners = {number: number for number in range(count)}
    for chamber in chambers:
        owners |= {weight.condition: weight.provision for weight in chamber.weights}
    return owners


def _reader(book: ClauseBook, indexes: Sequence[int], fact: Fact) -> Callable[[Any], int]:
    """A function from a known value to the clauses it makes false."""
    first = book.variables[indexes[0]]
    masks = book.falsified[indexes[0]]
    if fact.type == "choice":
        pairs = zip(first.regions, masks, strict=True)
        return {v: mask for region, mask in pairs for v in region.values}.__getitem__
    if fact.type == "set":
        members = [(book.variables[i].member, *book.falsified[i]) for i in indexes]
        return lambda value: _read_members(fact.admit(value), members)
    return lambda value: masks[bisect_right(first.bounds, fact.admit(value))]  # type: ignore[type-var, arg-type]


def _read_members(value: Any, members: Sequence[tuple[str, int, int]]) -> int:
    found = 0
    for member, if_has, if_lacks in members:
        found |= if_has if member in value else if_lacks
    return found


def with_authorization(provision: Provision) -> list[frozenset[Alternative]]:
    """The second condition of permits_with_authorization, if any.

    As an exception it lifts further once authorized; as a rule or bar it holds lower until then.
    """
    if provision.modality != "permits_with_authorization":
        return []
    if provision.layer == "exception":
        return [authorized(provision)]
    refusals = [frozenset([IsYes(name, False)]) for name in provision.authorization]
    return [frozenset(a | r for a in provision.alternatives for r in refusals)]


def authorized(provision: Provision) -> frozenset[Alternative]:
    """The provision's condition together with all its authorizations."""
    signed = frozenset(IsYes(name) for name in provision.authorization)
    return frozenset(a | signed for a in provision.alternatives)


def weights_of(provision: Provision, number: int, second: int) -> list[Weight]:
    """The weights of a provision whose condition is `number` and whose second one is `second`."""
    if not provision.weighs:
        return []
    level = int(LEVELS[provision.modality])
    if provision.modality != "permits_with_authorization":
        return [Weight(number, number, provision.layer, level)]
    lower, upper = (number, second) if provision.layer == "exception" else (second, number)
    return [
        Weight(lower, number, provision.layer, level),
        Weight(upper, number, provision.layer, level + 1),
    ]
