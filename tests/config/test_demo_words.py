"""What the demonstration's charts say: never twice the same, in whole and agreeing sentences."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from stillroom.config.demo import Chart, DemoPractice, Note, practice, stories
from stillroom.config.demo.caseload import zones
from stillroom.config.demo.dice import Dice
from stillroom.config.demo.measuring import INSTRUMENTS
from stillroom.config.demo.stories import Story
from stillroom.config.demo.telling import Person, Teller
from stillroom.kernel import Misuse


@pytest.fixture(scope="module")
def house() -> DemoPractice:
    return practice(412, 60, date(2026, 11, 24))


@pytest.fixture(scope="module")
def charts(house: DemoPractice) -> list[Chart]:
    return list(house.charts())


@pytest.fixture(scope="module")
def signed(house: DemoPractice, charts: list[Chart]) -> list[tuple[Chart, Note]]:
    return [(chart, note) for chart in charts for note in house.notes(chart) if note.signed_at]


def local_day(at: datetime, clinician: str) -> date:
    return at.astimezone(ZoneInfo(zones()[clinician])).date()


def sentences(words: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!])[”]?\s+", words) if part]


def test_no_two_notes_are_the_same(signed: list[tuple[Chart, Note]]) -> None:
    for part in ("words", "data"):
        told = Counter(getattr(note, part) for _, note in signed)
        assert [words for words, count in told.items() if count > 1] == []


def test_a_chart_does_not_repeat_itself(house: DemoPractice, charts: list[Chart]) -> None:
    for chart in charts:
        notes = [note for note in house.notes(chart) if note.signed_at]
        for before, after in pairwise(notes):
            told, again = set(sentences(before.words)), sentences(after.words)
            repeated = [one for one in again if one in told]
            assert len(repeated) <= len(again) / 4, (chart.title, repeated)


def test_every_note_has_the_length_of_a_note(signed: list[tuple[Chart, Note]]) -> None:
    for chart, note in signed:
        assert 80 <= len(note.words.split()) <= 250, (chart.title, note.words)
        assert note.data
        assert note.assessment
        assert note.plan


def all_words(story: Story) -> Iterator[str]:
    first = (story.intake,) if story.intake else ()
    for told in (*first, *story.closing, *(e for p in story.phases for e in p.episodes)):
        yield from (told.data, told.assessment, told.plan, *told.then)
    for phase in story.phases:
        yield from (*phase.threads, *phase.needs)
    yield from (*story.private, story.problem, story.goal)
    yield from (*story.objectives, *story.interventions)


def teller(story: Story, pronoun: str, nth: int) -> Teller:
    people = {role: Person(*choices[0]) for role, choices in story.people.items()}
    for role in ("a", "b", "parent", "m1", "m2", "m3", "m4"):
        people.setdefault(role, Person("Xan", "she"))
    facts = {name: choices[nth % len(choices)] for name, choices in story.facts.items()}
    facts |= {"there": "Xan and Yl", "count": "two", "of": "three", "where": "Towson, MD"}
    if story.audience not in ("couple", "group"):
        people[""] = Person("Wren", pronoun)
        facts["name"] = "Wren"
    for week in range(120):
        facts |= {f"month-{week}": "May", f"season-{week}": "spring"}
    return Teller(people, facts)


DISAGREES = {
    "he": r"\b[Hh]e (were|are)\b",
    "she": r"\b[Ss]he (were|are)\b",
    "they": r"\b[Tt]hey (was|has|is|does|says|wants|knows|sees|needs|\w+ies)\b",
}


@pytest.mark.parametrize("pronoun", ["he", "she", "they"])
def test_every_sentence_agrees_with_its_pronoun(pronoun: str) -> None:
    for key in stories.all_keys():
        story = stories.story(key)
        for draw in range(4):
            telling = teller(story, pronoun, draw)
            for words in all_words(story):
                told = telling.tell(words, Dice(words, draw))
                assert not re.search(DISAGREES[pronoun], told), told
                check_typography(told)
                check_capitals(told)


def check_capitals(told: str) -> None:
    for sentence in sentences(told):
        opened = sentence.lstrip("“")[0]
        assert not opened.islower() or ", “for the tape" in told, sentence


def check_typography(told: str) -> None:
    assert not re.search(r"[<>|]|  |\s[,.;:]|\.\.|\"|'", told), told
    assert told.count("“") == told.count("”"), told


def test_what_is_written_is_clean(
    house: DemoPractice, charts: list[Chart], signed: list[tuple[Chart, Note]]
) -> None:
    for _, note in signed:
        for part in (note.data, note.assessment, note.plan, *(it.words for it in note.addenda)):
            check_typography(part)
            check_capitals(part)
    for chart in charts:
        for private in house.private_notes(chart):
            check_typography(private.words)


def test_a_place_that_nothing_fills_is_refused() -> None:
    with pytest.raises(Misuse):
        Teller({"": Person("Wren", "they")}, {}).tell("<He> saw <nobody>.", Dice("x"))


def test_pronouns_and_verbs_are_told_right() -> None:
    words = "<He was> glad that <he goes>, by <himself>, with <his> dog, <own>, and <~ has> it."
    told = {
        pronoun: Teller({"": Person("Wren", pronoun)}, {}).tell(words, Dice("x"))
        for pronoun in ("he", "she", "they")
    }
    assert told == {
        "he": "He was glad that he goes, by himself, with his dog, his, and has it.",
        "she": "She was glad that she goes, by herself, with her dog, hers, and has it.",
        "they": ("They were glad that they go, by themself, with their dog, theirs, and have it."),
    }


def test_what_is_private_is_in_no_progress_note(house: DemoPractice, charts: list[Chart]) -> None:
    count = 0
    for chart in charts:
        course = house.course(chart)
        record = " ".join(note.words for note in course.notes)
        for private in course.private_notes:
            count += 1
            assert private.author == chart.clinician
            assert not any(one in record for one in sentences(private.words))
    assert count > 40


# --- measures


def test_measures_add_up(house: DemoPractice, charts: list[Chart]) -> None:
    for chart in charts:
        for measure in house.measures(chart):
            kind = INSTRUMENTS[measure.instrument]
            assert sum(measure.items) == measure.score
            assert len(measure.items) == kind.questions
            assert max(measure.items) <= kind.most
            assert kind.band(measure.score)


def test_the_ninth_question_agrees_with_what_is_said_of_danger(
    house: DemoPractice, charts: list[Chart]
) -> None:
    for chart in charts:
        if stories.story(chart.story).script:
            continue
        notes = {local_day(note.written_at, note.author): note for note in house.notes(chart)}
        for measure in house.measures(chart):
            note = notes.get(local_day(measure.taken_at, chart.clinician))
            if measure.instrument == "PHQ-9" and measure.items[8] and note:
                assert note.risk == "passive", (chart.title, note.data)


def test_most_courses_get_better(house: DemoPractice, charts: list[Chart]) -> None:
    fell = [
        scores[-1].score < scores[0].score
        for chart in charts
        if len(scores := [m for m in house.measures(chart) if m.instrument == "PHQ-9"]) > 2
    ]
    assert sum(fell) / len(fell) > 0.8
