"""`stillroom calls turn-config | sfu-config`: what coturn and Janus are to be told.

Both write the secret that the practice shares with that program, so they write to a file for its
owner alone, never to the screen, and never over a file that is there.
"""

import argparse
import ipaddress
import os
from pathlib import Path

from stillroom.config.asking import folder
from stillroom.config.command_words import Parser, Words, add_word, port
from stillroom.config.home import Home
from stillroom.config.relaying import kept_relay_secrets
from stillroom.kernel import StillroomError
from stillroom.telehealth.sfu_config import SfuPlace, janus_files
from stillroom.telehealth.turn_config import Place, turnserver_conf


class CannotWrite(StillroomError):
    """The file is there, or its folder is not ours."""

    what = "that cannot be written"
    usual_advice = "Name a file that is not there yet, in a folder that is yours."


class HalfACertificate(StillroomError):
    """One of two things that go together."""

    what = "a certificate and its key go together"
    usual_advice = "Give both --certificate and --certificate-key, or neither."


def add_words(words: Words, shared: Parser) -> None:
    """`calls` and the words under it."""
    calls = add_word(words, shared, "calls", "what helps calls along: coturn and Janus")
    under = calls.add_subparsers(dest="what", required=True, metavar="WORD")
    turn = add_word(under, shared, "turn-config", "write a turnserver.conf for coturn")
    turn.add_argument("--out", type=Path, required=True, metavar="FILE", help="the file to write")
    turn.add_argument("--realm", required=True, type=_name, help="the relay's name, as in DNS")
    turn.add_argument("--port", type=port, default=3478, help="for UDP and TCP (3478)")
    turn.add_argument(
        "--listen", action="append", default=[], type=_ip, metavar="IP",
        help="an address of that machine (again for more; else all)",
    )  # fmt: skip
    turn.add_argument(
        "--external", default=None, type=_ip, metavar="IP",
        help="its address outside, where it stands behind a translation of addresses",
    )  # fmt: skip
    turn.add_argument("--certificate", type=Path, metavar="FILE", help="for TLS: the chain, as PEM")
    turn.add_argument("--certificate-key", type=Path, metavar="FILE", help="and its key")
    turn.add_argument(
        "--allow", action="append", default=[], type=_range, metavar="IP-IP",
        help="relay to this closed range all the same (again for more)",
    )  # fmt: skip
    turn.set_defaults(run="calls.turn_config")
    sfu = add_word(under, shared, "sfu-config", "write Janus's folder of configuration")
    sfu.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new folder")
    sfu.add_argument(
        "--external", default=None, type=_ip, metavar="IP",
        help="its address outside, where it stands behind a translation of addresses",
    )  # fmt: skip
    sfu.set_defaults(run="calls.sfu_config")


def run(word: str, given: argparse.Namespace) -> int:
    """The exit code of one of these words."""
    path = folder(given)
    Home.load(path)
    return _turn(path, given) if word == "turn_config" else _sfu(path, given)


def _turn(path: Path, given: argparse.Namespace) -> int:
    if bool(given.certificate) != bool(given.certificate_key):
        raise HalfACertificate
    place = Place(
        realm=given.realm,
        port=given.port,
        listen=tuple(given.listen),
        external=given.external or "",
        certificate=given.certificate,
        certificate_key=given.certificate_key,
        allow=tuple(given.allow),
    )
    _write(given.out, turnserver_conf(kept_relay_secrets(path).turn, place))
    print(f"Written: {given.out}. It holds a secret: let coturn's user alone read it.")
    print(f"Then set STILLROOM_TURN=turn:{given.realm}:{place.port}?transport=udp for the server.")
    return 0


def _sfu(path: Path, given: argparse.Namespace) -> int:
    shared = kept_relay_secrets(path)
    try:
        given.out.mkdir(mode=0o700)
    except OSError:
        raise CannotWrite from None
    files = janus_files(shared.sfu, shared.rooms, SfuPlace(public=given.external or ""))
    for name, text in files.items():
        _write(given.out / name, text)
    print(f"Written: {given.out}. It holds secrets: let Janus's user alone read it.")
    print("Then set STILLROOM_SFU=wss://HOST/PATH for the server.")
    return 0


def _write(out: Path, text: str) -> None:
    try:
        handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError:
        raise CannotWrite from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)


def _ip(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise argparse.ArgumentTypeError("an address is written 192.0.2.7 or 2001:db8::7") from None


def _range(text: str) -> str:
    """Two addresses of one kind, the lower first."""
    first, _, last = text.partition("-")
    ends = (ipaddress.ip_address(_ip(first)), ipaddress.ip_address(_ip(last)))
    if ends[0].version != ends[1].version or int(ends[0]) > int(ends[1]):
        raise argparse.ArgumentTypeError("a range is written LOWEST-HIGHEST")
    return f"{ends[0]}-{ends[1]}"


def _name(text: str) -> str:
    letters = text.replace(".", "").replace("-", "")
    if text.isascii() and letters.isalnum() and len(text) <= 253:
        return text
    raise argparse.ArgumentTypeError("a name is letters, figures, dots and hyphens")
