"""What is due of messages: a thread in which something waits for an answer."""

from django.urls import reverse
from django.utils import timezone

from stillroom.correspondence import queries
from stillroom.desk._due import Due, Provider
from stillroom.desk.shell import DeskRequest


def unanswered(request: DeskRequest) -> list[Due]:
    """Threads of charts in my care that wait; who wrote is told on their page."""
    made: list[Due] = []
    for line in queries.waiting(request.presence):
        href = reverse("thread", kwargs={"thread_id": line.id}) + "#last"
        several = "" if line.waits == 1 else f", and {line.waits - 1} more"
        by = "who stands for the client" if line.person else "the client"
        day = timezone.localtime(line.since).date() if line.since else None
        since = f" since {day:%B} {day.day}" if day else ""
        made.append(Due(f"A message from {by} waits{since}{several}", href, None, line.chart))
    return made


DUES_HERE: tuple[Provider, ...] = (unanswered,)
