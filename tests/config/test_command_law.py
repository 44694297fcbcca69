"""`stillroom law`: questions without a client, and mistakes told with the nearest right word."""

import json
import shutil
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from stillroom.config.paths import provisions
from tests.config.saying import Made

pytestmark = pytest.mark.long

MATTER = {"act": "disclose", "place": "us-md", "profession": "psychologist", "on": "2026-11-22"}


def question(matter: dict[str, Any] | None = None, **facts: Any) -> str:
    """A question as JSON."""
    return json.dumps({"matter": {**MATTER, **(matter or {})}, "facts": facts})


def test_facts_are_listed_as_json_with_type_values_and_meaning(say):
    said = say("law", "facts", "--json")
    assert said.code == 0, said.err
    facts = json.loads(said.out)
    assert len(facts) > 50
    for fact in facts:
        assert set(fact) >= {"fact", "type", "values", "means"}
        assert fact["type"] in {"yesno", "choice", "number", "date", "set"}
        assert fact["means"].strip()
        assert bool(fact["values"]) == (fact["type"] in {"choice", "set"}), fact["fact"]


def test_facts_are_listed_for_people_one_a_line(say_here):
    lines = say_here("law", "facts").out.splitlines()
    assert any(line.startswith("judge_signed (yesno): ") for line in lines)


def test_an_answer_comes_with_its_reasons_and_what_is_wanting(say_afresh):
    said = say_afresh("law", "decide", "-", typed=question(instrument="clerk_subpoena"))
    assert said.code == 0, said.err
    sentence, *reasons = said.out.splitlines()
    assert sentence.startswith("You may not ")
    assert any("CFR" in line for line in reasons)
    assert any(line.startswith("  wanting: ") for line in reasons)


def test_the_whole_opinion_is_json_and_the_same_again(say_here, tmp_path: Path):
    file = tmp_path / "question.json"
    file.write_text(question(instrument="clerk_subpoena", judge_signed="no"))
    said = say_here("law", "decide", file, "--json")
    assert said.code == 0
    opinion = json.loads(said.out)
    assert opinion["matter"]["places"] == ["us", "us-md"]
    assert opinion["facts"] == {"instrument": "clerk_subpoena", "judge_signed": "no"}
    assert date.fromisoformat(opinion["on"]) == date(2026, 11, 22)
    assert opinion["corpus"]
    assert all(finding["citation"] for finding in opinion["findings"])
    assert say_here("law", "decide", "-", "--json", typed=file.read_text()) == said


UNFIT = {
    "no JSON": ("{not json", "not JSON"),
    "an empty file": ("", "not JSON"),
    "JSON of another kind": ("[1, 2]", "no question"),
    "no matter": ('{"facts": {}}', "no question"),
    "facts that are no facts": (json.dumps({"matter": MATTER, "facts": [1]}), "by name"),
    "a misspelt field": (json.dumps({"matter": MATTER, "fact": {}}), "Known there: matter, facts."),
    "an unknown fact": (question(judge_sined="yes"), "judge_signed"),
    "an unknown choice": (question(instrument="clerk_supoena"), "clerk_subpoena"),
    "a date for yes or no": (question(judge_signed="2026-01-01"), "judge_signed"),
    "a word for a number": (question(client_age="old"), "client_age"),
    "a list for a choice": (question(instrument=["court_order"]), "instrument"),
    "a choice for a set": (question(records_asked="progress_notes"), "records_asked"),
    "an unknown kind in a set": (question(records_asked=["progress_note"]), "progress_notes"),
    "no date": (question(served_on="yesterday"), "served_on"),
    "an unknown place": (question({"place": "us-mdd"}), "us-md"),
    "an unknown profession": (question({"profession": "psycologist"}), "psychologist"),
    "an unknown act": (question({"act": "disclse"}), "disclose"),
    "an impossible day": (question({"on": "2026-02-30"}), ""),
    "no day": ('{"matter": {"act": "disclose", "place": "us-md"}}', ""),
    "a field too many": (question({"client": "Dov Halpern"}), "Known there: act, place"),
}


@pytest.mark.parametrize("why", UNFIT)
def test_a_question_that_cannot_be_asked_is_told_with_the_nearest_right_word(say_here, why):
    typed, hint = UNFIT[why]
    said = say_here("law", "decide", "-", typed=typed)
    assert said.code == 2, said
    assert said.out == ""
    assert hint.lower() in said.err.lower()
    sentence, advice = said.err.rstrip().splitlines()
    assert sentence.endswith(".")
    assert advice.endswith(".")
    assert "Halpern" not in said.err


def test_a_bad_question_is_told_by_the_real_program_without_a_traceback(say_afresh):
    said = say_afresh("law", "decide", "-", typed=question(judge_sined="yes"))
    assert said.code == 2
    assert "the nearest is judge_signed" in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize("name", ["missing.json", "."])
def test_a_file_that_cannot_be_read_is_told(say_here, tmp_path: Path, name):
    said = say_here("law", "decide", tmp_path / name)
    assert said.code == 2
    assert said.err.startswith("That file cannot be read.\n")


def test_bytes_that_are_no_text_are_told(say_here, tmp_path: Path):
    file = tmp_path / "question"
    file.write_bytes(b"\xff\xfe\x00")
    assert say_here("law", "decide", file).code == 2


BROKEN = """
- id: us.test.one
  citation: 45 CFR 1.1
  title: A rule
  regime: nowhere
"""


def test_check_names_file_and_line_of_each_problem(say, tmp_path: Path):
    (tmp_path / "regimes.yaml").write_text("- {regime: hipaa, title: HIPAA, means: privacy}\n")
    (tmp_path / "us").mkdir()
    (tmp_path / "us" / "one.yaml").write_text(BROKEN)
    said = say("law", "check", "--provisions", tmp_path)
    assert said.code == 1
    assert "us/one.yaml:" in said.err
    assert said.out.startswith("Problems found: ")


def test_a_folder_without_law_is_told(say_here, tmp_path: Path):
    said = say_here("law", "decide", "-", "--provisions", tmp_path / "none", typed=question())
    assert said.code == 2
    assert "Traceback" not in said.err


def test_the_provisions_on_file_are_sound(say_here):
    said = say_here("law", "check")
    assert (said.code, said.err) == (0, "")
    assert said.out == "The provisions are sound.\n"


def test_the_law_is_packed_and_compared_and_a_forged_pack_is_refused(say, say_here, tmp_path: Path):
    out = tmp_path / "law.corpus"
    said = say("law", "pack", "--out", out)
    assert said.code == 0, said.err
    digest = said.out.split("Digest: ")[1].strip()
    assert say_here("law", "pack", "--out", out).code == 2, "nothing is written over"
    changed = shutil.copytree(provisions(), tmp_path / "provisions")
    file = changed / "us" / "policy.yaml"
    file.write_text(file.read_text().replace("Joint sessions belong", "Sessions belong"))
    same = say_here("law", "diff", out, provisions())
    assert (same.code, "Nothing changed." in same.out) == (0, True)
    said = say_here("law", "diff", out, changed, "--place", "us-md")
    assert said.code == 1, said.err
    assert digest in said.out
    assert "~ us.policy.joint-sessions: Sessions belong" in said.out
    assert "    title: Joint sessions belong" in said.out
    out.write_bytes(out.read_bytes()[:-9])
    said = say_here("law", "diff", out, changed)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("This file is no corpus, or it is not whole")


def test_a_change_of_law_names_the_standard_questions_that_move(say_here, tmp_path: Path):
    changed = shutil.copytree(provisions(), tmp_path / "provisions")
    (changed / "us" / "policy.yaml").unlink()
    said = say_here("law", "diff", provisions(), changed, "--place", "us-md")
    assert said.code == 1
    assert "- us.policy.joint-sessions: Joint sessions" in said.out
    moved = said.out.split("answered otherwise")[1]
    assert "An order that a judge signed" not in moved
    assert "An employer asks, with the client's authorization (us-md, psychologist)\n" in moved
    assert (
        "    joint session notes: permitted, before from open with authorization to permitted"
        in moved
    )


def test_two_places_are_told_side_by_side_with_what_each_rests_on(say_here):
    said = say_here("law", "compare", "us-md", "us-tx", "--on", "2026-11-28")
    assert (said.code, said.err) == (1, "")
    warn = said.out[said.out.index("≠ Duty to warn") :].splitlines()
    assert "us-md: required (" in warn[1]
    assert "§ 5-609" in warn[1]
    assert any("us-tx: permitted (" in line for line in warn[:6])
    order = [line[0] for line in said.out.splitlines() if line[:1] in "≠="]
    assert order == sorted(order, key="≠=".index), "differences first"


def test_a_place_compared_with_itself_does_not_differ_and_an_unknown_one_is_told(say_here):
    assert say_here("law", "compare", "us-md", "us-md").code == 0
    said = say_here("law", "compare", "us-md", "us-txx")
    assert said.code == 2
    assert "us-tx" in said.err


POLICY = """
- id: policy.no-subpoena
  title: Counsel first
  acts: [disclose]
  modality: forbids
  when: {instrument: clerk_subpoena}
  says: Nothing leaves on a clerk's subpoena before counsel has seen it.
  as_of: 2026-11-22
"""


def test_a_question_asked_of_a_practice_is_answered_under_its_policy(say, practice: Made):
    home = practice.path
    with sqlite3.connect(home / "practice.db") as rows:
        rows.execute(
            "INSERT INTO policy_version (number, text, proposed_by, proposed_at, agreed_by,"
            " agreed_at, entry) VALUES (1, ?, 'a', '2026-11-22', 'b', '2026-11-22', 0)",
            (POLICY,),
        )
    asked = question(instrument="clerk_subpoena")
    for word in ("decide", "explain"):
        here = say("law", word, "-", "--home", home, typed=asked)
        assert here.code == 0, here.err
        assert "before counsel has seen it" in here.out
        assert "Linden Row" in here.err
        assert "before counsel" not in say("law", word, "-", typed=asked).out


def test_a_folder_without_a_practice_answers_no_question(say_here, tmp_path: Path):
    said = say_here("law", "decide", "-", "--home", tmp_path, typed=question())
    assert said.code == 3
    assert "no practice" in said.err
