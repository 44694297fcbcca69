"""A day's step that looks for words in records: on the page, in the palette, in one chart."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.harness.living import Life


def search_the_records(life: "Life") -> None:
    """Words that nobody wrote, then words that stand in signed notes, typed whole and begun."""
    ada, chart = life.served.people["ada"].web, life.ids["chart"]
    form = ada.open("/search").form("/search")
    days = {"since": life.chart.also("1987-04-02"), "until": life.chart.also("2034-07-19")}
    nobody_wrote = ada.submit(form, chart="", kind="", author="", **days)
    assert "No record that you may read" in nobody_wrote.text, nobody_wrote.text[-3000:]
    for typed in (
        f"{life.chart.tag}signplan",
        f'"{life.chart.tag}é {life.chart.tag}',
        life.chart.tag,
    ):
        found = ada.post("/search", {"q": typed})
        assert "<mark>" in found.text, typed
    ada.post("/search", {"q": life.chart.tag, "chart": chart, "since": "2020-01-01"})
    shown = ada.json("/find", {"q": life.chart.tag, "records": True})
    assert life.chart.tag in shown.text.lower()
