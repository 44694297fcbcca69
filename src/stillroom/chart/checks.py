"""What prevents signing: the faults of a sheet, and what a kind alone knows to ask. Pure.

faults_on(kind, content, day)    # [] or [Fault("diagnoses.0.code", "F43.8 is no longer …")]
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from stillroom.chart._kinds_plan import DIAGNOSES
from stillroom.chart.contents import Content
from stillroom.chart.icd10cm import catalogue
from stillroom.chart.kinds import OUTSIDE_RECORD, Kind
from stillroom.chart.rules_diagnoses import faults_on as diagnoses_on
from stillroom.chart.sheets import Fault, faults

Check = Callable[[Content, date], list[Fault]]


def _diagnoses(content: Content, day: date) -> list[Fault]:
    return diagnoses_on(content, day, catalogue())


def _from_elsewhere(content: Content, _day: date) -> list[Fault]:
    """What was typed off says where it is from; without that it reads like a note."""
    said = {part.name for part in content.sections if part.text.strip()}
    return [Fault(name, sentence) for name, sentence in _OUTSIDE.items() if name not in said]


_OUTSIDE: Final[Mapping[str, str]] = {
    "Received": "Say what it is, who wrote it, and when and how it came to you.",
    "Text": "Type what stands in it, or what you were told.",
}
_OWN: Final[Mapping[str, Check]] = {
    DIAGNOSES.id: _diagnoses,
    OUTSIDE_RECORD.id: _from_elsewhere,
}


def faults_on(kind: Kind, content: Content, day: date) -> list[Fault]:
    """Everything to be mended before a record about `day` can be signed."""
    own = _OWN.get(kind.id)
    return [*faults(kind, content), *(own(content, day) if own else ())]
