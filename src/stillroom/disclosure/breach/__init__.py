"""What may be a breach: reported, weighed, decided, and told to whom it must be by when.

>>> from datetime import date
>>> from stillroom.disclosure.breach import year_end
>>> year_end(date(2026, 11, 20))
datetime.date(2027, 3, 1)
"""

from stillroom.disclosure.breach.clocks import Clock, clocks, year_end
from stillroom.disclosure.breach.events import (
    Decided,
    Delay,
    Event,
    Excepted,
    Factor,
    Letter,
    Report,
    Told,
)
from stillroom.disclosure.breach.standing import FACTORS, Standing, missing, stand

__all__ = [
    "FACTORS",
    "Clock",
    "Decided",
    "Delay",
    "Event",
    "Excepted",
    "Factor",
    "Letter",
    "Report",
    "Standing",
    "Told",
    "clocks",
    "missing",
    "stand",
    "year_end",
]
