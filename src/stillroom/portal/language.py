"""Which language a page speaks, and its words.

Words stand in templates in English, marked for translation, and in `words/<language>.po`. They are
read when the process starts: nothing has to be compiled. What has no translation is said in
English, and a test finds it.
"""

import gettext
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.http import HttpRequest

ENGLISH = "en"
LANGUAGES = {ENGLISH: "English", "es": "Español"}
_WORDS = Path(__file__).parent / "words"


@cache
def words_of(language: str) -> gettext.NullTranslations:
    """The words of a language."""
    if language == ENGLISH:
        return gettext.NullTranslations()
    compiled = BytesIO()
    with (_WORDS / f"{language}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def language_of(request: HttpRequest) -> str:
    """What was chosen on this page, what she chose before, what her browser asks for; else
    English."""
    here = getattr(request, "here", None)
    chosen = [request.POST.get("language", ""), request.GET.get("language", "")]
    asked = [one.partition(";")[0].strip()[:2] for one in _accepted(request)]
    for one in (*chosen, here.language if here else "", *asked):
        if one in LANGUAGES:
            return one
    return ENGLISH


def _accepted(request: HttpRequest) -> Iterable[str]:
    return request.headers.get("Accept-Language", "").split(",")
