"""Reading what clients allowed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from stillroom.access import Act, Ward
from stillroom.consent import papers, queries_events
from stillroom.consent.models import Paper
from stillroom.consent.papers import TakenBack
from stillroom.consent.queries_events import SignedSaying
from stillroom.consent.rules import Authorization
from stillroom.consent.rules_signers import Capacity
from stillroom.phi import NotHere, Presence, Told, bridge
from stillroom.practice import queries as practice
from stillroom.practice import queries_guests


def ward(chart: str) -> Ward:
    """A chart's consents, as the gate sees them: papers of the chart as a whole."""
    return Ward(chart=chart)


# Written out, as every chart's page asks it and building it takes Django longer than the answer.
_PAPERS = "SELECT * FROM consent_paper WHERE chart = %s ORDER BY entered_at DESC, id DESC"


def authorizations(presence: Presence, chart_id: str) -> list[Authorization]:
    """Every authorization of a chart, newest first, revoked ones included.

    To whoever stands for the client: those that somebody signed for her, and not her own (P8).
    """
    rows = list(Paper.objects.raw(_PAPERS, (chart_id,)))
    cares = practice.cares_of(presence.person, chart_id)
    grant = bridge.ask(
        presence,
        Act.CONSENT_READ,
        practice.purpose_for(presence, cares),
        ward(chart_id),
        cares=cares,
    )
    if not rows:
        return []
    parts = [(row.pk, "authorization", 1, bytes(row.sealed)) for row in rows]
    details: bridge.Details = {"authorizations": [row.pk for row in rows]}
    words = bridge.reveal(presence, grant, ward(chart_id), parts, details)
    today = [row.pk for row in rows if row.looked_on == presence.today]
    said = queries_events.sayings(presence, grant, ward(chart_id), today)
    found = [_read(row, text, said) for row, text in zip(rows, words, strict=True)]
    if queries_guests.stands_for_another(presence, chart_id):
        return [one for one in found if _signed_for_her(one)]
    return found


def _read(row: Paper, words: bytes, said: Sequence[SignedSaying]) -> Authorization:
    """A paper's words, with what became of it since and what was said of its event."""
    return papers.decode(
        words,
        paper_id=row.pk,
        revoked_at=row.revoked_at,
        ended_at=row.ended_at,
        looked_on=queries_events.looked_on(said, row.pk),
    )


def _signed_for_her(paper: Authorization) -> bool:
    """Whether somebody signed it in the client's place."""
    return any(one.capacity is not Capacity.CLIENT for one in paper.signatures)


@dataclass(frozen=True)
class KeptPaper:
    """One authorization with what became of it."""

    authorization: Authorization
    chart: str
    entered_by: str
    entered_at: datetime
    revoked_by: str
    taken: TakenBack | None
    entry: int
    said: tuple[SignedSaying, ...] = ()
    """What was said of the event with which it ends, oldest first."""


def chart_of(presence: Presence, act: Act, paper_id: str) -> str:
    """Of which chart it is; `NotHere` written down like any refusal."""
    chart = Paper.objects.filter(pk=paper_id).values_list("chart", flat=True).first()
    if chart is None:
        bridge.refuse(presence, act, paper_id)
        raise NotHere
    return chart


def paper(presence: Presence, paper_id: str) -> KeptPaper:
    """One authorization, or `NotHere` written down."""
    row = Paper.objects.filter(pk=paper_id).first()
    if row is None:
        bridge.refuse(presence, Act.CONSENT_READ, paper_id)
        raise NotHere
    cares = practice.cares_of(presence.person, row.chart)
    here = ward(row.chart)
    purpose = practice.purpose_for(presence, cares)
    grant = bridge.ask(presence, Act.CONSENT_READ, purpose, here, cares=cares)
    parts = [(row.pk, "authorization", 1, bytes(row.sealed))]
    if row.taken_back:
        parts.append((row.pk, "taken back", 1, bytes(row.taken_back)))
    words = bridge.reveal(presence, grant, here, parts, {"authorizations": [row.pk]})
    said = queries_events.sayings(presence, grant, here, [row.pk])
    authorization = _read(row, words[0], said)
    another = queries_guests.stands_for_another(presence, row.chart)
    if another and not _signed_for_her(authorization):
        bridge.refuse(presence, Act.CONSENT_READ, paper_id)
        raise NotHere
    return KeptPaper(
        authorization=authorization,
        chart=row.chart,
        entered_by=row.entered_by,
        entered_at=row.entered_at,
        revoked_by=row.revoked_by,
        taken=papers.decode_taken(words[1]) if len(words) > 1 else None,
        entry=row.entry,
        said=tuple(said),
    )


def still_stand(chart_id: str, paper_ids: frozenset[str]) -> bool:
    """Whether none of these papers has been taken back or has come to its event. To be asked under
    the release's lock."""
    rows = Paper.objects.select_for_update().filter(chart=chart_id, pk__in=paper_ids)
    states = list(rows.values_list("revoked_at", "ended_at"))
    return len(states) == len(paper_ids) and not any(one or other for one, other in states)


_TAKEN_UP = frozenset({Act.CONSENT_WRITE})
_TAKEN_BACK = frozenset({Act.CONSENT_REVOKE})


def told_of_log(most: int) -> list[Told]:
    """The entries that the newest papers name, and those of the newest that were taken back."""
    rows = Paper.objects.order_by("-entry").values_list("entry", "entered_by")[:most]
    back = Paper.objects.filter(revoked_entry__isnull=False).order_by("-revoked_entry")
    return [
        *(Told(entry, _TAKEN_UP, actor) for entry, actor in rows),
        *(
            Told(entry, _TAKEN_BACK, actor)
            for entry, actor in back.values_list("revoked_entry", "revoked_by")[:most]
            if entry is not None
        ),
    ]
