"""Forms made from the law on file, for tests."""

from datetime import date

from stillroom.consent.forms.making import make, settled
from stillroom.consent.forms.shapes import Form, Setting
from stillroom.desk.places import name_of
from stillroom.law import Corpus
from tests.law_on_file import corpus as law

TODAY = date(2026, 11, 28)
FACTS = {"practice": "Linden Row Practice", "contact": "Olga Brandt", "telephone": "410-555-0100"}


def form(kind: str, place: str, profession: str, *works: str, corpus: Corpus | None = None) -> Form:
    """A form as the law gives it today."""
    setting = settled(Setting(kind, place, name_of(place), profession, frozenset(works)))
    return make(corpus or law(), setting, TODAY, FACTS)
