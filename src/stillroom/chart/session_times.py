"""The session as a note states it: typed times made moments, over midnight and clock changes. Pure.

A stop that is not after its start is on the next day. Length is what passed, not what the clock
shows: from 0:30 to 2:30 in the night when clocks go back are three hours.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from stillroom.chart.contents import Answer, Content, SessionFacts
from stillroom.chart.sheets import Fault

LONGEST: Final = 12 * 60
"""Minutes. No session is longer; a stop further off is a slip of the hand."""
_TIME: Final = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?\s*([ap])?\.?\s*m?\.?", re.IGNORECASE)
_TYPED: Final = (("start", "Start"), ("stop", "Stop"))


def time_typed(text: str) -> time | None:
    """A time of day as people type it (`10`, `9:30`, `0930`, `2:15 pm`); `None` if it is none."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[3].lower() == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def session_of(content: Content, day: date, zone: ZoneInfo) -> SessionFacts | None:
    """The session that the fields state on `day`; `None` while a time is missing or is none."""
    start = time_typed(content.answer("start").text)
    stop = time_typed(content.answer("stop").text)
    if start is None or stop is None:
        return None
    begins = datetime.combine(day, start, zone).astimezone(UTC)
    return SessionFacts(
        begins,
        _first_after(begins, day, stop, zone),
        content.answer("modality").text,
        content.answer("code").text.strip(),
    )


def _first_after(begins: datetime, day: date, stop: time, zone: ZoneInfo) -> datetime:
    """The first moment after `begins` at which the clock shows `stop`; an hour may come twice."""
    tomorrow = day + timedelta(days=1)
    shown = [datetime.combine(day, stop, zone), datetime.combine(day, stop.replace(fold=1), zone)]
    later = (one.astimezone(UTC) for one in (*shown, datetime.combine(tomorrow, stop, zone)))
    return next((one for one in later if one > begins), begins + timedelta(days=1))


def faults_of(content: Content, day: date, zone: ZoneInfo) -> list[Fault]:
    """Why the session's times cannot be signed; nothing where they are left open."""
    found = [
        Fault(name, f"{label} is not a time of day. Write it as 10:00 or 2:15 pm.")
        for name, label in _TYPED
        if content.answer(name).text.strip() and time_typed(content.answer(name).text) is None
    ]
    start = time_typed(content.answer("start").text)
    if start is not None and _skipped(datetime.combine(day, start, zone)):
        return [Fault("start", "Start is an hour that the clocks skipped that night.")]
    session = session_of(content, day, zone)
    if session and (session.minutes or 0) > LONGEST:
        hours = LONGEST // 60
        found.append(Fault("stop", f"Stop is more than {hours} hours after start. Look again."))
    return found


def _skipped(shown: datetime) -> bool:
    back = shown.astimezone(UTC).astimezone(shown.tzinfo)
    return back.replace(tzinfo=None) != shown.replace(tzinfo=None)


def answers_of(session: SessionFacts, zone: ZoneInfo, place: str = "") -> tuple[Answer, ...]:
    """The fields of a note as an appointment or a visit fills them.

    A note tells whole minutes, and a stop that reads as its start does would be a day later: a
    session within one minute of the clock gets that whole minute.
    """
    starts, ends = session.starts_at, session.ends_at
    start, stop = _clock(starts, zone), _clock(ends, zone)
    if starts and ends and start == stop and ends - starts < timedelta(minutes=1):
        stop = _clock(starts + timedelta(minutes=1), zone)
    typed: Mapping[str, str] = {
        "start": start,
        "stop": stop,
        "place": place,
        "modality": session.mode,
        "code": session.code,
    }
    return tuple(Answer(name, text) for name, text in typed.items() if text)


def _clock(moment: datetime | None, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%H:%M") if moment else ""
