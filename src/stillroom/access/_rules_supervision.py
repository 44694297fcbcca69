"""Who may read and write notes about a colleague's work.

They are the supervisor's, sealed under a ring of their own, and in no client's chart. The
colleague reads what she was given. No role else, no care for a client, no release and no emergency
leads here.
"""

from stillroom.access._acts import Act
from stillroom.access._gate import NO, YES, Effect, Rule
from stillroom.access._request import Request
from stillroom.access._vocabulary import Label, Role
from stillroom.kernel import Trilean

_CLINICAL_ROLES = frozenset({Role.CLINICIAN, Role.SUPERVISOR})


def _author(request: Request) -> Trilean:
    ward, actor = request.ward, request.actor
    if ward.labels != {Label.SUPERVISION} or not ward.chart or not ward.author:
        return NO
    return YES if ward.author == actor.person and Role.SUPERVISOR in actor.roles else NO


def _given(request: Request) -> Trilean:
    """To read, also when she has become a supervisor herself, or the author is one no longer."""
    ward, actor = request.ward, request.actor
    if ward.labels != {Label.SUPERVISION} or not ward.chart:
        return NO
    if actor.roles.isdisjoint(_CLINICAL_ROLES):
        return NO
    return YES if actor.person == ward.author or actor.person in ward.shared_with else NO


SUPERVISION = (
    Rule(
        "supervision-note-author",
        Effect.PERMIT,
        _author,
        "the supervisor who wrote this note about a colleague's work",
        acts=frozenset({Act.SUPERVISION_SHARE, Act.SUPERVISION_WRITE}),
    ),
    Rule(
        "supervision-note-given",
        Effect.PERMIT,
        _given,
        "who wrote this note about a colleague's work, or to whom she gave it to read",
        acts=frozenset({Act.SUPERVISION_READ}),
    ),
)
