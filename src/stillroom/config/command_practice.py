"""The words that need a practice: init, serve, demo, doctor."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from rich.console import Console

from stillroom.config import home as homes
from stillroom.config.asking import ask_passphrase, folder
from stillroom.config.database import DatabaseUnfit, require_plain
from stillroom.config.home import Home, NewHome, NoPractice
from stillroom.kernel import StillroomError, capital
from stillroom.law import Corpus
from stillroom.vault import Cost, PassphraseLock, WeakPassphrase

# Names are printed as they are: "[red]" is no colour, and a long line of secrets stays one line.
_out = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)


def run(word: str, given: argparse.Namespace) -> int:
    """One word."""
    return {
        "init": init,
        "serve": serve,
        "demo": demo,
        "run_demo": run_demo,
        "demo_code": demo_code,
        "doctor": doctor,
    }[word](given)


def start_django(path: Path) -> None:
    """Point the settings at a practice; files made from here on are for their owner alone."""
    os.umask(0o077)
    os.environ["STILLROOM_HOME"] = str(path)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stillroom.config.settings")
    django.setup()


def law_in_force(path: Path) -> tuple[str, Corpus]:
    """A practice's name, and the law that governs it, policy and all. It need not be unsealed."""
    home = Home.load(path)
    start_django(path)
    from stillroom.config.house import law_of

    with reaching_database():
        return home.file.name, law_of(home)


def migrate() -> None:
    """Bring the tables up to date. `DatabaseUnfit` when the database does not answer."""
    from django.core.management import call_command

    with reaching_database():
        call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def reaching_database() -> Iterator[None]:
    """A database that does not answer, in words."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import Error

    try:
        yield
    except ImproperlyConfigured:
        raise DatabaseUnfit(
            "PostgreSQL needs a driver that is not installed",
            advice="Install Stillroom with its extra: pip install 'stillroom[postgres]'.",
        ) from None
    except Error:
        raise DatabaseUnfit from None


def init(given: argparse.Namespace) -> int:
    """Make a practice, its first owner, and the recovery shares; tell each secret once."""
    path = folder(given)
    homes.require_zone(given.zone)
    homes.require_empty(path)
    require_plain(given.database)
    secret = "" if given.key_file else ask_strong("passphrase to unseal")
    owner_secret = ask_strong(f"passphrase of {given.owner}")
    made = homes.create(
        path,
        given.name,
        passphrase=secret,
        key_file=given.key_file and given.key_file.absolute(),
        zone=given.zone,
        database=given.database,
    )
    try:
        told = _found(made, given, owner_secret)
    except BaseException:
        made.forget()
        raise
    _out.print(told)
    return 0


def ask_strong(what: str) -> str:
    """A passphrase that the vault will take, before anything is made that would need it."""
    typed = ask_passphrase(capital(what), twice=True)
    try:
        PassphraseLock.create(cost=Cost.TEST).key(typed)
    except WeakPassphrase as error:
        raise WeakPassphrase(f"the {what} will not do: {error}", advice=error.advice) from None
    return typed


def _found(made: NewHome, given: argparse.Namespace, owner_secret: str) -> str:
    """The tables and the owner; what is told once."""
    path = made.home.path
    start_django(path)
    _require_blank()
    migrate()
    from stillroom.config.founding import found_owner, recovery_shares

    welcome = found_owner(
        made, given.sign_name, given.owner, owner_secret, clinician=given.clinician
    )
    shares = enumerate(recovery_shares(made), start=1)
    unseal = f" --key-file {given.key_file}" if given.key_file else ""
    return "\n".join(
        [
            f"{given.name} is made, in {path}.",
            "",
            "Write these on paper now; they are shown once and kept nowhere.",
            "",
            f"Authenticator secret of {welcome.name}: {welcome.code_secret.expose().decode()}",
            f"Recovery words of {welcome.name}: {' '.join(welcome.words)}",
            "",
            *(
                f"Recovery share {n} of 3 (any two hold the key to the charts): {s}"
                for n, s in shares
            ),
            "",
            f"Serve it with: stillroom serve --home {path}{unseal}",
        ]
    )


def _require_blank() -> None:
    """A new practice does not move into tables that are there already."""
    with reaching_database():
        from django.db import connection

        taken = bool(connection.introspection.table_names())
    if taken:
        raise DatabaseUnfit(
            "that database is not empty, and nothing in it was touched",
            advice="Give the address of a database without tables.",
        )


def serve(given: argparse.Namespace) -> int:
    """Serve a practice until stopped."""
    path = folder(given)
    Home.load(path)
    from stillroom.config.serving import serve_practice

    return serve_practice(
        path,
        host=given.host,
        port=given.port,
        key_file=given.key_file,
        call_port=given.call_port,
        accept_older=given.accept_older_database,
    )


def demo(given: argparse.Namespace) -> int:
    """Make a demonstration practice of any size."""
    from stillroom.config.demonstration import make_demonstration

    if not 1 <= given.clients <= 1_000_000:
        raise StillroomError(
            "a demonstration has between 1 and 1,000,000 clients",
            advice="Say, for example, --clients 60.",
        )
    make_demonstration(folder(given), clients=given.clients, seed=given.seed, out=_out)
    return 0


def run_demo(given: argparse.Namespace) -> int:
    """Make the demonstration practice unless it is there, say who may sign in, and serve it."""
    from stillroom.config.demonstration import key_file_of, make_demonstration, tell_people
    from stillroom.config.serving import serve_practice

    path = folder(given)
    if not (path / "practice.json").exists():
        make_demonstration(path, clients=60, seed=1, out=_out)
    tell_people(path, f"http://localhost:{given.port}/", _out)
    return serve_practice(
        path,
        host=given.host,
        port=given.port,
        key_file=key_file_of(path),
        call_port=given.call_port,
    )


def demo_code(given: argparse.Namespace) -> int:
    """The present code of a demonstration person."""
    from stillroom.config.demonstration import present_code

    _out.print(present_code(folder(given), given.sign_name))
    return 0


def doctor(given: argparse.Namespace) -> int:
    """Look for what could go wrong; exit 1 if something does."""
    path = folder(given)
    if not (path / "practice.json").exists():
        raise NoPractice
    from stillroom.config.doctoring import examine

    findings = examine(path, key_file=given.key_file)
    for finding in findings:
        mark = "look" if not finding.well else "note" if finding.advice else "well"
        _out.print(f"{mark}  {finding.says}")
        if finding.advice:
            _out.print(f"      {finding.advice}")
    return 0 if all(finding.well for finding in findings) else 1


__all__ = ["ask_strong", "folder", "migrate", "run", "start_django"]
