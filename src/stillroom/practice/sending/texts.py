"""How a text message leaves: kept for a person to send, laid in a folder, or handed to a program.

There is no one way to send text messages as there is for mail: each gateway has its own, and none
is ours to choose. So Stillroom hands on what leaves, a number and the words, and whoever hosts
gives it a folder that is emptied or a program that speaks to the gateway. Whoever carries text
messages reads them, and learns the number; they say next to nothing (`rules`).
"""

import json
import os
import signal
import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from stillroom.kernel import new_id
from stillroom.practice.rules_wishes import TEXT
from stillroom.practice.sending.carriers import SECONDS, Kept, NotCarried, lay
from stillroom.practice.sending.rules import Message

ONLY_TEXT = frozenset({TEXT})
BY_HAND = Kept(channels=ONLY_TEXT)
"""The default: a person sends it."""


def handed_on(message: Message) -> bytes:
    """A text message as JSON: `to`, the number as the client gave it, and `text`, without the
    spaces at its end that make all messages of one length; a gateway would charge for them."""
    return json.dumps({"to": message.to, "text": message.body.rstrip()}).encode()


@dataclass(frozen=True)
class Folder:
    """A file a message, from which something else of the practice takes it away.

    The files are in the clear, number and all; whoever names such a folder is told so.
    """

    path: Path
    name: str = "folder"
    channels: frozenset[str] = ONLY_TEXT
    hands_on: bool = True

    def carry(self, message: Message, at: datetime) -> None:
        """One file; its name says nothing."""
        del at
        lay(self.path, f"{new_id()}.json", handed_on(message))


@dataclass(frozen=True)
class Program:
    """A program of whoever hosts: it reads the message on its standard input, and is done when it
    ends with 0. It is told nothing else: no argument names anybody, and of our environment it has
    the path alone."""

    path: Path
    seconds: float = SECONDS
    name: str = "program"
    channels: frozenset[str] = ONLY_TEXT
    hands_on: bool = True

    def carry(self, message: Message, at: datetime) -> None:
        """Run it once, and wait for its end; one that does not end in time is ended, with all that
        it started."""
        del at
        try:
            with subprocess.Popen(  # noqa: S603 - the file that whoever hosts has named
                [self.path],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={"PATH": "/usr/local/bin:/usr/bin:/bin"},
                cwd="/",
                start_new_session=True,
            ) as running:
                if self._said(running, handed_on(message)) != 0:
                    raise NotCarried
        except OSError:
            raise NotCarried from None

    def _said(self, running: "subprocess.Popen[bytes]", words: bytes) -> int:
        """How it ended."""
        try:
            running.communicate(words, self.seconds)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()
        return running.returncode
