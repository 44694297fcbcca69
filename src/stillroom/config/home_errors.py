"""What can be wrong with a practice's folder, its keys, or the wish to make one."""

from stillroom.kernel import StillroomError


class NoPractice(StillroomError):
    """The folder holds no practice."""

    what = "there is no practice in that folder"
    usual_advice = "Make one with: stillroom init --home DIR, or give the folder of yours."


class PracticeThere(StillroomError):
    """The folder already holds one."""

    what = "that folder already holds a practice, which stays as it is"
    usual_advice = "Choose an empty folder."


class FolderNotEmpty(StillroomError):
    """The folder holds something else, and a practice wants one of its own."""

    what = "that folder is not empty, and nothing in it was touched"
    usual_advice = "Choose an empty folder, or one that is not there yet."


class FolderUnusable(StillroomError):
    """The folder or the key file cannot be made."""

    what = "that folder cannot be made or written"
    usual_advice = "Choose a folder that is yours to write."


class HomeBroken(StillroomError):
    """practice.json cannot be read as what it should be."""

    what = "the file practice.json in that folder cannot be read"
    usual_advice = "Put back the copy from your last backup; nothing else was touched."


class RecoveryUnfinished(HomeBroken):
    """A recovery was killed between its first step and its last."""

    what = "a recovery of this practice was begun and is not finished"
    usual_advice = "Run stillroom recover again with two shares; it begins anew and harms nothing."


class SharesOfAnother(StillroomError):
    """Shares that belong together, of another practice."""

    what = "these shares belong together and are of another practice"
    usual_advice = "Look on the paper for whose they are; nothing was changed."


class WrongKey(StillroomError):
    """The passphrase or key file does not unseal this practice."""

    what = "that passphrase or key file does not unseal this practice"
    usual_advice = "Check that it belongs to this practice; nothing was changed."


class KeyFileUnfit(StillroomError):
    """A key file is asked for where one cannot be made, or must not lie."""

    what = "that key file is there already, and stays as it is"
    usual_advice = "Name a file that is not there yet, outside the practice's folder."


class UnknownZone(StillroomError):
    """No such time zone."""

    what = "that is no time zone known here"
    usual_advice = "Give one by its place, such as America/Chicago."


class AlreadyServed(StillroomError):
    """A second server was started on the same data."""

    what = "another Stillroom is already serving this practice"
    usual_advice = "Stop that one first, or use it; two at once would disagree."
