"""Forms that clients sign: in the cast's practice, and in a working day with canaries."""

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from stillroom.chart import measuring
from stillroom.consent import actions_forms, queries_forms
from stillroom.consent.signings import SignedForm
from stillroom.practice.queries import chart_head
from tests.harness.forms_made import form
from tests.harness.served import prove_again

if TYPE_CHECKING:
    from tests.harness.living import Life

ID = r"([a-z2-7]{26})"
_ASKED = "form=limits&place=us-md&profession=psychologist&works=individual"


def forms_signed(cast: Any) -> dict[str, str]:
    """A form that Ada published, signed once on paper, and handed out and back once more."""
    ada = cast.here("ada")
    made = actions_forms.publish(
        ada, form("limits", "us-md", "psychologist", "individual"), policy=0
    )
    edition = queries_forms.edition(ada, made)
    holder = chart_head(ada, cast.dov).holders[0].client
    signed = SignedForm(
        form="limits",
        edition=made,
        digest=edition.digest,
        holder=holder,
        capacity="self",
        how="paper",
        name="Dov Halpern",
        on=date(2026, 11, 20),
        seen_by="Ada Merrow",
    )
    kept = actions_forms.keep(ada, cast.dov, signed)
    handed = measuring.hand_out(ada, cast.dov, f"form:{made}:{holder}.self:", {"did": "handed"})
    measuring.hand_back(cast.house, ada.person, handed, {"name": "Dov Halpern"}, at=cast.at)
    return {
        "form": made,
        "signed_form": kept,
        "handed_form": handed,
        "signer": f"{holder}.self",
    }


def sign_forms(life: "Life") -> None:
    """Ada publishes forms as they were drawn; the client signs one on the device, one on paper.

    What a form says lies in the clear and holds no canary; what a client writes holds one.
    """
    person = life.served.people["ada"]
    ada, chart = person.web, life.ids["chart"]
    ada.open("/forms")
    published = {}
    for asked in (_ASKED, "form=notice&place=us-md&profession=psychologist"):
        page = ada.open(f"/forms/review?{asked}").form("/forms/review")
        drawn = {name: value for name, value in page.values.items() if name.startswith("s-")}
        whom = {"contact": "Olga", "telephone": "410-555-0100"} if "contact" in page.types else {}
        made = ada.submit(page, **drawn, **whom, do="publish")
        assert made.status == 302, made.text[:600]
        published[asked] = re.search(ID, made.goes_to.rsplit("/", 1)[1])[1]  # type: ignore[index]
        ada.open(f"/forms/{published[asked]}")
    ada.open(f"/clients/{chart}/consents")
    limits, notice = published.values()
    paper = ada.open(f"/clients/{chart}/consents/{notice}/paper").form("/paper")
    assert ada.submit(paper, on="2037-02-31").status == 409
    assert ada.submit(paper, how="missing", on="2037-03-16").status == 302
    handed = ada.post(f"/clients/{chart}/consents/{limits}/hand", {})
    assert handed.status == 200, handed.text[:600]
    back = next(one for one in handed.forms if one.action.endswith("/back"))
    assert "Thank you" in ada.submit(back).text
    assert prove_again(person, ada.get("/unlock")).status == 302
    found = re.search(rf"/handed/{ID}", ada.open("/today").text)
    assert found
    page = ada.open(found[0])
    assert ada.submit(page.form("/keep"), do="keep").status == 302
    listed = ada.open(f"/clients/{chart}/consents")
    for one in sorted(set(re.findall(r"/signed/[a-z2-7]{26}", listed.text))):
        ada.open(one)
    ada.open(f"/clients/{chart}")
