"""A couple and a group beside the standing cast, in Ada's care, with doors of their own.

Dov and Noa hold a couple's chart and come in to it. Dov, Noa and Tal are a group; Dov and Noa come in
to charts of their own, Tal has none.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from stillroom.access import Capacity
from stillroom.practice import actions as practice
from stillroom.practice import queries
from stillroom.practice.actions_guests import Stand
from stillroom.practice.rules import FrontSheet
from stillroom.practice.rules_calendar import Doubtful
from tests.cast import Cast

NOA = FrontSheet(
    given="Noa", family="Halpern", born=date(1986, 8, 9), phone="410-555-0143", pronouns="she/her"
)
TAL = FrontSheet(given="Tal", family="Reyes", born=date(1990, 1, 5), phone="410-555-0171")


@dataclass
class Several:
    """Their charts, and who of them is which client."""

    couple: str
    dov: str
    noa: str


def make_couple(cast: Cast) -> Several:
    """Dov and Noa, both with a door to their couple's chart (`dov-too`, `noa-too`)."""
    ada = cast.here("ada")
    cast.licensed("ada")
    carers = [practice.Carer(ada.person, Capacity.TREATING)]
    (own,) = queries.chart_head(ada, cast.dov).holders
    chart = practice.admit(
        ada,
        cast.directory,
        [NOA],
        carers,
        place="us-md",
        kind="couple",
        known_clients=[own.client],
    )
    (noa,) = {one.client for one in queries.chart_head(ada, chart).holders} - {own.client}
    for name, client in (("dov-too", own.client), ("noa-too", noa)):
        cast.proxy(name, chart, Stand(client))
    return Several(chart, own.client, noa)


def make_group(cast: Cast, several: Several) -> str:
    """Dov, Noa and Tal as a group: Dov and Noa come in to charts of their own (`dov`, `noa`)."""
    ada = cast.here("ada")
    carers = [practice.Carer(ada.person, Capacity.TREATING)]
    own = practice.admit(
        ada, cast.directory, [], carers, place="us-md", known_clients=[several.noa]
    )
    cast.holder("dov")
    cast.holder("noa", of=own)
    return practice.admit(
        ada,
        cast.directory,
        [TAL],
        carers,
        place="us-md",
        kind="group",
        known_clients=[several.dov, several.noa],
    )


def book(cast: Cast, chart: str, *, minutes: int = 5) -> str:
    """A visit by video that begins so many minutes from now; gives its id."""
    ada, at = cast.here("ada"), cast.at + timedelta(minutes=minutes)
    given = (ada, chart, ada.person, at, at + timedelta(minutes=50))
    try:
        return practice.book(*given, mode="telehealth")
    except Doubtful as asked:  # beside another of hers
        return practice.book(*given, mode="telehealth", sure=asked.doubts.asked)
