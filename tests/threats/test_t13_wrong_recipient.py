"""T13: the right record, and the wrong recipient: a slip, late on a Friday.

The recipient's name has to be typed as the cover letter has it; anything else sends nothing and
changes nothing. A packet leaves at most once. Recall and a delay belong to electronic delivery,
which this version does not do; what left on paper has left.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from stillroom.disclosure import releasing
from stillroom.disclosure.models import Departure, Packet
from stillroom.kernel import Trilean
from tests.cast import Cast, make_cast
from tests.harness.deeds import live
from tests.web import Visitor, corpus, serve

pytestmark = pytest.mark.django_db
TO = "Rex Dunleavy"


@pytest.fixture(scope="module")
def lived(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any
) -> Iterator[tuple[Cast, dict[str, str]]]:
    """The first story up to the moment before the packet leaves."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast(tmp_path_factory.mktemp("slip"))
        yield cast, live(cast)
        cast.house.log.close()
        transaction.set_rollback(True)


def _same(typed: str) -> bool:
    """What counts as the same name: letters in either case, and spaces wherever they fall."""
    return typed.casefold().split() == TO.casefold().split()


_slips = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["", " ", "Rex", "Dunleavy", "Rex Dunleavy Jr", "Ray Dunleavy", "RexDunleavy",
                     "Rex Dunleavу", "Dunleavy, Rex", "rex.dunleavy@example.org", "Dov Halpern"]),
    st.integers(0, len(TO) - 1).map(lambda at: TO[:at] + TO[at + 1 :]),
    st.integers(0, len(TO) - 2).map(lambda at: TO[:at] + TO[at + 1] + TO[at] + TO[at + 2 :]),
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(typed=_slips)
@example(typed="Rex Dunleavy\u200b")
@example(typed="Rеx Dunleavy")
def test_no_slip_of_the_pen_sends_it(lived: tuple[Cast, dict[str, str]], typed: str) -> None:
    cast, ids = lived
    if _same(typed):
        return
    ada = cast.here("ada", stepped_up=Trilean.YES)
    with transaction.atomic(), pytest.raises(releasing.RecipientDiffers):
        releasing.release(ada, corpus(), ids["packet"], typed)
    assert Packet.objects.get(pk=ids["packet"]).state == Packet.State.PROOF
    assert not Departure.objects.filter(packet=ids["packet"]).exists()


@pytest.mark.parametrize("typed", ["rex dunleavy", "  REX   DUNLEAVY ", TO])
def test_the_name_itself_sends_it_once(lived: tuple[Cast, dict[str, str]], typed: str) -> None:
    cast, ids = lived
    ada = cast.here("ada", stepped_up=Trilean.YES)
    with transaction.atomic():
        releasing.release(ada, corpus(), ids["packet"], typed)
        assert Departure.objects.filter(packet=ids["packet"]).count() == 1
        with pytest.raises(releasing.AlreadyReleased):
            releasing.release(ada, corpus(), ids["packet"], typed)
        transaction.set_rollback(True)


def test_the_page_keeps_what_was_typed_and_says_that_nothing_was_sent(
    lived: tuple[Cast, dict[str, str]],
) -> None:
    cast, ids = lived
    serve(cast)
    with transaction.atomic():
        ada = Visitor(cast, "ada")
        answer = ada.post(f"/packets/{ids['packet']}/release", {"recipient": "Ray Dunleavy"})
        text = answer.content.decode()
        assert answer.status_code == 409
        assert "nothing was sent" in text
        assert 'value="Ray Dunleavy"' in text
        assert "Nothing has left yet" in text
        transaction.set_rollback(True)


def test_the_bytes_that_leave_are_those_that_were_shown(
    lived: tuple[Cast, dict[str, str]],
) -> None:
    cast, ids = lived
    with transaction.atomic():
        packet = Packet.objects.get(pk=ids["packet"])
        _, shown = releasing.open_packet(cast.here("ada"), packet)
        ada = cast.here("ada", stepped_up=Trilean.YES)
        left = releasing.release(ada, corpus(), ids["packet"], TO)
        assert left.pdf == shown
        transaction.set_rollback(True)
