"""The letter that neither confirms nor denies (T07, P8), for whoever asks after anybody.

It is made from who asks and who writes. No client, no chart, no finding of the law and no words of
the writer's own can reach it: whatever is asked about whomever, the same asker gets the same bytes
on the same day, and so does the asker who names a stranger.

Cited: 45 CFR 164.502(a), which forbids whatever the rule does not allow.
"""

from datetime import date

from stillroom.disclosure.letters.forms import LetterForm, Material
from stillroom.disclosure.letters.letter import Letter, Part, Writer
from stillroom.disclosure.packet import Addressee, Cited

SAYS = (
    "I neither confirm nor deny that any person is or has ever been a client of this practice. To"
    " every question of this kind we answer in these words, whatever the truth may be, so nothing"
    " can be read from them."
)
WHY = (
    "What people bring to this practice is confidential, and so is whether they come. The privacy"
    " rules forbid us to use or disclose health information except as they allow."
)
OPENS = (
    "If you hold a written authorization of the person concerned, an order signed by a judge, or"
    " another paper by which the law lets you ask, please send it to the practice in writing. It"
    " will be looked at by a person who may answer it."
)
FOR_THEM = (
    "If you know the person, they are free to tell you themselves, and to ask us for whatever they"
    " would like to have sent to you."
)


def neither(to: str, address: tuple[str, ...], *, writer: Writer, dated: date) -> Letter:
    """The letter to this asker."""
    return Letter(
        title="An answer to your inquiry",
        writer=writer,
        to=Addressee(to, address),
        dated=dated,
        about=(),
        opening=(SAYS,),
        parts=(
            Part("Why", (Cited(WHY, "45 CFR 164.502(a)"),)),
            Part("What would change this", (Cited(OPENS, ""), Cited(FOR_THEM, ""))),
        ),
        closing=("This letter is the whole of our answer.",),
    )


def _make(material: Material) -> Letter:
    intake = material.intake
    return neither(
        intake.asker.name, material.address, writer=material.writer, dated=material.dated
    )


FORM = LetterForm(
    "neither",
    "Neither confirm nor deny",
    "Somebody asks whether a person comes here, or for anything that only a client could have.",
    _make,
)
