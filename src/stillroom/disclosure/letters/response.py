"""The letter that goes before a packet when the packet travels apart (upload page, courier).

It says that something comes, under which digest, and nothing of what: whoever opens the mail of
the recipient may read it. It names no client. That something comes tells the one who asked that
there is a client; so to anybody but her it is a disclosure of its own.
"""

from dataclasses import dataclass
from datetime import date

from stillroom.disclosure.letters.forms import Lack, LetterForm, Material, Slot, Tells
from stillroom.disclosure.letters.letter import Letter, Part, Writer
from stillroom.disclosure.letters.objection import called
from stillroom.disclosure.packet import Addressee, Cited, grouped
from stillroom.disclosure.rules_intake import Intake
from stillroom.kernel import Misuse

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Coming:
    """A packet that is to come, by what its reader holds it against: pages, digest, check words.

    `id` and `number` are ours, to choose it by, and stand in no letter.
    """

    id: str
    number: int
    matter: str
    to: str
    pages: int
    first: str
    last: str
    digest: str
    words: tuple[str, ...]

    @property
    def label(self) -> str:
        """As its writer chooses it."""
        many = "one page" if self.pages == 1 else f"{self.pages} pages"
        return f"Packet {self.number}, {many}, {self.first} to {self.last}"


def response(
    intake: Intake,
    coming: Coming,
    *,
    writer: Writer,
    address: tuple[str, ...],
    way: str,
    dated: date,
) -> Letter:
    """The answer to a request, saying by which way (`way`: "your upload page") the packet comes."""
    if not coming.pages or coming.to != intake.asker.name:
        raise Misuse("a response goes with a printed packet for the same recipient")
    comes = (
        f"The answer to your {called(intake)} comes apart from this letter, by {way}: one file of"
        f" {coming.pages} pages, numbered {coming.first} to {coming.last}."
    )
    return Letter(
        title=f"Answer, matter {coming.matter}",
        writer=writer,
        to=Addressee(intake.asker.name, address),
        dated=dated,
        about=(f"Your {called(intake)}", f"Our matter {coming.matter}"),
        opening=(comes,),
        parts=(
            Part("What to expect", (Cited(_WHOLE, ""),)),
            Part("Digest of the file", (Cited(grouped(coming.digest), ""),)),
            Part("Check words", (Cited(" ".join(coming.words), ""), Cited(_WORDS, ""))),
        ),
        closing=(_OTHERWISE,),
    )


_WHOLE = (
    "The file opens with a letter that says what is enclosed, on what ground, and how far it may be"
    " passed on. This letter is not part of it."
)
_WORDS = (
    "The same words stand in the letter inside the file. If they differ, tell me before you read"
    " on."
)
_OTHERWISE = "If nothing has come within five working days, please write to me."


def _chosen(material: Material) -> Coming | None:
    named = material.said("packet")
    found = [one for one in material.coming if one.id == named]
    return found[0] if found else material.coming[0] if material.coming and not named else None


def _lacks(material: Material) -> tuple[Lack, ...]:
    found = []
    if not material.coming:
        says = "Build the packet first, for the one who asks and on the decision that stands now."
        found.append(Lack("packet", says))
    elif _chosen(material) is None:
        found.append(Lack("packet", "Choose the packet again; that one does not go any more."))
    way = material.said("way")
    if not way or len(way) > _LONGEST:
        found.append(Lack("way", "Say by which way it comes: your upload page, a courier."))
    return tuple(found)


def _make(material: Material) -> Letter:
    """The letter; while there is no packet, its head and what it is about."""
    coming = _chosen(material)
    if coming is None:
        return Letter(
            title="Answer",
            writer=material.writer,
            to=Addressee(material.intake.asker.name, material.address),
            dated=material.dated,
            about=(f"Your {called(material.intake)}",),
            opening=(),
            parts=(),
            closing=(_OTHERWISE,),
        )
    return response(
        material.intake,
        coming,
        writer=material.writer,
        address=material.address,
        way=material.said("way")[:_LONGEST] or "the way that we agreed",
        dated=material.dated,
    )


FORM = LetterForm(
    id="response",
    title="Say that the packet comes apart",
    when="When the packet travels by an upload page or a courier, and a letter goes before it.",
    make=_make,
    tells=Tells.HERSELF,
    slots=(
        Slot("packet", "Which packet", "choice", "its digest stands in the letter"),
        Slot("way", "It comes by", hint="your upload page; a courier. No address that opens it."),
    ),
    lacks=_lacks,
)
