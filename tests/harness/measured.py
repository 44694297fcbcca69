"""A day's steps with measures: one with words of the client's, one handed to her and taken back;
and with forms, which travel the same way."""

import json
import re
from typing import TYPE_CHECKING

from tests.harness.consenting import sign_forms
from tests.harness.served import Served, prove_again

if TYPE_CHECKING:
    from tests.harness.living import Life

ID = r"([a-z2-7]{26})"
OWN = {
    "resourceType": "Questionnaire",
    "id": "own-words",
    "title": "In your own words",
    "status": "active",
    "item": [
        {"linkId": "1", "text": "What was hardest this week?", "type": "text"},
        {"linkId": "2", "text": "And what helped?", "type": "string"},
    ],
}


def lay_a_questionnaire(served: Served) -> None:
    """The practice's own questionnaire, whose answers are words; read when the server starts."""
    folder = served.home / "measures"
    folder.mkdir()
    (folder / "own-words.json").write_text(json.dumps(OWN), "utf-8")


def take_measures(life: "Life") -> None:
    """Ada asks one herself; the client writes another on the device, locked meanwhile."""
    person = life.served.people["ada"]
    ada, chart = person.web, life.ids["chart"]
    ada.open(f"/clients/{chart}/measures")
    give = ada.open(f"/clients/{chart}/measures/own-words")
    signed = ada.submit(give.form("/measures/own-words"), by="asked")
    life.note_id("own words", signed, rf"/records/{ID}")
    ada.open(f"/records/{life.ids['own words']}")
    phq = {f"a-{nth}": "LA6569-3" for nth in range(1, 10)}
    taken = ada.post(f"/clients/{chart}/measures/phq-9", {**phq, "by": "paper"})
    life.note_id("phq-9", taken, rf"/records/{ID}")
    assert "This asks for you now" in ada.open(f"/records/{life.ids['phq-9']}").text
    handed = ada.post(f"/clients/{chart}/measures/own-words/hand", {})
    assert handed.status == 200, handed.text[:600]
    back = next(form for form in handed.forms if form.action.endswith("/back"))
    thanks = ada.submit(back)
    assert "Thank you" in thanks.text
    assert ada.get("/today").status == 302, "the session is locked"
    unlocked = prove_again(person, ada.get("/unlock"))
    assert unlocked.status == 302, unlocked.text[:600]
    found = re.search(rf"/handed/{ID}", ada.open("/today").text)
    assert found
    page = ada.open(found[0])
    kept = ada.submit(page.form("/keep"), do="keep")
    ada.open(f"/records/{life.note_id('handed', kept, rf'/records/{ID}')}")
    ada.open(f"/clients/{chart}/measures")
    begun = ada.post(f"/records/{life.ids['phq-9']}/assess", {})
    draft = life.note_id("asked for", begun, rf"/records/{ID}")
    gone = ada.post(f"/records/{draft}/discard", {"version": "1", "discard": "words"})
    assert gone.status == 302, gone.text[:600]
    sign_forms(life)
