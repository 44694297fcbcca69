"""The command line: `stillroom init | serve | demo | doctor | law … | ledger …`.

Exit codes: 0 done; 1 the answer is no (a check failed, a log is not proven); 2 the command was not
understood or its input is bad; 3 there is no such practice, or it cannot be opened; 4 something
else holds it. Every failure is one sentence and one of advice, on standard error.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from stillroom.config import command_law, command_ledger
from stillroom.config.home import AlreadyServed, HomeBroken, NoPractice, WrongKey
from stillroom.kernel import StillroomError

_STATE = (NoPractice, HomeBroken, WrongKey)


def build_parser() -> argparse.ArgumentParser:
    """Every word that the command line knows."""
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--home",
        type=Path,
        default=argparse.SUPPRESS,
        help="the practice's folder (or STILLROOM_HOME)",
    )
    parser = argparse.ArgumentParser(
        prog="stillroom", description="A confidential record for a practice.", parents=[shared]
    )
    words = parser.add_subparsers(dest="word", required=True, metavar="WORD")
    _practice_words(words, shared)
    command_law.add_words(words, shared)
    command_ledger.add_words(words, shared)
    return parser


def _practice_words(
    words: "argparse._SubParsersAction[argparse.ArgumentParser]", shared: argparse.ArgumentParser
) -> None:
    init = words.add_parser("init", parents=[shared], help="make a new practice in an empty folder")
    init.add_argument("--name", required=True, help="the practice's name")
    init.add_argument("--owner", required=True, help="the owner's name, as colleagues say it")
    init.add_argument("--sign-name", required=True, help="the name with which the owner signs in")
    init.add_argument(
        "--key-file", type=Path, help="seal by a new key file instead of a passphrase"
    )
    init.add_argument("--zone", default="America/New_York", help="time zone, e.g. America/Chicago")
    init.add_argument("--database", default="", help="postgresql://… instead of SQLite")
    init.set_defaults(run="practice.init")
    serve = words.add_parser("serve", parents=[shared], help="serve the practice")
    _serving(serve)
    serve.add_argument("--key-file", type=Path, help="unseal by this key file at the start")
    serve.set_defaults(run="practice.serve")
    demo = words.add_parser("demo", parents=[shared], help="make a demonstration practice")
    demo.add_argument("--clients", type=int, default=60, help="how many clients (1 to 1,000,000)")
    demo.add_argument("--seed", type=int, default=1, help="the same seed makes the same practice")
    demo.set_defaults(run="practice.demo")
    run_demo = words.add_parser(
        "run-demo", parents=[shared], help="make the demonstration practice if needed, and serve it"
    )
    _serving(run_demo)
    run_demo.set_defaults(run="practice.run_demo")
    code = words.add_parser(
        "demo-code", parents=[shared], help="the present one-time code of a demonstration person"
    )
    code.add_argument("sign_name")
    code.set_defaults(run="practice.demo_code")
    doctor = words.add_parser("doctor", parents=[shared], help="look for what could go wrong")
    doctor.set_defaults(run="practice.doctor")


def _serving(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8400, help="port to listen on")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is the answer."""
    given = build_parser().parse_args(argv)
    given.home = getattr(given, "home", None) or _home_from_environment()
    try:
        return _run(given)
    except AlreadyServed as error:
        return _fail(error, 4)
    except _STATE as error:
        return _fail(error, 3)
    except StillroomError as error:
        return _fail(error, 2)
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
    # Django is started only by the words that need it; `law` and `ledger` answer without.
    from stillroom.config import command_practice

    return command_practice.run(word, given)


def _fail(error: StillroomError, code: int) -> int:
    sentence = str(error)[:1].upper() + str(error)[1:]
    print(f"{sentence}.\n{error.advice}", file=sys.stderr)
    return code
