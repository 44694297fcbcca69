"""What is forbidden whoever asks: rules about the question itself and about private words."""

from stillroom.access._acts import Act
from stillroom.access._fitting import (
    CHART_ACTS,
    CONTENT_ACTS,
    LABELS,
    PRIVATE_ACTS,
    PURPOSES,
    RECORD_ACTS,
    RELEASE_ACTS,
    SUPERVISION_ACTS,
)
from stillroom.access._gate import NO, UNKNOWN, YES, Effect, Rule
from stillroom.access._request import Request
from stillroom.access._vocabulary import Capacity, Label, Purpose
from stillroom.kernel import Trilean

_NO_PURPOSE: frozenset[Purpose] = frozenset()
_NO_LABEL: frozenset[Label] = frozenset()
_DESK = frozenset({Purpose.SCHEDULING, Purpose.PAYMENT})


def _purpose_misfits(request: Request) -> Trilean:
    return NO if request.purpose in PURPOSES.get(request.act, _NO_PURPOSE) else YES


def _nobody_or_no_moment(request: Request) -> Trilean:
    return NO if request.actor.person and request.at.tzinfo is not None else YES


def _chart_unnamed(request: Request) -> Trilean:
    return NO if request.ward.chart else YES


def _labels_unknown(request: Request) -> Trilean:
    return NO if request.ward.labels else UNKNOWN


def _labels_misfit(request: Request) -> Trilean:
    return NO if request.ward.labels <= LABELS.get(request.act, _NO_LABEL) else YES


def _private_unlabelled(request: Request) -> Trilean:
    return NO if Label.PRIVATE in request.ward.labels else YES


def _another_authors(request: Request) -> Trilean:
    """42 CFR and HIPAA alike: the notes are their author's. No author stated is not known."""
    ward = request.ward
    if Label.PRIVATE not in ward.labels:
        return NO
    if not ward.author:
        return UNKNOWN
    return NO if ward.author == request.actor.person else YES


def _another_supervisors(request: Request) -> Trilean:
    """No author stated is not known. Who was given it to read, reads it and does no more."""
    ward, person = request.ward, request.actor.person
    if not ward.author:
        return UNKNOWN
    if ward.author == person:
        return NO
    given = person in ward.shared_with and request.act is Act.SUPERVISION_READ
    return NO if given else YES


def _kept_away(request: Request) -> Trilean:
    return YES if request.actor.person in request.ward.restricted_from else NO


def _own_chart(request: Request) -> Trilean:
    return YES if request.actor.person in request.ward.holders else NO


def _closed_to_the_desk(request: Request) -> Trilean:
    """Of a closed chart nobody is told for scheduling or payment who does not care for it."""
    if not request.ward.closed or request.purpose not in _DESK:
        return NO
    return Trilean.of(not any(care.runs(request.at) for care in request.actor.cares))


def _beyond_the_restriction(request: Request) -> Trilean:
    """45 CFR 164.522(a)(1)(iii) leaves emergency treatment open. The client, with whom it was
    agreed, reads what is hers; who stands for her does not by that."""
    if Label.RESTRICTED not in request.ward.labels or request.purpose is Purpose.EMERGENCY:
        return NO
    open_to = Capacity.HOLDER if request.purpose is Purpose.OWN else Capacity.TREATING
    for care in request.actor.cares:
        if care.capacity is open_to and care.runs(request.at):
            return NO
    return YES


STANDING = (
    Rule(
        "nobody-or-no-moment",
        Effect.FORBID,
        _nobody_or_no_moment,
        "a request names a person and an aware moment",
    ),
    Rule("purpose-misfits", Effect.FORBID, _purpose_misfits, "the purpose does not fit the act"),
    Rule(
        "chart-unnamed",
        Effect.FORBID,
        _chart_unnamed,
        "this act is about one chart, or one note, and none is named",
        acts=CHART_ACTS | SUPERVISION_ACTS,
    ),
    Rule(
        "labels-unknown",
        Effect.FORBID,
        _labels_unknown,
        "it is not known what kind of words these are",
        acts=CONTENT_ACTS | SUPERVISION_ACTS,
    ),
    Rule(
        "labels-misfit",
        Effect.FORBID,
        _labels_misfit,
        "the act does not reach words of this kind",
    ),
    Rule(
        "private-unlabelled",
        Effect.FORBID,
        _private_unlabelled,
        "an act on private notes is for private notes only",
        acts=PRIVATE_ACTS,
    ),
    Rule(
        "another-authors-note",
        Effect.FORBID,
        _another_authors,
        "private notes are their author's alone (45 CFR 164.501, 164.508(a)(2); 42 CFR 2.11)",
        acts=PRIVATE_ACTS | RELEASE_ACTS,
    ),
    Rule(
        "another-supervisors-note",
        Effect.FORBID,
        _another_supervisors,
        "a note about supervision is for who wrote it, and for whom she gave it to",
        acts=SUPERVISION_ACTS,
    ),
    Rule(
        "colleague-kept-away",
        Effect.FORBID,
        _kept_away,
        "this colleague is to be kept away from the chart, also in an emergency",
    ),
    Rule(
        "own-chart",
        Effect.FORBID,
        _own_chart,
        "nobody opens the chart whose client they are by the door for staff",
    ),
    Rule(
        "closed-to-the-desk",
        Effect.FORBID,
        _closed_to_the_desk,
        "only those who care for this client may know of the chart",
    ),
    Rule(
        "agreed-restriction",
        Effect.FORBID,
        _beyond_the_restriction,
        "kept to those who treat, as agreed with the client (45 CFR 164.522(a))",
        acts=RECORD_ACTS | RELEASE_ACTS,
    ),
)
