"""A life that writes with help: carried forward, pressed, moved apart (see `living`)."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.harness.living import Life

ID = r"([a-z2-7]{26})"


def write_with_help(life: "Life") -> None:
    """A note begun from the last one, phrases pressed in it, a passage of it moved apart."""
    ada = life.served.people["ada"].web
    begun = ada.post(f"/clients/{life.ids['chart']}/begin/progress_note", {})
    record = life.note_id("helped", begun, rf"/records/{ID}")
    assert ada.post(f"/records/{record}/carry", {"version": "1"}).status == 302
    page = ada.open(f"/records/{record}")
    pressed = {"set": "mood", "pressed": {"mood": {"yes": ["low"], "no": []}}}
    composed = ada.json("/writing/compose", {"voice": "she/her", "sets": [pressed]})
    assert "her mood as low" in composed.text, composed.text
    form = page.form("/sign")
    parts = [part for part, sort in form.types.items() if sort == "textarea"]
    fields = {part: life.chart.words(f"helped {part}") for part in parts}
    moved = {"version": 2, "fields": fields, "section": parts[0], "passage": fields[parts[0]]}
    answer = ada.json(f"/records/{record}/apart", moved)
    assert answer.status == 200, answer.text[:500]
    note = re.search(rf'"note": "(/records/{ID})"', answer.text)
    assert note, answer.text
    ada.open(note[1])
