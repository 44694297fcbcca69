"""An opinion: what the law says of one matter, given what is known, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any, NoReturn

from stillroom.kernel import Misuse, Trilean
from stillroom.law._chambers import RegimeAnswer, regime_answers, silence
from stillroom.law._conflicts import Conflict, conflicts
from stillroom.law._doors import Opening, opens
from stillroom.law._duties import Duty, Notice, duties, notices
from stillroom.law._facts import Facts
from stillroom.law._findings import Finding, findings, weakest
from stillroom.law._grounds import grounds
from stillroom.law._live import LiveLaw
from stillroom.law._matter import Matter
from stillroom.law._scale import PERMITTED
from stillroom.law._settling import Settled
from stillroom.law._stance import Interval, interval
from stillroom.law._telling import sentence, to_json
from stillroom.law._vocabulary import RECORD_KINDS
from stillroom.law._wanting import Want, wanting


@dataclass(frozen=True, slots=True)
class Reach:
    """Which record kinds the answer lets go: surely, possibly, or never, as far as is known.

    It speaks of every kind, asked for or not; each is in exactly one of the three sets.
    """

    surely: frozenset[str]
    possibly: frozenset[str]
    never: frozenset[str]
    by_kind: Mapping[str, Interval]


class Opinion:
    """Made by `Corpus.opine`; a value that does not change.

    Every answer and every reason is computed when it is made; the objects that show them
    (findings, duties, …) are put together when first looked at.
    """

    def __init__(self, law: LiveLaw, facts: Facts) -> None:
        given = dict(facts)
        own = self.__dict__  # this class lets nobody set anything
        own["facts"], own["_settled"] = given, Settled(law, given)

    facts: Facts
    _settled: Settled

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise Misuse("an opinion does not change; ask for another")

    @property
    def matter(self) -> Matter:
        return self._settled.law.matter

    @property
    def on(self) -> date:
        return self.matter.on

    @property
    def corpus(self) -> str:
        """The digest of the corpus under which this opinion was given."""
        return self._settled.law.digest

    @property
    def exact(self) -> bool:
        """False when exactness was given up: every bound is true, some may be too wide."""
        return self._settled.exact

    @property
    def stance(self) -> Interval:
        """The answer: the most that is allowed on any of the kinds asked for."""
        return interval(*self._settled.overall)

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The kinds the stance is about; all of them while it is not known what is asked for."""
        classes = self._settled.law.classes
        kinds = {kind for n in self._settled.reading.asked for kind in classes[n].kinds}
        named = self.facts.get("records_asked")
        kept = kinds & named if isinstance(named, frozenset) else kinds
        return tuple(kind for kind in RECORD_KINDS if kind in kept)

    @cached_property
    def _spoken(self) -> tuple[Trilean, tuple[RegimeAnswer, ...], tuple[Conflict, ...]]:
        """Always in this order: the three share one budget of steps."""
        settled = self._settled
        return silence(settled), regime_answers(settled), conflicts(settled)

    @property
    def silent(self) -> Trilean:
        """Whether no governing regime speaks on any kind asked for. Silence is no permission."""
        return self._spoken[0]

    @property
    def regimes(self) -> tuple[RegimeAnswer, ...]:
        """What each regime says by itself; those that govern first."""
        return self._spoken[1]

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Requirements that another law does not allow; those that are certain first."""
        return self._spoken[2]

    @cached_property
    def reach(self) -> Reach:
        """Which kinds may leave: surely, possibly, never."""
        classes, bounds = self._settled.law.classes, self._settled.bounds
        by_kind = {k: interval(*bounds[n]) for n, c in enumerate(classes) for k in c.kinds}
        surely = frozenset(k for k, i in by_kind.items() if i.low >= PERMITTED)
        never = frozenset(k for k, i in by_kind.items() if i.high < PERMITTED)
        ordered = {kind: by_kind[kind] for kind in RECORD_KINDS}
        possibly = frozenset(RECORD_KINDS) - surely - never
        return Reach(surely, possibly, never, MappingProxyType(ordered))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        return findings(self._settled, frozenset(want.fact for want in self.wanting))

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        return duties(self.findings, self.facts)

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        return notices(self.findings)

    @cached_property
    def wanting(self) -> tuple[Want, ...]:
        return wanting(self._settled)

    @cached_property
    def opens(self) -> tuple[Opening, ...]:
        return opens(self._settled)

    def supposing(self, facts: Facts) -> "Opinion":
        """The opinion if these facts were known as well (or were otherwise)."""
        return Opinion(self._settled.law, {**self.facts, **facts})

    @property
    def weakest(self) -> str:
        """The weakest check among provisions that apply or may; "nothing" when none does."""
        return weakest(tuple(f for f in self.findings if f.applies is not Trilean.NO))

    @property
    def rests_on(self) -> str:
        """The strongest check that carries the answer by itself; "nothing" where none decides."""
        return grounds(self._settled) if any(f.decides for f in self.findings) else "nothing"

    @property
    def sentence(self) -> str:
        """The answer in one sentence, as it is said first."""
        return sentence(self)

    def to_json(self) -> dict[str, Any]:
        """Everything, as plain JSON values in a stable order. `replay` takes it back."""
        return to_json(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Opinion) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash((self.matter, self.corpus, self._settled.overall))

    def __repr__(self) -> str:
        return f"Opinion({self.matter.act}, {self.stance}, corpus {self.corpus[:8]})"
