"""On Today, for whoever runs the accounts: what waits for two, or can be stopped (T04, T11).

Whom a breach has to be told to, and by when, is theirs too, and stands with the matters.
"""

from django.urls import reverse

from stillroom.access import Role
from stillroom.desk._due import Due, Provider
from stillroom.desk.shell import DeskRequest
from stillroom.identity import queries, readmission
from stillroom.policy import queries as policies

_RUN_ACCOUNTS = frozenset({Role.OWNER, Role.ADMINISTRATOR})


def of_the_house(request: DeskRequest) -> list[Due]:
    """Nothing for anybody else."""
    if not _RUN_ACCOUNTS & request.presence.roles:
        return []
    return [*_readmissions(), *_roles(request), *_policies(request)]


def _readmissions() -> list[Due]:
    return [
        Due(
            f"{one.name} is to be let in again with new keys",
            reverse("people"),
            one.ready_at.date(),
            note="If nobody asked for it, stop it there.",
        )
        for one in readmission.waiting()
    ]


def _roles(request: DeskRequest) -> list[Due]:
    return [
        Due(
            f"A change of roles for {one.name}",
            reverse("people"),
            None,
            note=f"{one.proposed_by} proposes it; a second person agrees.",
        )
        for one in queries.proposed_roles(request.presence)
        if not one.mine
    ]


def _policies(request: DeskRequest) -> list[Due]:
    found = policies.proposal(request.presence)
    if found is None or (found.mine and not found.alone):
        return []
    return [Due("A policy that was proposed", reverse("policy"), None, note=found.proposed_by)]


DUES_HERE: tuple[Provider, ...] = (of_the_house,)
