"""Who opened a record and why, for its client and who stands for her; and the proof of it.

Rules: one gate decision and one entry, which is in the next look's list; what is shown, the rules
say (`rules_opened`). What left is shown where she wished it herself, or her care or its payment
needed it, unless an agency's statement holds it back. The proof names the shown entries and no
other; the one file that goes with it checks it without anything of ours.
"""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.utils import timezone

from stillroom.access import Act, Grant, Purpose, Ward
from stillroom.disclosure import accounts
from stillroom.disclosure.models import Departure, Suspension
from stillroom.disclosure.rules_account import Held, Left, held_until
from stillroom.disclosure.rules_opened import Line, Seen, lines
from stillroom.phi import Presence, bridge, proving
from stillroom.practice import queries as practice
from stillroom.practice import queries_guests

MOST = 400
"""So many of the latest entries are looked at."""


@dataclass(frozen=True)
class Shown:
    """All that the page shows: emergencies first, what left, then day by day."""

    lines: tuple[Line, ...]
    left: tuple[Left, ...]
    emergencies: tuple[queries_guests.Emergency, ...]

    @property
    def entries(self) -> list[int]:
        """The numbers of every entry that is shown, for the proof."""
        return [*(n for one in self.lines for n in one.entries), *(one.entry for one in self.left)]


def shown(presence: Presence, chart_id: str) -> Shown:
    """Who opened a chart, for whoever stands to it and may know."""
    stand = queries_guests.own_stand(presence, chart_id)
    ward, grant = _asked(presence, chart_id)
    found = bridge.entries_about(presence, grant, ward, MOST)
    seen = [
        Seen(
            one.index,
            one.entry.at,
            one.entry.actor,
            one.entry.act,
            str(details.get("why", "")),
        )
        for one, details in found
    ]
    left = _left(presence, grant, ward) if stand.holder else ()
    told = lines(seen, timezone.get_default_timezone())
    return Shown(told, left, queries_guests.emergencies(chart_id))


def _asked(presence: Presence, chart_id: str) -> tuple[Ward, Grant]:
    cares = practice.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    return ward, bridge.ask(presence, Act.LEDGER_READ, Purpose.OWN, ward, cares=cares)


def _left(presence: Presence, grant: Grant, ward: Ward) -> tuple[Left, ...]:
    """What left by her wish or for her care, newest first."""
    rows = list(Departure.objects.filter(chart=ward.chart, recalled_at=None).order_by("-left_at"))
    holds = list(Suspension.objects.filter(chart=ward.chart).order_by("pk"))
    if not rows:
        return ()
    parts = [
        *((row.pk, "departure", 1, bytes(row.sealed)) for row in rows),
        *((row.pk, "suspension", 1, bytes(row.sealed)) for row in holds),
    ]
    words = iter(bridge.reveal(presence, grant, ward, parts, {"did": "looked what left"}))
    left = [Left(row.pk, accounts.decode_line(next(words)), row.entry) for row in rows]
    held = [msgspec.json.decode(text, type=Held) for text in words]
    today = presence.today

    def told(one: Left) -> bool:
        until = held_until(one, held)
        return not one.line.owed and not (until and today <= until)

    return tuple(filter(told, left))


_LONG_AGO = (1980, 1, 1, 0, 0, 0)
HOW_TO_CHECK = """\
list.txt        the entries, in words
proofs.json     for each of them, the proof that it is in the log
checkpoint.txt  the log as it stood, signed
log-key.txt     the log's public key; ask for it by telephone too, and compare
verify_log.py   checks all this with Python alone:

    python verify_log.py checkpoint.txt --key log-key.txt --proof proofs.json

A proof shows that an entry with that number, time and act is in the log, and that nothing before
the checkpoint was changed or taken out. Keep the checkpoint: a later one must agree with it.
"""


@dataclass(frozen=True)
class Words:
    """How the list in the file says things: a name for a person, and a sentence in her language."""

    name: Callable[[str], str]
    say: Callable[[str], str]


def proof(
    presence: Presence,
    chart_id: str,
    words: Words,
    *,
    checkpoint: Callable[[], str],
    log_key: str,
) -> bytes:
    """One file: what is shown, its proofs, the signed checkpoint and what checks them."""
    found = shown(presence, chart_id)
    ward, grant = _asked(presence, chart_id)
    note = checkpoint()
    size = int(note.splitlines()[1])
    proofs = proving.proofs_about(presence, grant, ward, found.entries, size)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in (
            ("list.txt", _listed(found, words).encode()),
            ("proofs.json", proofs.encode()),
            ("checkpoint.txt", note.encode()),
            ("log-key.txt", f"{log_key}\n".encode()),
            ("verify_log.py", proving.verifier()),
            ("how-to-check.txt", HOW_TO_CHECK.encode()),
        ):
            bundle.writestr(zipfile.ZipInfo(name, _LONG_AGO), content)
    return written.getvalue()


def _listed(found: Shown, words: Words) -> str:
    def entries(numbers: tuple[int, ...]) -> str:
        return ", ".join(map(str, numbers))

    told = [
        f"{_moment(one.at)}  {words.name(one.actor)} {words.say(one.said)}"
        f"{', ' + words.say(one.why) if one.why else ''}  [{entries(one.entries)}]"
        for one in found.lines
    ]
    left = [f"{one.line.on:%Y-%m-%d}  {one.line.recipient}  [{one.entry}]" for one in found.left]
    return "\n".join([*left, *told, ""])


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
