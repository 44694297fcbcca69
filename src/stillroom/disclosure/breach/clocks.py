"""Who is told by when. Pure; every day is reckoned from the day of discovery.

Rules, 45 CFR:
- 164.404(b): each individual without unreasonable delay, 60 days after discovery at the latest.
- 164.406: prominent media, in the same time, where more than 500 residents of a state are affected.
- 164.408: HHS with the notice to individuals for 500 or more; for fewer, within 60 days after the
  end of the calendar year of discovery.
- 164.412: not before the time that the police have stated; a word of mouth counts 30 days at most.
- It is discovered on the first day on which anybody of the practice, other than whoever did it,
  knew or could have known it (164.404(a)(2)).

The corpus holds no state's own law on breaches: it may be faster, and the page says so.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from stillroom.disclosure.breach.events import Delay
from stillroom.disclosure.breach.standing import Standing

NOTICE = timedelta(days=60)
ORAL = timedelta(days=30)
MANY = 500


@dataclass(frozen=True)
class Clock:
    """One duty to tell: whom, by which day, not before which, whether done, and by which rule."""

    whom: str
    what: str
    by: date
    not_before: date | None
    done: bool
    citation: str


def year_end(discovered_on: date) -> date:
    """The last day to tell HHS of a breach of fewer than 500."""
    return date(discovered_on.year, 12, 31) + NOTICE


def last_day(delay: Delay) -> date:
    """The last day for which a statement of the police delays notice."""
    return delay.until if delay.written else min(delay.until, delay.stated_on + ORAL)


def clocks(at: Standing) -> tuple[Clock, ...]:
    """Who is to be told by when; nobody once it is decided that it was no breach."""
    if not at.breach:
        return ()
    held = max((last_day(one) for one in at.delays), default=None)
    by = at.report.discovered_on + NOTICE
    by = max(by, held) if held else by
    after = held + timedelta(days=1) if held else None
    many = at.report.people >= MANY
    found = [
        Clock(
            "client",
            "Each client affected, in writing",
            by,
            after,
            not at.untold and at.told_whom("client"),
            "45 CFR 164.404",
        ),
        Clock(
            "hhs",
            "HHS, with the notice to clients" if many else "HHS, in the yearly log",
            by if many else max(year_end(at.report.discovered_on), by if held else date.min),
            after,
            at.told_whom("hhs"),
            "45 CFR 164.408",
        ),
    ]
    if at.report.in_one_state > MANY:
        found.append(
            Clock(
                "media",
                "Prominent media of the state",
                by,
                after,
                at.told_whom("media"),
                "45 CFR 164.406",
            )
        )
    return tuple(found)
