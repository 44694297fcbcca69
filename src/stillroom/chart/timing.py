"""When a record was written beside when that happened which it is about. Pure; the clock is given.

Rule: what is signed, or still a draft, more than `LATE_AFTER` after what it is about is a late
entry, and says so wherever it stands: on its page, in the timeline, in a packet. Lists, letters and
papers from elsewhere are about no event, and a private note's moment is its author's own affair.

Source: CMS, Medicare Program Integrity Manual (Pub. 100-08), chapter 3, 3.3.2.5: a delayed entry is
to be clearly and permanently identified as such, with its date and author. It gives no number of
days; two are usual practice.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

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
    # Both in UTC: two moments of one zone would be subtracted by the clock on the wall.
    gone = written_at.astimezone(UTC) - occurred_at.astimezone(UTC)
    return Age(max(0, gone.days), shelf in _ABOUT_AN_EVENT and gone > LATE_AFTER)


def late_words(days: int) -> str:
    """A late entry in words, as every page and packet has them."""
    return f"late entry, written {days} days after"
