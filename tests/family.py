"""A family beside the standing cast: Sam, fifteen, in Ada's care, with a door of his own; Eva, his
mother, and Ivo, his father, who stand for him with different reach."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from django.db import transaction
from pytest_django import DjangoDbBlocker

from stillroom.access import Capacity
from stillroom.practice import actions, queries
from stillroom.practice.actions_guests import Stand
from stillroom.practice.rules import Contact, FrontSheet
from tests.cast import Cast, make_cast

SAM = FrontSheet(
    given="Sam",
    family="Okonjo",
    born=date(2011, 4, 9),
    phone="410-555-0163",
    email="sam.okonjo@example.org",
    address=("7 Harbor Steps", "Baltimore"),
    guardians=(Contact("Ivo Okonjo", "father", "410-555-0166"),),
)
MAJORITY = datetime(2029, 4, 9, 4, 0, tzinfo=UTC)
"""Sam's eighteenth birthday, as the day begins in Baltimore."""
GIVEN_EVA = frozenset({"messages", "appointments", "progress_notes"})
GIVEN_IVO = frozenset({"appointments"})


def make_family(folder: Path) -> tuple[Cast, str]:
    """The cast with Sam, Eva and Ivo at their doors; gives Sam's chart beside it."""
    cast = make_cast(folder)
    ada = cast.here("ada")
    carers = [
        actions.Carer(cast.people["ada"].id, Capacity.TREATING),
        actions.Carer(cast.people["sol"].id, Capacity.SUPERVISING),
    ]
    chart = actions.admit(ada, cast.directory, [SAM], carers, place="us-md")
    client = queries.chart_head(ada, chart).holders[0].client
    cast.holder("sam", of=chart)
    cast.proxy("eva", chart, Stand(client, Capacity.PROXY, GIVEN_EVA, MAJORITY))
    cast.proxy("ivo", chart, Stand(client, Capacity.PROXY, GIVEN_IVO, MAJORITY))
    return cast, chart


@contextmanager
def lived(blocker: DjangoDbBlocker, folder: Path) -> Iterator[tuple[Cast, str]]:
    """The family for all tests of a module; undone afterwards."""
    with blocker.unblock(), transaction.atomic():
        cast, chart = make_family(folder)
        yield cast, chart
        transaction.set_rollback(True)
        cast.house.log.close()
