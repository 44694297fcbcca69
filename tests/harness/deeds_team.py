"""What several do to a practice, one deed each: to be broken, raced and killed like the others."""

from collections.abc import Callable, Mapping
from datetime import UTC, timedelta
from typing import Any

from stillroom.access import Capacity
from stillroom.chart import actions as chart
from stillroom.chart import handing, restricting, reviewing, together
from stillroom.kernel import Trilean
from stillroom.practice import actions as practice
from stillroom.practice import actions_blocks, actions_series, queries
from stillroom.practice.actions_turning import turn_key
from stillroom.practice.rules import FrontSheet
from stillroom.practice.rules_calendar import Slot
from tests.cast import NOON, Cast

TEXT = {"Data": "Slept six hours.", "Assessment": "Steadier.", "Plan": "Tuesday."}
WEEKLY = [
    Slot(at, at + timedelta(minutes=50)) for at in (NOON + timedelta(days=7 * n) for n in (1, 2, 3))
]
LUNCH = [
    Slot(one.starts_at + timedelta(hours=3), one.ends_at + timedelta(hours=3)) for one in WEEKLY
]
BY_TELEPHONE = {"mode": "telephone", "code": ""}
Do = Callable[[Cast, Mapping[str, str]], Any]


def live_together(cast: Cast) -> dict[str, str]:
    """Notes in each state of supervision, and a group's session that is being written."""
    ada, sol = cast.here("ada"), cast.here("sol")
    waits, approved, returned, changing = (_sent(cast) for _ in range(4))
    reviewing.cosign(sol, approved, seen=2)
    for record in (returned, changing):
        reviewing.give_back(sol, record, "Name the intervention.", seen=2)
    reviewing.begin_changes(ada, changing)
    kept = chart.begin(ada, cast.dov, "progress_note", occurred_at=NOON)
    restricting.restrict(ada, kept, "She asked for it.")
    carers = [practice.Carer(ada.person, Capacity.TREATING)]
    dov = queries.chart_head(ada, cast.dov).holders[0].client
    ivo = [FrontSheet(given="Ivo", family="Tamm")]
    group = practice.admit(ada, cast.directory, ivo, carers, kind="group", known_clients=[dov])
    whole = together.begin(ada, group, {dov: together.Attended("came")}, occurred_at=NOON)
    shared = {"What the group did": "Spoke.", "How the group was": "", "What comes next": ""}
    chart.save_draft(ada, whole, shared, 1)
    member = together.parts(ada, whole)[-1].record.id
    words = {"In the group": "Listened.", "Response": "", "Plan": ""}
    chart.save_draft(ada, member, words, 1, kind="group_member_note")
    return {
        "waits": waits, "approved": approved, "returned": returned, "changing": changing,
        "kept": kept, "blocked": actions_blocks.block(ada, *LUNCH),
        "group": group, "together": whole, "member": dov,
    }  # fmt: skip


def _sent(cast: Cast) -> str:
    ada = cast.here("ada")
    record = chart.begin(ada, cast.dov, "progress_note", occurred_at=NOON)
    chart.save_draft(ada, record, TEXT, 1)
    chart.sign(ada, record, 2)
    reviewing.send(ada, record, [cast.people["sol"].id])
    return record


def _sign_together(cast: Cast, ids: Mapping[str, str]) -> int:
    ada = cast.here("ada")
    found = together.parts(ada, ids["together"])
    versions = {one.record.id: one.record.draft_version for one in found}
    return together.sign_all(ada, ids["together"], versions)


TEAM: dict[str, Do] = {
    "keep hours free": lambda cast, ids: actions_blocks.block(cast.here("ada"), WEEKLY[0]),
    "keep hours free every week": lambda cast, ids: actions_blocks.block(cast.here("ada"), *WEEKLY),
    "free those that follow": lambda cast, ids: actions_blocks.free(
        cast.here("ada"), ids["blocked"], following=True
    ),
    "book a series": lambda cast, ids: actions_series.book_series(
        cast.here("ada"), cast.dov, cast.people["ada"].id, WEEKLY, **BY_TELEPHONE
    ),
    "move what follows": lambda cast, ids: actions_series.move_following(
        cast.here("ada"), ids["meeting"], cast.people["ada"].id, WEEKLY[0], UTC, **BY_TELEPHONE
    ),
    "cancel what follows": lambda cast, ids: actions_series.cancel_following(
        cast.here("ada"), ids["meeting"]
    ),
    "make a new key": lambda cast, ids: turn_key(
        cast.here("ada", stepped_up=Trilean.YES), cast.dov
    ),
    "keep a record to those who treat": lambda cast, ids: restricting.restrict(
        cast.here("ada"), ids["note"], "She asked for it."
    ),
    "let a record be read again": lambda cast, ids: restricting.let_read(
        cast.here("ada"), ids["kept"], "by_word", "She agreed."
    ),
    "send": lambda cast, ids: reviewing.send(
        cast.here("ada"), ids["note"], [cast.people["sol"].id]
    ),
    "co-sign": lambda cast, ids: reviewing.cosign(cast.here("sol"), ids["waits"], seen=2),
    "return": lambda cast, ids: reviewing.give_back(
        cast.here("sol"), ids["waits"], "Shorter.", seen=2
    ),
    "take a return back": lambda cast, ids: reviewing.take_back(
        cast.here("sol"), ids["returned"], seen=3
    ),
    "undo": lambda cast, ids: reviewing.undo(
        cast.here("sol"), ids["approved"], "The wrong one.", seen=3
    ),
    "begin to change": lambda cast, ids: reviewing.begin_changes(cast.here("ada"), ids["returned"]),
    "sign the changes": lambda cast, ids: chart.sign(cast.here("ada"), ids["changing"], 1),
    "begin a group's session": lambda cast, ids: together.begin(
        cast.here("ada"),
        ids["group"],
        {ids["member"]: together.Attended("came")},
        occurred_at=NOON,
    ),
    "sign a group's session": _sign_together,
    "hand over": lambda cast, ids: handing.hand_over(
        cast.here("ada"), ids["couple"], cast.people["bea"].id, None, "Ring her."
    ),
    "leave": lambda cast, ids: practice.leave(cast.here("sol"), cast.dov),
}
