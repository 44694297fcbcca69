"""The practice's own policy: an overlay that adds, tightens and annotates, and never loosens.

Its provisions belong to one regime that only tightens, so no stance can come to stand higher than
the law alone would have it, whatever the facts. The reader here refuses what could not tighten
anyway, so that nobody believes to have written a permission.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from types import MappingProxyType
from typing import Any

import yaml

from stillroom.law._corpus import Corpus
from stillroom.law._entry import Entry
from stillroom.law._errors import ProvisionError, nearest
from stillroom.law._loading import canonical
from stillroom.law._provision import Provision
from stillroom.law._reading import ProvisionReader, Regime
from stillroom.law._vocabulary import OWN
from stillroom.law._written import Problem, Sheet, Written

REGIME = Regime(OWN, "Policy of the practice", tightens=True)
_MARK = "policy."
_TIGHTENING = ("forbids", "permits_with_authorization", "adds")
_USUAL = {
    "regime": OWN,
    "place": "us",
    "citation": "Policy of the practice",
    "source": "policy of the practice",
    "checked": "text",
    "confidence": "high",
}
_LONGEST, _DEEPEST = 200_000, 30


@dataclass(frozen=True)
class Policy:
    """A policy as read: its provisions, counsel's notes on provisions of the law, its mistakes.

    `content` is what was written, with what goes without saying filled in.
    """

    provisions: Mapping[str, Provision]
    notes: Mapping[str, str]
    content: Mapping[str, Mapping[str, Any]]
    problems: tuple[Problem, ...] = ()

    @property
    def empty(self) -> bool:
        return not self.provisions and not self.notes


def read_policy(corpus: Corpus, text: str, file: str = "policy") -> Policy:
    """A policy's YAML read against the law. Never raises for a mistake; it is in `problems`."""
    sheet = Sheet(file)
    return _policy(corpus.bare, sheet, _items(sheet, text))


def policy_of(corpus: Corpus, content: Mapping[str, Mapping[str, Written]]) -> Policy:
    """The same from a policy's content, as a packed corpus keeps it."""
    items = list(content.get("provisions", {}).values())
    for name, note in content.get("notes", {}).items():
        told = {"provision": Written(name, 0), "note": note}
        items.append(Written({"annotate": Written(told, 0)}, 0))
    return _policy(corpus.bare, Sheet("policy"), items)


def _policy(law: Corpus, sheet: Sheet, items: Iterable[Written]) -> Policy:
    found = _Found(law, sheet)
    for item in items:
        found.take(item)
    found.complain_of_lifts()
    if any(p.regime == OWN for p in law.provisions.values()):
        sheet.complain(1, "file", f"the law on file has provisions of {OWN}, which is yours alone")
    content = {"notes": dict(found.notes), "provisions": found.content}
    problems = tuple(sorted(set(sheet.problems)))
    return Policy(
        MappingProxyType(found.provisions), MappingProxyType(found.notes), content, problems
    )


def overlaid(corpus: Corpus, policy: Policy) -> Corpus:
    """The law under a policy, whole; ProvisionError if the policy has a mistake.

    An empty policy leaves the law as it is, digest and all.
    """
    if policy.problems:
        raise ProvisionError(policy.problems)
    law = corpus.bare
    if policy.empty:
        return law
    noted = {
        name: replace(law.provisions[name], counsel=note) for name, note in policy.notes.items()
    }
    return Corpus(
        {**law.provisions, **noted, **policy.provisions},
        law.facts,
        {**law.regimes, OWN: REGIME},
        digest_over(law.digest, policy.content),
        written=law.written,
        bare=law,
        policy=policy.content,
    )


def digest_over(law: str, policy: Mapping[str, Mapping[str, Any]]) -> str:
    """The digest of a law under a policy: over the law's own and every word of the policy."""
    return sha256(f"stillroom policy over {law}\n".encode() + canonical(policy)).hexdigest()


class _Found:
    """What was read so far."""

    def __init__(self, law: Corpus, sheet: Sheet) -> None:
        self.law, self.sheet = law, sheet
        self.reader = ProvisionReader(law.facts, {**law.regimes, OWN: REGIME})
        self.places = law.places
        self.provisions: dict[str, Provision] = {}
        self.notes: dict[str, str] = {}
        self.content: dict[str, Any] = {}

    def take(self, item: Written) -> None:
        """One entry of the list."""
        if isinstance(item.value, dict) and "annotate" in item.value:
            self._annotate(Entry(self.sheet, item))
        else:
            self._add(item)

    def _annotate(self, entry: Entry) -> None:
        entry.only(("annotate",))
        inner = entry.inner("annotate")
        inner.only(("provision", "note"))
        name, note = inner.text("provision", needed=True), inner.text("note", needed=True)
        if name and name not in self.law.provisions:
            hint = nearest(name, self.law.provisions)
            inner.complain("provision", f"no provision of the law is called {name}{hint}")
        if name in self.notes:
            inner.complain("provision", f"{name} has a note already; put both into one")
        self.notes[name] = note

    def _add(self, item: Written) -> None:
        if not isinstance(item.value, dict):
            self.sheet.complain(item.line, "entry", "should be a mapping of fields")
            return
        usual = {k: Written(v, item.line) for k, v in _USUAL.items() if k not in item.value}
        filled = Written({**item.value, **usual}, item.line)
        entry = Entry(self.sheet, filled)
        provision = self.reader.read(entry)
        self._complain_of_loosening(entry, provision)
        self._complain_of_name(entry, provision.id)
        self.provisions[provision.id] = provision
        self.content[provision.id] = filled.plain()

    def _complain_of_loosening(self, entry: Entry, found: Provision) -> None:
        if found.regime != OWN:
            said = f"{found.regime} is the law's; what a policy says belongs to {OWN}"
            entry.complain("regime", said)
        if found.modality not in _TIGHTENING:
            said = f"a policy cannot say {found.modality}, it only adds and tightens; choose one of"
            entry.complain("modality", f"{said} {', '.join(_TIGHTENING)}")
        if found.weighs and "withhold" in found.acts:
            said = "a policy cannot hold anybody back from withholding; that would let words out"
            entry.complain("acts", said)
        if found.place not in self.places:
            hint = nearest(found.place, self.places)
            entry.complain("place", f"no law on file is of {found.place}{hint}")

    def _complain_of_name(self, entry: Entry, name: str) -> None:
        if name in self.law.provisions:
            entry.complain("id", f"{name} is the law's; a policy adds beside it, or annotates it")
        elif name and not name.startswith(_MARK):
            entry.complain("id", f"should begin with {_MARK}; the nearest is {_MARK}{name}")
        elif name in self.provisions:
            entry.complain("id", f"{name} is already in line {self.provisions[name].line}")

    def complain_of_lifts(self) -> None:
        """An exception of a policy lifts bars of that policy, and nothing else."""
        own = {p.id for p in self.provisions.values() if p.layer == "bar"}
        for provision in self.provisions.values():
            for name in provision.lifts:
                if name in own:
                    continue
                whose = "the law's" if name in self.law.provisions else "no bar of this policy"
                said = f"{name} is {whose}; a policy lifts only bars of its own{nearest(name, own)}"
                self.sheet.complain(provision.line, "lifts", said)


def _items(sheet: Sheet, text: str) -> Iterable[Written]:
    """The entries of the list, once it is known that reading them is safe."""
    if not _readable(sheet, text):
        return []
    document = sheet.read(text)
    if sheet.problems:
        return []
    if not isinstance(document.value, list) or not text.strip():
        said = "should be a list of entries; write [] for a policy that says nothing"
        sheet.complain(document.line, "file", said)
        return []
    return document.value


def _readable(sheet: Sheet, text: str) -> bool:
    """Somebody pasted this: neither long, nor deep, nor growing when read."""
    if len(text) > _LONGEST:
        sheet.complain(1, "file", f"is longer than {_LONGEST:,} characters")
        return False
    depth = 0
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)):
            line = event.start_mark.line + 1 if event.start_mark else 1
            if isinstance(event, yaml.AliasEvent):
                sheet.complain(line, "file", "repeats by & and *; a policy writes everything out")
                return False
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                sheet.complain(line, "file", "is nested too deep to be read")
                return False
    except (yaml.YAMLError, RecursionError):
        return True  # reading it tells what is wrong, and where
    return True
