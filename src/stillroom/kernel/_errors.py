"""The root of all errors that a person may meet.

Rules kept here and by every subclass: the message is lower case, without a full stop, names no
type and holds nothing about a client; `advice` is one sentence that says what the reader can do
next. A programmer's mistake is a `Misuse`, never a `StillroomError`, so that no handler written
for people catches it by accident.
"""

from typing import ClassVar


class StillroomError(Exception):
    """Something went wrong that a person can do something about.

    `what` may be given per case; the class supplies the usual sentence. `advice` likewise.
    """

    what: ClassVar[str] = "something went wrong"
    usual_advice: ClassVar[str] = "Try again; if it happens again, tell whoever hosts Stillroom."

    def __init__(self, what: str = "", *, advice: str = "") -> None:
        super().__init__(what or self.what)
        self.advice = advice or self.usual_advice


def where(error: Exception) -> str:
    """The class of an error and the line it came from, for our own log. Never its message: messages
    may quote what somebody typed."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    line = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    return f"{type(error).__name__} at {line}"


class Misuse(RuntimeError):
    """Code called code wrongly. It is a bug of ours and is never shown as advice."""
