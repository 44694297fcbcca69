"""What the bridge says when it stays shut."""

from stillroom.kernel import StillroomError


class NotHere(StillroomError):
    """There is no such thing, or none that this person may know of: the two are told alike (P8)."""

    what = "no such page, or none that you may know of"
    usual_advice = "Check the address, or ask whoever sent it to you."


class Sealed(StillroomError):
    """Nobody has unsealed this practice since it started, so nothing opens."""

    what = "the practice is sealed"
    usual_advice = "Ask the person who hosts Stillroom to unseal it; nothing has been lost."


class StepUpNeeded(StillroomError):
    """The act needs a fresh proof of who is asking."""

    what = "this needs a fresh sign of who you are"
    usual_advice = "Give your passphrase and a new code once more; nothing you typed is lost."
