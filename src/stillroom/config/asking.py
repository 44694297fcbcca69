"""What commands ask of whoever runs them, and how they answer.

Kept apart from the words that need Django, because `ledger` asks for the same and starts none.
"""

import argparse
import getpass
import sys
from pathlib import Path

from stillroom.kernel import StillroomError, capital


class NoFolder(StillroomError):
    """No folder was named."""

    what = "no folder was named"
    usual_advice = "Say which with --home DIR, or set STILLROOM_HOME."


class PassphrasesDiffer(StillroomError):
    """The passphrase was typed twice, differently."""

    what = "the two passphrases differ"
    usual_advice = "Run the command again and type the same one twice."


def folder(given: argparse.Namespace) -> Path:
    """The practice's folder, or `NoFolder`."""
    if given.home is None:
        raise NoFolder
    return Path(given.home).absolute()


def ask_passphrase(what: str, *, twice: bool) -> str:
    """A passphrase from the terminal, or a line of standard input when there is none.

    What a script gives is taken once: nobody mistypes it.
    """
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass(f"{what}: ")
    if twice and getpass.getpass("Once more: ") != first:
        raise PassphrasesDiffer
    return first


def sentence(error: StillroomError) -> str:
    """An error as a sentence. It keeps the name of a fact or a file as it is written."""
    what = str(error)
    first = what.partition(" ")[0]
    return f"{capital(what) if first.isalpha() else what}."


def write_out(text: str, out: Path | None) -> None:
    """Text to standard output, or all of it to a file that is not there yet."""
    if out is None:
        sys.stdout.write(text)
        return
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise StillroomError(
            "that file is there already, and stays as it is",
            advice="Name another with --out, or leave --out away to see the text.",
        ) from None
    except OSError:
        raise StillroomError(
            "that file cannot be written", advice="Check that its folder is there and yours."
        ) from None
