"""Confidence for free: a chart of notes read through gate, ledger and vault, beside plain reading.

Beside us stand Django's ORM objects over the same two tables with the words in the clear (no
sealing, no gate, no log), and the same with an encrypted field. All lie in one database file with
one set of pragmas; all end up with the text of every note as `str`, decoded by the same decoder.
Ours asks the gate, opens the ring with the person's key as a request does, and waits until the
entry is on the disk.

    python -m tests.bench.section chart
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.bench.place import start
from tests.bench.rows import QUICK, Row, alone, smaller, take_turns

COUNTS = (10, 200) if QUICK else (10, 200, 2000)
GOAL_AT = 200
ROUNDS = {10: 120, 200: 60, 2000: 12}
PLAIN = "plain Django ORM objects: no sealing, no gate, no log"
FERNET = "Django ORM objects with django-fernet-encrypted-fields"
FLAT = "plain Django ORM objects of one flat table"


def rows() -> list[Row]:
    """Whole charts of 10, 200 and 2,000 notes of 4 KiB; `ratio` = ours / beside."""
    with start() as folder:
        from stillroom.access import Capacity
        from stillroom.practice import actions
        from tests.bench import notes
        from tests.cast import DOV, make_cast

        cast = make_cast(folder)
        carers = [actions.Carer(cast.ada.id, Capacity.TREATING)]
        found: list[Row] = []
        for count in COUNTS:
            chart = actions.admit(cast.here("ada"), cast.directory, [DOV], carers)
            notes.write(cast, chart, count)
            _encrypted(chart)
            found += _compared(cast, chart, count)
        cast.house.log.close()
    return found


def _encrypted(chart: str) -> None:
    """The plain notes of a chart again, in the encrypted field."""
    from tests.bench.clear.models import Revision
    from tests.bench.fernet.models import FernetRevision

    columns = ("record_id", "number", "signer", "signed_at", "words")
    for row in Revision.objects.filter(record__chart=chart).values(*columns):
        FernetRevision.objects.create(**row)


def _compared(cast: Any, chart: str, count: int) -> list[Row]:
    runs = _readers(cast, chart)
    texts = [sorted(run()) for run in runs.values()]
    if any(text != texts[0] for text in texts) or len(texts[0]) != count:
        raise AssertionError("the readers do not read the same words")
    runs["one append"] = _appender(cast)
    spent = {name: seconds * 1000 for name, seconds in take_turns(runs, ROUNDS[count]).items()}
    goal = {"plain": "≤ 1", "fernet": "≤ 0.2"} if count == GOAL_AT else {}
    what = f"a chart of {count:,} notes"
    return [
        smaller(what, "ms", spent["ours"], spent["plain"], PLAIN, goal.get("plain")),
        smaller(what, "ms", spent["ours"], spent["fernet"], FERNET, goal.get("fernet")),
        smaller(what, "ms", spent["ours"], spent["flat"], FLAT),
        alone(f"{what}: of it, the durable entry", "ms", spent["one append"]),
    ]


def _readers(cast: Any, chart: str) -> dict[str, Callable[[], Any]]:
    """Four ways to the text of every note of a chart."""
    from stillroom.chart.rules import decode
    from stillroom.chart.whole import whole_chart
    from stillroom.vault import PersonKey
    from tests.bench.clear import models
    from tests.bench.fernet.models import FernetRevision
    from tests.bench.notes import text_of

    here = cast.here("ada")
    secret = here.key.to_secret()

    def ours() -> list[str]:
        fresh = replace(here, key=PersonKey.from_secret(secret))  # as at the start of a request
        return [text_of(one.content) for one in whole_chart(fresh, chart)]

    def two_tables(table: Any) -> list[str]:
        found = table.objects.filter(record__chart=chart, record__private=False)
        found = found.exclude(record__state="draft").select_related("record")
        ordered = found.order_by("record__occurred_at", "record_id", "number")
        return [text_of(decode(one.words)) for one in ordered]

    def flat() -> list[str]:
        found = models.Flat.objects.filter(chart=chart, private=False).exclude(state="draft")
        return [text_of(decode(one.words)) for one in found.order_by("occurred_at", "id")]

    return {
        "ours": ours,
        "plain": lambda: two_tables(models.Revision),
        "fernet": lambda: two_tables(FernetRevision),
        "flat": flat,
    }


def _appender(cast: Any) -> Callable[[], Any]:
    from stillroom.access import Act
    from stillroom.phi import bridge

    here = cast.here("ada")
    return lambda: bridge.note_house(here, Act.GATE_REFUSE, {"did": "measured"})
