"""One look a page: read once while a page is shown, anew for the next, and never while something is
done."""

from threading import Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stillroom.phi import apart, once
from stillroom.phi.apart import How, Told
from stillroom.practice import actions
from tests.cast import Cast
from tests.web import Visitor, serve

_CARE = "FROM practice_carerelationship\n    WHERE chart_id = "
_APART = "SELECT id FROM phi_apart"


class _Counted:
    """Something to read that counts how often it was."""

    def __init__(self) -> None:
        self.times = 0

    def read(self) -> int:
        self.times += 1
        return self.times


def test_in_one_look_a_thing_is_read_once_and_outside_each_time() -> None:
    read = _Counted().read
    assert (once.seen("it", read), once.seen("it", read)) == (1, 2)
    with once.look():
        assert (once.seen("it", read), once.seen("it", read)) == (3, 3)
        assert once.seen("another", read) == 4
    assert once.seen("it", read) == 5


def test_a_look_within_a_look_is_the_same() -> None:
    read = _Counted().read
    with once.look():
        once.seen("it", read)
        with once.look():
            assert once.seen("it", read) == 1
        assert once.seen("it", read) == 1
    assert once.seen("it", read) == 2


def test_a_look_ends_with_its_page_also_when_the_page_fails() -> None:
    read = _Counted().read
    with pytest.raises(ZeroDivisionError), once.look():
        once.seen("it", read)
        raise ZeroDivisionError
    with once.look():
        assert once.seen("it", read) == 2


def test_another_request_at_the_same_time_has_a_look_of_its_own() -> None:
    read, found = _Counted().read, list[int]()

    def another() -> None:
        found.append(once.seen("it", read))
        with once.look():
            found.append(once.seen("it", read))

    with once.look():
        once.seen("it", read)
        thread = Thread(target=another)
        thread.start()
        thread.join()
        assert once.seen("it", read) == 1
    assert found == [2, 3]


def _asked(visitor: Visitor, address: str, *, does: bool = False) -> tuple[int, int, int]:
    """The answer's status; how often care, and who is kept away, was read for it."""
    with CaptureQueriesContext(connection) as found:
        answer = visitor.post(address) if does else visitor.get(address)
    statements = [one["sql"] for one in found]
    care = sum(_CARE in one for one in statements)
    return answer.status_code, care, sum(_APART in one for one in statements)


def test_a_page_reads_care_and_who_is_kept_away_once(cast: Cast) -> None:
    serve(cast)
    chart = reverse("chart", kwargs={"chart_id": cast.dov})
    assert _asked(Visitor(cast, "ada"), chart) == (200, 1, 1)


def test_what_is_done_reads_them_at_each_question(cast: Cast) -> None:
    """Between two questions of one act something may have been done by the act itself."""
    serve(cast)
    begin = reverse("begin_note", kwargs={"chart_id": cast.dov, "kind": "progress_note"})
    status, care, kept = _asked(Visitor(cast, "ada"), begin, does=True)
    assert status == 302
    assert care > 1
    assert kept > 1


def test_care_that_has_ended_shuts_the_next_page(cast: Cast) -> None:
    serve(cast)
    sol, chart = Visitor(cast, "sol"), reverse("chart", kwargs={"chart_id": cast.dov})
    assert sol.get(chart).status_code == 200
    actions.end_care(cast.here("ada"), cast.dov, cast.sol.id)
    assert sol.get(chart).status_code == 404


def test_whoever_is_kept_away_meanwhile_finds_nothing_on_the_next_page(cast: Cast) -> None:
    serve(cast)
    ada, chart = Visitor(cast, "ada"), reverse("chart", kwargs={"chart_id": cast.dov})
    assert ada.get(chart).status_code == 200
    apart.keep(cast.house, Told(cast.dov, cast.ada.id, How.KEPT_AWAY))
    assert ada.get(chart).status_code == 404
