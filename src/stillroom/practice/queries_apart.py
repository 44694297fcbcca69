"""Reading whom a chart is kept from: for whoever treats, and for nobody else."""

from dataclasses import dataclass

from stillroom.access import Act, Purpose, Ward
from stillroom.phi import Presence, apart, bridge
from stillroom.phi.apart import How
from stillroom.practice import queries


@dataclass(frozen=True)
class KeptFrom:
    """Whom a chart is kept from: colleagues by why, and whether it is closed to the desk."""

    persons: tuple[tuple[str, How], ...]
    closed: bool


def kept_from(presence: Presence, chart_id: str) -> KeptFrom | None:
    """Whom this chart is kept from; `None` for whoever may not change it."""
    cares = queries.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    if not bridge.may(presence, Act.RESTRICTION_WRITE, Purpose.TREATMENT, ward, cares=cares):
        return None
    about = [one for one in apart.every(presence.house).values() if one.chart == chart_id]
    persons = sorted(((one.person, one.how) for one in about if one.person), key=lambda one: one[0])
    return KeptFrom(tuple(persons), any(one.how is How.CLOSED for one in about))


def apart_from(presence: Presence, chart_id: str) -> frozenset[str]:
    """The colleagues whom a chart is kept from. Asks nobody: for actions."""
    found = apart.every(presence.house).values()
    return frozenset(one.person for one in found if one.chart == chart_id and one.person)
