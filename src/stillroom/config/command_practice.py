"""The words that need a practice: init, serve, demo, doctor."""

import argparse
import getpass
import os
import sys
from pathlib import Path

import django
from rich.console import Console

from stillroom.config import home as homes
from stillroom.config.home import Home, NewHome, NoPractice
from stillroom.kernel import StillroomError

_out = Console(highlight=False)


class NoFolder(StillroomError):
    """No folder was named."""

    what = "no folder was named"
    usual_advice = "Say which with --home DIR, or set STILLROOM_HOME."


class PassphrasesDiffer(StillroomError):
    """The passphrase was typed twice, differently."""

    what = "the two passphrases differ"
    usual_advice = "Run the command again and type the same one twice."


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


def folder(given: argparse.Namespace) -> Path:
    """The practice's folder, or `NoFolder`."""
    if given.home is None:
        raise NoFolder
    return Path(given.home).absolute()


def start_django(path: Path) -> None:
    """Point the settings at a practice and bring its tables up to date."""
    os.environ["STILLROOM_HOME"] = str(path)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stillroom.config.settings")
    django.setup()


def migrate() -> None:
    """Bring the tables up to date."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def ask_passphrase(what: str, *, twice: bool) -> str:
    """A passphrase from the terminal, or a line of standard input when there is none."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass(f"{what}: ")
    if twice and getpass.getpass("Once more: ") != first:
        raise PassphrasesDiffer
    return first


def init(given: argparse.Namespace) -> int:
    """Make a practice, its first owner, and the recovery shares; tell each secret once."""
    path = folder(given)
    secret = "" if given.key_file else ask_passphrase("Passphrase to unseal", twice=True)
    owner_secret = ask_passphrase(f"Passphrase for {given.owner}", twice=True)
    made = homes.create(
        path,
        given.name,
        passphrase=secret,
        key_file=given.key_file,
        zone=given.zone,
        database=given.database,
    )
    start_django(path)
    migrate()
    from stillroom.config.founding import found_owner, recovery_shares

    welcome = found_owner(made, given.sign_name, given.owner, owner_secret)
    _out.print(f"{given.name} is made, in {path}.\n")
    _out.print("Write these on paper now; they are shown once and kept nowhere.\n")
    _out.print(f"Authenticator secret of {welcome.name}: {welcome.code_secret.expose().decode()}")
    _out.print(f"Recovery words of {welcome.name}: {' '.join(welcome.words)}\n")
    for number, share in enumerate(recovery_shares(made), start=1):
        _out.print(f"Recovery share {number} of 3 (any two open the charts again): {share}")
    _out.print(f"\nServe it with: stillroom serve --home {path}")
    return 0


def serve(given: argparse.Namespace) -> int:
    """Serve a practice until stopped."""
    path = folder(given)
    Home.load(path)
    from stillroom.config.serving import serve_practice

    return serve_practice(path, host=given.host, port=given.port, key_file=given.key_file)


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
    return serve_practice(path, host=given.host, port=given.port, key_file=key_file_of(path))


def demo_code(given: argparse.Namespace) -> int:
    """The present code of a demonstration person."""
    from stillroom.config.demonstration import present_code

    _out.print(present_code(folder(given), given.sign_name))
    return 0


def doctor(given: argparse.Namespace) -> int:
    """Look for what could go wrong; exit 1 if something does."""
    path = folder(given)
    if not path.exists():
        raise NoPractice
    from stillroom.config.doctoring import examine

    findings = examine(path)
    for finding in findings:
        _out.print(f"{'well' if finding.well else 'look'}  {finding.says}")
        if not finding.well:
            _out.print(f"      {finding.advice}")
    return 0 if all(finding.well for finding in findings) else 1


__all__ = ["NewHome", "folder", "run", "start_django"]
