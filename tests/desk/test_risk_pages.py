"""Risk in a chart, through its pages: begun, signed, compared, asked of the law, followed up, carried."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from stillroom.chart import actions as chart
from stillroom.chart.models import Followup, Record
from stillroom.identity.models import Person
from stillroom.kernel import Trilean
from stillroom.law import Matter
from stillroom.practice.actions_care import change_place
from tests.cast import NOON, Cast
from tests.web import Visitor, corpus, serve

SUICIDE = {
    "ideation": "method",
    "ideation_words": "“It would be easier if I did not wake up.”",
    "plan": "no",
    "level": "moderate",
    "reasons": "A way in mind, no intent, and a brother who knows.",
    "did_words": "Made the plan; agreed to meet on Monday.",
    "follow_up": "Ada rings him.",
    "follow_up_on": "2026-11-23",
}
VIOLENCE = {
    "threat": "yes",
    "statement": "“Tonight I am going over there and he is going to feel it.”",
    "teller": "client",
    "explicit": "yes",
    "harm": "serious",
    "target": "named",
    "specified": "yes",
    "target_words": "Joel Pike, his brother-in-law.",
    "intends": "yes",
    "able": "yes",
    "serious": "yes",
    "imminent": "yes",
    "level": "imminent",
    "reasons": "He named the man and the hour.",
    "emergency": "yes",
    "did_words": "Rang the police.",
}
PLAN = {
    "signs": "I stop answering the telephone\nI lie awake",
    "alone": "Walk to the quarry",
    "company.0.name": "Noam",
    "company.0.number": "410-555-0177",
    "helpers.0.name": "My sister",
    "title": "hard_days",
}


@pytest.fixture
def lived(cast: Cast) -> Cast:
    """The cast with licences and places of law."""
    serve(cast)
    return cast.licensed()


def signed(cast: Cast, kind: str, fields: dict[str, str], *, days: float = 0) -> str:
    """A record of Ada's about Dov, signed."""
    ada = cast.here("ada")
    record = chart.begin(ada, cast.dov, kind, occurred_at=NOON - timedelta(days=days))
    chart.save_draft(ada, record, fields, 1, kind=kind)
    chart.sign(ada, record, 2)
    return record


def shown(cast: Cast, name: str, address: str, **parts: str) -> str:
    page = Visitor(cast, name).get(reverse(address, kwargs=parts))
    assert page.status_code == 200, (page.status_code, page.content.decode()[:400])
    return page.content.decode()


def test_the_exact_kind_lies_nowhere_in_the_clear(lived: Cast) -> None:
    record = signed(lived, "suicide_risk", SUICIDE)
    row = Record.objects.get(pk=record)
    assert row.kind == "assessment"
    assert "suicide" not in str([*Record.objects.values(), *Followup.objects.values()])


def test_the_chart_shows_the_flag_with_its_date_and_the_levels(lived: Cast) -> None:
    signed(lived, "suicide_risk", {**SUICIDE, "level": "high"}, days=14)
    signed(lived, "suicide_risk", SUICIDE)
    text = shown(lived, "ada", "chart", chart_id=lived.dov)
    assert "Suicide risk: moderate" in text
    assert "since Friday, November 20, 2026" in text
    assert "Risk, as it was judged" in text
    assert text.count('class="ladder"') == 2


def test_the_front_desk_learns_nothing_of_it(lived: Cast) -> None:
    signed(lived, "suicide_risk", SUICIDE)
    text = shown(lived, "cal", "chart", chart_id=lived.dov)
    today = shown(lived, "cal", "today")
    for word in ("uicide", "moderate", "follow up", "in danger"):
        assert word not in text
        assert word not in today


def test_what_changed_since_last_time_stands_on_the_draft_and_on_the_signed_page(
    lived: Cast,
) -> None:
    signed(lived, "suicide_risk", {**SUICIDE, "level": "high", "plan": "yes"}, days=14)
    ada = lived.here("ada")
    draft = chart.begin(ada, lived.dov, "suicide_risk", occurred_at=NOON)
    chart.save_draft(ada, draft, SUICIDE, 1, kind="suicide_risk")
    text = shown(lived, "ada", "record", record_id=draft)
    assert "Last time, Friday, November 6, 2026: high. 2 answers differ so far" in text
    chart.sign(ada, draft, 2)
    text = shown(lived, "ada", "record", record_id=draft)
    assert "<del>High</del>" in text
    assert "<ins>Moderate</ins>" in text


def test_what_is_to_follow_stands_on_today_for_those_who_treat_or_cover(lived: Cast) -> None:
    record = signed(lived, "suicide_risk", SUICIDE)
    assert "To follow up" in shown(lived, "ada", "today")
    for name in ("sol", "bea", "cal"):
        assert "To follow up" not in shown(lived, name, "today")
    done = Visitor(lived, "ada").post(
        reverse("followed_up", kwargs={"record_id": record}), {"from": "today"}
    )
    assert done.status_code == 302
    assert "To follow up" not in shown(lived, "ada", "today")
    assert Followup.objects.get(pk=record).done_by == lived.ada.id
    again = Visitor(lived, "ada").post(reverse("followed_up", kwargs={"record_id": record}))
    assert again.status_code == 409


def test_a_day_far_off_does_not_stand_on_today_yet(lived: Cast) -> None:
    signed(lived, "suicide_risk", {**SUICIDE, "follow_up_on": "2026-12-20"})
    assert "To follow up" not in shown(lived, "ada", "today")


def test_the_path_begins_a_record_once_and_goes_on_with_it(lived: Cast) -> None:
    ada = Visitor(lived, "ada")
    address = reverse("risk_begin", kwargs={"chart_id": lived.dov, "kind": "suicide_risk"})
    first = ada.post(address)["Location"]
    assert ada.post(address)["Location"] == first
    change_place(lived.here("ada"), lived.dov, "us-md")
    text = shown(lived, "ada", "risk", chart_id=lived.dov)
    assert "To report abuse in Maryland" in text
    assert "Go on: Suicide risk" in text
    assert "988" in text
    assert "911" in text


def found(cast: Cast, name: str, typed: str) -> list[dict[str, str]]:
    page = Visitor(cast, name).post(
        reverse("find"), json.dumps({"q": typed}), content_type="application/json"
    )
    return list(json.loads(page.content))


def test_a_phrase_with_a_name_leads_to_the_path_and_only_for_whoever_cares(lived: Cast) -> None:
    path = reverse("risk", kwargs={"chart_id": lived.dov})
    for phrase in ("danger halp", "Dov suicide"):
        assert found(lived, "ada", phrase)[0]["href"] == path
        for name in ("bea", "cal"):
            assert path not in str(found(lived, name, phrase))
    assert path not in str(found(lived, "ada", "halpern"))
    # Who is at the front desk as well may know of everybody, and still not of this.
    Person.objects.filter(pk=lived.bea.id).update(roles=["clinician", "front_desk"])
    assert "Dov Halpern" in str(found(lived, "bea", "halp"))
    assert path not in str(found(lived, "bea", "danger halp"))
    assert path not in str(found(lived, "ada", "danger"))


def test_a_record_that_is_none_of_risk_is_not_begun_there(lived: Cast) -> None:
    address = reverse("risk_begin", kwargs={"chart_id": lived.dov, "kind": "progress_note"})
    assert Visitor(lived, "ada").post(address).status_code == 404


def test_a_new_plan_begins_with_the_last_one(lived: Cast) -> None:
    signed(lived, "safety_plan", PLAN, days=30)
    address = reverse("risk_begin", kwargs={"chart_id": lived.dov, "kind": "safety_plan"})
    begun = Visitor(lived, "ada").post(address)["Location"]
    text = Visitor(lived, "ada").get(begun).content.decode()
    assert "Walk to the quarry" in text
    assert "410-555-0177" in text


def test_the_plan_to_carry_says_neither_whose_nor_what_it_is(lived: Cast) -> None:
    record = signed(lived, "safety_plan", PLAN)
    text = shown(lived, "ada", "safety_plan_carry", record_id=record)
    assert "<title>For hard days</title>" in text
    for word in ("I lie awake", "410-555-0177", "My sister", "988", "911"):
        assert word in text
    for word in ("Dov", "Halpern", "Linden Row", "Stillroom", "afety plan", "uicid", "therap"):
        assert word not in text.partition("<main")[2], word
    assert "uicid" not in text.partition("<title")[2]


# What does the law ask?


def verdict(text: str) -> str:
    return text.partition('id="verdict">')[2].partition("</h2>")[0]


def law(cast: Cast, record: str, **sent: Any) -> str:
    address = reverse("record_law", kwargs={"record_id": record})
    ada = Visitor(cast, "ada")
    page = ada.post(address, sent) if sent else ada.get(address)
    assert page.status_code == 200, page.content.decode()[:400]
    return page.content.decode()


def test_the_law_is_asked_with_what_was_signed_and_nothing_is_typed_twice(lived: Cast) -> None:
    record = signed(lived, "violence_risk", VIOLENCE)
    text = law(lived, record)
    opinion = corpus().opine(
        Matter("warn", ("us-md",), "psychologist", NOON.date()),
        {
            "recipient": "potential_victim",
            "purpose": "avert_threat",
            "records_asked": frozenset({"risk_assessment"}),
            "client_age": 41,
            "joint_chart": Trilean.NO,
            "threat_communicated": Trilean.YES,
            "threat_communicated_by": "client",
            "threat_explicit": Trilean.YES,
            "threat_kind": "serious_physical_harm_or_death",
            "threat_serious": Trilean.YES,
            "threat_imminent": Trilean.YES,
            "victim": "identified",
            "victim_specified": Trilean.YES,
            "intent_and_ability": Trilean.YES,
            "emergency": Trilean.YES,
        },
    )
    assert verdict(text) == opinion.sentence
    assert "Does the client seem to mean it? Does the client seem able to do it? <b>yes</b>" in text
    for question in ("Was the threat explicit?", "Whom is the threat against?"):
        assert f'tabindex="-1">{question}' not in text


def test_an_answer_on_which_the_law_turns_is_named_and_a_no_that_shuts_the_door_most_of_all(
    lived: Cast,
) -> None:
    known = {**VIOLENCE, "violent_before": "yes"}
    text = law(lived, signed(lived, "violence_risk", known))
    assert verdict(text) == "You must give this warning."
    text = law(lived, signed(lived, "violence_risk", {**VIOLENCE, "violent_before": "no"}))
    assert verdict(text) == "You may not give this warning yet."
    rests = text.partition("What the record says")[2].partition("<details>")[0]
    assert "Did you know that the client is prone to it? <b>No</b>" in rests
    assert "The one who would be harmed" not in rests
    # Two that hold it shut together: neither alone would open it, so both are named.
    shut = {**VIOLENCE, "violent_before": "no", "threat": "no"}
    text = law(lived, signed(lived, "violence_risk", shut))
    rests = text.partition("What the record says")[2].partition("</section>")[0]
    assert "Did you know that the client is prone to it? <b>No</b>" in rests
    assert "Was a threat communicated to you? <b>No</b>" in rests
    assert "that change nothing" not in rests


def test_every_one_who_could_be_told_has_an_answer(lived: Cast) -> None:
    record = signed(lived, "violence_risk", VIOLENCE)
    text = law(lived, record)
    assert "If you told the person threatened what this record says." in text
    assert "The police</button>" in text
    assert "If you told the police what this record says." in law(
        lived, record, to="warn.law_enforcement"
    )


def test_what_the_record_left_open_stays_open_and_an_answer_here_is_not_kept(lived: Cast) -> None:
    record = signed(
        lived,
        "abuse_suspicion",
        {
            "suspicion": "child_abuse",
            "age": "9",
            "reasons": "A bruise in the shape of a belt.",
            "did_words": "Asked Sol.",
        },
    )
    text = law(lived, record)
    assert "If you told the child protection agency what this record says." in text
    assert "learned_in_practice" not in text.partition("What the record says")[2][:800]
    answered = law(
        lived,
        record,
        to="report.child_protective_services",
        fact="learned_in_practice",
        value="yes",
    )
    assert 'name="known.learned_in_practice" value="yes"' in answered
    assert "What you answered here" not in law(lived, record)


def test_no_answer_in_the_form_overrules_what_was_signed(lived: Cast) -> None:
    record = signed(lived, "violence_risk", {**VIOLENCE, "violent_before": "yes"})
    forged = {"known.threat_imminent": "no", "fact": "victim", "value": "none"}
    for sent in ({}, {"to": "warn.potential_victim", **forged}):
        text = law(lived, record, **sent)
        assert verdict(text) == "You must give this warning."
        assert "known.victim" not in text
        assert "known.threat_imminent" not in text


def test_an_answer_that_is_none_gets_a_sentence_and_loses_nothing(lived: Cast) -> None:
    record = signed(lived, "violence_risk", VIOLENCE)
    address = reverse("record_law", kwargs={"record_id": record})
    sent = {"fact": "client_deceased", "value": "perhaps", "known.crime_on_premises": "no"}
    page = Visitor(lived, "ada").post(address, sent)
    assert page.status_code == 409
    assert 'name="known.crime_on_premises" value="no"' in page.content.decode()


def test_the_law_is_not_asked_about_a_draft_or_another_kind(lived: Cast) -> None:
    ada = lived.here("ada")
    draft = chart.begin(ada, lived.dov, "violence_risk", occurred_at=NOON)
    plan = signed(lived, "safety_plan", PLAN)
    for record in (draft, plan):
        address = reverse("record_law", kwargs={"record_id": record})
        assert Visitor(lived, "ada").get(address).status_code == 404


def test_in_distress_a_record_with_an_impossible_day_says_which_and_keeps_the_words(
    lived: Cast,
) -> None:
    ada = lived.here("ada")
    record = chart.begin(ada, lived.dov, "suicide_risk", occurred_at=NOON)
    chart.save_draft(ada, record, {**SUICIDE, "follow_up_on": "Monday"}, 1, kind="suicide_risk")
    sent = {"version": "2", "record-kind": "suicide_risk", **SUICIDE, "follow_up_on": "Monday"}
    page = Visitor(lived, "ada").post(reverse("sign", kwargs={"record_id": record}), sent)
    assert page.status_code == 409
    assert "By when is not a date" in page.content.decode()
    assert "a brother who knows" in page.content.decode()
