"""A practice of one therapist and one chart, with the same chart in plain tables beside it.

    python -m tests.bench.prepare FOLDER

Makes a home that `stillroom serve` serves, and prints as JSON what one needs to sign in to it and
to the plain pages over the same database.
"""

import json
import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from stillroom.config import home as homes

NOTES = 40


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
    print(json.dumps(_fill(made)))
    connections.close_all()


def _fill(made: homes.NewHome) -> dict[str, str]:
    from stillroom.access import Capacity
    from stillroom.config.house import compose, now
    from stillroom.practice import actions
    from stillroom.practice.directory import Directory
    from tests.bench import notes
    from tests.cast import DOV, PASSPHRASE, Cast, enrol

    at = now()
    house = compose(made.home).house
    house.unseal(made.server, at=at)
    people = {name: enrol(house, name, at=at) for name in ("ada", "sol")}
    cast = Cast(house, Directory(), people, at=at)
    before = cast.here("ada", at=at - timedelta(days=280))
    carers = [
        actions.Carer(people["ada"].id, Capacity.TREATING),
        actions.Carer(people["sol"].id, Capacity.SUPERVISING),
    ]
    chart = actions.admit(before, cast.directory, [DOV], carers, place="us-md")
    notes.write(cast, chart, NOTES)
    plain_rows(cast, chart)
    client = cast.holder("dov", of=chart)
    house.log.close()
    return {
        "chart": chart,
        "record": _last_record(chart),
        "name": "ada",
        "client_name": client.sign_name,
        "passphrase": PASSPHRASE,
        "code_secret": people["ada"].code_secret,
        "plain_cookie": _signed_in(cast),
    }


def _last_record(chart: str) -> str:
    from tests.bench.clear.models import Record

    return Record.objects.filter(chart=chart).order_by("-occurred_at")[0].pk


def plain_rows(cast: Any, chart: str) -> None:
    """The front sheet and who looked, in plain tables."""
    from stillroom.practice.models import Holder
    from tests.bench.clear.models import Looked, Sheet
    from tests.cast import DOV

    columns = ("given", "family", "pronouns", "born", "phone", "email")
    sheet = {name: getattr(DOV, name) for name in columns}
    for client in Holder.objects.filter(chart_id=chart).values_list("client_id", flat=True):
        Sheet.objects.create(client=client, **sheet)
    for _ in range(NOTES):
        Looked.objects.create(
            chart=chart, at=cast.at, actor=cast.ada.id, act="read records", why="for treatment"
        )


def _signed_in(cast: Any) -> str:
    """The cookie of Django's session."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import User
    from django.contrib.sessions.backends.db import SessionStore

    user = User.objects.create_user(cast.ada.id, first_name="Ada", last_name="Merrow")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"sessionid={session.session_key}"


if __name__ == "__main__":
    main()
