"""A letter, an opinion, records, and a packet of them. All people are made up."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from stillroom.consent.rules import (
    RECORD_KINDS,
    Authorization,
    Expiry,
    Party,
    Period,
    Release,
    Signature,
    Statements,
)
from stillroom.disclosure.packet import (
    Addressee,
    Bates,
    Cited,
    Letterhead,
    Notice,
    PacketInput,
    RecordPage,
    Section,
)
from stillroom.disclosure.rules import (
    Answer,
    Candidate,
    Ground,
    Intake,
    Level,
    Rests,
    Signer,
    preselect,
    select,
)
from stillroom.kernel import Trilean
from stillroom.law import Interval, Reach, Stance

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
REX = Party("Rex Dunleavy", "attorney")
OPEN = Answer(Level.PERMITTED, Level.PERMITTED, Rests.LAW)
RELEASE = Release(REX, "legal_proceeding", frozenset({"progress_notes"}))
PRACTICE = Letterhead("Linden Row Practice", ("14 Linden Row, Baltimore", "410 555 0142"))


@dataclass(frozen=True)
class Found:
    """A finding, as the law shows it."""

    citation: str
    says: str = "A rule in our words."
    regime: str = "hipaa"
    modality: str = "forbids"
    applies: Trilean = Trilean.YES
    checked: str = "text"
    turned_on: tuple[str, ...] = ("instrument",)


@dataclass(frozen=True)
class View:
    """An opinion of which only the answer by kind matters."""

    stance: Interval
    reach: Reach
    findings: tuple[Found, ...] = ()


def opinion(by_kind: Mapping[str, Interval], findings: Iterable[Found] = ()) -> View:
    """An opinion that says this of these kinds and FORBIDDEN of all others."""
    shut = Interval(Stance.FORBIDDEN, Stance.FORBIDDEN)
    full = {kind: by_kind.get(kind, shut) for kind in sorted(RECORD_KINDS)}
    surely = frozenset(k for k, i in full.items() if i.low >= Stance.PERMITTED)
    never = frozenset(k for k, i in full.items() if i.high < Stance.PERMITTED)
    reach = Reach(surely, RECORD_KINDS - surely - never, never, full)
    top = Interval(max(i.low for i in full.values()), max(i.high for i in full.values()))
    return View(top, reach, tuple(findings))


@pytest.fixture
def paper() -> Callable[..., Authorization]:
    """A sound authorization for Rex; `paper(kinds=…)` differs in what is named."""
    sound = Authorization(
        id="a1",
        holders=frozenset({"dov"}),
        signatures=(Signature("dov", "Dov Halpern", on=date(2026, 11, 1)),),
        discloser="Linden Row Practice",
        recipients=(REX,),
        description="Progress notes of 2026",
        kinds=frozenset({"progress_notes"}),
        purposes=frozenset({"legal_proceeding"}),
        expires=Expiry(on=date(2027, 5, 1)),
        period=Period(date(2026, 1, 1), date(2026, 12, 31)),
        statements=Statements(Trilean.YES, Trilean.YES, Trilean.YES),
        conditioned=Trilean.NO,
        merged=Trilean.NO,
    )
    return lambda **changes: replace(sound, **changes)


@pytest.fixture
def subpoena() -> Callable[..., Intake]:
    """Rex's subpoena, signed by a clerk, with nothing pinned to it."""
    plain = Intake(
        asker=REX,
        received_on=date(2026, 11, 23),
        instrument="clerk_subpoena",
        purpose="legal_proceeding",
        proceeding="custody",
        caption="Halpern v. Halpern, Circuit Court for Baltimore County",
        signed_by=Signer.CLERK,
        served_on=date(2026, 11, 23),
        return_date=date(2026, 12, 8),
        dated=date(2026, 11, 20),
        kinds=frozenset({"progress_notes"}),
    )
    return lambda **changes: replace(plain, **changes)


def note(words: Iterable[Any] = ("Slept better.",), *, of: str = "n1", day: int = 6) -> RecordPage:
    """A progress note of October 2026."""
    on = date(2026, 10, day)
    return RecordPage(
        id=of,
        kind="progress_notes",
        title=f"Progress note, October {day}, 2026",
        on=on,
        particulars=("Dov Halpern, born 1987",),
        sections=(Section("Data", tuple(words)),),
        signed=f"Signed by Ada Merrow, LCPC, October {day}, 2026, 11:04.",
    )


def packet_of(*records: RecordPage, **changes: Any) -> PacketInput:
    """A packet of these records, all of a kind that is open by law."""
    cards = [Candidate(r.id, r.kind, r.on) for r in records]
    answers = {record.kind: OPEN for record in records}
    release = replace(RELEASE, kinds=frozenset(answers))
    ground = Ground(answers, answers, release, (), NOW)
    chosen = select(preselect(cards, ground), [card.id for card in cards], release)
    plain = PacketInput(
        matter="2026-014",
        practice=PRACTICE,
        to=Addressee(REX.name, ("Dunleavy & Roe", "Towson, Maryland")),
        client="Dov Halpern, born 1987",
        request="the order of November 20, 2026",
        purpose="the proceeding named in the order",
        selection=chosen,
        records=tuple(records),
        grounds=(Cited("An order signed by a judge may be obeyed.", "45 CFR 164.512(e)(1)(i)"),),
        notices=(Notice("You may not pass this on. Only as the law allows.", "42 CFR 2.32"),),
        bates=Bates("LRP", 411),
        created=NOW,
        dated=NOW.date(),
        signer="Ada Merrow, LCPC",
    )
    return replace(plain, **changes)
