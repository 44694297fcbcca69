"""Reading the story of a client: every signed record of a chart under one entry in the log (P1)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from stillroom.chart.queries_plan import (
    Course,
    Listed,
    course_of,
    diagnoses_of,
    local,
    standing,
    thread_of,
)
from stillroom.chart.rules_story import Piece, Story, story
from stillroom.chart.rules_thread import Thread
from stillroom.chart.whole import SignedWords, whole_chart
from stillroom.phi import Presence


@dataclass(frozen=True)
class WholeStory:
    """A chart's story with its diagnoses and the thread of its plan."""

    story: Story
    course: Course
    thread: Thread | None
    diagnoses: Listed | None


def pieces_of(words: Sequence[SignedWords]) -> list[Piece]:
    """Signed records as the story needs them."""
    zone = timezone.get_current_timezone()
    return [
        Piece(one.record, local(one, zone), one.author, one.kind, one.content)
        for one in standing(words)
    ]


def whole_story(presence: Presence, chart_id: str) -> WholeStory:
    """What a chart's signed records tell, put together."""
    words = whole_chart(presence, chart_id)
    course = course_of(words)
    told = story(pieces_of(words), course.plan, timezone.localdate(presence.at))
    return WholeStory(told, course, thread_of(course, words), diagnoses_of(words))
