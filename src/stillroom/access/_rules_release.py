"""What a release needs before anything leaves (P9): found lawful, decided, authorized, proven.

Each rule here forbids until it knows better, so an empty `Release` lists what is wanting.
"""

from collections.abc import Mapping

from stillroom.access._acts import Act
from stillroom.access._gate import NO, UNKNOWN, YES, Effect, Rule
from stillroom.access._request import Request
from stillroom.access._vocabulary import Label
from stillroom.kernel import Trilean

_SEND = frozenset({Act.RELEASE_SEND})
_OPEN_STANCES = frozenset({"PERMITTED", "REQUIRED"})
_WITH_AUTHORIZATION = "WITH_AUTHORIZATION"
_CLINICAL_KINDS = frozenset(
    {"progress_notes", "treatment_plan", "diagnosis", "medication", "test_results"}
    | {"risk_assessment", "sud_records", "joint_session_notes"}
)
# For each label: one of these record kinds of the law must be allowed to leave.
_KINDS: Mapping[Label, frozenset[str]] = {
    Label.FRONT: frozenset({"demographics", "appointments"}),
    Label.CLINICAL: _CLINICAL_KINDS,
    Label.PART2: frozenset({"sud_records"}),
    Label.JOINT: frozenset({"joint_session_notes"}),
    Label.BILLING: frozenset({"billing"}),
}
_PRIVATE = frozenset({"psychotherapy_notes"})
_PRIVATE_PART2 = frozenset({"sud_counseling_notes"})


def _not_lawful(request: Request) -> Trilean:
    if request.release is None:
        return UNKNOWN
    if request.release.stance in _OPEN_STANCES:
        return NO
    return UNKNOWN if request.release.stance == _WITH_AUTHORIZATION else YES


def _not_decided(request: Request) -> Trilean:
    return NO if request.release is not None and request.release.decided_by else UNKNOWN


def _not_authorized(request: Request) -> Trilean:
    if request.release is None:
        return UNKNOWN
    if not request.release.rests_on_authorization:
        return NO
    return ~request.release.authorization


def _not_proven(request: Request) -> Trilean:
    return ~request.actor.stepped_up


def _kinds_not_allowed(request: Request) -> Trilean:
    """A private note counts by its own kind alone, whatever else it is."""
    if request.release is None:
        return UNKNOWN
    labels, kinds = request.ward.labels, request.release.kinds
    if Label.PRIVATE in labels:
        own = _PRIVATE_PART2 if Label.PART2 in labels else _PRIVATE
        return YES if kinds.isdisjoint(own) else NO
    needed = (_KINDS[label] for label in labels if label in _KINDS)
    return YES if any(kinds.isdisjoint(some) for some in needed) else NO


RELEASE = (
    Rule(
        "release-not-lawful",
        Effect.FORBID,
        _not_lawful,
        "the law does not permit or require this release as things are known",
        wants=("opinion",),
        acts=_SEND,
    ),
    Rule(
        "release-not-decided",
        Effect.FORBID,
        _not_decided,
        "no person has decided on this release",
        wants=("decision",),
        acts=_SEND,
    ),
    Rule(
        "authorization-not-in-force",
        Effect.FORBID,
        _not_authorized,
        "the release rests on an authorization that is not in force at this moment",
        wants=("authorization",),
        acts=_SEND,
    ),
    Rule(
        "not-proven-again",
        Effect.FORBID,
        _not_proven,
        "a release asks for a fresh proof of who releases",
        wants=("step_up",),
        acts=_SEND,
    ),
    Rule(
        "kinds-not-allowed",
        Effect.FORBID,
        _kinds_not_allowed,
        "words of this kind are not among those that may leave",
        wants=("opinion",),
        acts=_SEND,
    ),
)
