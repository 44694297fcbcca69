"""How the command line reads the words about the log."""

import argparse
from pathlib import Path

from stillroom.config.command_words import Parser, Words, add_word


def add_words(words: Words, shared: Parser) -> None:
    """`ledger audit`, `ledger checkpoint` and the other words about the log."""
    ledger = add_word(words, shared, "ledger", "the log: audit it, sign it, prove it")
    under = ledger.add_subparsers(dest="ledger_word", required=True, metavar="WORD")
    made = {}
    for name, told in _TOLD.items():
        made[name] = add_word(under, shared, name, told)
        made[name].set_defaults(run=f"ledger.{name}")
    for name in ("checkpoint", "consistency", "proof", "verifier"):
        made[name].add_argument(
            "--out", type=Path, metavar="FILE", help="write it to this new file"
        )
    made["audit"].add_argument(
        "--checkpoint",
        type=Path,
        metavar="FILE",
        action="append",
        default=[],
        help="compare with this checkpoint, kept elsewhere, as well; may be given again",
    )
    which = made["checkpoint"].add_mutually_exclusive_group()
    which.add_argument("--key-file", type=Path, metavar="FILE", help="unseal by this key file")
    which.add_argument("--last", action="store_true", help="show the last one again; needs no key")
    made["consistency"].add_argument(
        "older", type=Path, metavar="CHECKPOINT", help="an older checkpoint, kept elsewhere"
    )
    made["export"].add_argument(
        "--from",
        dest="first",
        type=_number,
        default=0,
        metavar="N",
        help="the first entry's number",
    )
    made["export"].add_argument("--to", type=_number, metavar="M", help="the last entry's number")
    made["proof"].add_argument(
        "index", type=_number, metavar="INDEX", help="the entry's number, counted from 0"
    )
    made["verify"].add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)


_TOLD = {
    "audit": "rebuild the log and compare it with what was signed; exit 1 if it differs",
    "checkpoint": "sign the log as it is now, and print the note to give to somebody outside",
    "consistency": "the proof that nothing under an older checkpoint was changed or removed",
    "export": "the entries as lines of JSON; words of clients stay sealed in them",
    "key": "the key with which an outsider checks this log",
    "proof": "the proof that one entry is under the last checkpoint",
    "verifier": "the verifier: one file that needs nothing of Stillroom",
    "verify": "run the verifier here, with its own options",
}


def _number(text: str) -> int:
    """An entry's number."""
    if text.isascii() and text.isdigit() and len(text) < 19:
        return int(text)
    raise argparse.ArgumentTypeError("an entry's number counts from 0")
