"""Visits by video: one that is booked, one that stands open; and a day's steps with canaries."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from stillroom.practice import actions as practice
from stillroom.practice.rules_calendar import Doubtful
from stillroom.telehealth import actions, meetings, queries
from stillroom.telehealth.rules_checks import Check
from stillroom.telehealth.rules_licence import licence
from tests.harness.browser import Browser, Form

if TYPE_CHECKING:
    from tests.harness.living import Life

ANSWER = Check(
    place="us-md",
    address="12 Quarry Lane",
    near="alone",
    call_back="410-555-0142",
    known="account",
)


def by_video(cast: Any) -> dict[str, str]:
    """Dov's visit that is booked, and one whose door is open, where he has answered."""
    ada, at = cast.here("ada"), cast.at + timedelta(minutes=5)
    given = (ada, cast.dov, ada.person, at, at + timedelta(minutes=50))
    try:
        booked = practice.book(*given, mode="telehealth")
    except Doubtful as asked:  # beside another of hers
        booked = practice.book(*given, mode="telehealth", sure=asked.doubts.asked)
    met = actions.begin_now(ada, cast.dov)
    dov = cast.here("dov")
    actions.answer(dov, queries.meeting(dov, met), ANSWER)
    here = licence("us-md", "us-md", ())
    one = queries.meeting(ada, met)
    actions.open_door(ada, one, here, consented=False, reason="Signed on paper.")
    return {"visit": booked, "met": met}


def by_video_together(cast: Any, couple: str) -> dict[str, str]:
    """A couple's visit that is booked, and one whose door is open and into which one was let."""
    ada, at = cast.here("ada"), cast.at + timedelta(minutes=5)
    given = (ada, couple, ada.person, at, at + timedelta(minutes=50))
    try:
        booked = practice.book(*given, mode="telehealth")
    except Doubtful as asked:  # beside another of hers
        booked = practice.book(*given, mode="telehealth", sure=asked.doubts.asked)
    met = actions.begin_now(ada, couple)
    _, seat = meetings.seat_of(ada, met, 1)
    said = msgspec.structs.replace(ANSWER, address="3 Mill Lane", call_back="410-555-0188")
    actions.answer(ada, seat, said)
    here = licence("us-md", "us-md", ())
    actions.open_door(ada, seat, here, consented=False, reason="Signed on paper.")
    return {"couple_visit": booked, "couple_met": met}


def meet_together(life: "Life") -> None:
    """A couple: Ada asks each by telephone, lets them in, asks one out again, and ends it."""
    ada, couple = life.served.people["ada"].web, life.ids["couple"]
    went = ada.post(f"/clients/{couple}/call", {})
    assert went.status == 302, went.text[:800]
    room = went.goes_to
    ada.open(f"{room}/together")
    for seat in (1, 2):
        at = f"{room}/seat/{seat}"
        number = life.chart.also(f"410-555-012{seat}")
        given = {"known": "asked", "place": "us-de", "near": "heard"}
        asked = ada.submit(ada.open(at).form("/check"), **given, call_back=number)
        assert asked.status == 302, asked.text[:800]
        assert ada.submit(ada.open(at).form("/open")).status == 302
        for words in ("local", "agreed"):
            form = next(one for one in ada.open(f"{at}/sheet").forms if _does(one, words))
            assert ada.submit(form).status == 302
    ada.open(f"{room}/together/now?seen=nothing")
    ada.open(f"{room}/seat/1/facts?seen=nothing")
    ada.open(f"{room}/together/room")
    told = {"seat": 1, "how": "not verified"}
    assert ada.json(f"{room}/together/reached", told).status == 200
    assert ada.json(f"{room}/together/note", {"do": "fell", "seat": 1}).status == 200
    assert ada.json(f"{room}/together/state", {}).status == 200
    assert ada.post(f"{room}/seat/2/out", {}).status == 302
    assert ada.post(f"{room}/seat/2/say", {"do": "absent"}).status == 302
    ended = ada.submit(ada.open(f"{room}/together").form("/end"), stop="")
    assert ended.status == 302, ended.text[:800]
    ada.open(f"{room}/together")


def meet_by_video(life: "Life") -> None:
    """Ada asks by telephone, opens the door with a reason, writes down what was agreed, and ends."""
    ada, chart = life.served.people["ada"].web, life.ids["chart"]
    went = ada.post(f"/clients/{chart}/call", {})
    assert went.status == 302, went.text[:800]
    room = went.goes_to
    asked = ada.open(room).form("/check")
    assert ada.submit(asked, call_back="nowhere").status == 409
    number = life.chart.also("410-555-0199")
    given = {"known": "asked", "place": "us-de", "near": "heard"}
    answered = ada.submit(ada.open(room).form("/check"), **given, call_back=number)
    assert answered.status == 302, answered.text[:800]
    ada.open(f"{room}/facts?seen=nothing")
    door = ada.open(room).form("/open")
    assert ada.submit(door, reason="").status == 409
    assert ada.submit(door).status == 302
    for words in ("local", "agreed"):
        page = ada.open(f"{room}/sheet")
        form = next(each for each in page.forms if _does(each, words))
        assert ada.submit(form).status == 302
    ada.open(f"{room}/sheet")
    ada.open(f"/clients/{chart}/danger?elsewhere=us-de")
    ada.open(f"{room}/room")
    ended = ada.submit(ada.open(room).form("/end"), stop="")
    assert ended.status == 302, ended.text[:800]
    ada.open(room)


def visit_from_her_side(life: "Life", dov: Browser) -> None:
    """Where she is, the waiting room, the call, and what its buttons say; then Ada ends it."""
    ada, chart = life.served.people["ada"].web, life.ids["chart"]
    room = ada.post(f"/clients/{chart}/call", {}).goes_to
    mine = f"/my/visit/{room.rpartition('/')[2]}"
    asked = dov.open(mine).form(mine)
    assert dov.submit(asked, call_back="nowhere").status == 409
    given = {"me": "yes", "place": "us-md", "near": "alone", "slowly": "yes"}
    numbers = {name: life.chart.also("410-555-0177") for name in ("call_back", "contact_phone")}
    given["name"] = life.chart.words("the name that others read")
    answered = dov.submit(asked, **given, **numbers)
    assert answered.status == 302, answered.text[:800]
    dov.open(f"{mine}/wait")
    assert dov.json(f"{mine}/state", {}).status == 200
    assert ada.submit(ada.open(room).form("/open")).status == 302
    dov.open(f"/my/{chart}/video")
    dov.open(f"{mine}/room")
    for what in ("near", "slowly", "fell"):
        assert dov.json(f"{mine}/say", {"do": what}).status == 200
    assert dov.json(f"{mine}/reached", {"how": "not verified"}).status == 200
    assert dov.json(f"{mine}/ticket", {}).status in (200, 409)
    assert ada.submit(ada.open(room).form("/end"), stop="").status == 302
    dov.open(mine)


def _does(form: Form, what: str) -> bool:
    return form.values.get("do") == [what]
