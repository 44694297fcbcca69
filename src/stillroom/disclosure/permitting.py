"""The gate's permission for all that a packet holds, private notes asked apart (P4, P9)."""

from collections.abc import Iterable

from stillroom.access import Act, Grant, Label, Purpose, Release, Ward
from stillroom.chart import queries as charts
from stillroom.consent.rules import PRIVATE_KINDS
from stillroom.disclosure.queries import WholeMatter
from stillroom.disclosure.rules import Selection
from stillroom.disclosure.rules_options import LETS_BUILD
from stillroom.kernel import Trilean
from stillroom.phi import Presence, bridge

_LABELS = {
    "sud_records": Label.PART2,
    "joint_session_notes": Label.JOINT,
}


def labels_of(kinds: Iterable[str]) -> frozenset[Label]:
    """Records of the chart by their kinds in law, as the gate sees them."""
    return frozenset(_LABELS.get(kind, Label.CLINICAL) for kind in kinds)


def permission(
    presence: Presence, whole: WholeMatter, selection: Selection
) -> tuple[Ward, Grant, Grant]:
    """The gate's permission for all that leaves, for the author's private notes asked apart.

    Gives the ward and the grant of the entry, and the grant of the account's line. Both are the
    chart's, for those who care for the client may know that something left. Where private notes
    leave alone, the entry's details are the author's as the notes are, and the line is the chart's.
    """
    answers = whole.determination.answers
    kinds = {choice.record.kind for choice in selection.choices}
    decided = next(
        one.signer for one in reversed(whole.standing) if one.signed.decision in LETS_BUILD
    )
    found = Release(
        stance=min(answers[kind].low for kind in kinds).name,
        decided_by=decided,
        authorization=Trilean.of(bool(selection.papers)),
        kinds=frozenset(kind for kind, answer in answers.items() if answer.open),
        rests_on_authorization=bool(selection.papers),
    )
    wards = _wards(presence, whole.chart, kinds)
    grants = [
        bridge.ask(
            presence, Act.RELEASE_SEND, Purpose.RELEASE, ward, cares=whole.cares, release=found
        )
        for ward in wards
    ]
    if not wards[0].private:
        return Ward(chart=whole.chart), grants[0], grants[0]
    chart = charts.chart_ward(whole.chart)
    account = bridge.ask(presence, Act.RELEASE_PREPARE, Purpose.RELEASE, chart, cares=whole.cares)
    return wards[0], grants[0], account


def _wards(presence: Presence, chart: str, kinds: set[str]) -> list[Ward]:
    """What leaves, as the gate sees it: the chart's words together, each private kind apart."""
    part2 = {"sud_counseling_notes": frozenset({Label.PRIVATE, Label.PART2})}
    private = frozenset({Label.PRIVATE})
    wards = [
        Ward(chart, "", part2.get(kind, private), presence.person)
        for kind in sorted(kinds & PRIVATE_KINDS)
    ]
    labels = labels_of(kinds - PRIVATE_KINDS)
    return [Ward(chart=chart, labels=labels), *wards] if labels else wards
