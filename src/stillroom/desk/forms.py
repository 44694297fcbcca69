"""Reading what was typed: dates, yes/no/unknown, record kinds. Pure."""

from collections.abc import Mapping
from datetime import date

from stillroom.consent.rules import RECORD_KINDS
from stillroom.kernel import StillroomError, Trilean, spoken


class NoSuchDay(StillroomError):
    """A date was typed that is none."""

    what = "one of the dates is none"
    usual_advice = "Give dates as year-month-day, for example 2026-11-22; the rest is kept."


def days(typed: Mapping[str, str], name: str) -> date | None:
    """The day in a field, `None` for an empty one, `NoSuchDay` for what is no date."""
    text = typed.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NoSuchDay from None


def whole(text: str) -> int:
    """A whole number that is not too long to be one; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def trilean(text: str | None) -> Trilean:
    """Yes, no, or (for anything else) unknown."""
    return {"yes": Trilean.YES, "no": Trilean.NO}.get(text or "", Trilean.UNKNOWN)


_TITLES = {"sud_records": "substance use program records"}


def kind_title(kind: str) -> str:
    """A record kind in words."""
    return _TITLES.get(kind, spoken(kind))


_FIRST = ("progress_notes", "treatment_plan", "diagnosis", "medication", "test_results", "billing")


def known_kinds() -> list[tuple[str, str]]:
    """Record kinds with their words, the common ones first."""
    rest = sorted(RECORD_KINDS - set(_FIRST))
    return [(kind, kind_title(kind)) for kind in (*_FIRST, *rest)]
