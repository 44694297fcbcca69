"""What the gate is asked: who, what, why, about whom, when.

All of these are plain frozen values. `at` is aware; the gate has no clock.
"""

from dataclasses import dataclass
from datetime import datetime

from stillroom.access._acts import Act
from stillroom.access._vocabulary import Capacity, Label, Purpose, Role
from stillroom.kernel import Trilean


@dataclass(frozen=True, slots=True)
class Care:
    """A relationship with one chart, from `begins` until just before `ends`.

    `reach` is for a proxy alone: the classes of data that she may see (`REACHES` in `_rules_own`
    and the law's own record kinds). A holder reaches all that is not held; staff by their rules.
    """

    begins: datetime
    ends: datetime | None
    capacity: Capacity
    reach: frozenset[str] = frozenset()

    def runs(self, at: datetime) -> bool:
        """Whether the relationship holds at that moment."""
        return self.begins <= at and (self.ends is None or at < self.ends)


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person. `cares` are the person's relationships with the ward's chart only.

    `stepped_up`: whether the person has just proven again who they are.
    """

    person: str
    roles: frozenset[Role]
    cares: tuple[Care, ...] = ()
    stepped_up: Trilean = Trilean.NO


@dataclass(frozen=True, slots=True)
class Ward:
    """What is asked about. An empty `chart` is the practice as a whole.

    `author` is who wrote a private note. `holders` are the persons whose chart it is, as far as
    they have an account; `restricted_from` are colleagues who are to be kept away from it.
    `closed`: only those who care may know of it, so not the front desk, and not billing.

    A supervision note lies in no chart: its own number stands in the place of one, and
    `shared_with` names the colleague to whom its author gave it to read; of a thread of messages,
    whoever writes in it by the client's door. `kind` is what the law calls a record
    (`law.RECORD_KINDS`); a proxy sees it only if her reach holds it.
    """

    chart: str
    record: str = ""
    labels: frozenset[Label] = frozenset()
    author: str = ""
    holders: frozenset[str] = frozenset()
    restricted_from: frozenset[str] = frozenset()
    shared_with: frozenset[str] = frozenset()
    closed: bool = False
    kind: str = ""

    @property
    def private(self) -> bool:
        """Whether it is an author's private notes."""
        return Label.PRIVATE in self.labels


@dataclass(frozen=True, slots=True)
class Release:
    """What was found and decided about one release.

    `stance` is the lower end of the law's answer by name (FORBIDDEN, WITH_AUTHORIZATION,
    PERMITTED, REQUIRED), `decided_by` the person who decided, `kinds` the record kinds that surely
    may leave. `authorization` says whether the client's authorization is in force at this moment;
    it is asked unless the stance is known to rest on something else.
    """

    stance: str
    decided_by: str
    authorization: Trilean
    kinds: frozenset[str]
    rests_on_authorization: bool = True


@dataclass(frozen=True, slots=True)
class Broken:
    """The glass of one chart, broken by the actor: from `begins` until just before `ends`."""

    begins: datetime
    ends: datetime

    def runs(self, at: datetime) -> bool:
        """Whether it is broken at that moment."""
        return self.begins <= at < self.ends


@dataclass(frozen=True, slots=True)
class Request:
    """One question for the gate.

    `reason` is what a person says who breaks the glass; `broken` is what she broke, for reading.
    """

    actor: Actor
    act: Act
    purpose: Purpose
    ward: Ward
    at: datetime
    release: Release | None = None
    reason: str = ""
    broken: Broken | None = None
