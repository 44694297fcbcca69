"""What people do to a practice, one deed each: to be broken, raced and killed.

`live` is the first story up to the moment before the packet leaves.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from stillroom.access import Capacity, Role
from stillroom.chart import actions as chart
from stillroom.chart import again, measures, measuring
from stillroom.chart import queries as charts
from stillroom.chart.rules_again import Plan
from stillroom.consent import actions as consent
from stillroom.consent import actions_events
from stillroom.consent.rules_events import EventSaid
from stillroom.disclosure import actions, happening, releasing, steps
from stillroom.disclosure.rules import Decision, State
from stillroom.identity import accounts, readmission
from stillroom.kernel import Trilean
from stillroom.phi import Presence
from stillroom.practice import actions as practice
from stillroom.practice import actions_holders
from stillroom.practice.queries import chart_head
from stillroom.practice.rules import FrontSheet
from stillroom.supervision import actions as supervision
from tests.cast import NOON, Cast
from tests.disclosure.story import authorization, measured, notes, subpoena
from tests.harness import documents, privileged
from tests.harness.asked_for import correct_the_case
from tests.harness.deeds_team import TEAM, live_together
from tests.harness.deeds_wishing import WISHING, live_wishing
from tests.harness.leaving import send_and_let_leave
from tests.harness.lettered import DISPUTED, LINKED, live_disputed, live_linked
from tests.web import corpus

HOUR = timedelta(hours=1)
TEXT = {"Data": "Slept six hours.", "Assessment": "Steadier.", "Plan": "Tuesday."}
Do = Callable[[Cast, Mapping[str, str]], Any]


def live(cast: Cast) -> dict[str, str]:
    ada = cast.here("ada")
    cast.licensed("ada")
    note, private = notes(cast)
    draft = chart.begin(ada, cast.dov, "progress_note", occurred_at=NOON)
    chart.save_draft(ada, draft, TEXT, 1)
    paper = consent.take_up(ada, cast.dov, authorization(cast, "the custody case ends"))
    matter = actions.enter(ada, cast.dov, subpoena())
    for fact, value in (("identity_verified", True), ("federal_court", False)):
        actions.answer(ada, corpus(), matter, fact, value)
    actions.decide(ada, corpus(), matter, Decision.BUILD, "He has signed.")
    bundle = releasing.choices(ada, corpus(), matter)
    chosen = [one.record.id for one in bundle.choices if one.state is State.CHOSEN]
    packet = releasing.build(ada, corpus(), matter, chosen, [])
    meeting = practice.book(ada, cast.dov, ada.person, NOON, NOON + HOUR)
    carers = [practice.Carer(ada.person, Capacity.TREATING)]
    imani = FrontSheet(given="Imani", family="Feld")
    couple = practice.admit(ada, cast.directory, [imani], carers, kind="couple")
    measure, handed = measured(cast)
    return {
        "measure": measure, "handed": handed,
        "danger": happening.open_matter(ada, corpus(), cast.dov, "danger_to_others"),
        **documents.live(cast),
        **_supervised(cast),
        **live_together(cast),
        **live_wishing(cast),
        **live_linked(cast),
        **live_disputed(cast),
        "meeting": meeting, "couple": couple,
        "note": note, "private": private, "draft": draft,
        "paper": paper, "matter": matter, "packet": packet,
    }  # fmt: skip


def _supervised(cast: Cast) -> dict[str, str]:
    """A draft of Sol's about Ada's work, and a signed note."""
    sol, ada = cast.here("sol"), cast.people["ada"].id
    found = [supervision.begin(sol, ada) for _ in range(2)]
    for one in found:
        words = {"held_on": "2026-11-20", "minutes": "50", "agreed": "Two tapes."}
        supervision.save(sol, one, words, 1)
    supervision.sign(sol, found[1], 2)
    return {"supervising": found[0], "supervised": found[1]}


def _ada(cast: Cast) -> Presence:
    return cast.here("ada", stepped_up=Trilean.YES)


PHQ = measures.load().measures["phq-9"]
ANSWERS = {str(nth): "LA6569-3" for nth in range(1, 10)}


def _take(cast: Cast, _: Mapping[str, str]) -> None:
    measuring.keep(_ada(cast), cast.dov, PHQ, ANSWERS, "asked", occurred_at=NOON)


def _hand_over_and_back(cast: Cast, _: Mapping[str, str]) -> None:
    occasion = measuring.hand(_ada(cast), cast.dov, PHQ)
    measuring.hand_back(cast.house, _ada(cast).person, occasion, ANSWERS, at=NOON)


def _plan(cast: Cast, _: Mapping[str, str]) -> None:
    client = chart_head(cast.here("ada"), cast.dov).holders[0].client
    again.plan(_ada(cast), cast.dov, Plan("phq-9", client), 2, PHQ)


def _keep_handed(cast: Cast, ids: Mapping[str, str]) -> None:
    back = measuring.look(_ada(cast), ids["handed"])
    measuring.keep_handed(_ada(cast), back, PHQ)


DEEDS: dict[str, Do] = {
    "take a measure": _take,
    "hand a measure over and back": _hand_over_and_back,
    "keep what was handed back": _keep_handed,
    "plan a measure again and again": _plan,
    "assess what a measure asked for": lambda cast, ids: measuring.assess(
        _ada(cast), ids["measure"], measures.load()
    ),
    "read a record": lambda cast, ids: charts.record(_ada(cast), ids["private"]),
    "read a chart": lambda cast, ids: charts.timeline(_ada(cast), cast.dov),
    "save a draft": lambda cast, ids: chart.save_draft(_ada(cast), ids["draft"], TEXT, 2),
    "begin a note": lambda cast, ids: chart.begin(
        _ada(cast), cast.dov, "sud_counseling_note", occurred_at=NOON
    ),
    "sign": lambda cast, ids: chart.sign(_ada(cast), ids["draft"], 2),
    "add": lambda cast, ids: chart.addend(_ada(cast), ids["note"], "He rang."),
    "strike": lambda cast, ids: chart.strike(_ada(cast), ids["note"], "Another's."),
    "begin a note about supervision": lambda cast, ids: supervision.begin(
        cast.here("sol"), cast.people["bea"].id
    ),
    "sign a note about supervision": lambda cast, ids: supervision.sign(
        cast.here("sol"), ids["supervising"], 2
    ),
    "give a note about supervision": lambda cast, ids: supervision.share(
        cast.here("sol"), ids["supervised"]
    ),
    "take a step in a matter": lambda cast, ids: steps.add(
        _ada(cast), ids["matter"], "identity", {"how": "called back"}
    ),
    "begin care": lambda cast, ids: practice.begin_care(
        _ada(cast), cast.dov, cast.people["bea"].id, Capacity.COVERING, NOON + timedelta(days=7)
    ),
    "end care": lambda cast, ids: practice.end_care(_ada(cast), cast.dov, cast.people["sol"].id),
    "admit": lambda cast, ids: practice.admit(
        _ada(cast),
        cast.directory,
        [FrontSheet(given="Gil", family="Ostrander")],
        [practice.Carer(cast.people["ada"].id, Capacity.TREATING)],
    ),
    "add somebody to a couple": lambda cast, ids: actions_holders.add_new_holder(
        _ada(cast), cast.directory, ids["couple"], FrontSheet(given="Joss", family="Feld")
    ),
    "change the place of law": lambda cast, ids: practice.change_place(
        _ada(cast), cast.dov, "us-nv"
    ),
    "book": lambda cast, ids: practice.book(
        _ada(cast), cast.dov, cast.people["ada"].id, NOON + 2 * HOUR, NOON + 3 * HOUR
    ),
    "move": lambda cast, ids: practice.move(
        _ada(cast),
        ids["meeting"],
        cast.people["ada"].id,
        NOON + 4 * HOUR,
        NOON + 5 * HOUR,
        mode="telephone",
        code="90834",
    ),
    "cancel": lambda cast, ids: practice.mark(_ada(cast), ids["meeting"], "cancelled"),
    "take up a paper": lambda cast, ids: consent.take_up(_ada(cast), cast.dov, authorization(cast)),
    "revoke": lambda cast, ids: consent.revoke(_ada(cast), ids["paper"]),
    "say that its event has come": lambda cast, ids: actions_events.say(
        _ada(cast), ids["paper"], EventSaid(came=True, words="The decree is here.")
    ),
    "say that its event has not come": lambda cast, ids: actions_events.say(
        _ada(cast), ids["paper"], EventSaid(came=False, words="Asked Rex.")
    ),
    "answer": lambda cast, ids: actions.answer(
        _ada(cast), corpus(), ids["matter"], "objection_pending", False
    ),
    "correct a request": lambda cast, ids: correct_the_case(_ada(cast), ids["matter"]),
    "decide": lambda cast, ids: actions.decide(
        _ada(cast), corpus(), ids["matter"], Decision.BUILD, "Again."
    ),
    "release": lambda cast, ids: releasing.release(
        _ada(cast), corpus(), ids["packet"], "Rex Dunleavy"
    ),
    "send, and let it leave": send_and_let_leave,
    "write down a call": lambda cast, ids: happening.attempt(
        _ada(cast), corpus(), ids["danger"], {"deed": "notify_law_enforcement", "result": "told"}
    ),
    "invite": lambda cast, ids: accounts.invite(cast.here("max"), "ivo", "Ivo Tamm", [Role.BILLER]),
    "begin to let in again": lambda cast, ids: readmission.begin(cast.house, "bea", at=cast.at),
    **TEAM,
    **WISHING,
    **LINKED,
    **DISPUTED,
    **documents.DEEDS,
    **privileged.DEEDS,
}
