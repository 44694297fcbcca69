"""From a calendar's rows to sessions with a clock, a room and a code."""

from datetime import timedelta
from typing import Final

from stillroom.config.demo import stories
from stillroom.config.demo.bookings import Booking, Slot
from stillroom.config.demo.days import instant
from stillroom.config.demo.dice import Deck, Dice
from stillroom.config.demo.records import Session

_INTAKE_MINUTES: Final = 60
_INTAKE_CODE: Final = "90791"
_SHORTEST: Final = 38  # minutes below which a meeting is a first call, without a code
_LONG_FROM: Final = 53  # minutes from which individual psychotherapy is 90837 and not 90834


def sessions(
    booking: Booking,
    rows: list[Slot],
    *,
    zone: str,
    code: str,
    town: str,
    seen_from: dict[int, str],
    holders: tuple[int, ...],
    covered_by: str,
    dice: Dice,
) -> list[Session]:
    """The sessions of a chart. `code` overrules what the minutes would give; whoever covers sees
    the client in the present week."""
    frames = stories.frames()
    remarks = {"missed": Deck(frames.missed, dice), "cancelled": Deck(frames.cancelled, dice)}
    group = len(holders) > 2
    found: list[Session] = []
    for number, row in enumerate(rows):
        intake = number == 0
        first_call = booking.minutes < _SHORTEST
        booked = max(booking.minutes, _INTAKE_MINUTES) if intake else booking.minutes
        booked = booking.minutes if first_call else booked
        covered = covered_by and row.week == 0 and row.state == "planned"
        starts = instant(row.day, booking.hour, booking.minute, zone)
        held = row.state == "held"
        began = starts + timedelta(minutes=dice.below(3))
        stopped = starts + timedelta(minutes=booked - 1 - dice.below(4))
        minutes = int((stopped - began).total_seconds()) // 60
        video = booking.mode == "telehealth" or (booking.mode == "mixed" and dice.chance(35))
        where = seen_from.get(row.week, town) if video else ""
        deck = remarks.get(row.state) if row.remark_wanted else None
        found.append(
            Session(
                number=number,
                clinician=covered_by if covered else booking.clinician,
                starts_at=starts,
                ends_at=starts + timedelta(minutes=booked),
                began_at=began if held else None,
                stopped_at=stopped if held else None,
                minutes=minutes if held else 0,
                state=row.state,
                mode="telehealth" if video else "in_person",
                room="" if video else booking.room,
                where=where,
                code="" if first_call else _code(minutes, code, evaluation=intake and not group),
                attended=_attended(holders, dice) if held else (),
                remark=deck.deal() if deck else row.remark,
            )
        )
    return found


def _code(minutes: int, code: str, *, evaluation: bool) -> str:
    if evaluation:
        return _INTAKE_CODE
    return code or ("90837" if minutes >= _LONG_FROM else "90834")


def _attended(holders: tuple[int, ...], dice: Dice) -> tuple[int, ...]:
    """A couple comes together; of a group, one may stay away."""
    if len(holders) < 3 or dice.chance(45):
        return holders
    away = dice.pick(holders)
    return tuple(holder for holder in holders if holder != away)
