"""The account of a chart: its lines, what holds some back, and accounts that are handed over.

Rules: who may read a matter reads the lines; who treats hands an account over. The account is kept
sealed as it left, with the proofs in it, and the log has it first. What an agency's statement holds
back is seen by those who care for the client and stands in no account while it lasts.
"""

import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.db import transaction

from stillroom.access import Act, Purpose, Ward
from stillroom.chart import queries as charts
from stillroom.disclosure import account_paper, accounts
from stillroom.disclosure.models import AccountGiven, Departure, Suspension
from stillroom.disclosure.rules_account import (
    Asking,
    Held,
    Left,
    account,
    free,
    require_statement,
    single,
    summed,
)
from stillroom.disclosure.rules_accounting import AccountingLine
from stillroom.kernel import StillroomError, new_id
from stillroom.phi import NotHere, Presence, bridge, proving
from stillroom.practice import queries as practice


class FeeNotTold(StillroomError):
    """A fee is charged that the client was not told of, or that is not allowed."""

    what = "a fee needs the client's yes beforehand"
    usual_advice = (
        "Tell the client what it costs, so that it can be withdrawn or made shorter; then tick that"
        " you did. The first account in twelve months is free."
    )


class LineIncomplete(StillroomError):
    """A line was to be added that does not say what the account must say."""

    what = "the line does not say all that an account must say"
    usual_advice = (
        "Say the day, who got it, what it was and what for (164.528(b)(2)); nothing typed is lost."
    )


class AskedLater(StillroomError):
    """An account cannot have been asked for on a day that has not come."""

    what = "it was asked for on a day that has not come"
    usual_advice = "Put in the day on which the client asked; nothing was made."


class _Head(msgspec.Struct, frozen=True):
    asking: Asking
    lines: int
    pages: int


@dataclass(frozen=True)
class Given:
    """An account that was handed over."""

    id: str
    at: datetime
    by: str
    asking: Asking
    lines: int
    pages: int


@dataclass(frozen=True)
class Statement:
    """An agency's statement, as it was entered."""

    id: str
    held: Held
    by: str
    at: datetime


@dataclass(frozen=True)
class Whole:
    """All that the page of a chart's account shows."""

    lines: tuple[Left, ...]
    statements: tuple[Statement, ...]
    given: tuple[Given, ...]
    free: bool


def whole(presence: Presence, chart_id: str) -> Whole:
    """The account of a chart, for those who may read its matters: one entry in the log."""
    cares = practice.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    purpose = practice.purpose_for(presence, cares)
    grant = bridge.ask(presence, Act.MATTER_READ, purpose, ward, cares=cares)
    left = list(Departure.objects.filter(chart=chart_id).order_by("left_at"))
    held = list(Suspension.objects.filter(chart=chart_id).order_by("entered_at"))
    given = list(AccountGiven.objects.filter(chart=chart_id).order_by("given_at"))
    parts = [
        *((row.pk, "departure", 1, bytes(row.sealed)) for row in left),
        *((row.pk, "suspension", 1, bytes(row.sealed)) for row in held),
        *((row.pk, "account head", 1, bytes(row.head)) for row in given),
    ]
    words = iter(bridge.reveal(presence, grant, ward, parts, {"did": "accounting"}))
    lines = tuple(
        Left(row.pk, accounts.decode_line(next(words)), row.entry, row.recalled_at) for row in left
    )
    statements = tuple(
        Statement(
            row.pk, msgspec.json.decode(next(words), type=Held), row.entered_by, row.entered_at
        )
        for row in held
    )
    heads = [msgspec.json.decode(text, type=_Head) for text in words]
    accounts_given = tuple(
        Given(row.pk, row.given_at, row.given_by, head.asking, head.lines, head.pages)
        for row, head in zip(given, heads, strict=True)
    )
    today = presence.today
    asked = [one.asking.asked_on for one in accounts_given]
    return Whole(lines, statements, accounts_given, free(asked, today))


def hold(presence: Presence, chart_id: str, held: Held) -> str:
    """Enter an agency's statement: the lines that it names are held back while it lasts."""
    cares = practice.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    grant = bridge.ask(presence, Act.MATTER_WRITE, Purpose.TREATMENT, ward, cares=cares)
    require_statement(held, presence.today)
    known = set(Departure.objects.filter(chart=chart_id).values_list("pk", flat=True))
    if not known.issuperset(held.departures):
        raise NotHere
    suspension = new_id()
    with transaction.atomic():
        details: bridge.Details = {"did": "held back", "statement": suspension}
        entry = bridge.note(presence, grant, ward, details)
        words = msgspec.json.encode(held)
        Suspension.objects.create(
            id=suspension,
            chart=chart_id,
            entered_by=presence.person,
            entered_at=presence.at,
            sealed=bridge.seal(presence, grant, ward, suspension, "suspension", 1, words),
            entry=entry,
        )
    return suspension


def add(presence: Presence, chart_id: str, line: AccountingLine) -> str:
    """Add a line for what left without a packet: told by mouth, sent by mistake, taken.

    It is owed: what was disclosed against the rules stands in the account too (164.528(a)(1)).
    """
    cares = practice.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    grant = bridge.ask(presence, Act.MATTER_WRITE, Purpose.TREATMENT, ward, cares=cares)
    told = (line.recipient, line.description, line.purpose)
    if not all(words.strip() for words in told):
        raise LineIncomplete
    if line.on > presence.today:
        raise LineIncomplete("it is said to have left on a day that has not come")
    departure = new_id()
    with transaction.atomic():
        details: bridge.Details = {"did": "added to the account", "line": departure}
        entry = bridge.note(presence, grant, ward, details)
        words = accounts.encode_line(line)
        Departure.objects.create(
            id=departure,
            chart=chart_id,
            left_at=presence.at,
            sealed=bridge.seal(presence, grant, ward, departure, "departure", 1, words),
            entry=entry,
        )
    return departure


def give(
    presence: Presence,
    chart_id: str,
    asking: Asking,
    *,
    checkpoint: Callable[[], str],
    log_key: str,
) -> str:
    """Make an account to be handed over, with its proofs; gives its id.

    `checkpoint` signs the log as it stands, when it is called; the proofs are for that very size.
    """
    ward = charts.chart_ward(chart_id)
    cares = practice.cares_of(presence.person, chart_id)
    grant = bridge.ask(presence, Act.RELEASE_PREPARE, Purpose.RELEASE, ward, cares=cares)
    found = whole(presence, chart_id)
    _require_asking(presence, asking, found)
    lines = account(
        found.lines,
        [one.held for one in found.statements],
        asked_on=asking.asked_on,
        since=asking.since,
        everything=asking.everything,
    )
    told = summed(lines) if asking.sum_up else single(lines)
    note = checkpoint()
    size = int(note.splitlines()[1])
    entries = [one.entry for one in lines]
    proofs = proving.proofs_about(presence, grant, ward, entries, size)
    printed = account_paper.printed(
        presence, practice.chart_head(presence, chart_id), told, asking, size
    )
    file = _bundle(printed.pdf, proofs, note, log_key)
    given = new_id()
    with transaction.atomic():
        details: bridge.Details = {"did": "gave the account", "account": given}
        entry = bridge.note(presence, grant, ward, details)
        head = msgspec.json.encode(_Head(asking, len(lines), printed.total))
        AccountGiven.objects.create(
            id=given,
            chart=chart_id,
            given_by=presence.person,
            given_at=presence.at,
            digest=printed.digest,
            head=bridge.seal(presence, grant, ward, given, "account head", 1, head),
            sealed=bridge.seal(presence, grant, ward, given, "account file", 1, file),
            entry=entry,
        )
    return given


def _require_asking(presence: Presence, asking: Asking, found: Whole) -> None:
    if asking.asked_on > presence.today:
        raise AskedLater
    if asking.fee.strip() and (not asking.told or found.free):
        raise FeeNotTold


def file_of(presence: Presence, account_id: str) -> tuple[str, bytes]:
    """A bundle as it was handed over; its chart's id first."""
    row = AccountGiven.objects.filter(pk=account_id).first()
    if row is None:
        bridge.refuse(presence, Act.RELEASE_PREPARE, account_id)
        raise NotHere
    ward = charts.chart_ward(row.chart)
    cares = practice.cares_of(presence.person, row.chart)
    grant = bridge.ask(presence, Act.RELEASE_PREPARE, Purpose.RELEASE, ward, cares=cares)
    parts = [(row.pk, "account file", 1, bytes(row.sealed))]
    details: bridge.Details = {"did": "looked at an account", "account": row.pk}
    (file,) = bridge.reveal(presence, grant, ward, parts, details)
    return row.chart, file


_LONG_AGO = (1980, 1, 1, 0, 0, 0)
HOW_TO_CHECK = """\
account.pdf   the accounting of disclosures
proofs.json   for each line of it, the proof that its entry is in the practice's log
checkpoint.txt  the log as it stood, signed
log-key.txt   the log's public key; ask the practice for it by telephone too, and compare
verify_log.py checks all this with Python alone:

    python verify_log.py checkpoint.txt --key log-key.txt --proof proofs.json

The entries are numbered as in the account. A proof shows that an entry with that number, time and
act is in the log and that nothing before the checkpoint was changed or taken out. What the entry
says of the disclosure is sealed; the practice's account says it in words.
"""


def _bundle(pdf: bytes, proofs: str, checkpoint: str, log_key: str) -> bytes:
    """One file to hand over. Same contents, same bytes: no time of making stands in it."""
    parts: Iterable[tuple[str, bytes]] = (
        ("account.pdf", pdf),
        ("proofs.json", proofs.encode()),
        ("checkpoint.txt", checkpoint.encode()),
        ("log-key.txt", f"{log_key}\n".encode()),
        ("verify_log.py", proving.verifier()),
        ("how-to-check.txt", HOW_TO_CHECK.encode()),
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in parts:
            bundle.writestr(zipfile.ZipInfo(name, _LONG_AGO), content)
    return written.getvalue()
