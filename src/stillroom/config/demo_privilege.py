"""The demonstration's couple: one claims the privilege, of the other somebody says that it is gone.
Each of the two has one. Through the same doors as in a practice; the words are made up.
"""

from datetime import date, timedelta

from stillroom.consent import actions_privilege
from stillroom.consent.rules_privilege import By, Event, How, Scope, What
from stillroom.phi import Presence
from stillroom.practice import queries as practice

_CASE = Scope(proceeding="In the matter of a parenting plan")
_CLAIMED = "Asked in person, then in writing: nothing of the sessions is to be given to anybody."
_SAID = (
    "The other side's lawyer writes that talking about the sessions at a family dinner gave the"
    " privilege up. Sent to counsel; nothing is given out on the strength of a letter."
)


def of_a_couple(presence: Presence, chart_id: str, today: date) -> None:
    """Two entries, by the couple's clinician."""
    one, other, *_ = practice.chart_head(presence, chart_id).holders
    claimed = Event(
        number=0,
        holder=one.client,
        what=What.ASSERTED,
        on=today - timedelta(days=6),
        by=By.HOLDER,
        name=one.sheet.full,
        scope=_CASE,
        words=_CLAIMED,
    )
    said = Event(
        number=0,
        holder=other.client,
        what=What.CONDUCT,
        on=today - timedelta(days=4),
        by=By.OTHER_PARTY,
        how=How.OTHER,
        scope=_CASE,
        words=_SAID,
    )
    for event in (claimed, said):
        actions_privilege.enter(presence, chart_id, event)
