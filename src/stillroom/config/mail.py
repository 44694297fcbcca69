"""How the practice sends: from the settings to a carrier.

`STILLROOM_MAIL` names it for mail, and nothing means that messages are kept for a person to send:

    smtp://user@mail.example.net:587?from=note@example.net&password=/run/secrets/mail
    folder:///var/spool/notes?from=note@example.net

`STILLROOM_TEXT` for text messages, likewise:

    folder:///var/spool/texts
    program:///usr/local/bin/send-text

The password is read from the file that is named, at the moment of signing in. The sender's address
is seen by whoever has the client's mailbox: choose one that says nothing (THREATS.md, T08).
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from stillroom.kernel import Secret, StillroomError
from stillroom.practice.sending import texts
from stillroom.practice.sending.carriers import (
    Carrier,
    Carriers,
    Folder,
    Kept,
    MailServer,
    Parted,
)


class MailUnclear(StillroomError):
    """The setting says no one thing."""

    what = "the setting STILLROOM_MAIL cannot be read"
    usual_advice = (
        "Give smtp://user@host:587?from=ADDRESS&password=FILE or folder:///PATH?from=ADDRESS, "
        "or leave it empty: then messages are kept for a person to send."
    )


class TextUnclear(StillroomError):
    """The setting says no one thing."""

    what = "the setting STILLROOM_TEXT cannot be read"
    usual_advice = (
        "Give folder:///PATH or program:///PATH of a program that may be run, "
        "or leave it empty: then messages are kept for a person to send."
    )


def carriers_of(mail: str, text: str) -> Carriers:
    """What carries what leaves, of both settings. `MailUnclear`, `TextUnclear`."""
    if not mail.strip() and not text.strip():
        return Kept()
    return Parted(carrier_of(mail), text_carrier_of(text))


def text_carrier_of(setting: str) -> Carrier:
    """The carrier of text messages that the setting names; `TextUnclear` for anything else."""
    if not setting.strip():
        return texts.BY_HAND
    address = urlsplit(setting.strip())
    path = Path(unquote(address.path))
    if address.netloc or address.query or not path.is_absolute():
        raise TextUnclear
    if address.scheme == "folder":
        return texts.Folder(path)
    if address.scheme == "program" and path.is_file() and os.access(path, os.X_OK):
        return texts.Program(path)
    raise TextUnclear


def carrier_of(setting: str) -> Carrier:
    """The carrier of mail that the setting names; `MailUnclear` for anything else."""
    if not setting.strip():
        return Kept()
    address = urlsplit(setting.strip())
    named = {name: values[0] for name, values in parse_qs(address.query).items()}
    sender = named.get("from", "")
    if "@" not in sender or any(letter.isspace() for letter in sender):
        raise MailUnclear
    if address.scheme == "folder" and address.path.startswith("/"):
        return Folder(Path(unquote(address.path)), sender)
    if address.scheme == "smtp" and address.hostname:
        return MailServer(address.hostname, _port(address.port), sender, _sign_in(address, named))
    raise MailUnclear


def _port(port: int | None) -> int:
    return port or 587


def _sign_in(address: Any, named: dict[str, str]) -> Any:
    """What says the name and the password to the server; `None` where no name is given."""
    user, file = unquote(address.username or ""), named.get("password", "")
    if not user:
        return None
    if not file:
        raise MailUnclear

    def sign_in(server: Any) -> None:
        password = Secret(Path(file).read_bytes().strip())
        server.login(user, password.expose().decode())

    return sign_in
