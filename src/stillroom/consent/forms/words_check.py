"""The words of the check of understanding. English.

`RIGHT` gives the place of the right choice by the kind of the law's answer; every other kind is
answered by the last choice, which says that it depends or is not clear.
"""

from collections.abc import Mapping
from typing import Final

PLAIN: Final[Mapping[str, tuple[str, tuple[str, ...], int]]] = {
    "friend": (
        "A friend of yours calls and asks how you are. What may we say, if you have not said yes?",
        (
            "That you come here and are well",
            "Nothing, not even that you come here",
            "All that you told us",
        ),
        1,
    ),
    "least": (
        "When we do share, how much do we share?",
        ("No more than is needed", "The whole record"),
        0,
    ),
    "couple": (
        (
            "You tell us a secret when your partner is not there. Do we promise to keep it from "
            "your partner?"
        ),
        ("Yes", "No"),
        1,
    ),
    "group": (
        "Can we make sure that no member of the group tells what you say?",
        ("Yes", "No, each member has to keep the promise"),
        1,
    ),
    "sud": (
        (
            "Can your record of care for alcohol or drug use be used against you in court, just "
            "because a lawyer asks?"
        ),
        ("Yes", "No, it takes your yes or a special order of a judge"),
        1,
    ),
}
EXPLAINED: Final[Mapping[str, tuple[str, ...]]] = {
    "couple": ("couple.secrets",),
    "group": ("group.promise", "group.bind"),
    "sud": ("sud.court",),
}
BY_LAW: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "warn": (
        (
            "You tell us that you will soon badly hurt a person you name, and we believe you. May "
            "we tell someone?"
        ),
        (
            "Only if I say yes",
            "The law lets you",
            "In the clearest cases the law makes you act",
            "It depends, or it is not clear",
        ),
    ),
    "child": (
        "We have reason to think that a child is being abused. Must we report it?",
        (
            "Only if I say yes",
            "The law lets you",
            "In the clearest cases the law makes you",
            "It depends, or it is not clear",
        ),
    ),
    "paper": (
        (
            "A lawyer sends us a subpoena that no judge signed, and asks for your record. Is that "
            "paper alone enough?"
        ),
        ("No", "The law may let you", "It depends, or it is not clear"),
    ),
    "parent": (
        "One of your parents agreed to your care and asks to see your record. May we show it?",
        (
            "No, never",
            "Yes, the law lets you or makes you",
            "It takes a written yes",
            "It depends, or it is not clear",
        ),
    ),
}
RIGHT: Final[Mapping[str, Mapping[str, int]]] = {
    "warn": {"sign": 0, "may": 1, "must": 2},
    "child": {"sign": 0, "may": 1, "must": 2},
    "paper": {"sign": 0, "no": 0, "may": 1, "must": 1},
    "parent": {"no": 0, "may": 1, "must": 1, "sign": 2},
}
