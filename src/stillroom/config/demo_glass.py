"""The demonstration's emergencies: keys laid by, a glass broken and reviewed, a chart that is kept.

Ada has laid keys by for Bea with her first clients; three weeks ago Bea broke the glass of one, Ada
saw it, and the owner reviewed it. One client knows Cal, so Cal does not know of her.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from stillroom.phi import Presence
from stillroom.phi.apart import How
from stillroom.practice import actions_apart, actions_glass, queries_glass
from stillroom.practice.rules_glass import Finding, Found

_KEYS, _BROKEN, _KEPT = (0, 2), 2, 4
"""By the order in which the clients are written."""
_AGO = timedelta(days=21)
WHY = (
    "Her sister rang the practice at ten to seven: she has gone to the bridge and does not pick up."
    " Ada is on a train and cannot be reached."
)
_FOUND = (
    "I spoke with Bea and with Ada, and read the log. The call is in the telephone’s list. Bea"
    " opened the safety plan, rang the sister back and closed it after a quarter of an hour."
)


def emergencies(here: Mapping[str, Presence], charts: Sequence[str]) -> None:
    """`charts` are those that Ada treats now, in the order of their clients."""
    if len(charts) <= _KEPT:
        return
    ada, bea = here["ada"], here["bea"]
    for one in _KEYS:
        actions_glass.lay_by(_ago(ada, _AGO * 2), charts[one], bea.person)
    _broken(here, charts[_BROKEN])
    actions_apart.keep_apart(ada, charts[_KEPT], here["cal"].person, How.KEPT_AWAY)


def _broken(here: Mapping[str, Presence], chart: str) -> None:
    then = _ago(here["bea"], _AGO)
    breaking = actions_glass.break_glass(then, chart, WHY)
    queries_glass.head(then, chart)
    actions_glass.end(_ago(here["bea"], _AGO - timedelta(minutes=16)), chart)
    actions_glass.see(_ago(here["ada"], _AGO - timedelta(hours=2)), breaking)
    found = Found(Finding.JUSTIFIED, _FOUND)
    actions_glass.review(_ago(here["leonie"], _AGO - timedelta(days=1)), breaking, found)


def _ago(who: Presence, ago: timedelta) -> Presence:
    return replace(who, at=who.at - ago)
