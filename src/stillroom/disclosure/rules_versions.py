"""Earlier versions of a note that a supervisor returned, in a packet. Pure.

Rules: a packet holds the version in force. What came before it goes along only where the request
asks for it, in words that stand in the letter or in what was written down of it, and only of the
records that are named; on the page it says of itself that it was returned and is superseded. What
the supervisor said with the return is about a colleague's work, and stays in the chart.
"""

from collections.abc import Collection

from stillroom.kernel import StillroomError

SHORTEST = 8
"""Letters of the request's own words: long enough that they say something."""


class NotSaidWhere(StillroomError):
    """Earlier versions were chosen, and not why."""

    what = "it is not said where the request asks for earlier versions"
    usual_advice = "Copy its own words into the field, or leave the earlier versions out."


class NotAskedFor(StillroomError):
    """Words that do not stand in the request."""

    what = "these words do not stand in what was asked"
    usual_advice = (
        "Copy them from the letter as it was entered; if it does not ask for earlier versions, "
        "leave them out."
    )


def require_asked(versions: Collection[str], words: str, asked: Collection[str]) -> None:
    """Nothing when no earlier version goes along, or the request asks for them in these words."""
    if not versions:
        return
    said = _plain(words)
    if len(said) < SHORTEST:
        raise NotSaidWhere
    if not any(said in _plain(text) for text in asked):
        raise NotAskedFor


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .,;:“”\"'")
