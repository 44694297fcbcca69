"""What several do in the served practice: a note sent, returned, changed and co-signed; a group's
session; a chart handed over and left. All through the pages, with a canary in every field."""

import re
from typing import TYPE_CHECKING

from tests.harness.browser import Browser
from tests.harness.by_her_own_door import come_in_by_her_own_door

if TYPE_CHECKING:
    from tests.harness.living import Life

ID = r"([a-z2-7]{26})"


def work_together(life: "Life") -> None:
    """Ada and Sol, who supervises her, and then covers for her in a group."""
    come_in_by_her_own_door(life)
    if life.served.people["sol"].browser is None:
        life.browser_of("sol")
    supervise(life)
    meet_a_group(life)
    hand_the_group_over(life)


def supervise(life: "Life") -> None:
    """Ada sends a note; Sol returns it; she changes it; he co-signs, undoes it and gives it again."""
    from tests.harness.living import write

    write(life, "progress_note", "supervised")
    ada, sol = life.served.people["ada"].web, life.served.people["sol"].web
    record = f"/records/{life.ids['supervised']}"
    assert ada.submit(ada.open(record).form("/send")).status == 302
    sol.open("/today")
    assert sol.submit(sol.open(record).form("/return")).status == 302
    ada.open("/today")
    assert ada.submit(ada.open(record).form("/change")).status == 302
    form = ada.open(record).form("/sign")
    parts = [part for part, sort in form.types.items() if sort == "textarea"]
    words = {part: life.chart.words(f"changed {part}") for part in parts}
    assert ada.json(f"{record}/draft", {"version": 1, "fields": words}).status == 200
    ada.open(f"{record}/versions?to=draft")
    as_signed = {"start": "10:00", "stop": "10:50", "as_it_is": "all"}
    assert ada.submit(ada.open(record).form("/sign"), **as_signed).status == 302
    sol.open(f"{record}/versions")
    sol.open(f"{record}/versions?read=1")
    for step in ("/cosign", "/undo", "/cosign"):
        assert sol.submit(sol.open(record).form(step)).status == 302, step


def meet_a_group(life: "Life") -> None:
    """A group that begins with the client; its session is written and signed in all its parts."""
    ada = life.served.people["ada"].web
    page = ada.open("/clients/new/known")
    found = ada.submit(page.form("/known"), q=life.front.tag)
    choose = next(form for form in found.forms if "client" in form.types)
    sent = {"client": life.ids["client"], "q": life.front.tag, "kind": "group"}
    opened = ada.submit(choose, **sent)
    group = life.note_id("group", opened, rf"/clients/{ID}/holders")
    form = ada.open(f"/clients/{group}/group").form("/group")
    came = {name: "came" for name in form.types if name.startswith("came_")}
    refused = ada.submit(form, day="2037-03-16")
    assert refused.status == 409, "nobody came, and that day has not come"
    begun = ada.submit(form, **came)
    whole = life.note_id("together", begun, rf"/records/{ID}/together")
    for form in ada.open(f"/records/{whole}/together").forms:
        if form.action.endswith("/sign"):
            save_part(life, ada, form.action.removesuffix("/sign"), form.types)
    check = ada.open(f"/records/{whole}/together/check")
    signed = ada.submit(check.form("/check"))
    assert signed.status == 302, signed.text[:800]
    ada.open(f"/records/{whole}/together")
    ada.open(f"/records/{whole}")


def save_part(life: "Life", ada: Browser, record: str, types: dict[str, str]) -> None:
    """One part, as its page's script sends it."""
    parts = [part for part, sort in types.items() if sort == "textarea"]
    member = "In the group" in parts
    fields = {part: life.chart.words(f"together {part}") for part in parts}
    if member:
        fields |= {"record-kind": "group_member_note", "record-form": "Member"}
    saved = ada.json(f"{record}/draft", {"version": 1, "fields": fields})
    assert saved.status == 200, saved.text[:800]
    ada.typed |= {("sign", part) for part in parts}


def hand_the_group_over(life: "Life") -> None:
    """Sol covers in the group until a last day, looks at what to know, and leaves by himself."""
    ada, sol = life.served.people["ada"].web, life.served.people["sol"].web
    group = life.ids["group"]
    page = ada.open("/clients/handover")
    found = re.search(rf'<option value="{ID}">Sol Adeyemi', page.text)
    assert found, page.text[:800]
    form = page.form("/handover")
    ticks = {name: [] for name in form.types if name.startswith("chart_")}
    refused = ada.submit(form, to=found[1], **ticks)
    assert refused.status == 409, "neither how nor whom"
    given = {**ticks, f"chart_{group}": "yes", "how": "while", "until": "2037-06-18"}
    done = ada.submit(form, to=found[1], **given)
    assert done.status == 200, done.text[:800]
    sol.open("/clients/covering")
    sol.open(f"/clients/{group}/covered")
    sol.open(f"/clients/{group}/care")
    left = sol.submit(sol.open(f"/clients/{group}/leave").form("/leave"))
    assert left.status == 302
