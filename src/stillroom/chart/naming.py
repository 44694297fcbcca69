"""Before a part of a group's session is signed: does it name somebody whom it must not name?

Rule: who is in the group is asked of the group's own chart, by whoever cares for it. Somebody who
does not care for it any more is told nothing of it, and nothing is looked for.
"""

from collections.abc import Sequence

from stillroom.chart import rules_together
from stillroom.chart._kinds_team import GROUP_MEMBER_NOTE, GROUP_SESSION
from stillroom.chart.contents import Content
from stillroom.chart.models import Record
from stillroom.chart.sheets import Fault
from stillroom.phi import Presence
from stillroom.practice import queries as practice
from stillroom.practice.heads import HolderSheet


def told_names(presence: Presence, row: Record, content: Content) -> list[Fault]:
    """The faults of a content that names a member of the group; none of any other record."""
    if row.kind == GROUP_SESSION.shelf and not content.kind:
        members = _members(presence, row.chart)
        return rules_together.in_shared(content, [one.sheet for one in members])
    if content.kind != GROUP_MEMBER_NOTE.id or content.session is None:
        return []
    group = Record.objects.filter(pk=content.session.whole).values_list("chart", flat=True).first()
    if group is None:
        return []
    own = {one.client: one.sheet for one in _members(presence, row.chart)}
    others = [one.sheet for one in _members(presence, group) if one.client not in own]
    return rules_together.in_member(content, own.values(), others)


def _members(presence: Presence, chart_id: str) -> Sequence[HolderSheet]:
    if chart_id not in practice.charts_in_care(presence):
        return ()
    return practice.chart_head(presence, chart_id).holders
