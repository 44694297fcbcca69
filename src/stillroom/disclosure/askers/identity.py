"""Who asks, and may they: what was checked, how, by whom, and what came of it. Pure.

One check is one step of a matter (kind `STEP`), written once and never changed; the latest stands.
Its outcome is the law's fact `identity_verified`, so that nothing leaves by a rule that asks for it
(45 CFR 164.514(h)) until a check says yes, and no longer once a later one says no.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from stillroom.kernel import StillroomError, Trilean

STEP = "identity"

OWN_DOOR = "door"

HOW: dict[str, tuple[str, str]] = {
    "known": ("Known to me", "by face, or by a voice that you know well; not by what they know"),
    "photo": ("A document with a photograph", "say which; no copy need be kept"),
    "credential": ("A badge or other credential of office", "write down its number and the office"),
    "letterhead": (
        "A letter on the office's letterhead",
        "good for officials in writing; anybody can print one, so better with a call back",
    ),
    "callback": (
        "A call back through a number found independently",
        "from a public directory or your own records, never from the letter",
    ),
    "court": ("The clerk of the court", "asked whether this paper was issued in this case"),
    "document": (
        "A document that lets this person act for the client",
        (
            "an appointment, a power of attorney, letters of an estate, a custody order; say which"
            " and its day"
        ),
    ),
    OWN_DOOR: (
        "Signed in by the client’s own door",
        "with keys that whoever treats gave out; this writes itself down",
    ),
}
"""The ways to check, each with its words and a hint."""


class NothingChecked(StillroomError):
    """A check was to be written down that says neither how nor what came of it."""

    what = "what was checked, or what came of it, is missing"
    usual_advice = (
        "Choose how you checked and whether you are satisfied; say what you saw in a few words."
    )


@dataclass(frozen=True, slots=True)
class Check:
    """One check of who asks: the ways of `HOW`, what was seen, whether it satisfies."""

    how: tuple[str, ...]
    seen: str
    verified: bool


def body(check: Check) -> dict[str, Any]:
    """A check as a step keeps it; `NothingChecked` where it says too little."""
    ways = [one for one in check.how if one in HOW]
    if not ways or not check.seen.strip():
        raise NothingChecked
    return {"how": ways, "seen": check.seen.strip()[:2000], "verified": check.verified}


def read(kept: Mapping[str, Any]) -> Check:
    """A check again."""
    how = tuple(str(one) for one in kept.get("how", ()))
    return Check(how, str(kept.get("seen", "")), kept.get("verified") is True)


def standing(checks: Iterable[Check]) -> Trilean:
    """What the checks of a matter say, the latest last: unknown without one."""
    latest = None
    for latest in checks:  # noqa: B007  the last one is wanted
        pass
    return Trilean.UNKNOWN if latest is None else Trilean.of(latest.verified)


def said(check: Check) -> str:
    """The ways of a check in words, as a line of the matter has them."""
    return "; ".join(HOW[one][0] for one in check.how if one in HOW)
