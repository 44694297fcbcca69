"""What a reader of the log may meet: bytes of the wrong shape, and claims that do not hold.

A verification returns nothing when it holds and raises `NotProven` when it does not; there is no
`False` that somebody could overlook.
"""

from typing import ClassVar

from stillroom.kernel import StillroomError


class Malformed(StillroomError):
    """Bytes or text that are not in the format they claim (entry, note, document)."""

    what: ClassVar[str] = "this is not in the ledger's format"
    usual_advice: ClassVar[str] = (
        "Ask for the file again; it was changed or cut on its way, or it is a different file."
    )


class NotProven(StillroomError):
    """A proof or a signature does not show what it was given to show."""

    what: ClassVar[str] = "the proof does not hold"
    usual_advice: ClassVar[str] = (
        "Keep the files as they are, and compare with a checkpoint that somebody else has kept."
    )


class TreeHole(StillroomError):
    """The stored tree does not reach as far as the log says it does."""

    what: ClassVar[str] = "a part of the ledger's tree is missing"
    usual_advice: ClassVar[str] = "Audit the ledger; it says which part, and what else is amiss."
