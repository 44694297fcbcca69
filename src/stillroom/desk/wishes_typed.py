"""How a client wishes to be reached, and what is to be kept back, as forms. Pure.

Rule: what cannot be read is told and nothing typed is lost; what was left open is not filled in.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from zoneinfo import available_timezones

from stillroom.consent.rules import ANY_TIME, RECORD_KINDS, Party, Period
from stillroom.consent.rules_restrictions import Basis, Ending, Restriction
from stillroom.desk.forms import days, trilean
from stillroom.kernel import StillroomError
from stillroom.practice.rules_wishes import CHANNELS, DAYS, Reach, Way

ROWS, MOST_ROWS = 3, 4
_LONGEST = 2000
ZONES = (
    ("", "where the practice is"),
    ("America/New_York", "Eastern"),
    ("America/Chicago", "Central"),
    ("America/Denver", "Mountain"),
    ("America/Phoenix", "Arizona"),
    ("America/Los_Angeles", "Pacific"),
    ("America/Anchorage", "Alaska"),
    ("Pacific/Honolulu", "Hawaii"),
    ("America/Puerto_Rico", "Puerto Rico"),
)
CHANNEL_CHOICES = (("", "none"), *CHANNELS.items())
DAY_CHOICES = [{"value": str(n), "label": name[:3]} for n, name in enumerate(DAYS)]
BASES = (
    (Basis.AGREED.value, "keep something from somebody"),
    (Basis.PAID.value, "keep from the plan what was paid for in full"),
    (Basis.OBJECTION.value, "no family or friends involved"),
)
ENDINGS = tuple((one.value, one.value) for one in Ending)


class WordsMissing(StillroomError):
    """A request without what was asked."""

    what = "what the client asked is missing"
    usual_advice = "Write it down in the client's words; one sentence is enough."


class GroundMissing(StillroomError):
    """Nobody chose what kind of request it is."""

    what = "what kind of request it is was not chosen"
    usual_advice = "Choose one of the three; the rest is kept as you typed it."


def rows_of(reach: Reach | None) -> int:
    """How many rows for ways the form has: what there is, and one more; four in all."""
    there = len(reach.ways) if reach else 0
    return max(ROWS, there, min(MOST_ROWS, there + 1))


def typed_reach(reach: Reach | None) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Wishes as the form's fields have them: single ones, and the days."""
    one = reach or Reach()
    typed = {
        "name": one.name,
        "never": "\n".join(one.never),
        "nothing": "yes" if one.nothing else "",
        "says_practice": "yes" if one.says_practice else "",
        "says_when": "yes" if one.says_when else "",
        "zone": one.zone,
        "words": one.words,
        "refused": one.refused,
    }
    picked: dict[str, list[str]] = {}
    for nth, way in enumerate(one.ways, start=1):
        for part in ("channel", "to", "leave", "since", "until"):
            typed[f"{part}_{nth}"] = str(getattr(way, part))
        picked[f"days_{nth}"] = [str(day) for day in way.days]
    return typed, picked


def reach_from(
    typed: Mapping[str, str], listed: Callable[[str], Sequence[str]], today: date, by: str
) -> Reach:
    """The wishes as they were typed."""
    ways = tuple(
        Way(
            channel=typed.get(f"channel_{nth}", ""),
            to=typed.get(f"to_{nth}", "").strip()[:200],
            leave=typed.get(f"leave_{nth}", ""),
            days=tuple(sorted(int(day) for day in listed(f"days_{nth}") if day in set("0123456"))),
            since=_clock(typed.get(f"since_{nth}", "")),
            until=_clock(typed.get(f"until_{nth}", "")),
        )
        for nth in range(1, 20)
        if typed.get(f"channel_{nth}") or typed.get(f"to_{nth}", "").strip()
    )
    zone = typed.get("zone", "")
    return Reach(
        ways=ways,
        never=tuple(
            line.strip() for line in typed.get("never", "")[:_LONGEST].splitlines() if line.strip()
        ),
        nothing=bool(typed.get("nothing")),
        name=typed.get("name", "").strip(),
        says_practice=bool(typed.get("says_practice")),
        says_when=bool(typed.get("says_when")),
        zone=zone if zone in available_timezones() else "",
        words=typed.get("words", "").strip()[:_LONGEST],
        refused=typed.get("refused", "").strip()[:_LONGEST],
        on=today,
        by=by,
    )


def _clock(text: str) -> str:
    """09:00 for 9:00 and 9.00; what is none stays as it is and is refused by the rule."""
    plain = text.strip().replace(".", ":")
    return f"0{plain}" if len(plain) == 4 and plain[1] == ":" else plain


def restriction_from(typed: Mapping[str, str], kinds: Sequence[str], today: date) -> Restriction:
    """The request as it was typed."""
    if typed.get("basis") not in {value for value, _ in BASES}:
        raise GroundMissing
    words = typed.get("words", "").strip()[:_LONGEST]
    if not words:
        raise WordsMissing
    name, kind = typed.get("recipient", "").strip()[:200], typed.get("recipient_kind", "")
    since, until = days(typed, "since"), days(typed, "until")
    return Restriction(
        id="",
        basis=Basis(typed["basis"]),
        holder=typed.get("holder", ""),
        asked_on=days(typed, "asked_on") or today,
        words=words,
        kinds=frozenset(kinds) & RECORD_KINDS,
        period=Period(since, until) if since or until else ANY_TIME,
        recipients=(Party(name, kind),) if name or kind else (),
        paid=trilean(typed.get("paid")),
    )
