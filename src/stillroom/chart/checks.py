"""What prevents signing: the faults of a sheet, and what a kind alone knows to ask. Pure.

faults_on(kind, content, day)    # [] or [Fault("diagnoses.0.code", "F43.8 is no longer …")]
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from stillroom.chart._kinds_plan import DIAGNOSES
from stillroom.chart.contents import Content
from stillroom.chart.icd10cm import catalogue
from stillroom.chart.kinds import Kind
from stillroom.chart.rules_diagnoses import faults_on as diagnoses_on
from stillroom.chart.sheets import Fault, faults

Check = Callable[[Content, date], list[Fault]]


def _diagnoses(content: Content, day: date) -> list[Fault]:
    return diagnoses_on(content, day, catalogue())


_OWN: Final[Mapping[str, Check]] = {DIAGNOSES.id: _diagnoses}


def faults_on(kind: Kind, content: Content, day: date) -> list[Fault]:
    """Everything to be mended before a record about `day` can be signed."""
    own = _OWN.get(kind.id)
    return [*faults(kind, content), *(own(content, day) if own else ())]
