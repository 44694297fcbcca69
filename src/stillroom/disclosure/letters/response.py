"""The letter that goes before a packet when the packet travels apart (upload page, courier).

It says that something comes, under which digest, and nothing of what: whoever opens the mail of
the recipient may read it. It names no client.
"""

from datetime import date

from stillroom.disclosure.letters.letter import Letter, Part, Writer
from stillroom.disclosure.letters.objection import called
from stillroom.disclosure.packet import Addressee, Cited, Packet, grouped
from stillroom.disclosure.rules_intake import Intake
from stillroom.kernel import Misuse


def response(
    intake: Intake,
    packet: Packet,
    *,
    writer: Writer,
    address: tuple[str, ...],
    way: str,
    dated: date,
) -> Letter:
    """The answer to a request, saying by which way (`way`: "your upload page") the packet comes."""
    manifest = packet.manifest
    if not manifest.total_pages or manifest.to != intake.asker.name:
        raise Misuse("a response goes with a printed packet for the same recipient")
    first, last = manifest.cover[0], manifest.lines[-1].pages[1]
    comes = (
        f"The answer to your {called(intake)} comes apart from this letter, by {way}: one file of"
        f" {manifest.total_pages} pages, numbered {first} to {last}."
    )
    return Letter(
        title=f"Answer, matter {manifest.matter}",
        writer=writer,
        to=Addressee(intake.asker.name, address),
        dated=dated,
        about=(f"Your {called(intake)}", f"Our matter {manifest.matter}"),
        opening=(comes,),
        parts=(
            Part("What to expect", (Cited(_WHOLE, ""),)),
            Part("Digest of the file", (Cited(grouped(packet.digest), ""),)),
            Part("Check words", (Cited(" ".join(manifest.check_words), ""), Cited(_WORDS, ""))),
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
