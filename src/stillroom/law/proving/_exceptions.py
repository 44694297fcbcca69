"""Exceptions to theorems, by name, as they stand beside the provisions in exceptions.yaml."""

from collections.abc import Iterable
from pathlib import Path

from stillroom.law._corpus import Corpus
from stillroom.law._entry import Entry
from stillroom.law._errors import ProvisionError, nearest
from stillroom.law._loading import entries
from stillroom.law._vocabulary import PROFESSIONS
from stillroom.law.proving._theorem import Excepted, Theorem

NAME = "exceptions.yaml"


def exceptions_in(root: Path, corpus: Corpus, theorems: Iterable[Theorem]) -> tuple[Excepted, ...]:
    """The exceptions of a folder of provisions; none if there is no such file.

    ProvisionError names file and line of a mistake; a name that is not on file is one."""
    path = root / NAME
    if not path.exists():
        return ()
    sheet, items = entries(path, root)
    known = {theorem.name: theorem for theorem in theorems}
    found = tuple(_read(Entry(sheet, item), corpus, known) for item in items)
    if sheet.problems:
        raise ProvisionError(sheet.problems)
    return found


def _read(entry: Entry, corpus: Corpus, known: dict[str, Theorem]) -> Excepted:
    entry.only(("theorem", "except", "why", "given"))
    theorem = entry.one_of("theorem", tuple(known))
    name = entry.text("except", needed=True)
    _complain(entry, name, corpus, known[theorem])
    return Excepted(
        theorem=theorem,
        name=name,
        why=entry.text("why", needed=True),
        given=_given(entry.inner("given"), corpus),
    )


def _complain(entry: Entry, name: str, corpus: Corpus, theorem: Theorem) -> None:
    """An exception is a provision, or where the theorem says so a place or a profession in it."""
    place, _, profession = name.partition(" ")
    if theorem.by_place:
        if place not in corpus.places or profession not in ("", *PROFESSIONS):
            entry.complain("except", f"no such place or profession{nearest(name, corpus.places)}")
    elif theorem.may_except is None:
        entry.complain("except", f"{theorem.name} has no exceptions")
    elif name not in corpus.provisions:
        entry.complain("except", f"no such provision{nearest(name, corpus.provisions)}")
    elif not theorem.may_except(corpus.provisions[name]):
        entry.complain("except", f"{name} is no provision that {theorem.name} may except")


def _given(entry: Entry, corpus: Corpus) -> dict[str, str]:
    """Yes/no facts and choices."""
    entry.only(corpus.facts)
    return {name: _word(item.value) for name, item in entry.fields.items()}


def _word(value: object) -> str:
    return (
        {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    )
