"""By when the client's own right must be answered, counted from receipt; and the one extension.

Pure. Sources: 45 CFR 164.524(b)(2) (30 days, one extension of 30), 164.526(b)(2) and 164.528(c)(1)
(60 days, one of 30). The extension is lawful only if the client is told in writing, with the reason
and the day, before the first span is over. A state's shorter time comes from its own provision
(`rules_clocks`), and no extension of the federal rule moves that.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from stillroom.disclosure.askers.shapes import Asker, Span
from stillroom.disclosure.rules_clocks import Clock
from stillroom.disclosure.rules_intake import Intake


@dataclass(frozen=True, slots=True)
class Extension:
    """Whether the one extension can be taken today, until when it would run, and why not."""

    open: bool
    until: date | None
    why: str


def receipt(intake: Intake) -> date:
    """The day from which a right runs: that of receipt."""
    return intake.served_on or intake.received_on


def first_due(span: Span, intake: Intake) -> date:
    """The last day without an extension."""
    return receipt(intake) + timedelta(days=span.days)


def last_due(span: Span, intake: Intake) -> date:
    """The last day with it."""
    return first_due(span, intake) + timedelta(days=span.extension)


def due(asker: Asker, intake: Intake, *, extended: bool) -> date | None:
    """The next day that this matter names: the paper's, or the right's; the nearer one."""
    days = [intake.return_date]
    if asker.span is not None:
        days.append((last_due if extended else first_due)(asker.span, intake))
    known = [day for day in days if day is not None]
    return min(known, default=None)


def extension(asker: Asker, intake: Intake, today: date, *, extended: bool) -> Extension:
    """Whether the one extension is still to be had."""
    if asker.span is None:
        return Extension(False, None, "No rule gives more time here.")
    until = last_due(asker.span, intake)
    if extended:
        return Extension(False, None, "It was taken; there is one only.")
    if today > first_due(asker.span, intake):
        return Extension(False, None, "The first time is over; it had to be taken before.")
    return Extension(True, until, f"Then it is due by {until:%B} {until.day}.")


def wound(
    clocks: Iterable[Clock], asker: Asker, intake: Intake, *, extended: bool
) -> tuple[Clock, ...]:
    """The clocks of a matter, the right's own among them, moved where the extension was taken.

    Clocks of the same right that the corpus brings (same section of 45 CFR) are folded into one.
    """
    span = asker.span
    if span is None:
        return tuple(clocks)
    section = span.citation.split("(", 1)[0]
    kept = [one for one in clocks if not one.citation.startswith(section) or one.due is None]
    day = (last_due if extended else first_due)(span, intake)
    since = receipt(intake)
    basis = f"Within {span.days} days of receipt on {since:%B} {since.day}."
    if extended:
        basis += f" Extended once by {span.extension} days; the client was to be told in writing."
    own = Clock(span.label, day, span.citation, basis)
    return tuple(sorted((own, *kept), key=lambda c: (c.due is None, c.due or date.max, c.label)))
