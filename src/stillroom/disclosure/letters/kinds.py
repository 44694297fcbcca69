"""The forms of letter that a matter can be answered with, in the order of the page. Pure."""

from collections.abc import Mapping

from stillroom.disclosure.letters import (
    access,
    assertion,
    assurances,
    neither,
    parent,
    permission,
    rights,
    withheld,
)
from stillroom.disclosure.letters.forms import LetterForm, Material, Tells
from stillroom.disclosure.letters.objection import FORM as OBJECTION
from stillroom.disclosure.letters.response import FORM as RESPONSE

FORMS: Mapping[str, LetterForm] = {
    one.id: one
    for one in (
        OBJECTION,
        permission.FORM,
        assertion.FORM,
        assurances.FORM,
        neither.FORM,
        access.DENIAL,
        access.EXTENSION,
        rights.DENIED,
        rights.ACCEPTED,
        rights.KEEPING,
        rights.REACHING,
        parent.FORM,
        withheld.FORM,
        RESPONSE,
    )
}


_IN_HER_PLACE = frozenset({"client", "personal_representative", "parent"})


def tells(form: LetterForm, material: Material) -> Tells:
    """What this very letter tells: a claim that speaks of a record tells others, and so does a
    letter about access that goes to somebody who is not, and does not stand for, the client."""
    if form.id == "assertion" and material.said("named") == "yes":
        return Tells.OTHERS
    if form.to_client:
        return Tells.HERSELF
    if form.tells is Tells.HERSELF and material.intake.asker.kind not in _IN_HER_PLACE:
        return Tells.OTHERS
    return form.tells


_RIGHTS: Mapping[str, tuple[str, ...]] = {
    "amendment": ("amendment_denial", "amendment_accepted", "extension"),
    "accounting": ("extension",),
    "restriction": ("restriction_answer",),
    "channel": ("channel_answer",),
}


def suggested(recipient: str, instrument: str, purpose: str, right: str = "") -> tuple[str, ...]:
    """The forms that fit who asks and with what, the most likely first; the rest stay open."""
    if right in _RIGHTS:
        return _RIGHTS[right]
    if recipient == "parent":
        return ("parent", "neither", "denial")
    if recipient in ("client", "personal_representative") or purpose == "client_access":
        return ("denial", "extension")
    if instrument in ("attorney_subpoena", "clerk_subpoena", "discovery_request"):
        return ("objection", "permission", "assurances", "assertion", "privilege_log")
    if instrument in ("court_order", "grand_jury_subpoena", "administrative_demand"):
        return ("assertion", "objection", "privilege_log")
    return ("neither", "permission", "objection")
