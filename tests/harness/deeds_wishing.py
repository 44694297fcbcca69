"""Deeds about wishes, broken off at each of their steps: how somebody is reached, a line written,
something kept back."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from stillroom.consent import actions_restrictions as keeping
from stillroom.consent.rules_restrictions import Basis, Restriction
from stillroom.practice import actions_wishes
from stillroom.practice.queries import chart_head
from stillroom.practice.rules_wishes import Reach, Way
from stillroom.practice.sending import actions as sending
from stillroom.practice.sending import posting
from stillroom.practice.sending.carriers import Kept
from stillroom.practice.sending.rules import Kind
from tests.cast import Cast

WAY = Way("email", "d.h@example.org")
HOME = Way("post", "12 Quarry Lane, Baltimore")
KEEP = Restriction("", Basis.PAID, "dov", date(2026, 11, 10), "I paid for these myself.")


def _dov(cast: Cast) -> str:
    return chart_head(cast.here("ada"), cast.dov).holders[0].client


def live_wishing(cast: Cast) -> dict[str, str]:
    """Dov may be written to, and letters may be posted to him."""
    _wish(cast, Reach(ways=(WAY, HOME)))
    return {}


def _wish(cast: Cast, reach: Reach) -> None:
    actions_wishes.wish(cast.here("ada"), cast.directory, cast.dov, _dov(cast), reach)


def _write(cast: Cast, ids: Mapping[str, str]) -> None:
    sending.send(cast.here("ada"), Kept(), cast.dov, _dov(cast), WAY, Kind.CALL)


WISHING: dict[str, Callable[[Cast, Mapping[str, str]], Any]] = {
    "say how to be reached": lambda cast, ids: _wish(cast, Reach(nothing=True)),
    "write to a client": _write,
    "post a letter to a client": lambda cast, ids: posting.post(
        cast.here("ada"), cast.dov, _dov(cast), HOME.to, lambda: None
    ),
    "ask to keep something back": lambda cast, ids: keeping.ask(cast.here("ada"), cast.dov, KEEP),
}
