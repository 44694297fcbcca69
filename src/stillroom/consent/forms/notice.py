"""The notice of privacy practices, from the practice's facts and the law (45 CFR 164.520(b)). Pure.

Every paragraph of the rule has its section, in the rule's order. The part on substance use records
stands in it where the practice keeps such records. A notice may not promise to give up what law
requires or the permission to warn, so no sentence does.
"""

from collections.abc import Iterable, Iterator, Mapping

from stillroom.consent.forms import words_notice as words
from stillroom.consent.forms.shapes import Section, Sentence
from stillroom.consent.forms.stating import Ask, all_fixed, fixed, section
from stillroom.consent.forms.words_fixed import Fixed

WANTED = ("contact", "telephone")
"""The practice's facts without which a notice is not whole (164.520(b)(1)(vii))."""


def sections(ask: Ask, facts: Mapping[str, str]) -> tuple[Section, ...]:
    """The whole notice."""
    return tuple(_sections(ask, facts))


def _sections(ask: Ask, facts: Mapping[str, str]) -> Iterator[Section]:
    header = fixed(ask, Fixed("header.rule", words.HEADER, ("us.hipaa.164-520",)))
    yield section("header", words.TITLES["header"], (header,))
    yield _part(ask, "care", words.CARE)
    yield _part(ask, "others", (words.LEADS["others"], *words.OTHERS))
    yield _part(ask, "state", (words.STATE,))
    if "sud" in ask.setting.works:
        yield _part(ask, "sud", words.SUD)
    yield _part(ask, "yes", (words.LEADS["yes"], *words.YES))
    yield _part(ask, "rights", words.RIGHTS)
    yield _part(ask, "duties", words.DUTIES)
    told = (_filled(one, facts) for one in all_fixed(ask, words.COMPLAIN))
    yield section("complain", words.TITLES["complain"], told)


def _part(ask: Ask, name: str, some: Iterable[Fixed]) -> Section:
    return section(name, words.TITLES[name], all_fixed(ask, some))


def _filled(one: Sentence, facts: Mapping[str, str]) -> Sentence:
    text = one.drawn
    for name in WANTED:
        text = text.replace(f"{{{name}}}", facts.get(name, "").strip() or f"[{name}]")
    return Sentence(one.key, text, text, one.sure, one.grounds)
