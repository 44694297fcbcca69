"""What a chart of the demonstration practice holds. All moments are aware and in UTC."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Session:
    """A meeting, past or planned.

    `number` counts the rows of its chart from 0. `starts_at` and `ends_at` are as booked,
    `began_at` and `stopped_at` as it happened (`None` unless held). `state` is `planned`, `held`,
    `missed` or `cancelled`; `mode` is `in_person` or `telehealth`. `attended` are the holders who
    were there, as indices of clients. `remark` is the front desk's line on one that did not happen.
    """

    number: int
    clinician: str
    starts_at: datetime
    ends_at: datetime
    began_at: datetime | None
    stopped_at: datetime | None
    minutes: int
    state: str
    mode: str
    room: str
    where: str
    code: str
    attended: tuple[int, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Addendum:
    """Words added to a signed note; the note itself stays."""

    author: str
    signed_at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Note:
    """A progress note of one session held.

    `signed_at` is `None` while it is a draft. `kind` is `intake` or `progress`. `risk` is `none`,
    `passive` or `watched` (it was there, and is not now). `returned` is what a supervisor wrote
    when giving a draft back.
    """

    session: int
    kind: str
    author: str
    written_at: datetime
    signed_at: datetime | None
    minutes: int
    code: str
    diagnosis: str
    risk: str
    data: str
    assessment: str
    plan: str
    cosigned_by: str = ""
    cosigned_at: datetime | None = None
    returned: str = ""
    addenda: tuple[Addendum, ...] = ()

    @property
    def words(self) -> str:
        """The three sections as one text."""
        return f"{self.data}\n\n{self.assessment}\n\n{self.plan}"


@dataclass(frozen=True, slots=True)
class PrivateNote:
    """A psychotherapy note: the author's alone, kept apart from the record."""

    session: int
    author: str
    written_at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A questionnaire answered. `items` add up to `score`; `by` is `portal` or `in_session`."""

    instrument: str
    taken_at: datetime
    score: int
    items: tuple[int, ...]
    by: str
    holder: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A treatment plan: one problem, one goal, its objectives and what is done about them."""

    written_on: date
    review_by: date
    author: str
    problem: str
    goal: str
    objectives: tuple[str, ...]
    interventions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A paper that came from elsewhere. `labels` are values of `access.Label` in lower case."""

    title: str
    source: str
    received_at: datetime
    pages: int
    labels: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that asks for a record, as received."""

    sender: str
    recipient: str
    chart: int
    instrument: str
    received_on: date
    answer_by: date
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Authorization:
    """The words a client signs to let a record go. Nobody has signed it yet."""

    client: int
    chart: int
    recipient: str
    purpose: str
    kinds: tuple[str, ...]
    expires_on: date
    words: str


@dataclass(frozen=True, slots=True)
class Threat:
    """What is said in a session of today, for whoever walks through *someone in danger*."""

    chart: int
    said: str
    against: str
    where: str
    phone: str
    phone_from: str
    else_known: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """All that a chart holds."""

    sessions: tuple[Session, ...]
    notes: tuple[Note, ...]
    private_notes: tuple[PrivateNote, ...]
    measures: tuple[Measure, ...]
    plans: tuple[Plan, ...]
    documents: tuple[Document, ...]
