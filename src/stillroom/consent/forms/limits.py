"""The limits of confidentiality, made from the law for a place, profession and work. Pure.

Every place, profession and kind of work has the same sections in the same order; what they say is
the answer of the place's law. The practice's own policy is told in its own words, at the end."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from stillroom.consent.forms import words_fixed as fixed_words
from stillroom.consent.forms.shapes import Section, Sentence, Setting
from stillroom.consent.forms.stating import (
    Ask,
    all_fixed,
    answered,
    fixed,
    ground,
    kind_of,
    section,
)
from stillroom.consent.forms.words_fixed import GROUP_NAMED, GROUP_WORDS
from stillroom.consent.forms.words_limits import ANSWERS, TITLES
from stillroom.law import NATION, OWN, Corpus, Provision, Reading

_TELLING = ("warn", "notify", "report", "contact")
"""How the acts begin that tell somebody (`Demand.discharged_by`)."""
_OF_CLIENTS = frozenset({"disclose", "warn", "report", "testify"})


def sections(ask: Ask) -> tuple[Section, ...]:
    """The whole text, for what `ask` says."""
    one = ask.setting
    found = _everything(ask.corpus, one.place, one.state, one.profession, ask.on)
    return tuple(part for name, part in found if _belongs(name, one.works))


_OF_WORK = frozenset({"couple", "group", "minor", "telehealth", "sud", "supervised"})
_YOUNG = "sud+minor"
"""Care for alcohol or drug use of somebody under 18; stands in place of `sud`."""


def _belongs(name: str, works: frozenset[str]) -> bool:
    young = {"sud", "minor"} <= works
    if name in ("sud", _YOUNG):
        return name == (_YOUNG if young else "sud") and "sud" in works
    return name not in _OF_WORK or name in works


@lru_cache(maxsize=1024)
def _everything(
    corpus: Corpus, place: str, state: str, profession: str, on: date
) -> tuple[tuple[str, Section], ...]:
    """The sections for every kind of work, by name, in their order; each form takes its own."""
    ask = Ask(corpus, Setting("limits", place, state, profession, frozenset()), on)
    return tuple((name, part) for name, part in _sections(ask) if part.sentences)


def _sections(ask: Ask) -> Iterator[tuple[str, Section]]:
    told: tuple[tuple[str, Sequence[Sentence | None]], ...] = (
        ("private", all_fixed(ask, fixed_words.PRIVATE)),
        ("others", _others(ask)),
        ("self", (answered(ask, "self"), *all_fixed(ask, fixed_words.SELF))),
        ("child", _child(ask)),
        ("adult", (answered(ask, "adult"), *all_fixed(ask, fixed_words.ADULT))),
        ("court", _court(ask)),
        ("pay", (answered(ask, "payer"), *all_fixed(ask, fixed_words.PAY))),
        ("team", (answered(ask, "team"), *all_fixed(ask, fixed_words.TEAM))),
        ("couple", (*all_fixed(ask, fixed_words.COUPLE), answered(ask, "joint"))),
        ("group", (*all_fixed(ask, fixed_words.GROUP), in_groups(ask))),
        ("minor", _minor(ask)),
        ("telehealth", all_fixed(ask, fixed_words.TELEHEALTH)),
        ("sud", all_fixed(ask, fixed_words.SUD)),
        (_YOUNG, all_fixed(ask, (*fixed_words.SUD, fixed_words.SUD_MINOR))),
        ("supervised", all_fixed(ask, fixed_words.SUPERVISED)),
        ("own", tuple(_own(ask))),
        ("end", all_fixed(ask, fixed_words.END)),
    )
    for name, sentences in told:
        plain = name.removesuffix("+minor")
        yield name, section(plain, TITLES[plain], sentences)


def _others(ask: Ask) -> tuple[Sentence | None, ...]:
    found = ask.reading("warn")
    kind = kind_of(found)
    shut = kind in ("sign", "no")
    federal, least = fixed_words.DANGER
    return (
        answered(ask, "warn", found),
        _whom(ask, found, kind),
        fixed(ask, fixed_words.OTHER_WAY) if _other_way(found) else None,
        # Where the state's law is the stricter one, what the nation's lets us do is no comfort.
        None if shut else fixed(ask, federal),
        fixed(ask, least),
    )


def _whom(ask: Ask, found: Reading, kind: str) -> Sentence | None:
    """Whom we may have to tell; said only where telling is a way to meet what the law asks."""
    if kind not in ("must", "may", "owed", "turns"):
        return None
    ways = _ways(found)
    if ways and not any(_tells(way) for way in ways):
        return None
    table = "warn_to" if kind == "must" else "warn_may_to"
    words = ask.fill(ANSWERS[table][found.to])
    grounds = tuple(ground(rule) for rule in found.rests_on)
    sure = "law" if kind in ("must", "may") else "depends"
    return Sentence(f"{table}.{found.to or 'either'}", words, words, sure, grounds)


def _ways(found: Reading) -> list[tuple[str, ...]]:
    """The ways, each enough by itself, in which a duty may be met."""
    return [
        way for rule in found.rests_on for demand in rule.demands for way in demand.discharged_by
    ]


def _tells(way: tuple[str, ...]) -> bool:
    return any(act.startswith(_TELLING) for act in way)


def _other_way(found: Reading) -> bool:
    """Whether the law knows a way in which nobody is told."""
    return any(way and not _tells(way) for way in _ways(found))


def _child(ask: Ask) -> tuple[Sentence | None, ...]:
    found = ask.reading("child")
    kind = kind_of(found)
    words = ask.fill(ANSWERS["child_to"].get(found.to, ""))
    grounds = tuple(ground(rule) for rule in found.rests_on)
    to = Sentence(f"child_to.{found.to or 'either'}", words, words, "law", grounds)
    return (
        answered(ask, "child", found),
        to if kind == "must" and words else None,
        answered(ask, "survivor"),
        *all_fixed(ask, fixed_words.CHILD),
    )


def _court(ask: Ask) -> tuple[Sentence | None, ...]:
    testify = answered(ask, "testify")
    guarded = testify.key != "testify.silent"
    tell, federal = fixed_words.COURT
    return (
        testify,
        answered(ask, "issue") if guarded else None,
        answered(ask, "paper"),
        answered(ask, "order"),
        fixed(ask, federal),
        fixed(ask, tell),
    )


def _minor(ask: Ask) -> tuple[Sentence | None, ...]:
    who, talk, danger = fixed_words.MINOR
    return (
        fixed(ask, who),
        answered(ask, "parent"),
        answered(ask, "minor"),
        fixed(ask, talk),
        fixed(ask, danger),
    )


def in_groups(ask: Ask) -> Sentence:
    """What is on file of group sessions in this place; most places say nothing that was read."""
    for rule in GROUP_NAMED:
        found = ask.is_law(rule)
        if found is not None:
            how = GROUP_NAMED[rule]
            words = ask.fill(GROUP_WORDS[how])
            return Sentence(f"in_groups.{how}", words, words, "law", (ground(found),))
    words = ask.fill(GROUP_WORDS["unread"])
    return Sentence("in_groups.unread", words, words, "unread")


def _own(ask: Ask) -> Iterator[Sentence]:
    """The practice's own policy, in the words in which it was agreed."""
    here = frozenset((NATION, ask.setting.place))
    for rule in _policy(ask.corpus):
        if rule.says and rule.concerns(here, ask.setting.profession, ask.on):
            yield Sentence(f"own.{rule.id}", rule.says, rule.says, "ours", (ground(rule),))


@lru_cache(maxsize=8)
def _policy(corpus: Corpus) -> tuple[Provision, ...]:
    rules = sorted(corpus.provisions.values(), key=lambda rule: rule.id)
    return tuple(rule for rule in rules if rule.regime == OWN and rule.acts & _OF_CLIENTS)
