"""Who may hold a chart beside whom. Pure.

Rule: a chart of one person stays one person's. A couple and a group have charts of their own, in
which each holder's privilege stands alone; what was said in one chart is not in another.
"""

from stillroom.kernel import StillroomError

INDIVIDUAL, COUPLE, GROUP = "individual", "couple", "group"
KINDS = (INDIVIDUAL, COUPLE, GROUP)


class OnePersons(StillroomError):
    """A chart of one person is not made a couple's afterwards."""

    what = "this is one person's chart, and stays so"
    usual_advice = "Open a chart of its own for the couple or the group; both are kept apart."


class CoupleIsWhole(StillroomError):
    """A couple is two."""

    what = "both of this couple hold the chart already"
    usual_advice = "For more than two people, open a group's chart."


class HoldsAlready(StillroomError):
    """Somebody holds a chart once."""

    what = "this client holds the chart already"
    usual_advice = "Choose somebody else."


class NoSuchKind(StillroomError):
    """Neither one person, nor a couple, nor a group."""

    what = "it is not said whose chart this is"
    usual_advice = "Choose one person, a couple or a group; the rest is kept."


def require_kind(kind: str) -> None:
    """Nothing when there is such a kind of chart; else `NoSuchKind`."""
    if kind not in KINDS:
        raise NoSuchKind


def require_room(kind: str, holders: int, more: int = 1) -> None:
    """Nothing when so many more may come to hold a chart of this kind."""
    if kind == INDIVIDUAL and holders + more > 1:
        raise OnePersons
    if kind == COUPLE and holders + more > 2:
        raise CoupleIsWhole
