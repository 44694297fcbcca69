"""A practice of one therapist with two charts, of few notes and of many, each with a plan.

    python -m tests.bench.prepare_reading FOLDER FEW MANY

Prints as JSON what one needs to sign in and where the charts are.
"""

import json
import os
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from stillroom.config import home as homes


def main() -> None:
    """Make it and tell of it."""
    folder = Path(sys.argv[1]).absolute()
    key_file = folder.with_name(f"{folder.name}.key")
    made = homes.create(
        folder, "Linden Row Practice", key_file=key_file, zone="UTC", demonstration=True
    )
    os.environ["STILLROOM_BENCH_FOLDER"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.clear.settings"
    import django
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    print(json.dumps(_fill(made, int(sys.argv[2]), int(sys.argv[3]))))
    connections.close_all()


def _fill(made: homes.NewHome, few: int, many: int) -> dict[str, str]:
    from stillroom.config.house import compose, now
    from stillroom.practice.directory import Directory
    from tests.cast import PASSPHRASE, Cast, enrol

    at = now()
    house = compose(made.home).house
    house.unseal(made.server, at=at)
    ada = enrol(house, "ada", at=at)
    cast = Cast(house, Directory(), {"ada": ada}, at=at)
    told = {
        "few": _chart(cast, few),
        "many": _chart(cast, many),
        "name": "ada",
        "passphrase": PASSPHRASE,
        "code_secret": ada.code_secret,
    }
    house.log.close()
    return told


def _chart(cast: Any, count: int) -> str:
    """A chart with a plan, diagnoses, and notes that take turns in naming its objectives."""
    from stillroom.access import Capacity
    from stillroom.chart import actions, rules
    from stillroom.chart.contents import Answer
    from stillroom.chart.importing import import_notes
    from stillroom.practice import actions as practice
    from tests.bench import notes
    from tests.cast import DOV
    from tests.chart.plans import plan

    before = cast.here("ada", at=cast.at - timedelta(days=count + 9))
    carers = [practice.Carer(cast.ada.id, Capacity.TREATING)]
    chart = practice.admit(before, cast.directory, [DOV], carers, place="us-md")
    record = actions.begin(
        before, chart, "treatment_plan", occurred_at=before.at, answers=plan().answers
    )
    actions.sign(before, record, 1)
    made = []
    for nth, note in enumerate(notes.imported(count, cast.at)):
        ((content, at),) = note.contents
        named = Answer("objectives", chosen=(str(nth % 3 + 1),))
        made.append(replace(note, contents=((rules.answering(content, named), at),)))
    import_notes(cast.here("ada"), chart, made)
    return chart


if __name__ == "__main__":
    main()
