"""Whom a chart is kept from: what whoever treats may choose, in words. Pure."""

from collections.abc import Collection

from stillroom.kernel import StillroomError


class NobodyChosen(StillroomError):
    """Kept from nobody."""

    what = "no colleague was chosen"
    usual_advice = "Choose whom to keep away from this chart, or whose own chart it is."


class CaresNow(StillroomError):
    """Kept from somebody who opens it every day."""

    what = "this colleague cares for the client now"
    usual_advice = "End her care first, on this page; then she can be kept away."


class KeptApart(StillroomError):
    """Taken into the care of a chart that is kept from her."""

    what = "this chart is kept from that colleague"
    usual_advice = (
        "It was kept from her on the care team’s page, where it can be undone by whoever treats;"
        " or choose somebody else."
    )


class NotOneself(StillroomError):
    """Kept from oneself."""

    what = "you care for this client yourself"
    usual_advice = "Hand the chart over, or end your care; nobody keeps herself away."


def require_may_keep_apart(person: str, me: str, caring: Collection[str]) -> None:
    """Nothing when somebody may be kept apart from a chart; else why not."""
    if not person:
        raise NobodyChosen
    if person == me:
        raise NotOneself
    if person in caring:
        raise CaresNow
