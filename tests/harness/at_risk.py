"""A day's steps where somebody may be in danger: each record of risk written, signed, asked of the
law, followed up and carried, with a canary in every field for words."""

import re
from typing import TYPE_CHECKING

from tests.harness.in_danger import act_on_danger

if TYPE_CHECKING:
    from tests.harness.browser import Browser
    from tests.harness.living import Life

ID = r"([a-z2-7]{26})"
# A day on which something follows stands in the clear, and an age is too short to be found again.
GIVEN: dict[str, dict[str, str]] = {
    "suicide_risk": {"ideation": "method", "level": "high", "follow_up_on": "2037-05-06"},
    "safety_plan": {"title": "list", "review_on": "2037-05-07"},
    "violence_risk": {"threat": "yes", "level": "high", "follow_up_on": "2037-05-08"},
    "abuse_suspicion": {"suspicion": "child_abuse", "age": "57", "follow_up_on": "2037-05-09"},
}


def assess_risk(life: "Life") -> None:
    """The path, all four records, what the law asks, the plan to carry, and what follows."""
    ada, chart = life.served.people["ada"].web, life.ids["chart"]
    for kind, given in GIVEN.items():
        begun = ada.post(f"/clients/{chart}/risk/{kind}", {})
        record = life.note_id(kind, begun, rf"/records/{ID}")
        form = ada.open(f"/records/{record}").form("/sign")
        words = {
            name: life.chart.words(f"{kind} {name}")
            for name, sort in form.types.items()
            if sort in ("text", "textarea")
        }
        fields = {**words, **given, "record-kind": kind, "record-form": "Sheet"}
        saved = ada.json(f"/records/{record}/draft", {"version": 1, "fields": fields})
        assert saved.status == 200, saved.text
        form = ada.open(f"/records/{record}").form("/sign")
        signed = ada.submit(form, **given)
        assert signed.status == 302, re.findall(r'class="mend".*?</div>', signed.text, re.DOTALL)
        ada.open(f"/records/{record}")
    ada.open(f"/clients/{chart}/risk")
    ada.open(f"/records/{life.ids['safety_plan']}/to-carry")
    ask_the_law(life, ada)
    done = ada.post(f"/records/{life.ids['suicide_risk']}/followed", {"from": "today"})
    assert done.status == 302
    ada.open(f"/clients/{chart}/risk")
    act_on_danger(life)


def ask_the_law(life: "Life", ada: "Browser") -> None:
    """What was signed is asked about; one answer is words where none can be."""
    for kind in ("suicide_risk", "violence_risk", "abuse_suspicion"):
        address = f"/records/{life.ids[kind]}/law"
        page = ada.open(address)
        form = next(one for one in page.forms if "fact" in one.types)
        wrong = ada.submit(form, fact="client_age", value=life.chart.words(f"{kind} age"))
        assert wrong.status == 409
        right = ada.submit(form, fact="client_deceased", value="no")
        assert right.status == 200, right.text[:800]
