"""What is asked before the door opens: where somebody is, who is near, how she is reached. Pure.

Rules: it is asked anew each time, with the last answers filled in, and is never taken over in
silence. The state decides which law is asked and whom an emergency reaches, so it is needed; so are
an address for help that has to come, and a number to call back on when the picture goes. Whoever
cannot speak freely says so in words that mean nothing to whoever reads along: *please speak slowly
today*. Only the clinician is told what that means.
"""

from collections.abc import Mapping
from typing import Final

import msgspec

from stillroom.kernel import StillroomError
from stillroom.practice.rules import FrontSheet

ABROAD: Final = "abroad"
"""Not in the United States."""
NEAR: Final = ("alone", "unheard", "heard")
"""Nobody is near; somebody is, and cannot hear; somebody may hear."""
SHOWN: Final = ("called", "initials", "name", "none")
"""What stands under her picture: what she is called, initials, a name that she types for this
visit, or nothing."""
KNOWN: Final = ("account", "seen", "asked", "unsure")
"""How it is known who she is: by her own way in; the clinician knows her face or voice; the
clinician asked what only she knows; it is not sure."""
LONGEST: Final = 200
_FEWEST_DIGITS: Final = 7
FIELDS: Final = (
    "place",
    "abroad",
    "address",
    "near",
    "call_back",
    "contact",
    "contact_phone",
    "shown",
    "name",
    "known",
)


class Unanswered(StillroomError):
    """Something that is needed before the door opens is open; `wrong` says what, by field."""

    what = "something is still open before the door can be opened"
    usual_advice = "Answer what is marked; the rest is kept as you typed it."

    def __init__(self, wrong: Mapping[str, str]) -> None:
        super().__init__()
        self.wrong = dict(wrong)


class Check(msgspec.Struct, frozen=True, omit_defaults=True):
    """What somebody said of herself before one meeting. `slowly`: the silent word."""

    place: str = ""
    abroad: str = ""
    address: str = ""
    near: str = ""
    call_back: str = ""
    contact: str = ""
    contact_phone: str = ""
    shown: str = "called"
    name: str = ""
    known: str = ""
    slowly: bool = False


def typed(given: Mapping[str, str], *, known: str = "") -> Check:
    """What a form brought, as it was typed. `known`: how it is known who she is, where a form does
    not ask."""
    words = {name: given.get(name, "").strip() for name in FIELDS}
    words["known"] = known or words["known"]
    words["shown"] = words["shown"] or SHOWN[0]
    return Check(**words, slowly=bool(given.get("slowly")))


def checked(one: Check, places: frozenset[str]) -> Check:
    """The answers, if they are complete. `places`: the states there are. Else `Unanswered`."""
    wrong = dict(_wrong(one, places))
    if wrong:
        raise Unanswered(wrong)
    return one


def _wrong(one: Check, places: frozenset[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    if one.place not in places and one.place != ABROAD:
        found["place"] = "Choose the state where you are now."
    if one.place == ABROAD and not one.abroad:
        found["abroad"] = "Write the country where you are."
    if not one.address:
        found["address"] = "Write where help would find you: street and town."
    if one.near not in NEAR:
        found["near"] = "Say whether anyone is near."
    if sum(letter.isdigit() for letter in one.call_back) < _FEWEST_DIGITS:
        found["call_back"] = "Give a number with its area code."
    if one.known not in KNOWN:
        found["known"] = "Say how you know who it is."
    found |= _wrong_shown(one)
    for name in FIELDS:
        if len(getattr(one, name)) > LONGEST:
            found[name] = "Shorten this to two hundred letters."
    return found


def _wrong_shown(one: Check) -> dict[str, str]:
    if one.shown not in SHOWN:
        return {"shown": "Choose what stands under the picture."}
    if one.shown == "name" and not one.name:
        return {"name": "Write the name that the others may read."}
    return {}


def of_sheet(sheet: FrontSheet) -> Check:
    """The front sheet's address and numbers, as first answers."""
    contact = sheet.emergency
    return Check(
        address=", ".join(sheet.address),
        call_back=sheet.phone,
        contact=contact.name if contact else "",
        contact_phone=contact.phone if contact else "",
    )


def again(last: Check) -> Check:
    """The last answers as they are offered anew: who is near today, and the silent word, are asked
    afresh, for they are of that day alone."""
    return msgspec.structs.replace(last, near="", slowly=False, known="")


def changed(before: Check | None, now: Check) -> tuple[str, ...]:
    """The fields that differ from the time before, in the order of the page."""
    if before is None:
        return ()
    watched = [name for name in FIELDS if name not in ("known", "shown", "name", "near")]
    return tuple(name for name in watched if getattr(before, name) != getattr(now, name))


def shown_name(one: Check, called: str, initials: str) -> str:
    """What stands under her picture, as she wishes."""
    return {"called": called, "initials": initials, "name": one.name}.get(one.shown, "")
