"""Forms made from the law on file, for tests."""

from datetime import date
from functools import cache
from pathlib import Path

from stillroom.consent.forms.making import make, settled
from stillroom.consent.forms.shapes import Form, Setting
from stillroom.desk.places import name_of
from stillroom.law import Corpus

TODAY = date(2026, 11, 28)
FACTS = {"practice": "Linden Row Practice", "contact": "Olga Brandt", "telephone": "410-555-0100"}


@cache
def law() -> Corpus:
    """The law on file, read once."""
    return Corpus.load(Path(__file__).parents[2] / "provisions")


def form(kind: str, place: str, profession: str, *works: str, corpus: Corpus | None = None) -> Form:
    """A form as the law gives it today."""
    setting = settled(Setting(kind, place, name_of(place), profession, frozenset(works)))
    return make(corpus or law(), setting, TODAY, FACTS)
