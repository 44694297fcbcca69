"""Forms made from the law: every place, profession and kind of work; nothing more than the law says."""

from collections.abc import Iterator
from itertools import product

import pytest

from stillroom.consent.forms import grade, words_agreements, words_fixed, words_notice
from stillroom.consent.forms.making import make
from stillroom.consent.forms.questions import answer
from stillroom.consent.forms.shapes import (
    FORMS,
    SURE,
    WORKS,
    Form,
    Setting,
    decode,
    digest,
    encode,
)
from stillroom.consent.forms.stating import kind_of
from stillroom.consent.forms.words_fixed import Fixed
from stillroom.consent.forms.words_limits import ANSWERS, NATION_SAYS
from stillroom.desk.places import STATES
from stillroom.law import PROFESSIONS, overlaid, read_policy
from tests.harness.forms_made import FACTS, TODAY, form, law

BASIC = {"individual", "couple", "group"}


def every_limits() -> Iterator[Form]:
    for place, profession, work in product(STATES, PROFESSIONS, WORKS):
        yield form("limits", place, profession, work)


def test_every_place_profession_and_kind_of_work_is_told_at_eighth_grade() -> None:
    seen = 0
    for one in every_limits():
        seen += 1
        level = grade.grade(*(said.words for said in one.sentences))
        assert level <= grade.EIGHTH, (one.setting.name, level)
        for said in one.sentences:
            assert "{" not in said.words, said
            assert said.sure in SURE
    assert seen == 51 * 9 * 7


@pytest.mark.parametrize("kind", ["notice", "telehealth", "group"])
def test_the_other_forms_too(kind: str) -> None:
    for place, works in product(STATES, [(), ("sud",)]):
        one = form(kind, place, "psychologist", *works)
        words = [said.words for said in one.sentences if said.key != "header.rule"]
        assert grade.grade(*words) <= grade.EIGHTH, one.setting.name


def test_each_section_stands_in_every_place_in_one_order() -> None:
    orders = {
        tuple(part.id for part in form("limits", place, profession, "individual").sections)
        for place, profession in product(STATES, PROFESSIONS)
    }
    assert orders == {
        ("private", "others", "self", "child", "adult", "court", "pay", "team", "end")
    }


def test_what_is_told_as_law_stands_on_a_provision_and_what_is_not_read_on_none_of_the_states() -> (
    None
):
    for one in every_limits():
        for said in one.sentences:
            names = [ground.provision for ground in said.grounds]
            if said.sure in ("law", "depends", "unclear"):
                assert names, (one.setting.name, said.key)
            if said.sure == "unread":
                assert all(name.startswith("us.") for name in names), said
            for name in names:
                assert law().provisions[name].place in ("us", one.place)


def test_a_sentence_never_says_more_than_the_answer() -> None:
    """*makes us* is said of a duty alone, *lets us* of a permission at least."""
    for place, profession in product(STATES, PROFESSIONS):
        told = {
            said.key: said for said in form("limits", place, profession, "individual").sentences
        }
        for question in ("warn", "child", "adult", "survivor"):
            kind = kind_of(answer(law(), question, place, profession, TODAY))
            words = told[f"{question}.{kind}"].words
            assert (("makes us" in words and "no rule" not in words) or "We must" in words) == (
                kind == "must"
            ), (place, profession, words)
            if kind in ("silent", "unclear", "sign", "no"):
                assert "lets us" not in words, (place, profession, words)


def test_maryland_says_a_treatment_plan_may_do_and_a_state_with_one_way_does_not() -> None:
    keys = {one.key for one in form("limits", "us-md", "psychologist", "individual").sentences}
    assert {"warn.must", "warn_to.either", "others.care", "survivor.must"} <= keys


def test_every_fixed_sentence_stands_on_provisions_on_file() -> None:
    def fixed(module: object) -> Iterator[Fixed]:
        for value in vars(module).values():
            items = value.values() if isinstance(value, dict) else [value]
            for item in items:
                group = (item,) if isinstance(item, Fixed) else item
                if isinstance(group, tuple):
                    yield from (one for one in group if isinstance(one, Fixed))

    named = [
        name
        for module in (words_fixed, words_notice, words_agreements)
        for one in fixed(module)
        for name in one.rests_on
    ]
    named += [*words_fixed.GROUP_NAMED, *NATION_SAYS.values()]
    assert len(named) > 60
    assert [name for name in named if name not in law().provisions] == []


def test_every_kind_of_answer_has_words() -> None:
    for question, words in ANSWERS.items():
        if not question.endswith("_to"):
            assert "silent" in words or question == "issue", question


def test_the_practices_policy_is_told_in_its_own_words_and_marked_as_no_law() -> None:
    policy = read_policy(
        law(),
        """
- id: policy.nothing-to-employers
  title: Nothing to employers
  acts: [disclose]
  modality: forbids
  recipients: [employer]
  says: Nothing goes to an employer, whatever was signed.
  as_of: 2026-11-22
""",
    )
    one = form("limits", "us-md", "psychologist", "individual", corpus=overlaid(law(), policy))
    (own,) = next(part for part in one.sections if part.id == "own").sentences
    assert own.words == "Nothing goes to an employer, whatever was signed."
    assert own.sure == "ours"


def test_the_notice_has_every_part_that_the_rule_asks_for() -> None:
    """45 CFR 164.520(b)(1): header, uses with examples, authorization, rights, duties, complaints,
    contact; the part on substance use records where the practice keeps them."""
    one = form("notice", "us-md", "psychologist")
    assert [part.id for part in one.sections] == [
        "header", "care", "others", "state", "yes", "rights", "duties", "complain"
    ]  # fmt: skip
    assert words_notice.HEADER in one.text
    assert "Olga Brandt, 410-555-0100" in one.text
    with_sud = form("notice", "us-md", "psychologist", "sud")
    assert "sud" in [part.id for part in with_sud.sections]
    assert one.text.count("For one,") == 3, "an example each of treatment, payment, operations"


def test_telehealth_says_that_the_states_rules_were_not_read() -> None:
    one = form("telehealth", "us-tx", "counselor")
    (said,) = [said for said in one.sentences if said.sure == "unread"]
    assert "We have not read each rule that Texas law has" in said.words


def test_a_form_travels_as_bytes_and_its_digest_is_over_all_of_it() -> None:
    for kind in FORMS:
        one = form(kind, "us-md", "psychologist", "individual")
        assert decode(encode(one)) == one
    moved = form("limits", "us-md", "psychologist", "individual")
    other = form("limits", "us-md", "psychologist", "individual", "telehealth")
    assert len({digest(moved), digest(other)}) == 2
    assert digest(moved) == digest(form("limits", "us-md", "psychologist", "individual"))


def test_a_place_without_law_on_file_promises_nothing() -> None:
    one = make(
        law(), Setting("limits", "", "", "psychologist", frozenset({"individual"})), TODAY, FACTS
    )
    assert one.count("unread") >= 5
    assert "the law of your state" in one.text
