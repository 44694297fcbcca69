"""The practice's database: whole, up to date, and with people who cannot lock themselves out."""

import sqlite3
from collections.abc import Iterator

from stillroom.config.agreement import LogOlder, RowsOlder, require_agreement, rows_of_practice
from stillroom.config.asking import sentence
from stillroom.config.command_practice import reaching_database, start_django
from stillroom.config.doctor_finding import Finding, look, well
from stillroom.config.home import Home
from stillroom.config.log_keys import read_log

_RESTORE = "Leave the file as it is, and restore the newest backup beside it."


def database(home: Home) -> Iterator[Finding]:
    """The file is there, and SQLite finds it whole. PostgreSQL looks after itself."""
    if home.file.database:
        yield well("The rows are in PostgreSQL, which checks itself.")
        return
    path = home.path / "practice.db"
    if not path.is_file():
        yield look("The database practice.db is missing.", "Restore it from the newest backup.")
        return
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        (answer,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError:
        answer = "unreadable"
    finally:
        connection.close()
    if answer == "ok":
        yield well("The database opens and is whole.")
    else:
        yield look("The database practice.db is damaged.", _RESTORE)


def tables(home: Home) -> Iterator[Finding]:
    """The tables are those of this version."""
    if not _there(home):
        return
    with reaching_database():
        start_django(home.path)
        from django.db import connection
        from django.db.migrations.executor import MigrationExecutor

        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        newer = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)
    if newer:
        yield look(
            "The tables were made by a newer Stillroom.",
            "Use that version again; this one must not write them.",
        )
    elif waiting:
        yield look(
            f"The tables are of an older Stillroom; {len(waiting)} changes are waiting.",
            "Make a backup, then start it with stillroom serve, which brings them up to date.",
        )
    else:
        yield well("The tables are up to date.")


def people(home: Home) -> Iterator[Finding]:
    """Everybody has two ways in (T11); a practice has somebody who can sign in at all."""
    if not _there(home):
        return
    with reaching_database():
        start_django(home.path)
        from stillroom.identity import queries

        ways = queries.ways_in_by_name()
    few = [name for name, kinds in ways.items() if len(kinds) < 2]
    if not ways:
        yield look(
            "Nobody can sign in to this practice.",
            "It was not finished when it was made; make it again in an empty folder.",
        )
    elif few:
        yield look(
            f"One lost key would shut out {', '.join(few)}: there is no second way in.",
            "Have a passkey added under Account, today.",
        )
    else:
        yield well(f"All {len(ways)} who sign in here have two ways in or more.")


def agreement(home: Home) -> Iterator[Finding]:
    """Rows and log belong together; neither is an old copy (T15)."""
    if not _there(home):
        return
    with reaching_database():
        start_django(home.path)
        rows = rows_of_practice()
    try:
        with read_log(home) as log:
            require_agreement(rows, log)
    except (LogOlder, RowsOlder) as error:
        yield look(sentence(error), error.advice)
    else:
        yield well("The database and the log know of the same acts.")


def _there(home: Home) -> bool:
    return bool(home.file.database) or (home.path / "practice.db").is_file()
