"""The packets before which a letter can go: built for the one who asks, on what stands now."""

from stillroom.access import Act, Purpose
from stillroom.chart import queries as charts
from stillroom.disclosure import releasing
from stillroom.disclosure.letters import Coming
from stillroom.disclosure.models import Packet
from stillroom.disclosure.queries import WholeMatter
from stillroom.phi import Presence, bridge


def coming(presence: Presence, whole: WholeMatter) -> tuple[Coming, ...]:
    """Each by what its reader holds it against, the newest first. One that holds another author's
    private notes is hers to announce (P4); one built before the request was corrected goes no more.
    """
    ward = charts.chart_ward(whole.chart)
    if not bridge.may(presence, Act.RELEASE_PREPARE, Purpose.RELEASE, ward, cares=whole.cares):
        return ()
    rows = Packet.objects.filter(matter_id=whole.id).exclude(state=Packet.State.VOID)
    mine = [row for row in rows if not row.private or row.built_by == presence.person]
    found = []
    for row in sorted(mine, key=lambda one: -one.number):
        head, _ = releasing.open_packet(presence, releasing.find_packet(presence, row.pk))
        asker = whole.determination.asked.intake.asker.name
        if head.corrections != whole.corrections or head.to != asker:
            continue
        last = head.records[-1][4] if head.records else head.cover[1]
        digest = head.leaving_digest or row.digest
        found.append(
            Coming(
                row.pk,
                row.number,
                whole.number,
                head.to,
                row.pages,
                head.cover[0],
                last,
                digest,
                head.check_words,
            )
        )
    return tuple(found)
