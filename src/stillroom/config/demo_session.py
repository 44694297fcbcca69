"""The demonstration's visit by video: yesterday Ada met a client who was in another state.

Everything that a visit leaves in the record is there to look at: where the client was and who was
near, why the door was opened all the same, whom help would have come from there, that the two read
the words to each other, and how long it was.
"""

from dataclasses import replace
from datetime import timedelta

from stillroom.phi import Presence
from stillroom.telehealth import actions, queries
from stillroom.telehealth import rules_facts as facts
from stillroom.telehealth.rules_checks import Check
from stillroom.telehealth.rules_licence import licence

_ELSEWHERE = "us-de"
_CHECK = Check(
    place=_ELSEWHERE,
    address="14 Loockerman Street, Dover",
    near="unheard",
    call_back="302-555-0148",
    contact="a sister",
    contact_phone="302-555-0173",
    known="asked",
)
_WHY = "Staying with a sister until Sunday; one visit to keep the thread, the next one is here."


def met_by_video(ada: Presence, chart: str) -> None:
    """One visit without an appointment, from the first question to the end."""
    began = ada.at - timedelta(days=1, hours=2)
    asked = replace(ada, at=began)
    room = actions.begin_now(asked, chart)
    one = queries.meeting(asked, room)
    actions.answer(asked, one, _CHECK)
    local = {
        "place": _ELSEWHERE,
        "name": "Dover police",
        "number": "302-555-0111",
    }
    actions.say(asked, one, facts.LOCAL, local)
    words = "If the picture goes we speak by telephone. In danger: the sister first."
    actions.say(asked, one, facts.AGREED, {"words": words})
    home = licence("us-md", _ELSEWHERE, (_ELSEWHERE,))
    actions.open_door(asked, one, home, consented=False, reason=_WHY)
    inside = replace(ada, at=began + timedelta(minutes=2))
    open_now = queries.meeting(inside, room)
    actions.say(inside, open_now, facts.REACHED, facts.reached("verified by code"))
    ended = replace(ada, at=began + timedelta(minutes=49))
    actions.end(ended, queries.meeting(ended, room), inside.at, ended.at, _ELSEWHERE)
