"""Press to write: what was pressed is said, what was not is not; grammar, pronouns and negatives hold
for every set that is shipped, every voice and every way of pressing."""

import re
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from stillroom.chart._shipped import FOLDER, shipped
from stillroom.chart.kinds import PROGRESS_NOTE
from stillroom.chart.phrase_files import WordingMistaken, read_wording
from stillroom.chart.phrasing import (
    Choice,
    Group,
    PhraseSet,
    Pressed,
    Snippet,
    Wording,
    compose,
    spoken,
)
from stillroom.chart.voice import joined, voice_named, voice_of

VOICES = ("she/her", "he/him", "they/them", "xe/xem/xyr/xyrs/xemself", "ze/hir", "any", "", "many")
_HISSES = "s|es|ies"


@some.composite
def pressings(draw: some.DrawFn) -> tuple[PhraseSet, dict[str, Pressed]]:
    """A set that is shipped, pressed anyhow: also both ways at once."""
    phrases = draw(some.sampled_from(shipped().sets))
    pressed = {}
    for group in phrases.groups:
        labels = [one.label for one in group.choices]
        several = some.lists(some.sampled_from(labels), unique=True, max_size=5).map(tuple)
        pressed[group.id] = Pressed(draw(several), draw(several))
    return phrases, pressed


@given(pressings(), some.sampled_from(VOICES))
def test_every_sentence_is_whole_and_no_place_stays_open(
    drawn: tuple[PhraseSet, dict[str, Pressed]], voice: str
) -> None:
    text = compose(*drawn, voice_named(voice))
    assert not re.search(r"[<>|{}]|\s\s|\s[,.;]|,,|\.\.", text.replace("….", "…"))
    if text:
        assert text[0].isupper() or not text[0].isalpha()
        assert text.endswith((".", "?", "!", "…", "”"))
    for sentence in re.split(r"(?<=[a-z]\.) ", text):
        assert not sentence[:1].islower(), sentence


@given(pressings(), some.sampled_from(VOICES))
def test_verbs_agree_with_whom_they_are_said_of(
    drawn: tuple[PhraseSet, dict[str, Pressed]], voice: str
) -> None:
    text = compose(*drawn, voice_named(voice)).casefold()
    assert not re.search(r"\bthey (was|has|is|knows|does)\b|\bclients (was|has|is|knows)\b", text)
    assert not re.search(r"\b(she|he|xe|ze|client) (were|have|are|know|do)\b", text)
    if voice == "many":
        assert not re.search(r"\bclient\b|\bclient’s", text)


@given(pressings())
def test_the_pronouns_are_the_clients_and_nobody_elses(
    drawn: tuple[PhraseSet, dict[str, Pressed]],
) -> None:
    ours = {"she/her": {"she", "her", "hers", "herself"}, "he/him": {"he", "him", "his", "himself"}}
    both = set().union(*ours.values())
    for voice, own in ours.items():
        words = set(re.findall(r"\w+", compose(*drawn, voice_named(voice)).casefold()))
        assert not words & (both - own)
        assert "their" not in words
        assert "them" not in words


@given(pressings(), some.randoms())
def test_the_order_of_pressing_changes_nothing(
    drawn: tuple[PhraseSet, dict[str, Pressed]], dice: object
) -> None:
    phrases, pressed = drawn
    mixed = {
        name: Pressed(tuple(dice.sample(one.yes, len(one.yes))), one.no[::-1])  # type: ignore[attr-defined]
        for name, one in pressed.items()
    }
    voice = voice_named("she/her")
    assert compose(phrases, mixed, voice) == compose(phrases, pressed, voice)


WORDS = ("amber", "birch", "cedar", "dogwood", "elder", "fir")
ASKED = Group(
    "g",
    "G",
    "asked",
    tuple(Choice(w, w) for w in WORDS),
    "<They> reported <list>.",
    "<They> denied <list>.",
)


@given(some.permutations(WORDS), some.integers(0, 6), some.integers(0, 6))
def test_what_was_denied_is_never_reported_and_what_was_not_pressed_is_never_said(
    order: list[str], first: int, second: int
) -> None:
    yes, no = set(order[:first]), set(order[first : first + second])
    text = compose(
        PhraseSet("s", "S", (), (ASKED,)), {"g": Pressed(tuple(yes), tuple(no))}, voice_of(["he"])
    )
    said = dict(re.findall(r"(reported|denied) ([^.]*)\.", text))
    assert {word for word in WORDS if word in said.get("reported", "")} == yes
    assert {word for word in WORDS if word in said.get("denied", "")} == no


def test_a_choice_pressed_both_ways_is_said_once_as_yes() -> None:
    pressed = {"g": Pressed(("amber",), ("amber", "fir"))}
    text = compose(PhraseSet("s", "S", (), (ASKED,)), pressed, voice_of([""]))
    assert text == "Client reported amber. They denied fir."


def test_danger_denied_reads_as_a_clinician_would_write_it() -> None:
    danger = next(one for one in shipped().sets if one.id == "danger")
    pressed = {"self": Pressed((), ("thoughts of suicide", "a plan", "intent"))}
    said = compose(danger, pressed, voice_of(["she/her"]))
    assert said == "When asked, the client denied thoughts of suicide, a plan and intent."
    seen = next(one for one in shipped().sets if one.id == "seen")
    pressed = {
        "manner": Pressed(("alert",)),
        "psychosis": Pressed((), ("hearing voices", "beliefs that others find strange")),
    }
    said = compose(seen, pressed, voice_of(["they/them"]))
    assert (
        said
        == "Client was alert. They did not report hearing voices or beliefs that others find strange."
    )


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ("She/Her", "Client kept her word. She was there, by herself; it is hers."),
        ("he", "Client kept his word. He was there, by himself; it is his."),
        ("they/them", "Client kept their word. They were there, by themself; it is theirs."),
        ("she/they", "Client kept her word. She was there, by herself; it is hers."),
        ("xe/xem/xyr/xyrs/xemself", "Client kept xyr word. Xe was there, by xemself; it is xyrs."),
        # Not given, so not guessed: the noun stands there.
        ("ze/hir", "Client kept the client’s word. Ze was there, by themself; it is the client’s."),
        ("any", "Client kept their word. They were there, by themself; it is theirs."),
        ("", "Client kept their word. They were there, by themself; it is theirs."),
        ("call and ask (410) 555", "Client kept their word. They were there, by themself; it is theirs."),
    ],
)  # fmt: skip
def test_pronouns_are_those_of_the_front_sheet(sheet: str, said: str) -> None:
    words = "<They> kept <their> word. <They> <was|were> there, by <themself>; it is <theirs>."
    assert spoken(words, voice_of([sheet])) == said
    assert spoken(words, voice_named(voice_of([sheet]).key)) == said, "by the way of the page too"


def test_a_couple_is_spoken_of_as_several() -> None:
    words = "<They> <was|were> late. <Their> reasons differ; <they> <has|have> told one another."
    said = "Clients were late. Their reasons differ; they have told one another."
    assert spoken(words, voice_of(["she/her", "he/him"])) == said
    assert voice_named(voice_of(["she", "he"]).key) == voice_of(["she", "he"])


@pytest.mark.parametrize(
    ("parts", "word", "said"),
    [
        ((), "and", ""),
        (("a",), "and", "a"),
        (("a", "b"), "or", "a or b"),
        (("a", "b", "c"), "and", "a, b and c"),
        (("a and b", "c"), "and", "a and b, and c"),
        (("a", "b, then c", "d"), "and", "a; b, then c; and d"),
    ],
)
def test_lists_can_be_taken_apart_again(parts: tuple[str, ...], word: str, said: str) -> None:
    assert joined(parts, word) == said


def test_every_section_of_a_progress_note_has_something_to_press() -> None:
    for sections in PROGRESS_NOTE.forms.values():
        for section in sections:
            assert any(one.offered("progress_note", section) for one in shipped().sets), section


def test_names_are_given_once_among_all_that_is_shipped() -> None:
    sets, snippets = shipped().sets, shipped().snippets
    assert len({one.id for one in sets}) == len(sets)
    assert len({one.key for one in snippets}) == len(snippets)


GOOD = """sets:
  - set: walk
    title: The walk
    sections: [Data]
    groups:
      - id: how
        title: Walked
        says: "<They> walked <list>."
        choices: [slowly, {label: far, says: as far as …}]
snippets:
  - key: bye
    says: |
      Until Monday.

      Bring the diary.
"""


def test_a_practices_own_set_takes_the_place_of_ours_by_its_name() -> None:
    own = read_wording(GOOD.replace("set: walk", "set: mood"), {"Data"})
    whole = shipped().joined_by(own)
    assert len(whole.sets) == len(shipped().sets)
    assert next(one for one in whole.sets if one.id == "mood").title == "The walk"
    assert Snippet("bye", "Until Monday.\n\nBring the diary.") in whole.snippets


BROKEN = [
    ('says: "<They> walked <list>."', 'says: "<They> walked."', 8, "needs <list> once"),
    ('says: "<They> walked <list>."', 'says: "<They> walked <list>"', 8, "full stop"),
    ('says: "<They> walked <list>."', 'says: "<Name> walked <list>."', 8, "<Name> is no place"),
    ('says: "<They> walked <list>."', 'says: "<They walked <list>."', 8, "stands alone"),
    ('says: "<They> walked <list>."', "says: []", 8, "missing or is not words"),
    ("sections: [Data]", "sections: [Date]", 4, "no note has a section `Date`"),
    ("title: The walk", "titel: The walk", 3, "`titel` is not known"),
    ("title: The walk", "title: The walk\n    title: Again", 4, "written twice"),
    ("choices: [slowly,", "choices: [slowly, slowly,", 9, "already"),
    ("id: how", "id: How it was", 6, "small letters"),
    ("id: how", "id: how\n        shape: two", 7, "`shape` is one of"),
    ("id: how", "id: how\n        denies: no", 7, "has no `denies`"),
    ("key: bye", "key: b/e", 11, "small letters"),
    ("sets:", "sets: [", 2, "cannot be read"),
    ("title: The walk", "title: " + "x" * 1001, 3, "longer than"),
]  # fmt: skip


@pytest.mark.parametrize(("was", "becomes", "line", "says"), BROKEN)
def test_a_mistake_is_told_by_its_line(was: str, becomes: str, line: int, says: str) -> None:
    with pytest.raises(WordingMistaken) as told:
        read_wording(GOOD.replace(was, becomes, 1), {"Data"})
    assert (line, True) in {(one.line, says in one.sentence) for one in told.value.faults}, (
        told.value.faults
    )


def test_all_mistakes_are_told_at_once_in_order() -> None:
    text = GOOD.replace("id: how", "id: How").replace("title: The walk", "titel: x")
    with pytest.raises(WordingMistaken) as told:
        read_wording(text)
    lines = [one.line for one in told.value.faults]
    assert lines == sorted(lines)
    assert {3, 6} <= set(lines)


@given(some.text(max_size=300) | some.text("-:[]{}<>|\"' \nabsetgroupchois", max_size=200))
def test_any_text_is_read_or_refused_with_lines(text: str) -> None:
    try:
        assert isinstance(read_wording(text), Wording)
    except WordingMistaken as told:
        assert told.faults
        assert all(one.line >= 1 and one.sentence for one in told.faults)


def test_what_is_shipped_is_read_with_the_sections_that_notes_have() -> None:
    known = {name for form in PROGRESS_NOTE.forms.values() for name in form}
    known |= {"Goal", "Problem", "Evaluation"}
    for path in FOLDER.glob("*.yaml"):
        read_wording(path.read_text("utf-8"), known)


def test_permuted_groups_of_two_keep_their_words() -> None:
    for one, other in permutations(("amber", "cedar"), 2):
        assert (
            compose(
                PhraseSet("s", "S", (), (ASKED,)), {"g": Pressed((one, other))}, voice_of(["she"])
            )
            == "Client reported amber and cedar."
        )
