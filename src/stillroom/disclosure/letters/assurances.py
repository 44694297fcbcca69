"""The letter that asks a party's lawyer for satisfactory assurances, and sends nothing meanwhile.

It is written from the demand alone, as the objection is, so that it tells nothing (T07).

Source: 45 CFR 164.512(e)(1)(ii)-(v), as the provisions on file restate it.
"""

from stillroom.disclosure.letters.forms import LetterForm, Material
from stillroom.disclosure.letters.letter import Letter, Part, settled
from stillroom.disclosure.letters.objection import (
    NEITHER,
    about,
    called,
    lacks_of,
    of_the_demand_alone,
    served,
)
from stillroom.disclosure.packet import Addressee, Cited

_CITE = "45 CFR 164.512(e)(1)"
_NOTICE = (
    "Either a written statement, with papers that show it, that you made a good-faith attempt to"
    " tell the person concerned in writing; that your notice said enough about the proceeding to"
    " let them object; and that the time to object is over, with no objection made, or with each"
    " one decided by the court in a way that allows what you ask."
)
_ORDER = (
    "Or a written statement, with papers that show it, that the parties have agreed to a qualified"
    " protective order and put it before the court, or that you have asked the court for one. Such"
    " an order bars the use of the information outside this proceeding, and has it returned or"
    " destroyed, with all copies, when the proceeding ends."
)
_WITHOUT = (
    "came without what the privacy rule asks for before it could be answered in substance. I send"
    " nothing in answer to it as it stands."
)
_CLOSING = (
    "Please send what you have to the practice in writing. Until it is here, and has been looked"
    " at, please take this letter as my objection."
)
_NOT_ALL = (
    "Assurances answer the federal privacy rule alone. Where a privilege or the law of this state"
    " asks for more, such as the person's own written permission or an order of the court, that"
    " stays to be met, and this letter gives none of it up."
)


def assurances(material: Material) -> Letter:
    """A request for assurances about this demand. Nothing in it depends on any chart."""
    intake = material.intake
    alone = [one for one in material.findings if of_the_demand_alone(one)]
    told, left_out = settled(alone)
    parts = [
        Part("Whether anyone is a client", (Cited(NEITHER, ""),)),
        Part(
            "What I ask you for",
            (Cited(_NOTICE, f"{_CITE}(ii)(A), (iii)"), Cited(_ORDER, f"{_CITE}(ii)(B), (iv)-(v)")),
        ),
    ]
    if lacks := lacks_of(intake, {one.citation for one in told}):
        parts.append(Part("What came without", lacks))
    parts.append(Part("What it does not change", (Cited(_NOT_ALL, ""),)))
    return Letter(
        title="A request for satisfactory assurances",
        writer=material.writer,
        to=Addressee(intake.asker.name, material.address),
        dated=material.dated,
        about=about(intake),
        opening=(f"Your {called(intake)} {_WITHOUT} {served(intake)}",),
        parts=tuple(parts),
        closing=(_CLOSING,),
        left_out=left_out,
    )


FORM = LetterForm(
    "assurances",
    "Ask for satisfactory assurances",
    "A subpoena or discovery request that no judge has signed, without proof of notice or of a"
    " protective order.",
    assurances,
)
