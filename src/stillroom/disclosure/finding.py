"""A matter's row, for whoever may know of it."""

from stillroom.access import Act
from stillroom.disclosure.models import Matter
from stillroom.phi import NotHere, Presence, bridge


def find_matter(presence: Presence, matter_id: str, act: Act) -> Matter:
    """A matter's row, or `NotHere` written down like any refusal."""
    row = Matter.objects.filter(pk=matter_id).first()
    if row is None:
        bridge.refuse(presence, act, matter_id)
        raise NotHere
    return row
