"""Jinja's environment: autoescaping on, and the few words every template may use."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from jinja2 import Environment, StrictUndefined

from stillroom.chart.contents import SessionFacts
from stillroom.chart.timing import span_words
from stillroom.kernel import StillroomError, capital, small, spoken
from stillroom.practice.places import fact_words

_HOUR_NOON = 12


def _local(when: datetime | date) -> datetime | date:
    if isinstance(when, datetime):
        return timezone.localtime(when)
    return when


def show_iso(when: datetime | date | None) -> str:
    """`2026-12-08`, for a machine that reads the page."""
    return local_day(when).isoformat() if when is not None else ""


def local_day(when: datetime | date) -> date:
    """The day of a moment by the practice's clock; not Greenwich's."""
    local = _local(when)
    return local.date() if isinstance(local, datetime) else local


def show_date(when: datetime | date | None, *, year: bool = False) -> str:
    """`Tuesday, December 8`; with the year where it matters."""
    if when is None:
        return ""
    day = _local(when)
    text = f"{day:%A, %B} {day.day}"
    return f"{text}, {day.year}" if year else text


def show_day(when: datetime | date | None) -> str:
    """`Tue 8`, for a line in a list."""
    if when is None:
        return ""
    day = _local(when)
    return f"{day:%a} {day.day}"


def show_month(when: datetime | date) -> str:
    """`November 2026`, for the heading of a list."""
    return f"{_local(when):%B %Y}"


def show_short(when: datetime | date | None) -> str:
    """`Nov 22, 2026`, for margins and tables."""
    if when is None:
        return ""
    day = _local(when)
    return f"{day:%b} {day.day}, {day.year}"


def show_time(when: datetime | None) -> str:
    """`11:00`, by the practice's clock."""
    if when is None:
        return ""
    moment = timezone.localtime(when)
    return f"{moment.hour}:{moment:%M}"


def show_days(span: timedelta | int) -> str:
    """`13 days`, `1 day`, `today`."""
    days = span.days if isinstance(span, timedelta) else span
    if days == 0:
        return "today"
    if days < 0:
        return f"{-days} day{'s' if days != -1 else ''} ago"
    return f"{days} day{'s' if days != 1 else ''}"


def show_session(session: SessionFacts) -> str:
    """`11:00 to 11:50, 50 minutes, 90834`; as much of it as is known."""
    if session.starts_at is None:
        return session.code
    if session.ends_at is None:
        return ", ".join(filter(None, (f"from {show_time(session.starts_at)}", session.code)))
    span = span_words(session.starts_at, session.ends_at, timezone.get_current_timezone())
    return ", ".join(filter(None, (span, session.code)))


def as_options(pairs: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """(value, label) pairs as the form macros take them."""
    return [{"value": value, "label": label} for value, label in pairs]


def show_error(error: StillroomError) -> str:
    """An error as a sentence, with its advice."""
    what = str(error)
    return f"{capital(what)}. {error.advice}"


def url(name: str, /, **parts: object) -> str:
    """The address of a page by its name."""
    return reverse(name, kwargs=parts or None)


def environment(**options: Any) -> Environment:
    """The environment that Django's Jinja2 backend asks for."""
    given = {**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    given.pop("autoescape", None)
    made = Environment(autoescape=True, **given)
    made.globals.update({"static": static, "url": url})
    filters: Mapping[str, Any] = {
        "date": show_date,
        "iso": show_iso,
        "on": local_day,
        "day": show_day,
        "month": show_month,
        "short": show_short,
        "time": show_time,
        "days": show_days,
        "words": spoken,
        "fact": fact_words,
        "capital": capital,
        "sentence": show_error,
        "small": small,
        "session": show_session,
        "options": as_options,
    }
    made.filters.update(filters)
    return made
