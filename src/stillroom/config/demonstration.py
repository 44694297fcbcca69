"""Making a demonstration practice through the same doors as a real one, and telling who is in it.

The key file and the people's passphrases lie beside the practice's folder, never in it: whoever
takes the folder alone has ciphertext, as everywhere.
"""

import json
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyotp
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from stillroom.config import home as homes
from stillroom.config.home import Home
from stillroom.kernel import StillroomError, spoken
from stillroom.portal import PORTAL
from stillroom.vault import new_recovery_words

TOLD = ("ada", "bea", "sol", "cal", "max")


class NotADemonstration(StillroomError):
    """Somebody asked for a demonstration person's code in a real practice."""

    what = "that is no demonstration practice, or nobody there signs in with that name"
    usual_advice = "In a real practice codes come from each person's own authenticator."


@dataclass(frozen=True)
class Person:
    """Somebody of the demonstration, with what she signs in with."""

    sign_name: str
    name: str
    roles: tuple[str, ...]
    passphrase: str
    code_secret: str

    def code(self, at: float) -> str:
        """The one-time code of that moment."""
        return pyotp.TOTP(self.code_secret).at(int(at))


def key_file_of(path: Path) -> Path:
    """Where a demonstration's key lies: beside its folder."""
    return path.with_name(f"{path.name}.key")


def people_file_of(path: Path) -> Path:
    """Where a demonstration's passphrases lie: beside its folder."""
    return path.with_name(f"{path.name}.people")


def people_of(path: Path) -> list[Person]:
    """The people of a demonstration."""
    try:
        rows: list[dict[str, Any]] = json.loads(people_file_of(path).read_text("utf-8"))
    except (OSError, ValueError):
        raise NotADemonstration from None
    return [Person(**{**row, "roles": tuple(row["roles"])}) for row in rows]


def keep_people(path: Path, people: list[Person]) -> None:
    """Write the people's passphrases, for their owner's eyes."""
    file = people_file_of(path)
    file.touch(mode=0o600)
    rows = [
        {
            "sign_name": one.sign_name,
            "name": one.name,
            "roles": list(one.roles),
            "passphrase": one.passphrase,
            "code_secret": one.code_secret,
        }
        for one in people
    ]
    file.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")


def letters_folder_of(path: Path) -> Path:
    """Where the letters lie that came in the post: beside the folder, like paper on a desk."""
    return path.with_name(f"{path.name}.letters")


def keep_letters(path: Path, seed: int, clients: int) -> None:
    """The letters of the story, to be typed in or pasted; their people are made up."""
    from stillroom.config.demo.practice import practice

    house = practice(seed, clients, _today(Home.load(path)).date())
    folder = letters_folder_of(path)
    folder.mkdir(exist_ok=True)
    for name, words in (
        ("subpoena.txt", house.subpoena.words),
        ("payer-request.txt", house.payer_request.words),
        ("authorization.txt", house.authorization.words),
    ):
        (folder / name).write_text(words + "\n", "utf-8")


def present_code(path: Path, sign_name: str) -> str:
    """The present one-time code of a demonstration person."""
    for one in people_of(path):
        if one.sign_name == sign_name and one.code_secret:
            return one.code(time.time())
    raise NotADemonstration


def new_passphrase() -> str:
    """Four words that do not belong together."""
    return " ".join(secrets.choice(new_recovery_words()) for _ in range(4))


def tell_people(path: Path, address: str, out: Console) -> None:
    """Who may sign in, with what, where."""
    table = Table(title=f"{Home.load(path).file.name}: who may sign in at {address}")
    for heading in ("Name here", "Who", "Passphrase", "Code now"):
        table.add_column(heading)
    now = time.time()
    for one in people_of(path):
        who = f"{one.name}, {spoken(', '.join(one.roles))}"
        table.add_row(one.sign_name, who, one.passphrase, one.code(now) if one.code_secret else "")
    out.print(table)
    out.print(f"Clients come in at {address.rstrip('/')}{PORTAL}")
    out.print(f"A fresh code: stillroom demo-code NAME --home {path}")
    out.print(f"Letters that came in the post: {letters_folder_of(path)}\n")


def make_demonstration(path: Path, *, clients: int, seed: int, out: Console) -> None:
    """Make one in an empty folder. 60 clients take some seconds, 100,000 some minutes."""
    if (path / "practice.json").exists():
        raise homes.PracticeThere
    for beside in (key_file_of(path), people_file_of(path)):
        beside.unlink(missing_ok=True)
    made = homes.create(path, "Linden Row Practice", key_file=key_file_of(path), demonstration=True)
    from stillroom.config.command_practice import migrate, start_django

    start_django(path)
    migrate()
    from stillroom.config.demo_loading import load

    try:
        with Progress(console=out, transient=True) as progress:
            people = load(made, clients=clients, seed=seed, today=_today(made.home), steps=progress)
    finally:
        _close()
    keep_people(path, people)
    keep_letters(path, seed, clients)
    out.print(f"{made.home.file.name} is made in {path}: {clients:,} clients.")


def _today(home: Home) -> datetime:
    from stillroom.config.house import now

    return now().astimezone(ZoneInfo(home.file.zone))


def _close() -> None:
    from django.db import connections

    connections.close_all()


def batches(items: Iterator[Any], size: int) -> Iterator[list[Any]]:
    """Lists of at most `size` items, in order."""
    batch: list[Any] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
