"""Cases are run, and a case that fails, or is missing, is a problem."""

from pathlib import Path

from stillroom.law import check
from tests.law.test_writing_provisions import HERE, shelve

GOOD = (HERE / "good" / "everything.yaml", HERE / "good" / "everything.cases.yaml")


def told(tmp_path: Path, *, beside: str = "", whole: str = "") -> list[str]:
    root = shelve(tmp_path, *GOOD)
    (root / "us" / "more.cases.yaml").write_text(beside)
    (root / "cases").mkdir()
    (root / "cases" / "stories.yaml").write_text(whole)
    return [str(problem) for problem in check(root)]


def test_a_case_that_expects_the_wrong_answer_is_told(tmp_path: Path) -> None:
    wrong = (
        "- {provision: us.state.exception, case: A payer., facts: {recipient: payer}, expect: yes}"
    )
    assert told(tmp_path, beside=wrong) == [
        "us/more.cases.yaml:1: expect: A payer. Expected yes; it is no"
    ]


def test_a_case_of_no_provision_or_with_a_wrong_fact_is_told(tmp_path: Path) -> None:
    problems = told(
        tmp_path,
        beside="- {provision: us.state.ba, case: x, expect: yes}\n"
        "- {provision: us.state.bar, case: x, expect: maybe, facts: {judge_sined: yes}}\n"
        "- {provision: us.state.bar, case: x, expect: maybe, facts: {client_age: 400}}\n",
    )
    assert (
        "provision: no provision is called us.state.ba; the nearest is us.state.bar" in problems[0]
    )
    assert "facts.judge_sined: no fact is called judge_sined" in problems[1]
    assert "facts.client_age: client_age lies between 0 and 130; the nearest is 130" in problems[2]


def test_a_case_may_ask_for_the_stance_of_the_whole_corpus(tmp_path: Path) -> None:
    case = (
        "- {provision: us.state.bar, case: Signed., expect: yes, place: us, on: 2026-03-01,"
        " profession: psychologist, act: disclose,"
        " facts: {client_authorization: yes, records_asked: [psychotherapy_notes]}, stance: %s}"
    )
    assert told(tmp_path / "right", beside=case % "PERMITTED") == []
    assert told(tmp_path / "wrong", beside=case % "{low: FORBIDDEN, high: REQUIRED}") == [
        "us/more.cases.yaml:1: stance: Signed. Expected FORBIDDEN..REQUIRED; it is PERMITTED"
    ]


STORY = """
- case: An order of a judge.
  matter: {act: disclose, place: us, profession: psychologist, on: 2026-03-02}
  facts: {recipient: court, instrument: court_order, judge_signed: yes, served_on: 2026-03-01,
          records_asked: [psychotherapy_notes]}
  expect:
    stance: PERMITTED
    conflict: no
    reach_surely: [psychotherapy_notes]
    reach_never: [billing]
    cites: ["Code 3"]
    duties: [notify_client, write_down]
    wanting_excludes: [client_age]
- case: Nothing is known.
  matter: {act: disclose, place: us, profession: psychologist, on: 2026-03-02}
  facts: {}
  expect:
    stance: {low: WITH_AUTHORIZATION, high: PERMITTED}
    reach_possibly: [psychotherapy_notes]
    wanting_includes: [recipient, instrument]
    opens_includes: ["order"]
"""


def test_whole_opinions_are_tried(tmp_path: Path) -> None:
    problems = told(tmp_path, whole=STORY)
    assert [p.partition("; found")[0] for p in problems] == []


def test_whole_opinions_that_differ_are_told(tmp_path: Path) -> None:
    wrong = (
        STORY.replace("stance: PERMITTED", "stance: REQUIRED")
        .replace("conflict: no", "conflict: yes")
        .replace("reach_never: [billing]", "reach_never: [psychotherapy_notes]")
        .replace("wanting_includes: [recipient", "wanting_excludes: [recipient")
    )
    problems = [p.partition("; found")[0] for p in told(tmp_path, whole=wrong)]
    assert [p.removeprefix("cases/stories.yaml:") for p in problems] == [
        "7: expect.stance: An order of a judge. Expected REQUIRED; it is PERMITTED",
        "8: expect.conflict: An order of a judge. As it is, no conflict is certain",
        "10: expect.reach_never: An order of a judge. psychotherapy_notes is not there",
        "20: expect.wanting_excludes: Nothing is known. instrument is there",
        "20: expect.wanting_excludes: Nothing is known. recipient is there",
    ]


def test_a_story_in_a_place_without_law_is_told(tmp_path: Path) -> None:
    problems = told(tmp_path, whole=STORY.replace("place: us", "place: us-zz"))
    assert "no place on file is called us-zz; the nearest is us" in problems[0]
