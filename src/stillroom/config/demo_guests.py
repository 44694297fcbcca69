"""The demonstration's clients who come in by their own door: three of Ada's.

Their names to sign in with are made at random, as in life; they stand beside the staff's in the
file of the demonstration's people.
"""

from collections.abc import Sequence
from dataclasses import replace

from stillroom.config.demonstration import Person, new_passphrase
from stillroom.identity import guests
from stillroom.phi import Presence
from stillroom.practice import actions_guests, queries
from stillroom.practice.actions_guests import Stand

_WHO = (0, 1, 3)
"""By the order in which the clients are written."""


def come_in(ada: Presence, charts: Sequence[str]) -> list[tuple[Person, Presence]]:
    """Invited, and taken up; `charts` are those that Ada treats now. Gives what each signs in
    with, and her presence."""
    return [_come_in(ada, charts[one]) for one in _WHO if one < len(charts)]


def _come_in(ada: Presence, chart: str) -> tuple[Person, Presence]:
    (holder,) = queries.chart_head(ada, chart).holders
    offered = actions_guests.invite(ada, chart, Stand(holder.client))
    return take_up(ada, offered, holder.sheet.full)


def take_up(ada: Presence, offered: guests.Offer, name: str) -> tuple[Person, Presence]:
    """A place that was offered is taken up: what she signs in with, and her presence."""
    passphrase, house = new_passphrase(), ada.house
    told = guests.take_up(house, offered.address, offered.code, passphrase, at=ada.at)
    opened = guests.sign_in(house, told.sign_name, passphrase, "", at=ada.at)
    who = Person(told.sign_name, name, ("client",), passphrase, "")
    here = replace(ada, person=opened.person, name="", roles=guests.ROLES, key=opened.key, veil="")
    return who, here
