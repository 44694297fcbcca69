"""The letter that claims the privilege, to a party, a lawyer or a court.

As it stands it claims for whoever may hold it and names nobody, so it tells nothing (T07). Only
where the holder lets the practice say that there is a holder does it speak of a record; it still
names no word of it.

A court knows the claim by this: it is made expressly, for a holder, on a rule that is cited, and
what is kept back can be listed without saying what is in it (Fed. R. Civ. P. 26(b)(5)(A); read as
quoted by others, and so marked on the page).
"""

from stillroom.disclosure.letters.forms import OWN_WORDS, LetterForm, Material, Slot
from stillroom.disclosure.letters.letter import Letter, Part, settled
from stillroom.disclosure.letters.objection import (
    NEITHER,
    about,
    called,
    of_the_demand_alone,
    served,
)
from stillroom.disclosure.packet import Addressee, Cited
from stillroom.disclosure.rules_opinion import FindingLike

_FOR_ANYBODY = (
    "For any person who may hold a privilege in what you ask for, I claim it, and I refuse to"
    " disclose or to be examined on what it protects. It is not mine to give up: it belongs to that"
    " person, and ends where that person waives it or a court rules that it does not reach."
)
_FOR_HOLDER = (
    "For the person who holds it I claim the privilege in the record that you ask for, and in what"
    " was said in therapy, and I refuse to disclose or to be examined on either. It is not mine to"
    " give up: it ends where the holder waives it or a court rules that it does not reach."
)
_EACH = (
    "Where several people hold a record together, each has a privilege of their own. The waiver of"
    " one is no waiver of another."
)
_HEARD = (
    "I ask that the holder, or counsel for the holder, be heard before anything is ordered, and"
    " that whatever the court needs to see for its ruling it sees alone, in private."
)
_CLOSING = (
    "I mean no disrespect to any court and will obey a lawful order once the claim has been heard."
)
_LOG = (
    "If the court wants one, a list of what is kept back can be made without telling its content."
)


def assertion(material: Material) -> Letter:
    """A claim of privilege against this demand."""
    named = material.said("named") == "yes"
    told, left_out = settled(one for one in material.findings if _of_privilege(one, named=named))
    parts = [] if named else [Part("Whether anyone is a client", (Cited(NEITHER, ""),))]
    claim = _FOR_HOLDER if named else _FOR_ANYBODY
    parts.append(Part("The claim", (Cited(claim, ""), Cited(_EACH, ""))))
    if told:
        parts.append(Part("The rule", told))
    if named and (own := material.said("own")):
        parts.append(Part("In my own words", (Cited(own, ""),)))
    parts.append(Part("Before anything is ordered", (Cited(_HEARD, ""), Cited(_LOG, ""))))
    intake = material.intake
    return Letter(
        title="A claim of privilege",
        writer=material.writer,
        to=Addressee(intake.asker.name, material.address),
        dated=material.dated,
        about=about(intake),
        opening=(f"I answer your {called(intake)}. {served(intake)}",),
        parts=tuple(parts),
        closing=(_CLOSING,),
        left_out=left_out,
    )


def _of_privilege(finding: FindingLike, *, named: bool) -> bool:
    """The rules that keep, never an exception; for anybody only what the demand alone settles."""
    keeps = finding.modality in ("forbids", "permits_with_authorization")
    return finding.regime == "privilege" and keeps and (named or of_the_demand_alone(finding))


FORM = LetterForm(
    "assertion",
    "Claim the privilege",
    "A tribunal, or a party before one, wants the record or your testimony.",
    assertion,
    slots=(
        Slot(
            "named",
            "The holder, or counsel for the holder, lets me say that there is a record here",
            "yes",
            "Left open, the letter claims for whoever may hold it and tells nothing. With yes it is"
            " a disclosure, and stands in the account.",
        ),
        OWN_WORDS,
    ),
)
