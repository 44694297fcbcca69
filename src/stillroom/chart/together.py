"""A group's session: one part for all without names, who came, and a part for each who did.

Rules: the shared part and the attendance are records of the group's chart; each member's part is a
record of that member's own chart, sealed there, and says of the group nothing but to which session
it belongs. Whoever came and has no chart of their own in this person's care stands in the
attendance alone. All parts are signed together or none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.db import transaction

from stillroom.access import Act
from stillroom.chart import actions, contents, naming, queries, rules
from stillroom.chart._kinds_team import GROUP_ATTENDANCE, GROUP_MEMBER_NOTE, GROUP_SESSION
from stillroom.chart.queries import WholeRecord
from stillroom.chart.sheets import faults
from stillroom.kernel import StillroomError, new_id
from stillroom.phi import NotHere, Presence, bridge
from stillroom.practice import queries as practice
from stillroom.practice import queries_holders
from stillroom.practice.heads import HolderSheet
from stillroom.practice.rules_holders import GROUP

CAME = frozenset({"came", "came_late", "left_early"})
"""Ways of attending after which there is something to write."""


class NoGroup(StillroomError):
    """A group's session in a chart that is no group's."""

    what = "this chart is no group’s"
    usual_advice = "Open a chart for the group, with its members as holders."


class NobodyCame(StillroomError):
    """A session that nobody came to."""

    what = "it is not said who came"
    usual_advice = "Say of each member whether they came; where nobody did, write a contact note."


class NotAllReady(StillroomError):
    """One of the parts cannot be signed, so none is."""

    what = "not every part can be signed yet, so none was"
    usual_advice = "Mend what is named beside each part; everything is kept."


@dataclass(frozen=True)
class Attended:
    """How one member attended (one of the choices of the attendance), and a remark."""

    came: str
    why: str = ""


@dataclass(frozen=True)
class Part:
    """One record of a session, whose it is (the group's number for what is shared), and what is
    wrong with it while it cannot be signed."""

    record: WholeRecord
    whose: str
    short: str
    wrong: tuple[str, ...]

    @property
    def signed(self) -> bool:
        """Whether it is signed already."""
        return self.record.draft is None


def begin(
    presence: Presence,
    chart_id: str,
    attended: Mapping[str, Attended],
    *,
    occurred_at: datetime,
    session: contents.SessionFacts | None = None,
) -> str:
    """All drafts of a session, by client who attended how; gives the shared part's record."""
    head = practice.chart_head(presence, chart_id)
    if head.kind != GROUP:
        raise NoGroup
    came = [one.client for one in head.holders if _how(attended, one.client) in CAME]
    if not came:
        raise NobodyCame
    own = queries_holders.own_charts(presence, came)
    charts = {client: own[client] for client in came if client in own}
    facts, whole = session or contents.SessionFacts(), new_id()
    ids = {client: new_id() for client in charts}
    listed = new_id()
    rows = tuple(_attendance(one, attended) for one in head.holders)
    with transaction.atomic():
        actions.begin(
            presence,
            chart_id,
            GROUP_SESSION.id,
            occurred_at=occurred_at,
            session=msgspec.structs.replace(facts, parts=(listed, *ids.values())),
            record_id=whole,
        )
        actions.begin(
            presence,
            chart_id,
            GROUP_ATTENDANCE.id,
            occurred_at=occurred_at,
            session=facts,
            answers=(contents.Answer("attendance", rows=rows),),
            record_id=listed,
        )
        for client, chart in charts.items():
            actions.begin(
                presence,
                chart,
                GROUP_MEMBER_NOTE.id,
                occurred_at=occurred_at,
                session=msgspec.structs.replace(facts, whole=whole),
                record_id=ids[client],
            )
    return whole


def _attendance(one: HolderSheet, attended: Mapping[str, Attended]) -> Mapping[str, str]:
    how, why = _how(attended, one.client), attended.get(one.client, Attended("")).why.strip()
    return {"who": one.sheet.full, "came": how, "why": why}


def _how(attended: Mapping[str, Attended], client: str) -> str:
    return attended[client].came if client in attended else "did_not_come"


def parts(presence: Presence, record_id: str) -> list[Part]:
    """The shared part, the attendance, then each member's, as far as this person may open them.

    `NotHere` for a record that is no group's session.
    """
    whole = queries.record(presence, record_id)
    if whole.kind.id != GROUP_SESSION.id:
        bridge.refuse(presence, Act.RECORD_READ, record_id)
        raise NotHere
    content = whole.draft or whole.current.content
    found = [whole]
    for one in content.session.parts if content.session else ():
        try:
            found.append(queries.record(presence, one))
        except NotHere:
            continue
    return [_part(presence, one) for one in found]


def _part(presence: Presence, record: WholeRecord) -> Part:
    head = practice.chart_head(presence, record.chart)
    return Part(record, head.full, head.short, _wrong(presence, record))


def _wrong(presence: Presence, record: WholeRecord) -> tuple[str, ...]:
    if record.draft is None:
        return ()
    if record.draft.empty:
        return ("Nothing is written here yet. Write it, or discard this part.",)
    row = queries.find_record(presence, record.id, Act.RECORD_WRITE)
    found = [*faults(record.kind, record.draft), *naming.told_names(presence, row, record.draft)]
    return tuple(one.sentence for one in found)


def sign_all(presence: Presence, record_id: str, versions: Mapping[str, int]) -> int:
    """Sign every part as it was shown (`versions` by record); gives how many. All or none."""
    waiting = [one for one in parts(presence, record_id) if not one.signed]
    if any(one.wrong for one in waiting):
        raise NotAllReady
    with transaction.atomic():
        for one in waiting:
            version = versions.get(one.record.id, 0)
            if version != one.record.draft_version:
                raise actions.Clash
            actions.sign(presence, one.record.id, version)
    if not waiting:
        raise rules.AlreadySigned
    return len(waiting)
