"""When a record was written beside when that happened which it is about. Pure; the clock is given.

Rule: what is signed, or still a draft, more than `LATE_AFTER` after what it is about is a late
entry, and says so wherever it stands: on its page, in the timeline, in a packet. Lists, letters and
papers from elsewhere are about no event, and a private note's moment is its author's own affair.

Source: CMS, Medicare Program Integrity Manual (Pub. 100-08), chapter 3, 3.3.2.5: a delayed entry is
to be clearly and permanently identified as such, with its date and author. It gives no number of
days; two are usual practice.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

LATE_AFTER = timedelta(days=2)
_ABOUT_AN_EVENT = frozenset(
    {"progress_note", "intake", "assessment", "contact_note", "group_session"}
)


@dataclass(frozen=True)
class Age:
    """How long after its event a record was written, or is still unwritten."""

    days: int
    late: bool


def age(shelf: str, occurred_at: datetime, written_at: datetime) -> Age:
    """Whole days between two aware moments (0 for the same day, or before), and whether late."""
    found = waited(occurred_at, written_at)
    return found if shelf in _ABOUT_AN_EVENT else Age(found.days, late=False)


def waited(since: datetime, now: datetime) -> Age:
    """How long something has waited for a signature, whatever it is."""
    # Both in UTC: two moments of one zone would be subtracted by the clock on the wall.
    gone = now.astimezone(UTC) - since.astimezone(UTC)
    return Age(max(0, gone.days), gone > LATE_AFTER)


def late_words(days: int) -> str:
    """A late entry in words, as every page and packet has them."""
    return f"late entry, written {days} days after"


def span_words(starts_at: datetime, ends_at: datetime, zone: tzinfo) -> str:
    """From when to when by the practice's clock, and how long it was as it was lived:
    `23:40 to 0:30 the next day, 50 minutes`."""
    start, end = starts_at.astimezone(zone), ends_at.astimezone(zone)
    lived = round((ends_at.astimezone(UTC) - starts_at.astimezone(UTC)).total_seconds() / 60)
    by_wall = round((end.replace(tzinfo=None) - start.replace(tzinfo=None)).total_seconds() / 60)
    days = (end.date() - start.date()).days
    text = f"{_clock(start)} to {_clock(end)}"
    if days:
        text += " the next day" if days == 1 else f" {days} days later"
    text += f", {lived} minute{'' if lived == 1 else 's'}"
    return text if by_wall == lived else f"{text}, over a change of the clocks"


def _clock(moment: datetime) -> str:
    return f"{moment.hour}:{moment:%M}"
