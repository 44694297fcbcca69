"""A record cut before it leaves: words that it does not have, a part of it, and both kinds of file."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.harness.browser import Page
    from tests.harness.living import Life


def cut_first(life: "Life", matter: str) -> None:
    """Ada looks at the first record that may leave, beside what leaves of it, and cuts its last part."""
    ada = life.served.people["ada"].web
    page = ada.open(f"/matters/{matter}/packet")
    record = re.search(r'name="records" value="([a-z2-7]{26})"', page.text)
    assert record, page.text[:800]
    address = f"/matters/{matter}/packet/{record[1]}"
    sheet = ada.open(address).form(address)
    refused = ada.submit(sheet, do="words", why="PERSON")
    assert refused.status == 409, "words that stand nowhere"
    parts = re.findall(r'value="whole:(\d+)"', ada.open(address).text)
    assert ada.submit(sheet, do=f"whole:{parts[-1]}", why="CHOICE", everywhere="").status == 302
    assert "[removed: withheld]" in ada.open(address).text


def sum_up(life: "Life", matter: str) -> None:
    """A summary of the first record, at first of nothing; it goes into no packet of today."""
    ada = life.served.people["ada"].web
    address = f"/matters/{matter}/packet/summary"
    page = ada.open(address)
    record = re.search(r'name="of" value="([a-z2-7]{26})"', page.text)
    assert record, page.text[:800]
    sheet = page.form(address)
    assert ada.submit(sheet, of=[]).status == 409, "a summary of nothing"
    assert ada.submit(sheet, of=[record[1]]).status == 302
    form = ada.open(f"/matters/{matter}/packet").form("/packet")
    assert ada.submit(form, do=f"cut:{record[1]}", summaries=[]).status == 302


def look_at_both_files(life: "Life", matter: str) -> "Page":
    """Print the proof as pages and as a file for machines; gives the answer."""
    ada = life.served.people["ada"].web
    form = ada.open(f"/matters/{matter}/packet").form("/packet")
    built = ada.submit(form, files=["pdf", "fhir"])
    packet = re.search(r"/packets/([a-z2-7]{26})", built.goes_to or built.text)
    assert packet, built.text[:800]
    machines = ada.open(f"/packets/{packet[1]}/machines")
    assert machines.status == 200
    assert life.chart.tag in machines.text
    return built
