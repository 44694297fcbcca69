"""What a client asks of the practice's day by her own door, as words. Pure."""

from typing import Final

import msgspec

from stillroom.kernel import StillroomError

CANNOT, MOVE, REACH, NEVER = "cannot come", "another time", "reach", "never"
SAID: Final = {
    CANNOT: "cannot come",
    MOVE: "asks for another time",
    REACH: "asks to be reached otherwise; ask by the way that was agreed before you change it",
    NEVER: "said never of a way; it holds already. Ask by another way whether the client said so",
}
LONGEST: Final = 1000


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One request as it is sealed. `kind` is one of the four above."""

    kind: str
    words: str = ""


class NotPossible(StillroomError):
    """About an appointment that is over, or that was asked about already."""

    what = "nothing can be asked about this time any more"
    usual_advice = "Look at the page anew: it is over, or you asked already."


class NoWords(StillroomError):
    """A request that says nothing."""

    what = "it is not said what you would like"
    usual_advice = "Write it in a few words, and press the button again."


encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder(Words).decode
