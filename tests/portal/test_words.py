"""The words of the client's pages: English and Spanish from the start, nothing left untranslated."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from jinja2 import Environment

import stillroom.portal
from stillroom.portal import permission_words
from stillroom.portal.language import LANGUAGES, words_of
from stillroom.portal.navigation import ROOMS
from stillroom.portal.views import papers

HERE = Path(stillroom.portal.__file__).parent
TEMPLATES = sorted(HERE.glob("templates/portal/**/*.html"))


def marked() -> set[str]:
    """Every word that a template, or a room, marks for translation."""
    found = {room.words for room in ROOMS} | set(permission_words.KINDS_SAID.values())
    found |= {words for _, words in (*permission_words.PURPOSES, *permission_words.RECIPIENTS)}
    found |= {words for _, words in papers.ASKS}
    reader = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    for file in TEMPLATES:
        for _, _, message in reader.extract_translations(file.read_text("utf-8")):
            every = message if isinstance(message, tuple) else (message,)
            found.update(one for one in every if one)
    return found


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_every_marked_word_is_said_in_every_language(language: str) -> None:
    with (HERE / "words" / f"{language}.po").open("rb") as file:
        # Of a word with a plural both are marked, and both stand at one entry.
        kept = {
            one: m for m in read_po(file) for one in ((m.id,) if isinstance(m.id, str) else m.id)
        }
    lacking = sorted(word for word in marked() if not kept.get(word) or not kept[word].string)
    assert lacking == []
    for one in kept.values():
        assert not one.fuzzy
        holes = re.findall(r"%\(\w+\)s", str(one.id))
        said = one.string if isinstance(one.string, str) else " ".join(one.string)
        assert set(holes) <= set(re.findall(r"%\(\w+\)s", said)), one.id


def test_a_word_without_translation_is_said_in_english() -> None:
    assert words_of("es").gettext("not in the list") == "not in the list"


def test_no_title_names_anything() -> None:
    for file in TEMPLATES:
        found = re.findall(r"<title>(.*?)</title>", file.read_text("utf-8"))
        allowed = {"frame.html": ["{{ _('My page') }}"], "away.html": ["{{ _('Not available') }}"]}
        assert found == allowed.get(file.name, []), file
