"""A day's steps in an emergency: a key is laid by, a glass broken, seen and reviewed; a chart kept."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.harness.living import Life

_ID = r"([a-z2-7]{26})"


def break_a_glass(life: "Life") -> None:
    """Sol, for whom Ada laid a key by, breaks the glass of the couple's chart; Olga reviews it."""
    people, chart = life.served.people, life.ids["couple"]
    ada, sol, olga = people["ada"].web, people["sol"].web, people["olga"].web
    keep_a_chart(life)
    care = ada.open(f"/clients/{chart}/care")
    found = re.search(rf'<option value="{_ID}">Sol Adeyemi', care.text)
    assert found, care.text[:800]
    form = care.form("/emergency/key")
    assert ada.submit(form, person="").status == 409
    assert ada.submit(form, person=found[1]).status == 302
    ada.open(f"/clients/{chart}/care")
    looking = sol.open("/emergency").form("/emergency")
    assert sol.submit(looking, why="").status == 409
    seen = sol.submit(looking, q=life.front.tag)
    broken = sol.submit(seen.form(f"/{chart}/emergency"))
    assert broken.status == 302, broken.text[:800]
    for query in ("", "?all=1"):
        assert sol.open(f"/clients/{chart}/emergency{query}").status == 200
    assert sol.submit(sol.open(broken.goes_to).form("/emergency/end")).status == 302
    breaking = life.note_id("breaking", ada.open("/today"), rf"/glass/{_ID}")
    assert ada.submit(ada.open(f"/glass/{breaking}").form("/seen")).status == 302
    review = olga.open(f"/glass/{breaking}").form("/review")
    assert olga.submit(review, finding="").status == 409
    assert olga.submit(review, finding="justified").status == 302
    ada.open(f"/glass/{breaking}")
    new_key = ada.open(f"/clients/{chart}/care").form("/care/key")
    assert ada.submit(new_key).status == 302


def keep_a_chart(life: "Life") -> None:
    """From Cal, and no longer."""
    ada, chart = life.served.people["ada"].web, life.ids["couple"]
    care = ada.open(f"/clients/{chart}/care")
    cal = re.search(rf'<option value="{_ID}">Cal Whitlock', care.text)
    assert cal, care.text[:800]
    form = care.form("/apart")
    assert ada.submit(form, kept_from=cal[1]).status == 409
    assert ada.submit(form, kept_from=cal[1], why_kept="kept").status == 302
    undo = next(
        each for each in ada.open(f"/clients/{chart}/care").forms if "let_know" in each.types
    )
    assert ada.submit(undo, let_know="yes").status == 302
