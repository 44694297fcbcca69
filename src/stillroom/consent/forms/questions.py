"""The standard questions that a form puts to a state's law, and the answers. Pure.

Each is the clearest case of its kind, as in the law library; some are the library's own. The
state's law is asked by itself, because the law of the nation is the same everywhere and is told
beside it."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Final

from stillroom.kernel import Trilean
from stillroom.law import TOPICS, Ask, Corpus, Facts, FactValue, Reading, Topic, reading

_YES, _NO = Trilean.YES, Trilean.NO
_LIBRARY: Mapping[str, Topic] = {one.id: one for one in TOPICS}


def _known(topic: str) -> Facts:
    return _LIBRARY[topic].asks[0].facts


def _asked(
    name: str,
    act: str,
    regimes: tuple[str, ...],
    known: Facts,
    to: Mapping[str, Mapping[str, FactValue]],
    *,
    guards: bool = False,
) -> Topic:
    asks = tuple(Ask(words, {**known, **facts}) for words, facts in to.items())
    return Topic(name, name, name, name, act, regimes, asks, guards=guards)


_CARE: dict[str, FactValue] = {
    name: value
    for name, value in _known("access").items()
    if name not in {"instrument", "purpose", "recipient", "release_harms_clients_health"}
}
_LIFE: dict[str, FactValue] = {
    **_CARE,
    "emergency": _YES,
    "professional_judgment_best_interest": _YES,
    "threat_communicated": _YES,
    "threat_communicated_by": "client",
    "threat_imminent": _YES,
    "threat_serious": _YES,
    "victim": "self",
}

QUESTIONS: Final[Mapping[str, Topic]] = {
    **{name: _LIBRARY[name] for name in ("warn", "child", "survivor", "adult", "minor")},
    "testify": _LIBRARY["privilege"],
    "paper": _LIBRARY["subpoena"],
    "self": _asked(
        "self",
        "warn",
        ("state_duty", "state_confidentiality"),
        _LIFE,
        {
            "helpers": {"recipient": "person_able_to_prevent"},
            "family": {"recipient": "family_involved"},
            "provider": {"recipient": "treating_provider"},
            "police": {"recipient": "law_enforcement"},
        },
    ),
    "order": _asked(
        "order",
        "disclose",
        ("state_confidentiality",),
        _known("subpoena"),
        {
            "": {
                "recipient": "court",
                "instrument": "court_order",
                "judge_signed": _YES,
                "before_tribunal": _YES,
            }
        },
    ),
    "issue": _asked(
        "issue",
        "testify",
        ("privilege",),
        _known("privilege"),
        {"": {"recipient": "court", "condition_at_issue": _YES}},
        guards=True,
    ),
    "payer": _asked(
        "payer",
        "disclose",
        ("state_confidentiality",),
        _CARE,
        {"": {"recipient": "payer", "purpose": "payment", "instrument": "letter"}},
        guards=True,
    ),
    "team": _asked(
        "team",
        "disclose",
        ("state_confidentiality",),
        _CARE,
        {"": {"recipient": "treating_provider", "purpose": "treatment", "emergency": _NO}},
        guards=True,
    ),
    "joint": _asked(
        "joint",
        "testify",
        ("privilege",),
        _known("privilege"),
        {"": {"recipient": "court", "joint_chart": _YES}},
        guards=True,
    ),
    "parent": _asked(
        "parent",
        "disclose",
        ("minors",),
        _known("minor"),
        {"": {"minor_consented_to_care": _NO}},
    ),
}
"""warn: a plain threat against somebody named. self: danger to the client's own life. child,
survivor, adult: abuse. testify, paper, order, issue: the courts. payer, team: who else is told.
minor: a parent asks of a client of 15 who consented alone. parent: one whose parent consented.
joint: sessions of several."""


@lru_cache(maxsize=4096)
def answer(corpus: Corpus, question: str, place: str, profession: str, on: date) -> Reading:
    """What the law of a place says for a profession on a day."""
    return reading(corpus, place, QUESTIONS[question], profession, on)
