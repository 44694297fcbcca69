"""What has a day, in one list: whatever must be done by when, for whoever looks at Today.

Each feature that has something due gives a provider in a module `_dues_*.py`, and adds one line
below. A due tells no more than its page does: its words are read through the gate, and only for
charts in one's care.
"""

from collections.abc import Iterable
from datetime import date

from stillroom.desk import (
    _dues_consents,
    _dues_doors,
    _dues_glass,
    _dues_happened,
    _dues_holds,
    _dues_leaving,
    _dues_matters,
    _dues_measures,
    _dues_offers,
    _dues_people,
    _dues_threads,
    _dues_wishes,
)
from stillroom.desk._due import Due, Provider
from stillroom.desk.shell import DeskRequest

PROVIDERS: tuple[Provider, ...] = (
    *_dues_happened.DUES_HERE,
    *_dues_consents.DUES_HERE,
    *_dues_doors.DUES_HERE,
    *_dues_glass.DUES_HERE,
    *_dues_holds.DUES_HERE,
    *_dues_matters.DUES_HERE,
    *_dues_measures.DUES_HERE,
    *_dues_offers.DUES_HERE,
    *_dues_people.DUES_HERE,
    *_dues_threads.DUES_HERE,
    *_dues_wishes.DUES_HERE,
    *_dues_leaving.DUES_HERE,
)
"""All that may have something due."""


def of_the_house(request: DeskRequest) -> list[Due]:
    """What waits for whoever runs the practice and cares for nobody, in the same order."""
    return _in_order((_dues_people.of_the_house, _dues_matters.of_breaches), request)


def dues(request: DeskRequest) -> list[Due]:
    """Everything due, the nearest first; what has no day comes last."""
    return _in_order(PROVIDERS, request)


def _in_order(providers: Iterable[Provider], request: DeskRequest) -> list[Due]:
    every = [due for provider in providers for due in provider(request)]
    return sorted(every, key=lambda one: (one.day is None, one.day or date.max, one.what))
