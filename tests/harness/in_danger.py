"""A day's steps once somebody is in danger: the matter opened from what was assessed, calls tried,
words for the telephone, a decision, a written report, and the page for the wall; a canary in every
field for words. And the same for the standing cast, without a browser."""

from typing import TYPE_CHECKING, Any

from stillroom.disclosure import actions, happening
from stillroom.disclosure.rules import Decision
from tests.web import corpus

if TYPE_CHECKING:
    from tests.harness.living import Life

ID = r"([a-z2-7]{26})"
REPORT = {"part.person": "A boy of nine", "part.seen": "Bruises on the arm"}


def happened(cast: Any) -> dict[str, str]:
    """Ada's two matters about Dov: a danger with a call tried, a suspicion decided and written."""
    ada = cast.here("ada")
    danger = happening.open_matter(ada, corpus(), cast.dov, "danger_to_others")
    abuse = happening.open_matter(ada, corpus(), cast.dov, "child_abuse")
    for fact, value in (
        ("suspicion", "child_abuse"),
        ("reasonable_suspicion", True),
        ("victim_now_minor", True),
        ("part2_program", False),
    ):
        actions.answer(ada, corpus(), abuse, fact, value)
    actions.decide(ada, corpus(), abuse, Decision.TELL, "Two falls, and a photograph.")
    happening.keep_report(ada, corpus(), abuse, REPORT)
    return {"danger": danger, "abuse": abuse}


def act_on_danger(life: "Life") -> None:
    """From the assessments that were signed to the report that was sent."""
    ada, chart = life.served.people["ada"].web, life.ids["chart"]
    found = ada.submit(ada.open("/danger").form("/danger"), q=life.front.tag)
    assert f"/clients/{chart}/danger" in found.text
    for occasion, kind in (
        ("danger_to_others", "violence_risk"),
        ("child_abuse", "abuse_suspicion"),
    ):
        ada.open(f"/clients/{chart}/danger")
        given = {"occasion": occasion, "record": life.ids[kind]}
        begun = ada.post(f"/clients/{chart}/danger/begin", given)
        matter = life.note_id(occasion, begun, rf"/matters/{ID}")
        _try(life, matter)
    _report(life, life.ids["child_abuse"])
    assert ada.open("/law/protocol/us-md").status == 200
    ada.open("/law/protocol/us-md/file")


def _try(life: "Life", matter: str) -> None:
    ada, at = life.served.people["ada"].web, f"/matters/{matter}/now"
    page = ada.open(at)
    said = ada.post(f"{at}/say", {"to": "law_enforcement", "ticked": "yes", "say": "statement"})
    assert said.status == 200
    form = page.form(f"{at}/tried")
    words = {
        name: life.chart.words(f"{matter} {name}") for name in ("whom", "words", "told", "next")
    }
    usual = {"deed": "notify_law_enforcement", "how": "telephone", "at": "10:51"}
    assert ada.submit(form, result="", **usual, **words).status == 409
    assert ada.submit(form, result="told", **usual, **words).status == 302
    # Dov disputes an entry of this chart by now: of what is told from then on it is asked.
    later = {**usual, "at": form.values["at"][0]}
    assert ada.submit(form, result="told", **later, **words).status == 302
    heard = ada.open(at).form(f"{at}/told")
    assert ada.submit(heard, heard="").status == 409
    assert ada.submit(heard, heard="nothing").status == 302
    decided = {"decision": "tell", "words": life.chart.words(f"{matter} decision")}
    assert ada.submit(page.form(f"{at}/decide"), **{**decided, "decision": ""}).status == 409
    assert ada.submit(page.form(f"{at}/decide"), **decided).status == 302
    ada.open(at)
    ada.open(f"/matters/{matter}")


def _report(life: "Life", matter: str) -> None:
    ada, at = life.served.people["ada"].web, f"/matters/{matter}/report"
    form = ada.open(at).form(at)
    names = [name for name in form.types if name.startswith("part.")]
    words = {name: life.chart.words(f"report {name}") for name in names}
    assert ada.submit(form, **dict.fromkeys(names, "")).status == 409
    assert ada.submit(form, **words).status == 302
    ada.open(f"{at}/file")
    leaving = ada.open(at).form(f"{at}/sent")
    sent = ada.submit(leaving, whom=life.chart.words("report whom"), how="fax")
    assert sent.status in (200, 302, 409), sent.status
