"""What the rows of leaving say of the log, for the comparison at the start of the server (T15)."""

from stillroom.access import Act
from stillroom.disclosure.models import (
    AccountGiven,
    Delivery,
    IncidentEntry,
    LetterDelivery,
    Suspension,
)
from stillroom.phi import Told

_BEGAN = frozenset({Act.RELEASE_PREPARE})
_WROTE = frozenset({Act.MATTER_WRITE})
_INCIDENT = frozenset({Act.INCIDENT_OPEN, Act.INCIDENT_WRITE})


def told_of_log(most: int) -> list[Told]:
    """The entries that the newest deliveries, letters, accounts, statements and incidents name."""
    begun = Delivery.objects.order_by("-entry").values_list("entry", "begun_by")[:most]
    given = AccountGiven.objects.order_by("-entry").values_list("entry", "given_by")[:most]
    held = Suspension.objects.order_by("-entry").values_list("entry", "entered_by")[:most]
    letters = LetterDelivery.objects.order_by("-entry").values_list("entry", "sent_by")[:most]
    written = IncidentEntry.objects.order_by("-entry").values_list("entry", "by")[:most]
    return [
        *(Told(entry, _BEGAN, actor) for entry, actor in begun),
        *(Told(entry, _BEGAN, actor) for entry, actor in given),
        *(Told(entry, _WROTE, actor) for entry, actor in held),
        *(Told(entry, _WROTE, actor) for entry, actor in letters),
        *(Told(entry, _INCIDENT, actor) for entry, actor in written),
    ]
