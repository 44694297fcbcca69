"""A day's steps in matters that were asked: a letter read, who asks, what to look for, answers."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from msgspec import structs

from stillroom.consent.rules import Party
from stillroom.disclosure import actions, arriving, correcting
from stillroom.disclosure.askers.arrived import Arrived
from stillroom.disclosure.matters import Asked
from stillroom.disclosure.models import Arrival
from stillroom.disclosure.rules import Decision, Intake
from tests.cast import NOON
from tests.web import corpus

if TYPE_CHECKING:
    from tests.harness.browser import Browser
    from tests.harness.living import Life

_MATTER = r"/matters/[a-z2-7]{26}"


def answer_the_client(life: "Life") -> None:
    """The client asks for a copy, for a correction; a payer names a claim. Each is gone into."""
    for who, instrument in (
        ("access", "client_request"), ("amendment", "client_request"), ("payer", "letter"),
    ):  # fmt: skip
        matter = life.ids[who] = _entered(life, who, instrument)
        ada = life.served.people["ada"].web
        correct_what_was_entered(ada, matter)
        page = ada.open(matter)
        assert ada.submit(page.form("/identity"), seen="", how=[]).status == 409
        kept = ada.submit(page.form("/identity"), how=["callback"], verified="yes")
        assert kept.status == 302, kept.text[:800]
        if who == "amendment":
            decided = ada.open(matter).form("/decide")
            assert ada.submit(decided, decision="deny").status == 302
            after = ada.open(matter).form("/amending")
            assert ada.submit(after, what="").status == 409
            assert ada.submit(after, what="statement").status == 302
            say_which_entries(ada, matter, life.ids["note"])
        if who == "payer":
            look = ada.open(matter).form("/look")
            assert ada.submit(look, value="no").status == 302
    _write_down_a_letter(life)


def say_which_entries(who: "Browser", matter: str, record: str) -> None:
    """A denied correction: what the denial says, and which entry it is about; first none is named."""
    denial, about = (one for one in who.open(matter).forms if one.action.endswith("/amending"))
    assert who.submit(denial, what="denial").status == 302
    assert who.submit(about).status == 409
    assert who.submit(about, records=[record]).status == 302


def _entered(life: "Life", who: str, instrument: str) -> str:
    """A matter of this asker, its letter read first."""
    ada, chart = life.served.people["ada"].web, life.ids["chart"]
    address = f"/clients/{chart}/matters/new"
    form = ada.open(f"{address}?who={who}").form("/matters/new")
    read = ada.submit(form, do="read", who=who, received_on=life.chart.also("2025-09-28"))
    assert read.status == 200, read.text[:800]
    days = {
        name: life.chart.also(day)
        for name, day in (("since", "1987-03-28"), ("until", "2034-06-16"), ("return_date", "2031-10-18"))
        if name in form.types
    }  # fmt: skip
    entered = ada.submit(
        form, occasion=who, instrument=instrument, received_on=life.chart.also("2025-09-28"),
        kinds=["progress_notes"], **days,
    )  # fmt: skip
    found = re.search(_MATTER, entered.goes_to)
    assert found, entered.text[:800]
    return found[0]


def correct_the_case(here: Any, matter: str) -> Any:
    """A request is corrected: another caption."""
    _, asked, revision = correcting.entered(here, matter)
    after = structs.replace(asked, intake=replace(asked.intake, caption="Halpern, 24-C-26"))
    return correcting.correct(here, matter, after, "Misread.", revision)


def correct_what_was_entered(ada: "Browser", matter: str, **given: str) -> None:
    """First without saying why. What is typed is the same each time, but for what is given."""
    form = ada.open(f"{matter}/correct").form("/correct")
    days = {name: form.values[name] for name in ("received_on", "served_on", "return_date")}
    days |= {name: form.values[name] for name in ("dated", "since", "until")}
    assert ada.submit(form, why="", **days).status == 409
    kept = ada.submit(form, **days, **given)
    assert kept.status == 302, re.findall(r'class="mend".*?</div>', kept.text, re.DOTALL)


def asked_of_ada(cast: Any) -> dict[str, str]:
    """A correction that Dov asked for, accepted; and a letter that waits."""
    ada = cast.here("ada")
    intake = Intake(Party("Dov", "client"), NOON.date(), "client_request")
    correction = actions.enter(ada, cast.dov, Asked(intake, "", {}, "amendment"))
    actions.decide(ada, corpus(), correction, Decision.ACCEPT, "He is right.")
    return {"correction": correction, **letters_waiting(cast)}


def letters_waiting(cast: Any) -> dict[str, str]:
    """A letter about a stranger, written down at the front desk five days ago."""
    then = cast.at - timedelta(days=5)
    words = Arrived("Nell Quill", "Hollis Beck", then.date())
    arriving.write_down(cast.here("cal", at=then), words)
    return {"arrival": Arrival.objects.get().pk}


def _write_down_a_letter(life: "Life") -> None:
    """The front desk writes a letter down, first without its names."""
    cal = life.browser_of("cal")
    form = cal.open("/letters").form("/letters")
    assert cal.submit(form, about="", asker="").status == 409
    days = {"born": life.chart.also("1984-02-17"), "came_on": life.chart.also("2025-09-29")}
    kept = cal.submit(form, **days)
    assert kept.goes_to == "/letters?kept=1", kept.text[:800]
    cal.open(kept.goes_to)
