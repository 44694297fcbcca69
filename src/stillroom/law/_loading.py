"""From a folder of provisions to facts, regimes and provisions, with every problem found."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from stillroom.law._entry import Entry
from stillroom.law._errors import nearest
from stillroom.law._facts import Fact, parse_fact
from stillroom.law._provision import Provision
from stillroom.law._reading import ProvisionReader, Regime, parse_regime
from stillroom.law._vocabulary import ASKED, OWN, RECORD_KINDS
from stillroom.law._written import Problem, Sheet, Written, read_sheet


@dataclass
class Loaded:
    """What a folder holds. `problems` empty means that it may be used."""

    facts: dict[str, Fact] = field(default_factory=dict)
    regimes: dict[str, Regime] = field(default_factory=dict)
    provisions: dict[str, Provision] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    content: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        return digest_of(self.content)


def canonical(content: Mapping[str, Mapping[str, Any]]) -> bytes:
    """The content as the one JSON that stands for it."""
    return json.dumps(
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_iso
    ).encode()


def digest_of(content: Mapping[str, Mapping[str, Any]]) -> str:
    """SHA-256 (hex) over facts, regimes and provisions as written, ordered by name.

    Which file holds a provision, the order within it, comments and spacing leave it as it is;
    any word of a provision changes it. Cases are not part of it.
    """
    return hashlib.sha256(canonical(content)).hexdigest()


def _iso(value: object) -> str:
    assert isinstance(value, date)  # noqa: S101 - the reader makes nothing else
    return value.isoformat()


def load(root: Path) -> Loaded:
    """Read everything under `root`. Never raises for a mistake in a file; it is in `problems`."""
    loaded = Loaded(content={"facts": {}, "regimes": {}, "provisions": {}})
    _read_facts(root, loaded)
    _read_regimes(root, loaded)
    _read_provisions(root, loaded)
    _complain_of_lifts(loaded)
    loaded.problems.sort()
    return loaded


def read_content(content: Mapping[str, Mapping[str, Written]]) -> Loaded:
    """The same from entries by section and name, as a packed corpus keeps them.

    The entries were proven by their digest; they are read as strictly as sheets are.
    """
    loaded = Loaded()
    sheet = Sheet("corpus")
    for item in content.get("facts", {}).values():
        fact = parse_fact(Entry(sheet, item))
        loaded.facts[fact.name] = fact
    for item in content.get("regimes", {}).values():
        regime = parse_regime(Entry(sheet, item))
        loaded.regimes[regime.id] = regime
    reader = ProvisionReader(loaded.facts, loaded.regimes)
    for item in content.get("provisions", {}).values():
        provision = reader.read(Entry(sheet, item))
        loaded.provisions[provision.id] = provision
    loaded.problems += sheet.problems
    _complain_of_lifts(loaded)
    return loaded


def entries(path: Path, root: Path) -> tuple[Sheet, list[Written]]:
    """The items of a file that is a list."""
    sheet, document = read_sheet(path, root)
    if document.value is None or isinstance(document.value, list):
        return sheet, document.value or []
    sheet.complain(document.line, "file", "should be a list")
    return sheet, []


def provision_files(root: Path) -> Iterator[Path]:
    """Every provision file: all YAML that is not facts, cases, regimes or exceptions."""
    for path in sorted(root.rglob("*.yaml")):
        top = path.relative_to(root).parts[0]
        others = ("facts", "cases", "regimes.yaml", "exceptions.yaml")
        if top not in others and not path.name.endswith(".cases.yaml"):
            yield path


def _read_facts(root: Path, loaded: Loaded) -> None:
    for path in sorted(root.glob("facts/*.yaml")):
        sheet, items = entries(path, root)
        for item in items:
            entry = Entry(sheet, item)
            fact = parse_fact(entry)
            if fact.name in loaded.facts:
                entry.complain("fact", f"{fact.name} is declared twice")
            loaded.facts[fact.name] = fact
            loaded.content["facts"][fact.name] = item.plain()
            _complain_of_kinds(entry, fact)
        loaded.problems += sheet.problems


def _complain_of_kinds(entry: Entry, fact: Fact) -> None:
    if fact.name == ASKED and (fact.type != "set" or not set(fact.values) <= set(RECORD_KINDS)):
        entry.complain("values", f"{ASKED} is a set of record kinds")


def _read_regimes(root: Path, loaded: Loaded) -> None:
    path = root / "regimes.yaml"
    if not path.exists():
        loaded.problems.append(Problem("regimes.yaml", 1, "file", "is missing"))
        return
    sheet, items = entries(path, root)
    found = [(Entry(sheet, item), item) for item in items]
    for entry, item in found:
        regime = parse_regime(entry)
        if regime.id in loaded.regimes:
            entry.complain("regime", f"{regime.id} is declared twice")
        loaded.regimes[regime.id] = regime
        loaded.content["regimes"][regime.id] = item.plain()
    for entry, _ in found:
        entry.words("yields_to_required", loaded.regimes)
    loaded.problems += sheet.problems


def _read_provisions(root: Path, loaded: Loaded) -> None:
    reader = ProvisionReader(loaded.facts, loaded.regimes)
    for path in provision_files(root):
        sheet, items = entries(path, root)
        for item in items:
            entry = Entry(sheet, item)
            provision = reader.read(entry)
            if provision.regime == OWN:
                entry.complain("regime", f"{OWN} is each practice's own; say default_policy")
            twin = loaded.provisions.get(provision.id)
            if twin is not None:
                entry.complain("id", f"{provision.id} is already in {twin.file}:{twin.line}")
            loaded.provisions[provision.id] = provision
            loaded.content["provisions"][provision.id] = item.plain()
        loaded.problems += sheet.problems


def _complain_of_lifts(loaded: Loaded) -> None:
    """An exception lifts bars of its own regime, and only bars."""
    bars = {p.id for p in loaded.provisions.values() if p.layer == "bar"}
    for provision in loaded.provisions.values():
        for name in provision.lifts:
            bar = loaded.provisions.get(name)
            if name not in bars or bar is None:
                said = f"{name} is no bar{nearest(name, bars)}"
            elif bar.regime != provision.regime:
                said = f"{name} belongs to regime {bar.regime}; an exception lifts within its own"
            elif provision.statute and bar.statute not in ("", provision.statute):
                said = f"{name} belongs to another statute, which is answered by itself"
            else:
                continue
            loaded.problems.append(Problem(provision.file, provision.line, "lifts", said))
