"""Documents raced and killed, on SQLite files and on PostgreSQL (THREATS.md, 6.4 and T17).

Two windows of one author work on one document; each deed is stopped before each of its statements
in turn while the other runs. However it goes, a signed document has its file, whole; and no file is
made of pieces of two.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError

from stillroom.chart import queries
from stillroom.chart.documents import arriving
from stillroom.chart.models import Original, Record
from stillroom.kernel import StillroomError
from tests.cast import Cast
from tests.harness.documents import DEEDS, live, require_signed_file
from tests.harness.faults import worth_breaking
from tests.harness.ondisk import InPostgres
from tests.harness.races import Deed, Runner, Template, interleavings, on_each
from tests.harness.upright import require_upright

template = on_each(live)


def _raced(
    template: Template, folder: Path, first: Deed, second: Deed
) -> Iterator[tuple[Cast, Any, Runner, Runner]]:
    def places(names: list[str]) -> list[int]:
        # A copy of a PostgreSQL practice takes a second; its locks are tried at every third place.
        return worth_breaking(names)[:: 3 if isinstance(template, InPostgres) else 1]

    for cast, ids, one, two in interleavings(template, folder, first, second, places):
        for run in (one, two):
            assert run.raised is None or isinstance(run.raised, StillroomError), run.raised
            assert not isinstance(run.raised, IntegrityError)
        require_upright(cast)
        yield cast, ids, one, two


SIGN = DEEDS["sign a document"]


def _away(cast: Cast, ids: Any) -> None:
    arriving.take_away(cast.here("ada"), ids["drawn"])


@pytest.mark.parametrize("turned", [False, True], ids=["signing is stopped", "taking away is"])
def test_a_file_is_taken_away_or_signed_and_never_both(
    template: Template, tmp_path: Path, turned: bool
) -> None:
    both = (_away, SIGN) if turned else (SIGN, _away)
    for cast, ids, one, two in _raced(template, tmp_path, *both):
        sign = two if turned else one
        row = Record.objects.get(pk=ids["drawn"])
        there = Original.objects.filter(record_id=row.pk).exists()
        assert (row.state == Record.State.SIGNED) == (sign.raised is None)
        assert there or row.state == Record.State.DRAFT
        if sign.raised is None:
            ada = cast.here("ada")
            require_signed_file(ada, row, queries.record(ada, row.pk))


def test_of_two_windows_that_send_a_file_at_once_one_file_is_kept_whole(
    template: Template, tmp_path: Path
) -> None:
    send = DEEDS["send a file"]
    for _, ids, one, two in _raced(template, tmp_path, send, send):
        assert one.raised is None or two.raised is None
        kept = Original.objects.get(record_id=ids["filing"])
        assert kept.state == Original.State.ARRIVED
        assert kept.pk in [run.gave for run in (one, two) if run.raised is None]


def test_two_windows_that_draw_the_same_pages_keep_each_once(
    template: Template, tmp_path: Path
) -> None:
    draw = DEEDS["draw a file"]
    for _, ids, one, two in _raced(template, tmp_path, draw, draw):
        kept = Original.objects.get(record_id=ids["looked"])
        assert kept.drawn == kept.pages == 1
        assert one.raised is None or two.raised is None
