"""On Today: a permission that was offered at an own door has been answered, or its day is over."""

from django.urls import reverse

from stillroom.consent.offers import State
from stillroom.consent.queries_offers import to_note
from stillroom.desk._due import Due, Provider
from stillroom.desk.shell import DeskRequest

_SAID = {
    State.SIGNED: "A permission was signed at the own door",
    State.DECLINED: "A permission was declined at the own door",
    State.EXPIRED: "A permission was not signed by its day",
}


def answered(request: DeskRequest) -> list[Due]:
    """Until somebody who cares has noted how it ended."""
    return [
        Due(_SAID[state], reverse("offer", kwargs={"offer_id": offer}), None, chart)
        for chart, offer, state in to_note(request.presence, request.today)
    ]


DUES_HERE: tuple[Provider, ...] = (answered,)
