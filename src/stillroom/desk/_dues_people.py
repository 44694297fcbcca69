"""On Today: somebody is to be let in again, and whoever runs the accounts can stop it (T11)."""

from django.urls import reverse

from stillroom.access import Role
from stillroom.desk._due import Due, Provider
from stillroom.desk.shell import DeskRequest
from stillroom.identity import readmission

_RUN_ACCOUNTS = frozenset({Role.OWNER, Role.ADMINISTRATOR})


def readmissions(request: DeskRequest) -> list[Due]:
    """One line a person, for as long as it waits."""
    if not _RUN_ACCOUNTS & request.presence.roles:
        return []
    return [
        Due(
            f"{one.name} is to be let in again with new keys",
            reverse("people"),
            one.ready_at.date(),
            note="If nobody asked for it, stop it there.",
        )
        for one in readmission.waiting()
    ]


DUES_HERE: tuple[Provider, ...] = (readmissions,)
