"""The words of the client's own pages are read by an eighth-grader, in English and in Spanish.

Measured are the sentences of ours: whole pages, and each longer sentence by itself. Forms are measured
where they are made from the law (`tests/consent/forms`); a questionnaire's words are its authors'.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from jinja2 import Environment

import stillroom.portal
from stillroom.consent.forms.grade import EIGHTH, grade
from tests.portal import spanish

HERE = Path(stillroom.portal.__file__).parent
TEMPLATES = sorted(HERE.glob("templates/portal/**/*.html"))
LONG = 10
"""Words. The measures say little of a shorter one."""
A_YEAR = 1.0
"""How far one sentence by itself may stand above its page; in Spanish ten points are about a year."""
LAW = (
    "A covered entity may deny an individual access, provided that the individual is given a right to have "
    "such denials reviewed, where a licensed health care professional has determined, in the exercise of "
    "professional judgment, that the access requested is reasonably likely to endanger the life of another."
)
LEY = (
    "La entidad responsable podrá denegar el acceso solicitado, siempre que se garantice a la persona "
    "interesada la revisión independiente de semejante determinación, cuando un profesional facultado "
    "considere razonablemente previsible una consecuencia perjudicial."
)


def kept() -> dict[str, str]:
    """Every word of ours, with what it is in Spanish."""
    with (HERE / "words" / "es.po").open("rb") as file:
        every = read_po(file)
    found = {}
    for one in every:
        ids, said = ((one.id,), (one.string,)) if isinstance(one.id, str) else (one.id, one.string)
        found.update({own: str(its) for own, its in zip(ids, said, strict=True) if own})
    return found


def as_read(text: str) -> str:
    """A sentence as it is read: a name or a figure stands where one is put in."""
    whole = re.sub(r"%\(\w+\)s", "Ada", text).strip()
    return whole if whole[-1] in ".!?…" else f"{whole}."


def sentences(text: str) -> list[str]:
    """The longer ones of a text."""
    found = re.split(r"(?<=[.!?…])\s+", as_read(text))
    return [one for one in found if len(re.findall(r"[^\W\d_]+", one)) >= LONG]


def of_templates() -> Iterator[tuple[str, list[str]]]:
    """Each page's words, as they are marked for translation."""
    reader = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    for file in TEMPLATES:
        found: list[str] = []
        for _, _, message in reader.extract_translations(file.read_text("utf-8")):
            found += [one for one in (message if isinstance(message, tuple) else (message,)) if one]
        if sum(len(one.split()) for one in found) >= 2 * LONG:
            yield file.name, found


def test_every_page_is_read_at_eighth_grade_in_both_languages() -> None:
    words, pages = kept(), dict(of_templates())
    assert len(pages) > 25
    hard = {}
    for name, said in pages.items():
        english = grade(*map(as_read, said))
        ease = spanish.ease(as_read(words[one]) for one in said)
        if english > EIGHTH or ease < spanish.EIGHTH:
            hard[name] = (round(english, 1), round(ease))
    assert hard == {}


def test_no_long_sentence_stands_far_above_it() -> None:
    english = {
        one: round(grade(one), 1)
        for text in kept()
        for one in sentences(text)
        if grade(one) > EIGHTH + A_YEAR
    }
    ease = {
        one: round(spanish.ease([one]))
        for text in kept().values()
        for one in sentences(text)
        if spanish.ease([one]) < spanish.EIGHTH - 10
    }
    assert (english, ease) == ({}, {})


def test_the_measures_have_teeth() -> None:
    assert grade(LAW) > 12
    assert spanish.ease([LEY]) < 30
    assert spanish.ease(["Aquí está su cita. Puede pedir otra."]) > 80


PARTED = "sol ca-sa que gui-ta-rra a-gua pin-güi-no dí-a le-er a-é-re-o ciu-dad pa-ís muy y ex-pe-dien-te"


@pytest.mark.parametrize(
    "word", [*PARTED.split(), "con-tra-se-ña", "to-da-ví-a", "quien", "a-ho-ra"]
)
def test_syllables_of_spanish_words(word: str) -> None:
    assert spanish.syllables(word.replace("-", "")) == len(word.split("-"))
