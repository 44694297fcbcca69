"""A day's steps with structured records and with notes about supervision, a canary in every field."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from stillroom.chart.kinds import KINDS, Field, Kind
from stillroom.supervision.rules import KIND as SUPERVISION
from tests.harness.browser import PICKY, WORDS, Browser, Form, Page

if TYPE_CHECKING:
    from tests.harness.living import Life

Fields = dict[str, str | list[str]]
_ID = r"([a-z2-7]{26})"
_ALIKE = (
    *("intake", "psychiatric_evaluation", "mental_status", "contact_note", "case_management_note"),
    *("collateral_note", "letter", "medication_list", "allergies_alerts", "discharge_summary"),
)


class Filler:
    """What is typed into a kind's fields: words where words go, else what can be searched for."""

    def __init__(self, life: "Life", kind: Kind) -> None:
        self._life, self._kind, self._days = life, kind, 0

    def fields(self) -> Fields:
        """Every field of the sheet, filled in."""
        filled: Fields = {"record-kind": self._kind.id, "record-form": self._kind.first_form}
        for part in self._kind.sheet:
            for one in part.fields:
                if one.type == "table":
                    for column in one.columns:
                        for line in range(2):
                            filled[f"{one.name}.{line}.{column.name}"] = self._of(column)
                else:
                    filled[one.name] = self._of(one)
        return filled

    def _of(self, one: Field) -> str | list[str]:
        if one.type == "choices":
            return [value for value, _ in one.options[:2]]
        if one.choosable:
            return one.choosable[0][0]
        if one.type == "date":
            self._days += 1
            return self._life.chart.also(f"19{60 + self._days % 30}-11-{1 + self._days % 27:02}")
        if one.type == "number":
            return self._life.chart.also("7313550926481")
        return self._life.chart.words(f"{self._kind.id} {one.name}")


def write_sheets(life: "Life") -> None:
    """Ada writes one record of every kind that is a sheet and no more, and signs all but the last.
    Kinds with pages of their own (plans, measures, risk) have steps of their own."""
    ada, chart = life.served.people["ada"].web, life.ids["chart"]
    ada.open(f"/clients/{chart}/write")
    sheets = [KINDS[kind] for kind in _ALIKE]
    for kind in sheets:
        begun = ada.post(f"/clients/{chart}/begin/{kind.id}", {})
        record = life.note_id(kind.id, begun, rf"/records/{_ID}")
        fields = Filler(life, kind).fields()
        page = ada.open(f"/records/{record}")
        _save(ada, f"/records/{record}/draft", page, fields)
        if kind is not sheets[-1]:
            signed = ada.submit(ada.open(f"/records/{record}").form("/sign"), **_chosen(fields))
            assert signed.status == 302, (
                kind.id,
                re.findall(r'class="mend".*?</div>', signed.text, re.DOTALL),
            )
            ada.open(f"/records/{record}")
    refused = ada.post(f"/clients/{chart}/begin/contact_note", {"day": "2097-01-01"})
    assert refused.status == 409
    ada.open(f"/clients/{chart}")


def _save(browser: Browser, address: str, page: Page, fields: Fields) -> None:
    saved = browser.json(address, {"version": 1, "fields": fields})
    assert saved.status == 200, saved.text
    browser.typed |= {("sign", name) for name in _for_words(page.form("/sign"))}


def _for_words(form: Form) -> set[str]:
    return {name for name, kind in form.types.items() if kind in WORDS | PICKY}


def _chosen(fields: Mapping[str, str | list[str]]) -> dict[str, str | list[str]]:
    """As the page would bring them back: names with dots are posted as they are."""
    return dict(fields)


def supervise(life: "Life") -> None:
    """Sol writes about Ada's work, signs, adds, gives it to her and takes it back."""
    sol, ada = life.browser_of("sol"), life.served.people["ada"].web
    listed = sol.open("/supervision")
    found = re.search(rf'<option value="{_ID}">Ada Merrow', listed.text)
    assert found, listed.text[:800]
    begun = sol.submit(listed.form("/supervision"), about=found[1])
    note = life.note_id("supervision", begun, rf"/supervision/{_ID}")
    fields = Filler(life, SUPERVISION).fields()
    page = sol.open(f"/supervision/{note}")
    saved = sol.json(f"/supervision/{note}/draft", {"version": 1, "fields": fields})
    assert saved.status == 200, saved.text
    sol.typed |= {("supervision_sign", name) for name in _for_words(page.form("/sign"))}
    signed = sol.submit(sol.open(f"/supervision/{note}").form("/sign"), **fields)
    assert signed.status == 302, signed.text[:800]
    page = sol.open(f"/supervision/{note}")
    assert sol.submit(page.form("/addendum")).status == 302
    for share, status in (("give", 200), ("back", 404)):
        assert sol.submit(page.form("/share"), share=share).status == 302
        assert ada.get(f"/supervision/{note}").status == status
