"""A day's steps about what a client reads: a record held, and a kind of record, and let go again;
and, for the access matrix, what Dov asked by his own door."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from stillroom.chart import actions as chart
from stillroom.chart import holding, restricting
from stillroom.chart.holding import Reason
from stillroom.disclosure import actions, own_asking
from stillroom.disclosure.rules import Decision
from stillroom.kernel import Trilean
from tests.harness.asked_for import say_which_entries
from tests.web import corpus

if TYPE_CHECKING:
    from tests.harness.browser import Browser
    from tests.harness.living import Life


def hold_something(life: "Life") -> None:
    """Without a reason first, then with one; seen on the record's page, and ended."""
    ada, chart = life.served.people["ada"].web, life.ids["chart"]
    # Until when it is held stands in the clear: it is no word of a client's.
    until = (datetime.now(UTC).date() + timedelta(days=40)).isoformat()
    at = f"/records/{life.ids['note']}/hold"
    form = ada.open(at).form("/hold")
    assert ada.submit(form, ground="", until=until).status == 409
    assert ada.submit(form, ground="danger", until=until).status == 302
    ada.open(f"/records/{life.ids['note']}")
    kinds = ada.open(f"/clients/{chart}/holds").form("/holds")
    sent = {"ground": "another", "kind": "treatment_plan", "until": until}
    assert ada.submit(kinds, **sent).status == 302
    ended = ada.open(f"/clients/{chart}/holds").form("/end")
    assert ada.submit(ended).status == 302
    ada.open(f"/clients/{chart}/holds")
    _keep_to_those_who_treat(life)


def _keep_to_those_who_treat(life: "Life") -> None:
    """What was agreed, and the end of it as the client agrees; seen on both pages."""
    ada, at = life.served.people["ada"].web, f"/records/{life.ids['note']}"
    assert ada.submit(ada.open(f"{at}/those-who-treat").form("/those-who-treat")).status == 302
    ada.open(at)
    end = ada.open(f"{at}/those-who-treat").form("/all-who-care")
    assert ada.submit(end, how="").status == 409
    assert ada.submit(end, how="by_word").status == 302
    ada.open(f"{at}/those-who-treat")


def read_by_her_own_door(life: "Life", dov: "Browser") -> None:
    """She reads, looks who opened it, asks, disagrees, and asks to take it all along; whoever treats
    answers, and lets it go. What is let go can be fetched after three days and not before."""
    ada, at = life.served.people["ada"].web, f"/my/{life.ids['chart']}"
    page = dov.open(f"{at}/entries")
    entry = re.search(r"/my/entry/[a-z2-7]{26}", page.text)
    assert entry, page.text[:800]
    for path in (entry[0], f"{at}/list", f"{at}/plan", f"{at}/opened", f"{at}/opened/proof"):
        dov.open(path)
    form = dov.open(f"{at}/asking").form(f"{at}/asking")
    assert dov.submit(form, kind="").status == 409
    assert dov.submit(form, kind="amendment").status == 302
    asked = _asked(dov, f"{at}/asking")
    assert ada.submit(ada.open(f"/matters/{asked}").form("/decide"), decision="deny").status == 302
    form = dov.open(f"/my/asked/{asked}").form("/disagree")
    assert dov.submit(form, words="").status == 409
    assert dov.submit(form).status == 302
    say_which_entries(ada, f"/matters/{asked}", life.ids["note"])
    ada.open(f"/matters/{asked}")
    assert dov.post(f"{at}/along", {}).status == 302
    dov.open(f"{at}/along")
    along = _asked(dov, f"{at}/asking")
    form = ada.open(f"/matters/{along}").form("/along")
    assert ada.submit(form, was_she=[], no_ground=[]).status == 409
    let_go = ada.submit(form, was_she="yes", no_ground="yes")
    assert let_go.status == 302, re.findall(r'class="mend".*?</div>', let_go.text, re.DOTALL)
    assert dov.get(f"/my/asked/{along}/file").status == 409


def _asked(dov: "Browser", at: str) -> str:
    """The number of what she asked last."""
    found = re.search(r"/my/asked/([a-z2-7]{26})", dov.open(at).text)
    assert found
    return found[1]


def read_by_dov(cast: Any) -> dict[str, str]:
    """A hold on a kind that Dov has none of; a correction that was refused him, and all of it asked
    to take along."""
    ada, dov = cast.here("ada"), cast.here("dov", stepped_up=Trilean.YES)
    reason = Reason("another", "It names her.", date(2026, 12, 20))
    hold = holding.hold_kind(ada, cast.dov, "sud_records", reason)
    kept = chart.begin(ada, cast.dov, "contact_note", occurred_at=cast.at)
    restricting.restrict(ada, kept, "He wants nobody but Ada to know.")
    asked = own_asking.ask(dov, cast.dov, "amendment", "It was seven hours.")
    actions.decide(ada, corpus(), asked, Decision.DENY, "It is what was said.")
    along = own_asking.ask_along(dov, cast.dov)
    return {"hold": hold, "kept": kept, "asked": asked, "along": along}
