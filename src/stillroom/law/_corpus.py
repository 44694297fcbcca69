"""The corpus: all provisions, facts and regimes on file, ready to be asked."""

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any

from stillroom.law._compiling import compile_law, live_provisions
from stillroom.law._errors import DigestDiffers, LawError, ProvisionError
from stillroom.law._facts import Fact, Facts, FactValue
from stillroom.law._live import LiveLaw
from stillroom.law._loading import Loaded, canonical, load
from stillroom.law._matter import Matter
from stillroom.law._opinion import Opinion
from stillroom.law._provision import Provision
from stillroom.law._questions import check_matter, read_facts, read_matter
from stillroom.law._reading import Regime
from stillroom.law._settling import bare_bounds
from stillroom.law._stance import Interval, interval
from stillroom.law._telling import describe
from stillroom.law._vocabulary import NATION

_MOST_COMPILED = 256


class Corpus:
    """Law as data. Ask it with `opine` (the answer and all its reasons) or `stance`.

    A practice's policy may lie over it (`overlaid`); `bare` is the law alone.

    Laws it keeps: the same inputs give the same opinion, whatever the order of files; for each
    record kind, learning a fact only narrows the answer; what no regime speaks of is FORBIDDEN.
    """

    def __init__(
        self,
        provisions: Mapping[str, Provision],
        facts: Mapping[str, Fact],
        regimes: Mapping[str, Regime],
        digest: str,
        *,
        written: bytes = b"",
        bare: "Corpus | None" = None,
        policy: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        self.provisions = MappingProxyType(dict(provisions))
        self.facts = MappingProxyType(dict(facts))
        self.regimes = MappingProxyType(dict(regimes))
        self.digest = digest
        self.places = tuple(sorted({NATION, *(p.place for p in self.provisions.values())}))
        """Every place with provisions on file, and the nation."""
        self._by_place: dict[str, list[Provision]] = {place: [] for place in self.places}
        for provision in self.provisions.values():
            self._by_place[provision.place].append(provision)
        self.written = written
        self.policy = policy
        self._bare = bare
        self._compiled: dict[Matter, LiveLaw] = {}
        self._alike: dict[tuple[tuple[str, ...], tuple[str, ...]], LiveLaw] = {}
        self._latest: LiveLaw | None = None

    @classmethod
    def load(cls, root: Path) -> "Corpus":
        """The corpus in a folder. ProvisionError names file, line and field of what is wrong."""
        return cls.of(load(root))

    @classmethod
    def of(cls, loaded: Loaded, *, written: bytes = b"") -> "Corpus":
        """A corpus already read; ProvisionError if it has problems. `written`: see `canonical`."""
        if loaded.problems:
            raise ProvisionError(loaded.problems)
        written = written or canonical(loaded.content)
        digest = sha256(written).hexdigest()
        return cls(loaded.provisions, loaded.facts, loaded.regimes, digest, written=written)

    @property
    def bare(self) -> "Corpus":
        """The law alone, without the practice's policy over it."""
        return self._bare or self

    @property
    def as_of(self) -> date | None:
        """The latest day on which a provision of the law was checked."""
        days = [p.as_of for p in self.bare.provisions.values() if p.as_of is not None]
        return max(days, default=None)

    def opine(self, matter: Matter, facts: Facts) -> Opinion:
        """What the law says. UnknownFact, WrongType, OutOfRange, UnknownPlace, … if ill asked."""
        return Opinion(self.live(matter), facts)

    def stance(self, matter: Matter, facts: Facts) -> Interval:
        """The bare answer; the same as `opine(…).stance`."""
        return interval(*bare_bounds(self.live(matter), facts))

    def live(self, matter: Matter) -> LiveLaw:
        """The law live for a matter, compiled once."""
        latest = self._latest
        if latest is not None and latest.matter is matter:
            return latest
        found = self._compiled.get(matter)
        if found is None:
            check_matter(matter, self.places)
            if len(self._compiled) >= _MOST_COMPILED:
                self._compiled.clear()
                self._alike.clear()
            found = self._compiled[matter] = self._compile(matter)
        self._latest = found
        return found

    def _compile(self, matter: Matter) -> LiveLaw:
        """Most professions of a place stand under the same law, and share it."""
        here = chain.from_iterable(self._by_place[place] for place in matter.all_places)
        live = live_provisions(matter, here)
        key = matter.states, tuple([p.id for p in live])
        found = self._alike.get(key)
        if found is not None:
            return found.of(matter)
        found = compile_law(matter, live, self.facts, self.regimes, self.digest)
        self._alike[key] = found
        return found

    def concerning(self, places: Iterable[str], profession: str, on: date) -> list[Provision]:
        """Provisions that are law in these places for a profession on a day, by id."""
        here = frozenset((NATION, *places))
        found = (p for p in self.provisions.values() if p.concerns(here, profession, on))
        return sorted(found, key=lambda p: p.id)


def facts_from_json(corpus: Corpus, data: Mapping[str, object]) -> dict[str, FactValue]:
    """Facts from JSON values: true/false/"yes"/"no"; null or "unknown" for not known; ISO dates;
    lists for sets. UnknownFact, WrongType, OutOfRange name the nearest valid choice."""
    return read_facts(corpus.facts, data)


def matter_from_json(corpus: Corpus, data: Mapping[str, Any]) -> Matter:
    """A matter from {act, place or places, profession, on}. UnknownAct, UnknownPlace,
    UnknownProfession, WrongType name the nearest valid choice."""
    return read_matter(corpus.places, data)


def describe_facts(corpus: Corpus) -> list[dict[str, Any]]:
    """Every fact with its type, values, unit, question, meaning and group."""
    return describe(corpus.facts)


class AnswerDiffers(LawError):
    """The same facts under the same corpus now give another answer: the engine has changed."""

    what = "the same facts under the same corpus now give another answer"
    usual_advice = "Keep both, and report it: this must not happen."


def replay(corpus: Corpus, record: Mapping[str, Any]) -> Opinion:
    """Give a recorded opinion (`Opinion.to_json()`) again.

    DigestDiffers if it was given under another corpus; AnswerDiffers if the stance, overall or of
    any kind, is not the same. How it is worded may change between releases.
    """
    if record["corpus"] != corpus.digest:
        raise DigestDiffers
    matter = matter_from_json(corpus, record["matter"])
    again = corpus.opine(matter, facts_from_json(corpus, record["facts"]))
    if _substance(again.to_json()) != _substance(record):
        raise AnswerDiffers
    return again


def _substance(record: Mapping[str, Any]) -> tuple[Any, ...]:
    answer = record["answer"]
    return answer["stance"], answer["silent"], answer["asked"], record["by_kind"]
