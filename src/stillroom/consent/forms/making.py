"""A form for a setting, made from one law on one day. Pure.

form = make(corpus, Setting("limits", "us-md", "Maryland", "psychologist",
                            frozenset({"individual"})), on, {"practice": "Linden Row"})
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from stillroom.consent.forms import agreements, limits, notice, understanding
from stillroom.consent.forms.shapes import FORMS, Form, Section, Setting, ordered
from stillroom.consent.forms.stating import Ask
from stillroom.kernel import Misuse
from stillroom.law import PROFESSIONS, Corpus

BASIC = frozenset({"individual", "couple", "group"})


def make(corpus: Corpus, setting: Setting, on: date, facts: Mapping[str, str]) -> Form:
    """The form as the law gives it; nothing of it is in the practice's voice yet."""
    if setting.form not in FORMS or setting.profession not in PROFESSIONS:
        raise Misuse(f"no such form: {setting.name}")
    return _made(corpus, setting, on, tuple(sorted(facts.items())))


@lru_cache(maxsize=128)
def _made(corpus: Corpus, setting: Setting, on: date, given: tuple[tuple[str, str], ...]) -> Form:
    """Kept in memory: the same question gives the same form, and a chart's page asks for two."""
    ask, facts = Ask(corpus, setting, on), dict(given)
    sections = _sections(ask, facts)
    asked = understanding.questions(ask, sections) if setting.form == "limits" else ()
    return Form(
        form=setting.form,
        place=setting.place,
        state=setting.state,
        profession=setting.profession,
        works=ordered(setting.works),
        corpus=corpus.digest,
        facts=facts,
        sections=sections,
        questions=asked,
    )


def _sections(ask: Ask, facts: Mapping[str, str]) -> tuple[Section, ...]:
    match ask.setting.form:
        case "limits":
            return limits.sections(ask)
        case "notice":
            return notice.sections(ask, facts)
        case "telehealth":
            return agreements.telehealth(ask)
    return agreements.group(ask)


def settled(setting: Setting) -> Setting:
    """The setting with those kinds of work alone that its form tells apart.

    A notice is one for the practice in a place, with or without records of substance use care; a
    consent to video and a group's agreement do not turn on other kinds of work.
    """
    kept = {
        "limits": setting.works if setting.works & BASIC else setting.works | {"individual"},
        "notice": setting.works & {"sud"},
        "telehealth": frozenset({"telehealth"}),
        "group": frozenset({"group"}),
    }[setting.form]
    return Setting(setting.form, setting.place, setting.state, setting.profession, kept)
