"""A day's steps around the plan: written, reviewed, written again; diagnoses; and all of it read.

Words stand in every field; where a day or a choice is asked, a day that can be searched for.
"""

import re
from typing import TYPE_CHECKING

from tests.harness.read_by_clients import hold_something

if TYPE_CHECKING:
    from tests.harness.browser import Browser, Page
    from tests.harness.living import Life

_AGREED = {"participation": "together", "agreement": "said"}


def plan_the_care(life: "Life") -> None:
    """The plan, its review and its next version; the diagnoses; the thread, the story, a print."""
    ada, chart = life.served.people["ada"].web, life.ids["chart"]
    _write(life, ada, "treatment_plan", "plan")
    _write(life, ada, "plan_review", "review")
    _write(life, ada, "treatment_plan", "plan again")
    _diagnose(life, ada)
    for path in ("plan", "story", "print", "print?shelf=treatment_plan"):
        ada.open(f"/clients/{chart}/{path}")
    ada.open(f"/clients/{chart}?objective=1&since=2026-01-01")
    chosen = ada.open(f"/clients/{chart}/print").form("/print")
    assert ada.submit(chosen, record=[life.ids["plan"], life.ids["note"]]).status == 200
    hold_something(life)


def _days(life: "Life", page: "Page") -> dict[str, str]:
    """A day to be searched for, in every field for days."""
    types = page.form("/sign").types
    return {
        name: life.chart.also(f"20{41 + nth}-07-2{nth % 10}")
        for nth, name in enumerate(each for each, kind in types.items() if kind == "date")
    }


def _write(life: "Life", ada: "Browser", kind: str, name: str) -> None:
    chart = life.ids["chart"]
    begun = ada.post(f"/clients/{chart}/begin/{kind}", {})
    record = life.note_id(name, begun, r"/records/([a-z2-7]{26})")
    if kind == "treatment_plan":
        page = ada.open(f"/records/{record}")
        sent = {**page.form("/sign").values, "add": "problem"}
        assert ada.post(f"/records/{record}/row", sent).status == 302
    page = ada.open(f"/records/{record}")
    outcomes = dict.fromkeys(
        re.findall(r'name="(objectives\.\d+\.outcome)"', page.text), "continue"
    )
    signed = ada.submit(page.form("/sign"), **_AGREED, **outcomes, **_days(life, page))
    assert signed.status == 302, re.findall(r'class="mend".*?</div>', signed.text, re.DOTALL)
    ada.open(f"/records/{record}")


def _diagnose(life: "Life", ada: "Browser") -> None:
    begun = ada.post(f"/clients/{life.ids['chart']}/begin/diagnoses", {})
    record = life.note_id("diagnoses", begun, r"/records/([a-z2-7]{26})")
    row, codes = f"/records/{record}/row", f"/records/{record}/codes"
    assert ada.post(codes, {"q": life.chart.words("code")}).status == 200
    for add, status in (("code", 409), ("code:F33.1", 302), ("own", 302)):
        values = ada.open(f"/records/{record}").form("/sign").values
        sent = {**values, "q": life.chart.words("seeking"), "add": add}
        assert ada.post(row, sent).status == status
    page = ada.open(f"/records/{record}")
    refused = ada.submit(page.form("/sign"), **_days(life, page))
    assert refused.status == 409, "words are no code"
    page = ada.open(f"/records/{record}")
    sent = {**page.form("/sign").values, "remove": "diagnoses.1"}
    assert ada.post(row, sent).status == 302
    form = ada.open(f"/records/{record}").form("/sign")
    signed = ada.submit(
        form, **{"diagnoses.0.certainty": "confirmed", "diagnoses.0.resolved_on": ""}
    )
    assert signed.status == 302, re.findall(r'class="mend".*?</div>', signed.text, re.DOTALL)
    ada.open(f"/records/{record}")
