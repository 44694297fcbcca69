"""`stillroom ledger …`: the log as an outsider sees it. Only `checkpoint` needs a key.

Reading words open the log for reading alone, work while the practice is served, and start no
Django. What they print, `verify_log.py` checks on another machine.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from stillroom.config.asking import ask_passphrase, folder, sentence, write_out
from stillroom.config.command_ledger_words import add_words
from stillroom.config.home import Home
from stillroom.config.log_keys import (
    LogVerifier,
    NoCheckpoint,
    entry_at,
    last_signed,
    read_checkpoint,
    read_log,
    require_covered,
)
from stillroom.kernel import StillroomError
from stillroom.ledger import (
    Checkpoint,
    LogAltered,
    NotProven,
    ProvenEntry,
    Report,
    TreeHole,
    consistency_document,
    export_entries,
    inclusion_document,
)
from stillroom.phi import Log, LogUnopenable
from stillroom.phi.signing import LogSigner

_NOT_PROVEN = (NotProven, TreeHole, LogUnopenable)


class NoSuchEntry(StillroomError):
    """The log is not so long."""

    what = "the log has no entry of that number"
    usual_advice = "Entries are numbered from 0; stillroom ledger audit says how many there are."


def run(word: str, given: argparse.Namespace) -> int:
    """One word."""
    if word == "verify":
        return verify(given.rest)
    if word == "verifier":
        return _verifier(given)
    home = Home.load(folder(given))
    try:
        return {
            "audit": _audit,
            "checkpoint": _checkpoint,
            "consistency": _consistency,
            "export": _export,
            "key": _key,
            "proof": _proof,
        }[word](home, given)
    except NoCheckpoint as error:
        print(f"{sentence(error)}\n{error.advice}", file=sys.stderr)
        return 1


def verify(said: list[str]) -> int:
    """The standalone verifier, with its own options and exit codes."""
    from stillroom.ledger import verify_log

    return verify_log.main(said)


def _verifier(given: argparse.Namespace) -> int:
    source = resources.files("stillroom.ledger").joinpath("verify_log.py")
    write_out(source.read_text("utf-8"), given.out)
    return 0


def _key(home: Home, _: argparse.Namespace) -> int:
    print(LogVerifier.of(home).key)
    return 0


# Auditing


def _audit(home: Home, given: argparse.Namespace) -> int:
    """Rebuild the log and compare it with checkpoints; 1 when anything is not as it was."""
    outside = [read_checkpoint(home, path) for path in given.checkpoint]
    try:
        with read_log(home) as log:
            last = last_signed(home, log)
            report = log.audit(*outside, *([last] if last else []))
            _tell_audit(log, report, last)
    except LogAltered as error:
        for fault in error.report.faults:
            print(f"{fault.kind.value}: {fault.what}", file=sys.stderr)
        return _not_proven(error)
    except _NOT_PROVEN as error:
        return _not_proven(error)
    return 0


def _not_proven(error: StillroomError) -> int:
    print(f"The log is not proven: {error}.\n{error.advice}", file=sys.stderr)
    return 1


def _tell_audit(log: Log, report: Report, last: Checkpoint | None) -> None:
    print(f"size     {report.size}")
    print(f"root     {report.root.hex()}")
    if report.size:
        first, newest = entry_at(log, 0).at, entry_at(log, report.size - 1).at
        print(f"span     {first.isoformat(' ', 'seconds')} to {newest.isoformat(' ', 'seconds')}")
    if last is None:
        print("signed   by no checkpoint yet; sign one with: stillroom ledger checkpoint")
    else:
        print(f"signed   {report.vouched} entries; {report.after_checkpoint} are newer")
    for remark in report.remarks:
        print(f"remark   {remark.what}")
    print("The log is whole: rebuilt from its entries, it agrees with all that is kept of it.")


# Signing


def _checkpoint(home: Home, given: argparse.Namespace) -> int:
    """Sign the log as it is, or show the last checkpoint again; 1 when it must not be signed."""
    try:
        note = _last_note(home) if given.last else _sign(home, given.key_file)
    except _NOT_PROVEN as error:
        return _not_proven(error)
    write_out(note, given.out)
    return 0


def _last_note(home: Home) -> str:
    with read_log(home) as log:
        last = last_signed(home, log)
    if last is None:
        raise NoCheckpoint
    return last.note()


def _sign(home: Home, key_file: Path | None) -> str:
    if key_file is None:
        server = home.open_server(ask_passphrase("Passphrase to unseal", twice=False))
    else:
        server = home.open_server_by_file(key_file)
    read_log(home).close()  # a log that is not there is not made by signing it
    with Log.open(home.log_place) as log:
        return log.checkpoint(LogSigner(home.practice, home.open_log_signer(server))).note()


# Handing out


def _export(home: Home, given: argparse.Namespace) -> int:
    """Entries as lines of JSON, in order."""
    with read_log(home) as log:
        stop = log.size if given.to is None else given.to + 1
        if stop > log.size or given.first > stop:
            raise NoSuchEntry
        for line in _numbered(export_entries(log.raw_entries(given.first, stop)), given.first):
            sys.stdout.write(line)
    return 0


def _numbered(lines: Iterator[str], first: int) -> Iterator[str]:
    """Lines numbered from `first`; the ledger's own writer counts from 0."""
    if not first:
        yield from lines
        return
    for index, line in enumerate(lines, first):
        yield json.dumps({**json.loads(line), "index": index}) + "\n"


def _proof(home: Home, given: argparse.Namespace) -> int:
    """The proof that an entry is under the last checkpoint."""
    try:
        with read_log(home) as log:
            if given.index >= log.size:
                raise NoSuchEntry
            last = require_covered(last_signed(home, log), given.index)
            path = log.inclusion(given.index, last.size)
            proven = ProvenEntry(given.index, entry_at(log, given.index), path)
    except _NOT_PROVEN as error:
        return _not_proven(error)
    write_out(inclusion_document(last.size, [proven]), given.out)
    return 0


def _consistency(home: Home, given: argparse.Namespace) -> int:
    """The proof that an older checkpoint is the beginning of the last one."""
    try:
        older = read_checkpoint(home, given.older)
        with read_log(home) as log:
            newer = last_signed(home, log)
            if newer is None:
                raise NoCheckpoint
            if older.size > newer.size:
                raise NotProven("the log's last checkpoint is shorter than the one given")
            path = log.consistency(older.size, newer.size)
    except _NOT_PROVEN as error:
        return _not_proven(error)
    write_out(consistency_document(older.size, newer.size, path), given.out)
    return 0


__all__ = ["NoSuchEntry", "add_words", "run", "verify"]
