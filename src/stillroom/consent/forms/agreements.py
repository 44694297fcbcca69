"""Consent to care by video, and what the members of a group promise each other. Pure."""

from collections.abc import Iterator

from stillroom.consent.forms import words_agreements as words
from stillroom.consent.forms.limits import in_groups
from stillroom.consent.forms.shapes import Section, Sentence
from stillroom.consent.forms.stating import Ask, all_fixed, fixed, section


def telehealth(ask: Ask) -> tuple[Section, ...]:
    """The consent to care by video. What was not read of a state's rules is said to be unread."""
    return tuple(
        section(name, words.TELEHEALTH_TITLES[name], map(_unread, all_fixed(ask, some)))
        for name, some in words.TELEHEALTH.items()
    )


def _unread(one: Sentence) -> Sentence:
    if one.key != "where.unread":
        return one
    return Sentence(one.key, one.drawn, one.words, "unread")


def group(ask: Ask) -> tuple[Section, ...]:
    """The agreement of a group's members."""
    return tuple(_group(ask))


def _group(ask: Ask) -> Iterator[Section]:
    titles = words.GROUP_TITLES
    for name, title in titles.items():
        if name == "court":
            record = fixed(ask, words.GROUP_RECORD)
            yield section(name, title, (in_groups(ask), record))
        else:
            yield section(name, title, all_fixed(ask, words.GROUP[name]))
