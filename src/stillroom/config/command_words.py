"""How the command line reads: the words about a practice, and what all words share."""

import argparse
import sys
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from stillroom.kernel import capital


class Parser(argparse.ArgumentParser):
    """A parser that guesses nothing: an option is written out or it is not understood."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**{**given, "allow_abbrev": False})

    def error(self, message: str) -> NoReturn:
        """One sentence and one of advice, on standard error; exit 2."""
        sentence = capital(message)
        print(f"{sentence}.\nSee: {self.prog} --help", file=sys.stderr)
        sys.exit(2)


Words: TypeAlias = "argparse._SubParsersAction[Parser]"
"""Where a word is added."""


def add_word(words: Words, shared: Parser, name: str, told: str) -> Parser:
    """One word: `told` is its line in the list of words and the first line of its own help."""
    return words.add_parser(name, parents=[shared], help=told, description=told)


def add_practice_words(words: Words, shared: Parser) -> None:
    """A practice made, served, shown, looked at; and its keys, when they are changed or lost."""
    _init_word(add_word(words, shared, "init", "make a new practice in an empty folder"))
    serve = add_word(words, shared, "serve", "serve the practice")
    _serving(serve)
    serve.add_argument(
        "--key-file", type=Path, metavar="FILE", help="unseal by this key file at the start"
    )
    serve.add_argument(
        "--accept-older-database",
        action="store_true",
        help="go on although the log knows of more than the database does",
    )
    serve.set_defaults(run="practice.serve")
    demo = add_word(words, shared, "demo", "make a demonstration practice")
    demo.add_argument("--clients", type=int, default=60, help="how many clients (1 to 1,000,000)")
    demo.add_argument("--seed", type=int, default=1, help="the same seed makes the same practice")
    demo.set_defaults(run="practice.demo")
    run_demo = add_word(
        words, shared, "run-demo", "make the demonstration practice if needed, and serve it"
    )
    _serving(run_demo)
    run_demo.set_defaults(run="practice.run_demo")
    code = add_word(
        words, shared, "demo-code", "the present one-time code of a demonstration person"
    )
    code.add_argument("sign_name", help="the name with which that person signs in")
    code.set_defaults(run="practice.demo_code")
    doctor = add_word(words, shared, "doctor", "look for what could go wrong")
    doctor.add_argument(
        "--key-file", type=Path, metavar="FILE", help="look at this key file as well"
    )
    doctor.set_defaults(run="practice.doctor")
    _words_of_lost_keys(words, shared)


def _words_of_lost_keys(words: Words, shared: Parser) -> None:
    change = add_word(
        words, shared, "passphrase", "give the practice a new passphrase, or a new key file"
    )
    change.add_argument(
        "--key-file",
        type=Path,
        metavar="FILE",
        help="the key file that unseals it now",
    )
    _new_key_file(change)
    change.set_defaults(run="lost.passphrase")
    recover = add_word(
        words,
        shared,
        "recover",
        "open a practice whose passphrase or key is lost, by two shares",
    )
    _new_key_file(recover)
    recover.set_defaults(run="lost.recover")
    readmit = add_word(
        words,
        shared,
        "readmit",
        "let somebody in again who lost every way in, by two shares",
    )
    readmit.add_argument("sign_name", metavar="NAME", help="the name with which she signed in")
    readmit.add_argument(
        "--begin",
        action="store_true",
        help="begin it: three days in which she, or whoever runs the accounts, can stop it",
    )
    readmit.add_argument(
        "--key-file", type=Path, metavar="FILE", help="the key file that unseals the practice"
    )
    readmit.set_defaults(run="lost.readmit")


def _new_key_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--new-key-file",
        type=Path,
        metavar="FILE",
        help="make this key file, outside the folder, instead of asking for a new passphrase",
    )


def _init_word(init: argparse.ArgumentParser) -> None:
    init.add_argument("--name", required=True, type=_not_blank, help="the practice's name")
    init.add_argument(
        "--owner", required=True, type=_not_blank, help="the owner's name, as colleagues say it"
    )
    init.add_argument(
        "--sign-name",
        required=True,
        type=_not_blank,
        help="the name with which the owner signs in",
    )
    init.add_argument(
        "--key-file",
        type=Path,
        metavar="FILE",
        help="seal by a new key file, outside the folder, instead of a passphrase",
    )
    init.add_argument(
        "--clinician", action="store_true", help="the owner treats clients too (a practice of one)"
    )
    init.add_argument("--zone", default="America/New_York", help="time zone, e.g. America/Chicago")
    init.add_argument(
        "--database", default="", metavar="ADDRESS", help="postgresql://… instead of SQLite"
    )
    init.set_defaults(run="practice.init")


def _serving(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=port, default=8400, help="port to listen on")
    parser.add_argument(
        "--call-port",
        type=port,
        default=0,
        metavar="PORT",
        help="port where browsers set up calls (the one after --port)",
    )


def port(text: str) -> int:
    """A port that something can listen on."""
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")


def _not_blank(text: str) -> str:
    """A name that says something."""
    if text.strip():
        return text.strip()
    raise argparse.ArgumentTypeError("it must not be blank")
