"""How a client wishes to be reached: by which ways, when, by what name, and what never. Pure.

A practice must take in reasonable requests to be written to or called by other means or at other
places; it may ask for them in writing, and how payment will be handled, and may not ask why
(45 CFR 164.522(b)(1)-(2)). What was asked and is not done is written down with its reason.

Rules: what no wish allows is not done. Where nothing was ever said, nothing is sent: somebody asks
first. Hours are local to the client; an empty set of days is every day.
"""

from datetime import date, datetime, time, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from stillroom.kernel import StillroomError

EMAIL, TEXT, CALL, POST = "email", "text", "call", "post"
CHANNELS: Final = {
    EMAIL: "e-mail",
    TEXT: "a text message",
    CALL: "a telephone call",
    POST: "a letter",
}
WRITTEN: Final = frozenset({EMAIL, TEXT})
"""What a message of ours can go by. Calls are made and letters posted by a person."""
LONGEST_NAME: Final = 60
DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class WishUnclear(StillroomError):
    """What was typed cannot be obeyed, because it does not say one thing."""

    what = "one of these wishes cannot be read"
    usual_advice = "Say it again in the field that is marked; the rest is kept as you typed it."


class Way(msgspec.Struct, frozen=True, omit_defaults=True):
    """One way to reach her: an address or a number, and when. `leave` says whether a message may
    be left where others might hear or see it (a voicemail): "yes", "no", or "" for not said."""

    channel: str
    to: str
    leave: str = ""
    days: tuple[int, ...] = ()
    since: str = ""
    until: str = ""

    def at_this_hour(self, local: datetime) -> bool:
        """Whether the hour is one of hers; the end of the span is outside."""
        if self.days and local.weekday() not in self.days:
            return False
        now = local.time().replace(tzinfo=None)
        after = not self.since or now >= time.fromisoformat(self.since)
        return after and (not self.until or now < time.fromisoformat(self.until))


class Reach(msgspec.Struct, frozen=True, omit_defaults=True):
    """One client's wishes as they stood from `on` until the next.

    `never` are addresses and numbers that are not used whatever else is said; `nothing` means that
    nothing at all is written. `name` is what a message may call her, empty for none. `refused` says
    what was asked and cannot be done, and why.
    """

    ways: tuple[Way, ...] = ()
    never: tuple[str, ...] = ()
    nothing: bool = False
    name: str = ""
    says_practice: bool = False
    says_when: bool = False
    zone: str = ""
    words: str = ""
    refused: str = ""
    on: date | None = None
    by: str = ""

    @property
    def written_ways(self) -> tuple[Way, ...]:
        """The ways by which a message of ours may go, at some hour."""
        if self.nothing:
            return ()
        return tuple(
            way for way in self.ways if way.channel in WRITTEN and not is_never(self, way.to)
        )


def plain(address: str) -> str:
    """An address or number as two of them are compared: case and what people write between."""
    folded = address.casefold()
    if "@" in folded:
        return "".join(folded.split())
    digits = "".join(letter for letter in folded if letter.isalnum())
    # +1 410 … and 410 … are one telephone; a never must hold for both.
    return digits[1:] if len(digits) == 11 and digits.startswith("1") else digits


def is_never(reach: Reach, address: str) -> bool:
    """Whether she said *never* of this address or number."""
    return plain(address) in {plain(one) for one in reach.never}


def local_to(reach: Reach, at: datetime, zone: tzinfo) -> datetime:
    """The moment where she is; where the practice is, if she named no zone."""
    return at.astimezone(ZoneInfo(reach.zone) if reach.zone else zone)


def why_not(reach: Reach | None, way: Way, at: datetime, zone: tzinfo) -> str:
    """Why nothing may be written this way now; empty if it may.

    INVARIANT: empty only for a way that stands in the wishes, to the letter, at an hour of theirs.
    """
    if reach is None:
        return "How this client may be reached was never asked. Ask first, and write it down."
    if reach.nothing:
        return "The client asked that nothing be written."
    if is_never(reach, way.to):
        return "The client asked that this address or number never be used."
    if way not in reach.ways:
        return "This is none of the ways that the client allowed."
    if way.channel not in WRITTEN:
        return f"By {CHANNELS[way.channel]} only a person reaches the client."
    if not way.at_this_hour(local_to(reach, at, zone)):
        return f"Not at this hour: {in_words(way)}."
    return ""


def why_not_posted(reach: Reach | None, to: str) -> str:
    """Why a letter may not be posted to her there; empty if it may.

    INVARIANT: empty only for an address that she named for letters and did not forbid.
    """
    if reach is None:
        return "How this client may be reached was never asked. Ask first, and write it down."
    if reach.nothing:
        return "The client asked that nothing be written. Give it by hand."
    if is_never(reach, to):
        return "The client asked that this address never be used."
    named = {plain(one.to) for one in reach.ways if one.channel == POST}
    if not named:
        return "The client named no address for letters. Ask, or give it by hand."
    return "" if plain(to) in named else "This is none of the addresses that the client named."


def why_no_link(reach: Reach | None, to: str, at: datetime, zone: tzinfo) -> str:
    """Why the address of a letter behind a link may not go to this e-mail now; empty if it may.

    INVARIANT: empty only for an e-mail address that she named and did not forbid, at its hours.
    """
    every = reach.ways if reach is not None else ()
    ways = [one for one in every if one.channel == EMAIL and plain(one.to) == plain(to)]
    whys = [why_not(reach, one, at, zone) for one in ways or (Way(EMAIL, to),)]
    return "" if "" in whys else whys[0]


def goes_later(reach: Reach | None, at: datetime, zone: tzinfo, channels: frozenset[str]) -> bool:
    """Whether a message may go by one of these channels at another hour, though by none now."""
    ways = [way for way in (reach.written_ways if reach else ()) if way.channel in channels]
    return bool(ways) and all(why_not(reach, way, at, zone) for way in ways)


def in_words(way: Way) -> str:
    """When this way may be used: *Monday to Friday, 09:00 to 17:00*."""
    days = _days(way.days) if way.days else "any day"
    if way.since and way.until:
        return f"{days}, {way.since} to {way.until}"
    if way.since:
        return f"{days}, from {way.since}"
    return f"{days}, before {way.until}" if way.until else days


def _days(days: tuple[int, ...]) -> str:
    """Days in words; three and more in a row as *Monday to Friday*."""
    row = list(range(days[0], days[-1] + 1))
    if len(days) > 2 and list(days) == row:
        return f"{DAYS[days[0]]} to {DAYS[days[-1]]}"
    return ", ".join(DAYS[day] for day in days)


def require_sound(reach: Reach) -> None:
    """`WishUnclear` for what could not be obeyed to the letter."""
    for way in reach.ways:
        if way.channel not in CHANNELS or not way.to.strip():
            raise WishUnclear("one way to reach the client has no address or number")
        if way.channel == EMAIL and not _an_address(way.to):
            raise WishUnclear("one of the e-mail addresses is none")
        _require_hours(way)
        if is_never(reach, way.to):
            raise WishUnclear("one address is both a way to reach the client and never to be used")
    if len(reach.name.encode()) > LONGEST_NAME or "\n" in reach.name:
        raise WishUnclear("the name to use is too long for a message")


def _an_address(text: str) -> bool:
    name, at, domain = text.partition("@")
    shown = text.isascii() and text.isprintable() and not set(text) & set(' ,;:<>()[]"\\')
    return bool(name and at and "." in domain and "@" not in domain) and shown


def _require_hours(way: Way) -> None:
    try:
        since = time.fromisoformat(way.since) if way.since else time.min
        until = time.fromisoformat(way.until) if way.until else time.max
    except ValueError:
        raise WishUnclear("an hour is none", advice="Give hours as 09:00 or 17:30.") from None
    if since >= until or set(way.days) - set(range(7)):
        raise WishUnclear("the hours end before they begin", advice="Give the earlier hour first.")
