"""Forms that clients are to sign, on Today.

There stand the charts that meet soon, where a signature under a version that no longer holds is to
be renewed, or where a client who is new has not signed what the practice has published.
"""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from stillroom.access import Role
from stillroom.consent import queries_forms
from stillroom.desk._due import Due, Provider
from stillroom.desk.consents import FormState, states
from stillroom.desk.shell import DeskRequest
from stillroom.kernel import capital, small
from stillroom.practice import queries as practice
from stillroom.practice import queries_calendar

AHEAD = timedelta(days=7)
NEW = timedelta(days=60)
"""So long after its chart was opened an unsigned form of a client stands on Today."""
_CARING = frozenset({Role.CLINICIAN})


def _forms(request: DeskRequest) -> list[Due]:
    """What is to be signed at the next visits, by the day of the visit."""
    presence = request.presence
    if not presence.roles & _CARING or not queries_forms.any_published():
        return []
    visits = queries_calendar.days_ahead(presence, AHEAD)
    heads = practice.names_of(presence, visits) if visits else {}
    signed = queries_forms.signed_in(presence, heads) if heads else {}
    found = []
    for chart, head in heads.items():
        fresh = request.at - head.opened_at < NEW
        if not (fresh or chart in signed) or not head.place or head.closed_at:
            continue
        waiting = [one for one in states(request, head, signed.get(chart, [])) if _asks(one, fresh)]
        if waiting:
            day = timezone.localtime(visits[chart]).date()
            href = reverse("consents", kwargs={"chart_id": chart})
            found.append(Due(_what(waiting), href, day, chart, _why(waiting)))
    return found


def _asks(state: FormState, fresh: bool) -> bool:
    """Whether it stands on Today: due again; or new, published and not signed."""
    if state.edition is None:
        return False
    return any(one.due or (fresh and one.latest is None) for one in state.standings)


def _what(waiting: list[FormState]) -> str:
    return f"To sign: {', '.join(small(one.title) for one in waiting)}"


def _why(waiting: list[FormState]) -> str:
    reasons = [change.words for one in waiting for each in one.standings for change in each.due]
    told = "; ".join(dict.fromkeys(reasons))[:200]
    return capital(told)


DUES_HERE: tuple[Provider, ...] = (_forms,)
