"""`stillroom law prove`: what is proven is said, and what is not is shown."""

import json
from pathlib import Path

import pytest

from stillroom.config import command_law_proving

REGIMES = (
    "- {regime: hipaa, title: HIPAA, means: privacy}\n- {regime: privilege, title: Privilege}\n"
)
FACTS = """
- fact: recipient
  type: choice
  values: {payer: a payer, client: the client}
  asks: Who would receive it?
  means: Who gets it.
- {fact: signed, type: yesno, asks: Is it signed?, means: There is a signature.}
"""
RULE = """
- id: {place}.rule
  citation: Section 1
  title: A rule
  regime: hipaa
  place: {place}
  acts: [disclose]
  modality: {modality}
  when: {{signed: yes}}
  says: So it is.
  checked: text
  confidence: high
  source: made up
  as_of: 2026-11-23
"""


def folder(root: Path, **places: str) -> Path:
    """Law of places, each with one rule."""
    (root / "facts").mkdir()
    (root / "regimes.yaml").write_text(REGIMES)
    (root / "facts" / "all.yaml").write_text(FACTS)
    for place, modality in places.items():
        name = place.replace("_", "-")
        (root / name).mkdir()
        (root / name / "rule.yaml").write_text(RULE.format(place=name, modality=modality))
    return root


def test_a_theorem_that_holds_is_said_to_be_proven(say_here, tmp_path):
    law = folder(tmp_path, us="forbids")
    said = say_here("law", "prove", "--provisions", law, "--only", "payer-never-gets-notes")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("proven: payer-never-gets-notes (")
    assert said.out.endswith("Theorems: 1. Not proven: 0.\n")


def test_one_that_does_not_is_shown_with_the_facts_and_the_provision(say_here, tmp_path):
    law = folder(tmp_path, us="permits")
    said = say_here("law", "prove", "--provisions", law, "--only", "payer-never-gets-notes")
    assert said.code == 1
    assert "NOT PROVEN: payer-never-gets-notes" in said.out
    assert "Is it signed? Yes." in said.out
    assert "applies: us.rule (Section 1, text)" in said.out


def test_as_json_it_says_the_same(say_here, tmp_path):
    law = folder(tmp_path, us="permits")
    words = ("law", "prove", "--json", "--provisions", law, "--only")
    said = say_here(*words, "payer-never-gets-notes", "--only", "ethics-never-weigh")
    assert said.code == 1
    payer, ethics = json.loads(said.out)["theorems"]
    assert (payer["theorem"], payer["proven"]) == ("payer-never-gets-notes", False)
    assert payer["counterexamples"]
    assert (ethics["theorem"], ethics["proven"]) == ("ethics-never-weigh", True)


def test_several_places_are_proven_by_processes_of_their_own(say, tmp_path):
    law = folder(tmp_path, us_aa="forbids", us_bb="permits")
    said = say("law", "prove", "--provisions", law, "--only", "payer-never-gets-notes")
    assert said.code == 1
    assert said.err == ""
    assert "us-bb, " in said.out
    assert "us-aa, " not in said.out
    alone = say(
        "law", "prove", "--provisions", law, "--place", "us-aa", "--only", "payer-never-gets-notes"
    )
    assert alone.code == 0


@pytest.mark.parametrize(
    ("option", "hint"), [("--only", "payer-never-gets-notes"), ("--place", "us")]
)
def test_what_is_not_on_file_is_told(say_here, tmp_path, option, hint):
    law = folder(tmp_path, us="forbids")
    said = say_here("law", "prove", "--provisions", law, option, "us-mdd")
    assert said.code == 2
    assert hint in said.err


def test_a_day_is_a_day(say_here):
    assert say_here("law", "prove", "--on", "tomorrow").code == 2


def test_without_the_solver_it_says_what_to_install(say_here, tmp_path, monkeypatch):
    monkeypatch.setattr(command_law_proving, "find_spec", lambda name: None)
    said = say_here("law", "prove", "--provisions", folder(tmp_path, us="forbids"))
    assert said.code == 2
    assert "z3" in said.err
    assert "pip install 'stillroom[prove]'" in said.err
