"""What is typed about an incident, as the event that it is. A day that is none is refused."""

from collections.abc import Callable, Mapping
from datetime import date

from stillroom.disclosure.breach import (
    FACTORS,
    Decided,
    Delay,
    Event,
    Excepted,
    Factor,
    Letter,
    Report,
    Told,
)
from stillroom.disclosure.breach.standing import EXCEPTIONS
from stillroom.kernel import StillroomError

Typed = Mapping[str, str]
_LONGEST = 8000
_YES_NO = frozenset({"yes", "no", "unknown"})
_WHOM = frozenset({"client", "hhs", "media"})


class NotUnderstood(StillroomError):
    """Something was typed that is no day, no number, or none of the choices."""

    what = "something typed is no day, no number, or none of the choices"
    usual_advice = "Write days as 2026-11-20 and numbers in figures; nothing you typed is lost."


def event_of(typed: Typed) -> Event:
    """The event that was typed; `NotUnderstood` for none."""
    made = _MADE.get(typed.get("kind", ""))
    if made is None:
        raise NotUnderstood
    try:
        return made(typed)
    except (ValueError, KeyError):
        raise NotUnderstood from None


def _words(typed: Typed, name: str = "words") -> str:
    return typed.get(name, "")[:_LONGEST].strip()


def _day(typed: Typed, name: str) -> date:
    return date.fromisoformat(typed.get(name, "").strip())


def _count(typed: Typed, name: str) -> int:
    text = typed.get(name, "").strip() or "0"
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ValueError
    return int(text)


def _one_of(typed: Typed, name: str, known: frozenset[str] | Mapping[str, object]) -> str:
    value = typed.get(name, "")
    if value not in known:
        raise ValueError
    return value


def _report(typed: Typed) -> Report:
    numbers = _words(typed, "charts").replace(",", " ").split()
    return Report(
        what=_words(typed, "what"),
        kinds=_words(typed, "kinds"),
        happened_on=_day(typed, "happened_on") if typed.get("happened_on", "").strip() else None,
        discovered_on=_day(typed, "discovered_on"),
        charts=tuple(dict.fromkeys(_count({"n": one}, "n") for one in numbers)),
        people=_count(typed, "people"),
        in_one_state=_count(typed, "in_one_state"),
        secured=_one_of(typed, "secured", _YES_NO),
        part2=_one_of(typed, "part2", _YES_NO),
        associate=_words(typed, "associate"),
    )


def _excepted(typed: Typed) -> Excepted:
    which = typed.get("which", "")
    return Excepted(_one_of(typed, "which", EXCEPTIONS) if which else "", _words(typed))


def _factor(typed: Typed) -> Factor:
    low = _one_of(typed, "low", frozenset({"yes", "no"})) == "yes"
    return Factor(_one_of(typed, "which", FACTORS), low, _words(typed))


def _decided(typed: Typed) -> Decided:
    breach = _one_of(typed, "breach", frozenset({"yes", "no"})) == "yes"
    return Decided(breach, _words(typed))


def _delay(typed: Typed) -> Delay:
    written = _one_of(typed, "written", frozenset({"yes", "no"})) == "yes"
    stated, until = _day(typed, "stated_on"), _day(typed, "until")
    if until < stated:
        raise ValueError
    return Delay(_words(typed, "official"), written, stated, until, _words(typed))


def _letter(typed: Typed) -> Letter:
    return Letter(*(_words(typed, name) for name in ("what", "kinds", "steps", "doing", "contact")))


def _told(typed: Typed) -> Told:
    whom = _one_of(typed, "whom", _WHOM)
    chart = _count(typed, "chart") if whom == "client" else 0
    return Told(whom, _day(typed, "on"), _words(typed, "how"), chart)


_MADE: Mapping[str, Callable[[Typed], Event]] = {
    "report": _report,
    "exception": _excepted,
    "factor": _factor,
    "decided": _decided,
    "delay": _delay,
    "letter": _letter,
    "told": _told,
}
