"""The practice's voice, the check of understanding, who signs, and when a new signature is due."""

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st

from stillroom.consent.forms import voice
from stillroom.consent.forms.changes import changes
from stillroom.consent.forms.shapes import WORKS, Form, Section, Sentence, digest
from stillroom.consent.forms.signers import Holder, is_minor, signers
from stillroom.consent.forms.understanding import missed
from stillroom.desk.places import STATES
from stillroom.law import PROFESSIONS
from tests.harness.forms_made import form


def maryland(*works: str) -> Form:
    return form("limits", "us-md", "psychologist", *(works or ("individual",)))


def reworded(one: Form, key: str, words: str) -> Form:
    return voice.typed(one, {key: words})


def test_a_sentence_of_law_may_be_reworded_and_not_left_out() -> None:
    one = maryland()
    ours = reworded(one, "warn.must", "If you plan to hurt someone, the law makes us act.")
    assert "If you plan to hurt someone" in ours.text
    (said,) = [said for said in ours.sentences if said.in_our_voice]
    assert said.grounds, "it still stands on the same provision"
    with pytest.raises(voice.LeftOut, match="If someone else may be in danger"):
        voice.typed(one, {"warn.must": "  "})


def test_our_own_word_may_be_left_out_but_no_whole_section() -> None:
    one = maryland("telehealth")
    lighter = voice.typed(one, {"telehealth.record": ""})
    assert "record our visits" not in lighter.text
    keys = [said.key for said in one.sentences if said.key.startswith("telehealth.")]
    with pytest.raises(voice.LeftOut, match="video or phone"):
        voice.typed(one, dict.fromkeys(keys, ""))


def test_too_long_a_sentence_is_refused_in_words() -> None:
    with pytest.raises(voice.TooLong):
        voice.typed(maryland(), {"private.ask": "a" * 1201})


def test_the_voice_is_proposed_where_the_same_sentence_is_drawn_and_nowhere_else() -> None:
    ours = reworded(maryland(), "warn.must", "If you plan to hurt someone, we must act.")
    elsewhere = voice.proposed(maryland("couple"), [ours])
    assert "If you plan to hurt someone" in elsewhere.text
    texas = form("limits", "us-tx", "psychologist", "individual")
    assert voice.proposed(texas, [ours]) == texas


@budget(max_examples=20)
@given(st.sampled_from(STATES), st.sampled_from(PROFESSIONS), st.sampled_from(WORKS))
def test_what_is_made_again_is_the_same_and_nothing_is_due(
    place: str, profession: str, work: str
) -> None:
    one = form("limits", place, profession, work)
    assert voice.typed(one, {}) == one == voice.proposed(one, [])
    assert changes(one, one, one) == ()


def test_what_makes_a_new_signature_due() -> None:
    signed = maryland("individual")
    whys = {
        "work": form("limits", "us-md", "psychologist", "individual", "telehealth"),
        "place": form("limits", "us-va", "psychologist", "individual"),
        "profession": form("limits", "us-md", "counselor", "individual"),
    }
    for why, today in whys.items():
        assert [one.why for one in changes(signed, today)] == [why]


def test_a_minor_who_came_of_age_signs_anew() -> None:
    (one,) = changes(maryland("individual", "minor"), maryland("individual"))
    assert one.words == "the client has come of age"


def test_another_answer_of_the_law_is_due_with_the_sentences_beside_each_other() -> None:
    signed, today = maryland(), maryland()
    first, *rest = signed.sections
    others = rest[0]
    kept = tuple(one for one in others.sentences if one.key != "others.care")
    signed = _with_sections(signed, (first, _part(others, kept), *rest[1:]))
    # "others.care" is our own word; the law's own keys are the same, so nothing is due for it.
    assert changes(signed, today) == ()
    older = tuple(
        replace_key(one, "warn.may", "The law lets us act.") if one.key == "warn.must" else one
        for one in others.sentences
    )
    signed = _with_sections(signed, (first, _part(others, older), *rest[1:]))
    (due,) = changes(signed, today)
    assert (due.why, due.words) == ("law", "the law changed: If someone else may be in danger")
    assert due.before == ("The law lets us act.",)
    assert any("Maryland law then makes us act" in one for one in due.after)


def test_other_words_for_the_same_law_are_no_reason_and_another_word_of_ours_is() -> None:
    signed = maryland()
    louder = reworded(signed, "warn.must", "If you plan to hurt someone, we must act.")
    assert changes(signed, signed, louder) == ()
    other = reworded(signed, "team.advice", "We never ask others for advice.")
    (due,) = changes(signed, signed, other)
    assert due.why == "practice"
    assert digest(other) != digest(signed)


def test_the_check_asks_four_to_six_and_names_what_was_missed() -> None:
    for works in (("individual",), ("couple",), ("group",), ("individual", "minor", "sud")):
        asked = maryland(*works).questions
        assert 4 <= len(asked) <= 6
        right = {one.id: str(one.right) for one in asked}
        assert missed(asked, right) == ()
        assert missed(asked, {**right, "child": "0"}) == ("child",)
        assert missed(asked, {}) == tuple(one.id for one in asked)
        for one in asked:
            assert one.explains, one
            assert 0 <= one.right < len(one.choices)


def test_a_missed_question_is_explained_in_the_practices_words() -> None:
    ours = reworded(maryland(), "child.must", "We must report if we think a child is abused.")
    (child,) = [one for one in ours.questions if one.id == "child"]
    assert child.explains.startswith("We must report if we think a child is abused.")


def test_who_signs() -> None:
    ann, ben = Holder("ann", "Ann", 40), Holder("ben", "Ben", 41)
    assert [one.id for one in signers([ann, ben])] == ["ann.self", "ben.self"]
    kid = Holder("kid", "Kid", 15, ("Pat Roe",))
    assert [(one.name, one.capacity) for one in signers([kid])] == [
        ("Kid", "self"),
        ("Pat Roe", "guardian"),
    ]
    assert [one.id for one in signers([kid], consents_alone=True)] == ["kid.self"]
    by_law = Holder("kid", "Kid", 15, (), alone="Md. Code, Health-Gen. § 20-104")
    (one,) = signers([by_law], consents_alone=True)
    assert "20-104" in one.note
    (one,) = signers([kid], consents_alone=True)
    assert one.note.startswith("no provision on file")
    assert [one.capacity for one in signers([Holder("x", "X", 20, of_age=21)])][1] == "guardian"
    assert is_minor([ann, kid])
    assert not is_minor([ann])
    (unknown,) = signers([Holder("x", "X", None)])
    assert unknown.note == "the date of birth is not known"


def test_whom_we_keep_signing_for_is_a_day_of_birth_and_no_guess() -> None:
    assert date(2026, 11, 28) > date(2008, 11, 28)
    assert [one.capacity for one in signers([Holder("x", "X", 18, ("Pat",))])] == ["self"]
    (kid, guardian) = signers([Holder("x", "X", 17)])
    assert (kid.capacity, guardian.note) == ("self", "no guardian is on the front sheet")


def _part(part: Section, sentences: tuple[Sentence, ...]) -> Section:
    return Section(part.id, part.title, sentences)


def replace_key(one: Sentence, key: str, words: str) -> Sentence:
    return Sentence(key, words, words, one.sure, one.grounds)


def _with_sections(one: Form, sections: tuple[Section, ...]) -> Form:
    return msgspec.structs.replace(one, sections=sections)
