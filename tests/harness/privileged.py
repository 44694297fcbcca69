"""Privilege and letters, by their pages, with a canary in every field for words."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from stillroom.consent import actions_privilege
from stillroom.consent.rules_privilege import By, Event, What
from stillroom.practice import queries as practice
from tests.cast import Cast
from tests.harness.asked_for import correct_what_was_entered

if TYPE_CHECKING:
    from tests.harness.living import Life


def keep_privilege(life: "Life") -> None:
    """Every sort of entry that holds words: signed once refused, so that both answers are seen."""
    ada, chart = life.served.people["ada"].web, life.ids["chart"]
    day, until = life.chart.also("2019-05-14"), life.chart.also("2019-05-21")
    for what in ("asserted", "waived", "conduct", "at_issue", "died"):
        form = ada.open(f"/clients/{chart}/privilege?what={what}").form("/privilege")
        assert ada.submit(form, on="never").status == 409
        answer = ada.submit(form, on=day, since=day, until=until, rule="", kinds=[])
        assert answer.status == 302, (what, answer.text[:800])
    ada.open(f"/clients/{chart}/privilege")


def write_letters(life: "Life") -> None:
    """A claim that speaks of a record and a denial: looked at, signed, sent; a list of what is kept
    back; and the answer about nobody."""
    ada, matter = life.served.people["ada"].web, life.ids["matter"]
    ada.open(f"/matters/{matter}/letters")
    for form_id, chosen in (
        ("assertion", {"named": "yes"}),
        ("denial", {"grounds": ["endanger"]}),
        ("privilege_log", {"by": "record", "records": [life.ids["note"]]}),
    ):
        # Dov disputes an entry of this chart by now, and the letters tell nothing of it.
        told = {**chosen, "disputed": ["nothing"]}
        away = _signed(ada, f"/matters/{matter}", form_id, told)
        ada.open(f"{away}/file")
        form = ada.open(away).form("/sent")
        # The day on which it was sent is today's, and so nothing to be looked for.
        assert ada.submit(form, way="post", on=form.values["on"][0]).status == 302
    away = _signed(ada, life.ids["access"], "denial", {"grounds": ["endanger"]})
    _behind_a_link(ada, away)
    correct_what_was_entered(ada, life.ids["access"], caption="24-C-26")
    weighing = ada.open(away).form("/weigh")
    assert ada.submit(weighing, stands="").status == 409
    assert ada.submit(weighing).status == 302
    ada.open(away)
    before = f"/matters/{matter}/letters/new/response"
    # While no packet is to come there is none to announce.
    assert ada.submit(ada.open(before).form(before), do="look").status in (200, 409)
    ada.submit(ada.open("/letters/neither").form("/letters/neither"))


def _signed(ada: Any, matter: str, form_id: str, chosen: Mapping[str, Any]) -> str:
    """A letter looked at and signed; gives its address."""
    address = f"{matter}/letters/new/{form_id}"
    looked = ada.submit(ada.open(address).form(address), do="look", **chosen)
    assert looked.status == 200, (form_id, looked.text[:800])
    signed = ada.submit(looked.form(address), do="sign", **chosen)
    assert signed.status == 302, (form_id, signed.text[:800])
    assert re.search(r"/letters/\d+$", signed.goes_to or "")
    return str(signed.goes_to)


def _behind_a_link(ada: Any, away: str) -> None:
    """A letter to the client: to an address that was not wished, then to the one that was; called
    back, and put there again."""
    form = ada.open(away).form("/link")
    assert ada.submit(form, email="elsewhere@example.org", days="7", openings="1").status == 409
    wished = {"email": "quillon@example.org", "days": "7", "openings": "1"}
    assert ada.submit(form, **wished).status == 302
    assert ada.submit(ada.open(away).form("/recall")).status == 302
    assert ada.submit(ada.open(away).form("/link"), **wished).status == 302
    ada.open(away)


def _claim(cast: Cast, _: Mapping[str, str]) -> None:
    ada = cast.here("ada")
    holder = practice.chart_head(ada, cast.dov).holders[0].client
    event = Event(0, holder, What.ASSERTED, date(2026, 11, 18), By.THERAPIST)
    actions_privilege.enter(ada, cast.dov, event)


DEEDS: dict[str, Callable[[Cast, Mapping[str, str]], Any]] = {"claim a privilege": _claim}
