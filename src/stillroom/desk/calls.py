"""What a clinician is shown of a meeting by video: what was said, and what stands in the way.

Rules: the client's place is held against the one licence that a profile names, and what the law on
file says of it is said as it is: nothing on telehealth, and nothing on compacts. What changed since
the last time is marked. The silent word is told here and nowhere else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.urls import reverse

from stillroom.desk.places import STATES, name_of, named
from stillroom.desk.shell import DeskRequest
from stillroom.identity import queries as people
from stillroom.identity.queries import Colleague
from stillroom.law import states_on_file
from stillroom.practice import queries as practice
from stillroom.practice.heads import ChartHead
from stillroom.telehealth import queries, rules_checks, rules_session, serving
from stillroom.telehealth import rules_facts as facts
from stillroom.telehealth.queries import Meeting
from stillroom.telehealth.rules_checks import ABROAD, Check
from stillroom.telehealth.rules_facts import Fact
from stillroom.telehealth.rules_licence import Licence, Standing, licence

NEAR: Final[Mapping[str, str]] = {
    "alone": "alone",
    "unheard": "somebody is near, and cannot hear",
    "heard": "somebody may hear",
}
KNOWN: Final[Mapping[str, str]] = {
    "account": "signed in with keys of their own",
    "seen": "known by face or voice",
    "asked": "asked what only they know",
    "unsure": "not sure",
}
FOUND: Final[Mapping[str, str]] = {
    "verified by code": "Verified: the words were compared aloud and were the same.",
    "known device": "Verified: the other device is the one known from before.",
    "not verified": "Not verified: went on without comparing the words.",
    "stopped": "Stopped before anything was seen or heard.",
}
STOPS: Final[Mapping[str, str]] = {
    "version": "The other page was of another version.",
    "order": "Something was said before its time.",
    "commitment": "What was shown is not what was committed to.",
    "reflected": "Our own words came back.",
    "signature": "A signature did not hold.",
    "fingerprint": "The connection was another than the one that was signed.",
    "third": "Somebody else was in the room.",
    "words": "The words were not the same.",
    "changed": "Another device, and nobody vouched for it.",
    "other": "The other side stopped it.",
}
LABELS: Final[Mapping[str, str]] = {
    "place": "state",
    "abroad": "country",
    "address": "address",
    "call_back": "number to call back on",
    "contact": "emergency contact",
    "contact_phone": "number of the emergency contact",
}


@dataclass(frozen=True)
class Line:
    """One fact in words: who said it, when."""

    at: datetime
    who: str
    words: str
    kind: str


@dataclass(frozen=True)
class Shown:
    """A meeting as its page needs it."""

    meeting: Meeting
    head: ChartHead
    phase: str
    check: Check | None
    check_at: datetime | None
    changed: tuple[str, ...]
    licence: Licence
    consented: bool
    lines: tuple[Line, ...]
    slowly: bool
    since: datetime | None
    """When the client came into the waiting room or the call, if she is there now."""
    inside: bool
    count: int

    @property
    def place(self) -> str:
        """Where the client is, in words; "" while nobody knows."""
        return place_words(self.check) if self.check else ""

    @property
    def mark(self) -> str:
        """The same while nothing new was said and nobody came or went."""
        there = "in" if self.inside else "waits" if self.since else "out"
        return f"{self.count}-{there}-{self.phase}"

    @property
    def wants_reason(self) -> bool:
        """Whether the door opens only with a reason."""
        return self.licence.standing.wants_reason or not self.consented

    @property
    def elsewhere(self) -> str:
        """A state of which law is on file and which is not the chart's: its law is offered too."""
        here = self.licence.place
        return here if self.licence.on_file and here != self.head.place else ""


def place_words(one: Check) -> str:
    """A state by its name, a country as it was typed."""
    return one.abroad if one.place == ABROAD else name_of(one.place)


def shown(request: DeskRequest, one: Meeting) -> Shown:
    """All of a meeting's page, for whoever treats or covers."""
    presence = request.presence
    head = head_of(request, one)
    found = queries.facts_of(presence, one)
    newest = queries.latest(found, facts.CHECK)
    check = queries.check_of(newest) if newest else None
    before = queries.last_check(presence, one)
    profile = practice.staff_profile(presence.person)
    corpus = request.shell.corpus
    here = request.shell.seats.whose(one.id, one.seat, request.at)
    return Shown(
        meeting=one,
        head=head,
        phase=one.phase_at(request.at).value,
        check=check,
        check_at=newest.at if newest else None,
        changed=rules_checks.changed(before[0] if before else None, check) if check else (),
        licence=licence(
            profile.place if profile else "",
            check.place if check else "",
            states_on_file(corpus),
        ),
        consented=serving.consented(presence, one),
        lines=lines_of(found),
        slowly=bool(check and check.slowly) or queries.latest(found, facts.SLOWLY) is not None,
        since=here.since if here else None,
        inside=bool(here and here.inside),
        count=len(found),
    )


def head_of(request: DeskRequest, one: Meeting) -> ChartHead:
    """The top of the chart where what is said lies; of a member of several, with her alone."""
    head = practice.chart_head(request.presence, one.chart)
    if not one.client:
        return head
    return replace(head, holders=tuple(each for each in head.holders if each.client == one.client))


def links(one: Meeting) -> dict[str, str]:
    """The addresses of a visit of two, or of one seat, by what they do."""
    given: dict[str, Any] = {"room_id": one.id}
    if one.member:
        given["number"] = one.member
    kind = "call_seat" if one.member else "call"
    doing = (*_LINKS, *_OF_A_SEAT) if one.member else _LINKS
    found = {do: reverse(f"{kind}_{do}", kwargs=given) for do in doing}
    return {**found, "page": reverse(kind, kwargs=given)}


_LINKS = ("check", "facts", "open", "say", "sheet")
_OF_A_SEAT = ("out",)


def first_answers(head: ChartHead) -> Check:
    """What the front sheet knows already, for a form that nobody has filled yet."""
    return rules_checks.of_sheet(head.holders[0].sheet) if head.holders else Check()


def places() -> list[tuple[str, str]]:
    """The states, and outside of them."""
    return [("", "Choose"), *named(STATES), (ABROAD, "Outside the United States")]


def lines_of(found: Iterable[Fact]) -> tuple[Line, ...]:
    """Facts in words."""
    names = people.colleagues(active=False)
    return tuple(_line(each, names) for each in found)


def _line(one: Fact, names: Mapping[str, Colleague]) -> Line:
    who = names[one.by].name if one.by in names else "by the client’s own door"
    return Line(one.at, who, words_of(one), one.kind)


def words_of(one: Fact) -> str:
    """A fact as a sentence."""
    return str(_WORDS[one.kind](one.body))


def _check(body: Mapping[str, Any]) -> str:
    check = Check(**{name: body[name] for name in Check.__struct_fields__ if name in body})
    parts = [
        f"In {place_words(check)}, at {check.address}; {NEAR.get(check.near, check.near)}",
        f"call back on {check.call_back}",
        f"emergency contact {check.contact} {check.contact_phone}".strip()
        if check.contact
        else "no emergency contact",
        KNOWN.get(check.known, check.known),
    ]
    slowly = " Asked to speak slowly: the silent word." if check.slowly else ""
    return "; ".join(parts) + "." + slowly


def _opened(body: Mapping[str, Any]) -> str:
    words = "Opened the door."
    if body.get("standing") != Standing.HERE.value:
        place = str(body.get("place", ""))
        where = "abroad" if place == ABROAD else name_of(place) if place else "a place not told"
        words += f" The client is in {where}; the licence is of {_licensed(body)}."
    if body.get("consent") != "yes":
        words += " No consent to care by video is on file."
    return f"{words} {body.get('reason', '')}".strip()


def _reached(body: Mapping[str, Any]) -> str:
    words = FOUND.get(str(body.get("found")), "")
    why = STOPS.get(str(body.get("words")), "")
    other = body.get("other")
    whom = "" if other is None else "With the clinician: " if other == 0 else f"With seat {other}: "
    return f"{whom}{words} {why}".strip()


def _licensed(body: Mapping[str, Any]) -> str:
    licensed = str(body.get("licensed", ""))
    return name_of(licensed) if licensed else "no state that the profile names"


def _ended(body: Mapping[str, Any]) -> str:
    start, stop = (datetime.fromisoformat(str(body[one])) for one in ("start", "stop"))
    minutes = round((stop - start).total_seconds() / 60)
    return f"Ended after {minutes} minutes."


_WORDS: Final[Mapping[str, Any]] = {
    facts.CHECK: _check,
    facts.CAME: lambda body: f"Came {rules_session.came_words(int(body.get('late', 0)))}.",
    facts.OPENED: _opened,
    facts.REACHED: _reached,
    facts.OUT: lambda _: "Asked to wait outside again.",
    facts.NEAR: lambda body: f"Near: {body.get('words')}",
    facts.SLOWLY: lambda _: "Asked to speak slowly: the silent word.",
    facts.FELL: lambda body: f"The picture was given up; went on by {body.get('to')}.",
    facts.LOCAL: lambda body: f"Help there: {body.get('name')}, {body.get('number')}.",
    facts.AGREED: lambda body: f"Agreed for an emergency: {body.get('words')}",
    facts.ABSENT: lambda _: "Nobody came.",
    facts.ENDED: _ended,
    facts.KEEPS: lambda body: f"Said yes to keeping {body.get('what')}.",
    facts.KEPT: lambda body: f"Kept, both agreeing: {body.get('what')}.",
}
