"""The note beside a call: begun when the door opens, with the session's facts; its times at the
end."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from stillroom.chart import actions, rules, unsigned
from stillroom.chart import queries as charts
from stillroom.chart.contents import Answer, SessionFacts
from stillroom.chart.kinds import PROGRESS_NOTE
from stillroom.chart.session_times import answers_of
from stillroom.desk.calls import Shown
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views import note, writing
from stillroom.practice import queries_guests as guests
from stillroom.practice import queries_visits
from stillroom.practice.rules_holders import GROUP
from stillroom.telehealth.queries import Meeting


def begin(request: DeskRequest, one: Meeting, it: Shown) -> str:
    """The note of this session, begun if it is not yet; gives its id."""
    return _begin(request, one, where(it))


def begin_together(request: DeskRequest, one: Meeting) -> str:
    """The same of a couple's session; "" for a group's, whose parts are begun when it is over."""
    if guests.kind_of(one.chart) == GROUP:
        return ""
    return _begin(request, one, "")


def _begin(request: DeskRequest, one: Meeting, place: str) -> str:
    found = mine(request, one)
    if found:
        return found
    booked = queries_visits.booked(request.presence, one.id)
    starts = one.planned.starts_at or one.planned.opened_at or request.at
    session = SessionFacts(
        starts, one.planned.ends_at, queries_visits.BY_VIDEO, booked.code if booked else ""
    )
    filled = writing.of_the_session(request, one.chart, PROGRESS_NOTE, session)
    answers = (*(each for each in filled if each.name != "place"), Answer("place", place))
    return actions.begin(
        request.presence,
        one.chart,
        PROGRESS_NOTE.id,
        occurred_at=starts,
        session=session,
        answers=tuple(each for each in answers if not each.empty),
    )


def mine(request: DeskRequest, one: Meeting) -> str:
    """The draft of this session's note, if it is mine and not signed; "" if not."""
    about = one.planned.starts_at or one.planned.opened_at
    return unsigned.note_of_the_session(request.presence, one.chart, about) if about else ""


def where(it: Shown) -> str:
    """Where the client was, as the note has it."""
    return f"Client in {it.place}" if it.place else ""


def put_times(
    request: DeskRequest, record_id: str, start: datetime, stop: datetime, place: str
) -> None:
    """The session's real times in the note; everything else in it stays."""
    whole = charts.record(request.presence, record_id)
    if whole.draft is None:
        return
    zone = timezone.get_current_timezone()
    facts = SessionFacts(start, stop, queries_visits.BY_VIDEO)
    given = answers_of(facts, zone, place)
    content = rules.answering(whole.draft, *given)
    actions.save_content(request.presence, record_id, content, whole.draft_version)


def values(request: DeskRequest, record_id: str) -> dict[str, Any]:
    """What the editor beside the call needs."""
    return note.values_of(request, record_id)
