"""A day's steps in a matter beside its packet: somebody is asked without being told about whom."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.harness.living import Life


def ask_somebody(life: "Life") -> None:
    """A sheet that names nobody is written, read and kept; the answer is written down."""
    ada, matter = life.served.people["ada"].web, life.ids["matter"]
    address = f"/matters/{matter}/ask"
    named = ada.open(address).form("/ask")
    assert ada.submit(named, whom="", text="", do="keep").status == 409
    question = life.chart.words("consultation question") + ". He named Mr. Petrov."
    read = ada.submit(named, whom="lawyer", text=question, do="clean")
    assert read.status == 200
    as_read = read.form("/ask")
    text = as_read.values["text"][0]
    kept = ada.submit(as_read, whom="lawyer", text=text, read="yes", do="keep")
    assert kept.status == 302, kept.text[:800]
    sheet = ada.open(kept.goes_to)
    answer = sheet.form("/answer")
    assert ada.submit(answer, says="").status == 409
    assert ada.submit(answer).status == 302
    ada.open(kept.goes_to)
