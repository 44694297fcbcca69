"""A day's steps after a packet has left: the account handed over, a line held back, an incident."""

import re
from typing import TYPE_CHECKING

from tests.harness.browser import Form, Page

if TYPE_CHECKING:
    from tests.harness.living import Life

_ID = r"([a-z2-7]{26})"


def give_accounts(life: "Life") -> None:
    """Two accounts, the second for a fee; then an agency's statement; then how the packet went."""
    ada, chart = life.served.people["ada"].web, life.ids["chart"]
    address = f"/clients/{chart}/account"
    assert ada.submit(ada.open(address).form("/add")).status == 409, "no day"
    left = {"left_on": life.chart.also("2025-10-21")}
    assert ada.submit(ada.open(address).form("/add"), **left).status == 302
    refused = ada.submit(ada.open(address).form("/give"), asked_on="soon")
    assert refused.status == 409, "a word for a day"
    given = {"since": life.chart.also("2024-02-11")}
    assert ada.submit(ada.open(address).form("/give"), **given).status == 302
    again = ada.open(address).form("/give")
    assert ada.submit(again, **given).status == 409, "a fee of which nobody was told"
    assert ada.submit(again, told="yes", **given).status == 302
    page = ada.open(address)
    kept = re.search(rf"/accounts/{_ID}", page.text)
    line = re.search(rf'name="departure" value="{_ID}"', page.text)
    assert kept, page.text[:800]
    assert line
    ada.open(kept[0])
    assert ada.submit(page.form("/hold")).status == 409
    stated = {"stated_on": life.chart.also("2025-10-02"), "until": life.chart.also("2036-04-09")}
    held = ada.submit(page.form("/hold"), written="yes", departure=[line[1]], **stated)
    assert held.status == 302, held.text[:800]
    sent = ada.open(f"/matters/{life.ids['matter']}").form("/sent")
    assert ada.submit(sent, on=life.chart.also("2025-11-05")).status == 302


def weigh_an_incident(life: "Life") -> None:
    """Reported by who treats, weighed by who owns, from the first word to the last."""
    ada, olga = (life.served.people[name].web for name in ("ada", "olga"))
    form = ada.open("/incidents").form("/incidents")
    assert ada.submit(form, discovered_on="lately").status == 409, "a word for a day"
    numbers = {"charts": "0012, 0031", "people": "2", "in_one_state": "2"}
    days = {"discovered_on": life.chart.also("2025-12-01"), "happened_on": ""}
    reported = ada.submit(form, **numbers, **days)
    incident = life.note_id("incident", reported, rf"/incidents/{_ID}")
    again = {**days, "happened_on": life.chart.also("2025-12-02")}
    assert ada.submit(form, **numbers, **again).status == 302
    address = f"/incidents/{incident}"
    olga.open("/incidents")
    for which in ("what", "who", "seen", "mitigated"):
        form = _form(olga.open(address), "factor", which)
        assert olga.submit(form, low="no").status == 302
    assert olga.submit(_form(olga.open(address), "exception"), which="inadvertent").status == 302
    assert olga.submit(_form(olga.open(address), "decided"), breach="yes").status == 302
    assert olga.submit(_form(olga.open(address), "letter")).status == 302
    olga.open(f"{address}/notice")
    days = {"stated_on": life.chart.also("2025-12-05"), "until": life.chart.also("2036-05-06")}
    assert olga.submit(_form(olga.open(address), "delay"), written="yes", **days).status == 302
    on = life.chart.also("2025-12-09")
    told = _form(olga.open(address), "told")
    assert olga.submit(told, whom="client", chart="12", on=on).status == 302
    assert olga.submit(olga.open(address).form("/close")).status == 409, "HHS is not told yet"


def _form(page: Page, kind: str, which: str = "") -> Form:
    """The form on an incident's page that writes this kind."""
    return next(
        form
        for form in page.forms
        if form.values.get("kind") == [kind] and (not which or form.values.get("which") == [which])
    )
