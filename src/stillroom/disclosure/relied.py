"""What has left in reliance on one authorization (45 CFR 164.508(b)(5)(i))."""

from stillroom.access import Act, Purpose, Ward
from stillroom.disclosure import accounts
from stillroom.disclosure.models import Departure
from stillroom.disclosure.rules import AccountingLine
from stillroom.phi import Presence, bridge
from stillroom.practice import queries as practice


def left_under(
    presence: Presence, chart_id: str, paper_id: str
) -> list[tuple[AccountingLine, int]]:
    """Lines of the account whose packets rested on this paper, with their entries in the log."""
    cares = practice.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    purpose = practice.purpose_for(presence, cares)
    # A client reads it as part of the account that is hers (45 CFR 164.528).
    act = Act.LEDGER_READ if presence.guest else Act.MATTER_READ
    grant = bridge.ask(presence, act, purpose, ward, cares=cares)
    of_chart = Departure.objects.filter(chart=chart_id).select_related("packet")
    rows = [
        row
        for row in of_chart.order_by("left_at")
        if row.packet is not None and paper_id in row.packet.papers
    ]
    if not rows:
        return []
    parts = [(row.pk, "departure", 1, bytes(row.sealed)) for row in rows]
    words = bridge.reveal(presence, grant, ward, parts, {"did": "what left under a paper"})
    return [(accounts.decode_line(text), row.entry) for row, text in zip(rows, words, strict=True)]


def may_see(presence: Presence, chart_id: str) -> bool:
    """Whether a client, or who stands for her, may read what left in reliance on a paper."""
    cares = practice.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    return bridge.may(presence, Act.LEDGER_READ, Purpose.OWN, ward, cares=cares)
