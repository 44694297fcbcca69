"""A grant: the gate's permission for one person, one act, one ward, for a short while.

Rule: only the gate makes one. Everything that opens words asks for a grant, so a grant made
elsewhere would be a door in the wall. `Misuse` for whoever tries; also for pickling one.
"""

from dataclasses import InitVar, dataclass
from datetime import datetime
from typing import NoReturn

from stillroom.access._acts import Act
from stillroom.access._request import Ward
from stillroom.access._vocabulary import Label, Purpose
from stillroom.kernel import Misuse

GATE = object()
"""What the gate shows to make a grant; never leaves this package."""


@dataclass(frozen=True, slots=True)
class Grant:
    """Permission, until `until`, for `ward` as it was asked about.

    `review`: somebody must look at how it was used (broken glass).
    """

    id: str
    person: str
    act: Act
    purpose: Purpose
    ward: Ward
    until: datetime
    review: bool
    made_by: InitVar[object]

    def __post_init__(self, made_by: object) -> None:
        if made_by is not GATE:
            raise Misuse("only the gate makes a grant; ask gate.decide")

    @property
    def chart(self) -> str:
        """The one chart that this grant is about; empty for the practice as a whole."""
        return self.ward.chart

    @property
    def labels(self) -> frozenset[Label]:
        """The kinds of words that this grant reaches; never more."""
        return self.ward.labels

    def covers(self, ward: Ward, at: datetime) -> bool:
        """Whether `ward` lies inside this grant at that moment.

        Never wider than what was asked: the same chart, the same record where one was named, no
        label more, and the same author where one was named (some rules permit an author her own)
        or where notes are private. What was asked for private notes does for no others.
        """
        asked = self.ward
        return (
            at < self.until
            and ward.chart == asked.chart
            and (not asked.record or ward.record == asked.record)
            and ward.labels <= asked.labels
            and (not asked.author or ward.author == asked.author)
            and (not ward.private or ward.author == asked.author)
            and not (asked.private and ward.labels and not ward.private)
        )

    def __reduce__(self) -> NoReturn:
        raise Misuse("a grant is not pickled or copied; ask the gate again")
