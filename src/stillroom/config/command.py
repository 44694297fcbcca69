"""The command line: `stillroom init | serve | demo | doctor | law | ledger | measure | calls …`.

Exit codes: 0 done; 1 the answer is no (a check failed, a log is not proven); 2 the command was not
understood or its input is bad; 3 there is no such practice, or it cannot be opened; 4 something
else holds it. Every failure is one sentence and one of advice, on standard error.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from stillroom.config import command_calls, command_law, command_ledger, command_measure
from stillroom.config.agreement import LogOlder, RowsOlder
from stillroom.config.asking import sentence
from stillroom.config.command_words import Parser, add_practice_words
from stillroom.config.database import DatabaseUnfit
from stillroom.config.home import AlreadyServed, HomeBroken, NoPractice, WrongKey
from stillroom.kernel import StillroomError
from stillroom.phi import LogUnopenable

_STATE = (NoPractice, HomeBroken, WrongKey, DatabaseUnfit, LogUnopenable, LogOlder, RowsOlder)


def build_parser() -> argparse.ArgumentParser:
    """Every word that the command line knows."""
    shared = Parser(add_help=False)
    shared.add_argument(
        "--home",
        type=Path,
        default=argparse.SUPPRESS,
        metavar="DIR",
        help="the practice's folder (or STILLROOM_HOME)",
    )
    parser = Parser(
        prog="stillroom", description="A confidential record for a practice.", parents=[shared]
    )
    words = parser.add_subparsers(dest="word", required=True, metavar="WORD")
    add_practice_words(words, shared)
    command_law.add_words(words, shared)
    command_ledger.add_words(words, shared)
    command_measure.add_words(words, shared)
    command_calls.add_words(words, shared)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is the answer."""
    said = list(sys.argv[1:] if argv is None else argv)
    if said[:2] == ["ledger", "verify"]:  # another program's options, which are not ours to read
        return command_ledger.verify(said[2:])
    given = build_parser().parse_args(said)
    given.home = getattr(given, "home", None) or _home_from_environment()
    try:
        code = _run(given)
        sys.stdout.flush()
        return code
    except AlreadyServed as error:
        return _fail(error, 4)
    except _STATE as error:
        return _fail(error, 3)
    except StillroomError as error:
        return _fail(error, 2)
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _home_from_environment() -> Path | None:
    named = os.environ.get("STILLROOM_HOME", "")
    return Path(named) if named else None


def _run(given: argparse.Namespace) -> int:
    room, _, word = given.run.partition(".")
    if room == "law":
        return command_law.run(word, given)
    if room == "ledger":
        return command_ledger.run(word, given)
    if room == "measure":
        return command_measure.run(word, given)
    if room == "calls":
        return command_calls.run(word, given)
    # Django is started only by the words that need it; the four above answer without.
    if room == "lost":
        from stillroom.config import command_lost

        return command_lost.run(word, given)
    from stillroom.config import command_practice

    return command_practice.run(word, given)


def _fail(error: StillroomError, code: int) -> int:
    print(f"{sentence(error)}\n{error.advice}", file=sys.stderr)
    return code
