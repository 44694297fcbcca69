"""How mail leaves: kept for a person to send, laid in a folder, or handed to a mail server.

The only module of Stillroom that may know SMTP (an import contract and a test hold it); text
messages have `texts`. A carrier asks nothing and decides nothing: `actions.send` has asked
everything before. Whatever goes wrong is `NotCarried`, and says so without naming anybody.
"""

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol

from stillroom.kernel import StillroomError, new_id
from stillroom.practice.rules_wishes import EMAIL, TEXT
from stillroom.practice.sending.rules import Message

SECONDS = 20


class NotCarried(StillroomError):
    """The message did not leave."""

    what = "the message did not leave: what carries it could not be reached, or refused it"
    usual_advice = (
        "It is kept as not sent. Try again later, or reach the client another way that was allowed."
    )


class Carrier(Protocol):
    """What can take a message away."""

    @property
    def name(self) -> str:
        """In the log: `kept`, `folder`, `mail server`."""
        ...

    @property
    def channels(self) -> frozenset[str]:
        """By what it can reach somebody."""
        ...

    @property
    def hands_on(self) -> bool:
        """Whether the message leaves by itself; else a person sends it."""
        ...

    def carry(self, message: Message, at: datetime) -> None:
        """Take it, or raise `NotCarried`."""
        ...


@dataclass(frozen=True)
class Kept:
    """Nothing leaves by itself: the words are shown, and a person sends them by their own means.

    The default. It lays nothing on the disk in the clear: an address there would tell whoever takes
    the disk who is a client (T01).
    """

    name: str = "kept"
    channels: frozenset[str] = frozenset({EMAIL, TEXT})
    hands_on: bool = False

    def carry(self, message: Message, at: datetime) -> None:
        """The sealed row is all there is."""


@dataclass(frozen=True)
class Folder:
    """A file a message, in a folder from which something else of the practice takes it away.

    The files are in the clear, address and all; whoever names such a folder is told so.
    """

    path: Path
    sender: str
    name: str = "folder"
    channels: frozenset[str] = frozenset({EMAIL})
    hands_on: bool = True

    def carry(self, message: Message, at: datetime) -> None:
        """One file, so that nobody finds half of one."""
        written = as_mail(message, self.sender, at)
        name = written["Message-ID"].strip("<>").partition("@")[0]
        lay(self.path, f"{name}.eml", written.as_bytes())


def lay(folder: Path, name: str, words: bytes) -> None:
    """One file, written aside and then moved. Who may read it, its folder says."""
    aside = folder / f".{name}"
    try:
        aside.write_bytes(words)
        aside.rename(folder / name)
    except OSError:
        raise NotCarried("the message did not leave: its folder could not be written") from None


@dataclass(frozen=True)
class Parted:
    """Mail leaves one way and text messages another. It carries nothing itself: each message is
    asked of what takes it (`taken_by`)."""

    mail: Carrier
    text: Carrier

    @property
    def channels(self) -> frozenset[str]:
        """By what either reaches somebody."""
        return (self.mail.channels - {TEXT}) | (self.text.channels & {TEXT})


Carriers = Carrier | Parted
"""How a practice sends. All that is asked of it are its channels, and what takes a message."""


def taken_by(carriers: Carriers, channel: str) -> Carrier:
    """What takes the messages of one channel."""
    if isinstance(carriers, Parted):
        return carriers.text if channel == TEXT else carriers.mail
    return carriers


@dataclass(frozen=True)
class MailServer:
    """An SMTP server of the practice, spoken to over TLS only."""

    host: str
    port: int
    sender: str
    sign_in: Callable[[smtplib.SMTP], None] | None = None
    connect: Callable[..., smtplib.SMTP] = smtplib.SMTP
    name: str = "mail server"
    channels: frozenset[str] = frozenset({EMAIL})
    hands_on: bool = True

    def carry(self, message: Message, at: datetime) -> None:
        """STARTTLS with a proven certificate, or nothing leaves."""
        written = as_mail(message, self.sender, at)
        try:
            with self.connect(self.host, self.port, timeout=SECONDS) as server:
                server.starttls(context=ssl.create_default_context())
                if self.sign_in is not None:
                    self.sign_in(server)
                server.send_message(written)
        except (OSError, smtplib.SMTPException):
            raise NotCarried from None


def as_mail(message: Message, sender: str, at: datetime) -> EmailMessage:
    """The message as mail: plain words, base64 so that its length does not tell what it says, and
    no trace of the machine or the program in its headers."""
    written = EmailMessage()
    written["From"] = sender
    written["To"] = message.to
    written["Subject"] = message.subject
    written["Date"] = format_datetime(at)
    written["Message-ID"] = f"<{new_id()}@{sender.rpartition('@')[2]}>"
    written.set_content(message.body, cte="base64")
    return written
