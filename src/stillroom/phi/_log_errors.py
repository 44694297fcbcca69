"""What the stored ledger may answer instead of doing what it was asked."""

from typing import ClassVar

from stillroom.kernel import StillroomError


class LogUnwritable(StillroomError):
    """The entry is not in the log, so nothing may be opened (P1)."""

    what: ClassVar[str] = "the ledger cannot be written, so nothing was opened"
    usual_advice: ClassVar[str] = (
        "Try again; if it happens again, look at the disk that holds the ledger."
    )


class LogUnopenable(StillroomError):
    """What stands where the ledger should be is not a ledger we may go on with."""

    what: ClassVar[str] = "the ledger cannot be opened"
    usual_advice: ClassVar[str] = (
        "Leave the file as it is, and compare it with your newest backup and checkpoint."
    )
