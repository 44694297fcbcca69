"""What the doors say when they stay shut, in one place, so that no two of them tell tales apart."""

from stillroom.kernel import StillroomError


class SignInRefused(StillroomError):
    """The name, the passphrase or the code is not right; which of them is not told."""

    what = "that name, passphrase and code do not belong together"
    usual_advice = (
        "Check all three. A code lives thirty seconds, so wait for a fresh one and try again."
    )


class WordsRefused(SignInRefused):
    """The name and the recovery words do not belong together; which of them is not told."""

    what = "that name and those recovery words do not belong together"
    usual_advice = "Check your name here, and the twelve words against the paper."


class PassphraseWrong(SignInRefused):
    """A signed-in person gave another passphrase than her present one."""

    what = "that is not your present passphrase"
    usual_advice = "Type the passphrase with which you sign in now; nothing has been changed."


class PassphrasesDiffer(StillroomError):
    """A new passphrase was typed twice, and not alike."""

    what = "the two passphrases differ"
    usual_advice = "Type the same passphrase in both fields."


class TooManyTries(StillroomError):
    """Too many failures in a row for this name, whether it exists or not."""

    what = "too many tries"
    usual_advice = "Wait a few minutes, then try once more; nothing has been lost."


class NameTaken(StillroomError):
    """Two people cannot sign in with one name."""

    what = "somebody already signs in with that name"
    usual_advice = "Choose another name to sign in with."


class NameMissing(StillroomError):
    """An account without a name to sign in with."""

    what = "a name is missing"
    usual_advice = "Give her name, and the name she will sign in with."


class NobodyToReadmit(StillroomError):
    """Nobody with an open account and keys of her own has that name to sign in with."""

    what = "nobody here signs in with that name"
    usual_advice = "Give the name that she signs in with, as the page People shows it."


class StillWaiting(StillroomError):
    """Somebody is to be let in again, and her waiting is not over."""

    what = "the waiting is not over"
    usual_advice = "Give this command again after that moment."


class NotBegun(StillroomError):
    """Nobody is to be let in again by that name: it was never begun, or it was stopped."""

    what = "nobody waits to be let in again by that name"
    usual_advice = (
        "Somebody signed in by that name since, or it was stopped on the page People. If she still "
        "has no way in, begin again with --begin."
    )


class InvitationOver(StillroomError):
    """The invitation was used, has expired or never was."""

    what = "that invitation is not open"
    usual_advice = "Ask whoever invited you for a new one; each works once, for three days."


class TooFewWaysIn(StillroomError):
    """Taking this way in away would leave fewer than two (T11)."""

    what = "you would be left with fewer than two ways in"
    usual_advice = "Make another passkey first; with one way in, losing it would lose your keys."


class SamePerson(StillroomError):
    """A change that needs two people was agreed to by the one who proposed it."""

    what = "a second person has to agree"
    usual_advice = "Ask another owner or administrator to look at the change and agree to it."


class OwnersOnly(StillroomError):
    """Somebody who is no owner would close an owner's account."""

    what = "an owner's account is closed by an owner"
    usual_advice = "Ask an owner to close it, or propose other roles and let a second person agree."


class LastOwner(StillroomError):
    """The practice would be left without an owner, and nobody could make one (T11)."""

    what = "the practice would be left without an owner"
    usual_advice = "Make somebody else an owner first, then try again."


class WordsToo(StillroomError):
    """She chose that a passkey alone is not enough, and typed no passphrase, or another."""

    what = "your passphrase is needed too"
    usual_advice = "Type your name and your passphrase, and then use the passkey."


class PasskeyRefused(StillroomError):
    """The passkey's answer does not hold."""

    what = "that passkey was not accepted"
    usual_advice = "Try again, or sign in with your passphrase and a code."


class NoKeyFromPasskey(StillroomError):
    """The authenticator has no PRF extension, so it could sign in but unlock nothing."""

    what = "this passkey can prove who you are, but it cannot carry your key"
    usual_advice = (
        "Use a passkey of this device or a newer security key; your passphrase still works."
    )
