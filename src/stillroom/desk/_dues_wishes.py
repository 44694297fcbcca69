"""What is due of wishes and papers: an authorization about to end, a request without an answer."""

from django.urls import reverse
from django.utils import timezone

from stillroom.consent.queries_soon import ending_soon, unanswered
from stillroom.desk._due import Due, Provider
from stillroom.desk.shell import DeskRequest


def papers_and_requests(request: DeskRequest) -> list[Due]:
    """Papers that end within two weeks, and requests that wait for an answer."""
    presence, zone = request.presence, timezone.get_default_timezone()
    made: list[Due] = []
    for chart, paper in ending_soon(presence, zone):
        to = ", ".join(one.name for one in paper.recipients if one.name)
        href = reverse("authorization", kwargs={"paper_id": paper.id})
        what = f"The authorization for {to} ends" if to else "An authorization ends"
        made.append(Due(what, href, paper.expires.on, chart))
    for chart, one in unanswered(presence):
        href = reverse("wishes", kwargs={"chart_id": chart})
        what = f"A request of {one.asked_on:%B} {one.asked_on.day} to keep something back waits"
        made.append(Due(what, href, None, chart, "45 CFR 164.522(a)"))
    return made


DUES_HERE: tuple[Provider, ...] = (papers_and_requests,)
