"""What stands on every page until it is done: answers that ask for somebody now, for whoever treats
or covers; a glass that was broken, for whoever it concerns.

Who treats is told at once, wherever she is; whoever broke it sees until when; whoever reviews is
reminded. A line names the chart's number and a colleague, and no client: it also stands where a
client's name does not belong.
"""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from stillroom.chart import queries_given
from stillroom.identity import queries as people
from stillroom.phi import Presence
from stillroom.practice import queries_glass
from stillroom.practice.rules_glass import Breaking


@dataclass(frozen=True)
class Alarm:
    """One line: what happened or waits, since or until when, and where to go."""

    what: str
    at: datetime
    href: str
    go: str
    kind: str


def alarms(presence: Presence) -> list[Alarm]:
    """What concerns this person, the most pressing first."""
    return [*_pressing(presence), *_glass(presence)]


def _pressing(presence: Presence) -> list[Alarm]:
    """A client's answers by the own door that nobody has looked at."""
    return [
        Alarm(
            f"An answer of your client, chart {one.number:04d}, asks for you. It was given at ",
            one.at,
            reverse("given", kwargs={"given_id": one.id}),
            "Read it now",
            "danger",
        )
        for one in queries_given.pressing(presence)
    ]


def _glass(presence: Presence) -> list[Alarm]:
    waits = queries_glass.waiting(presence)
    if not (waits.to_see or waits.to_review or waits.broken):
        return []
    names = people.colleagues(active=False)

    def who(one: Breaking) -> str:
        return names[one.person].name if one.person in names else "Somebody who has left"

    found = [
        Alarm(
            f"{who(one)} broke the glass of your client’s chart {one.number:04d}, at ",
            one.begins,
            reverse("glass_broken", kwargs={"breaking_id": one.id}),
            "Look why",
            "danger",
        )
        for one in waits.to_see
    ]
    found += [
        Alarm(
            f"You have broken the glass of chart {one.number:04d}. It is whole again at ",
            one.ends,
            reverse("emergency_chart", kwargs={"chart_id": one.chart}),
            "Read, or say that it is over",
            "clock",
        )
        for one in waits.broken
    ]
    seen = {one.id for one in waits.to_see}
    found += [
        Alarm(
            f"{who(one)} broke the glass of chart {one.number:04d}, at ",
            one.begins,
            reverse("glass_broken", kwargs={"breaking_id": one.id}),
            "Review it",
            "",
        )
        for one in waits.to_review
        if one.id not in seen
    ]
    return found
