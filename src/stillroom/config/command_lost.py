"""The words for keys that are changed or lost: passphrase, recover, readmit (docs/operate)."""

import argparse
import os
from pathlib import Path

from stillroom.access import Act
from stillroom.config import readmitting
from stillroom.config.asking import ask_passphrase, folder
from stillroom.config.command_practice import (
    ask_strong,
    migrate,
    reaching_database,
    start_django,
)
from stillroom.config.home import Home
from stillroom.config.recovering import Recovered, recover, recovery_key
from stillroom.config.relocking import make_lock, relock
from stillroom.vault import Cost, SharedKey


def run(word: str, given: argparse.Namespace) -> int:
    """One word."""
    return {"passphrase": _passphrase, "recover": _recover, "readmit": _readmit}[word](given)


def _passphrase(given: argparse.Namespace) -> int:
    """Another passphrase or key file for the same key; the entry is durable before the file."""
    path = folder(given)
    home = Home.load(path)
    with home.only_server():
        server = _unseal(home, given.key_file)
        new_file = _absolute(given.new_key_file)
        typed = "" if new_file else ask_strong("new passphrase to unseal")
        lock = make_lock(home, typed, new_file, Cost.UNSEAL)
        _note(home, server, "key file" if new_file else "passphrase")
        relock(home, server, lock)
    how = f"the key file {new_file}" if new_file else "the new passphrase"
    print(
        f"{home.file.name} is unsealed by {how} from now on.\n"
        "Copies of practice.json from before, such as in backups, still open as they did: keep the "
        "old secret for as long as you keep those, and no longer."
    )
    return 0


def _unseal(home: Home, key_file: Path | None) -> SharedKey:
    if key_file:
        return home.open_server_by_file(key_file)
    return home.open_server(ask_passphrase("Passphrase that unseals it now", twice=False))


def _note(home: Home, server: SharedKey, kind: str) -> None:
    """The entry: that the practice's lock is changed, and to what kind."""
    start_django(home.path)
    migrate()
    from stillroom.config.house import house_of, now, open_log
    from stillroom.phi import bridge

    with reaching_database(), open_log(home) as log:
        house = house_of(home, log)
        house.unseal(server, at=now())
        did: bridge.Details = {"did": "changed the practice's lock", "lock": kind}
        bridge.note_event(house, "house", Act.HOUSE_REKEY, did, at=now())


def _recover(given: argparse.Namespace) -> int:
    """Two shares, and a new passphrase or key file."""
    path = folder(given)
    home = Home.load(path, unfinished=True)
    shares = _shares()
    recovery_key(home, shares)  # before anybody thinks of a new passphrase
    new_file = _absolute(given.new_key_file)
    typed = "" if new_file else ask_strong("new passphrase to unseal")
    print(_told(recover(path, shares, passphrase=typed, key_file=new_file), path, new_file))
    return 0


def _shares() -> list[str]:
    return [ask_passphrase(f"{nth} recovery share", twice=False) for nth in ("First", "Second")]


def _readmit(given: argparse.Namespace) -> int:
    """Begin the waiting; or, when it is over, make the new account."""
    path = folder(given)
    home = Home.load(path)
    with home.only_server():
        server = _unseal(home, given.key_file)
        start_django(path)
        migrate()
        with reaching_database():
            if given.begin:
                name, ready = readmitting.begin(home, server, _shares(), given.sign_name)
                print(_waits(name, ready, given.sign_name))
                return 0
            readmitting.require_ready(given.sign_name)
            shares = _shares()
            recovery_key(home, shares)  # before anybody thinks of a new passphrase
            typed = ask_strong(f"new passphrase of {given.sign_name}")
            done = readmitting.finish(home, server, shares, given.sign_name, typed)
    print(_readmitted(done))
    return 0


def _waits(name: str, ready: str, sign_name: str) -> str:
    return "\n".join(
        [
            f"{name} can be let in again from {ready} on.",
            "",
            "Serve the practice meanwhile. Nothing has been opened. It is over at once if somebody",
            f"signs in as {sign_name}, or stops it on the page People. It stands on Today as well.",
            f"After that moment: stillroom readmit {sign_name}",
        ]
    )


def _readmitted(done: readmitting.Readmitted) -> str:
    return "\n".join(
        [
            f"{done.name} has a new account. Charts that open for her again: {done.charts}.",
            "",
            "Write these on paper now; they are shown once and kept nowhere.",
            "",
            f"Authenticator secret of {done.name}: {done.code_secret}",
            f"Recovery words of {done.name}: {' '.join(done.words)}",
            "",
            "What only her old keys opened stays shut for good: her psychotherapy notes, her SUD",
            "counseling notes, and those about supervision. Her old account is closed; what she",
            "signed stays hers, checked by its key. Keys laid by for her emergencies are gone.",
        ]
    )


def _told(done: Recovered, path: Path, new_file: Path | None) -> str:
    unseal = f" --key-file {new_file}" if new_file else ""
    return "\n".join(
        [
            f"{done.name} opens again. Rings given back: {done.rings}. No chart was opened.",
            "",
            "What lay under the lost key is gone, and each of these has to be done once:",
            f"- {', '.join(done.people)}: come in by recovery words, the link on the",
            "  sign-in page, and put a new authenticator on the telephone.",
            f"- Keys laid by for emergencies are gone ({done.spares}): lay them by again.",
            "- Clients who sign in are invited anew.",
            "- The log is signed with a new key: give what stillroom ledger key prints to whoever",
            "  keeps checkpoints. What the old key signed can still be checked here.",
            "",
            f"Serve it with: stillroom serve --home {path}{unseal}",
        ]
    )


def _absolute(path: Path | None) -> Path | None:
    return Path(os.path.abspath(path)) if path else None  # noqa: PTH100 - links stay as they are
