"""What every page of the desk is given: the running practice, and who is asking.

`Shell` is made once by the composition root and handed to each request by the middleware.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from django.http import HttpRequest

from stillroom.identity.sessions import Locked
from stillroom.kernel import Secret
from stillroom.law import Corpus, Stories
from stillroom.phi import House, Presence
from stillroom.practice.directory import Directory
from stillroom.practice.lapses import Lapses


class Unsealing(Protocol):
    """How this practice is unsealed from a page: by a passphrase, or not at all."""

    @property
    def by_passphrase(self) -> bool:
        """Whether a page may ask for the passphrase."""
        ...

    def unseal(self, passphrase: str, *, at: datetime) -> None:
        """Unseal the house, or raise with advice."""
        ...


@dataclass(frozen=True)
class Shell:
    """One practice, running, with the parts that pages need."""

    house: House
    corpus: Corpus
    stories: Stories
    directory: Directory
    unsealing: Unsealing
    clock: Callable[[], datetime]
    version: str
    checkpoint: Callable[[], str]
    log_key: str
    demonstration: bool = False
    lapses: Lapses = field(default_factory=Lapses)


class DeskRequest(HttpRequest):
    """A request as the desk's pages see it, after the middleware."""

    shell: Shell
    presence: Presence
    """The signed-in person; absent on pages that anyone may open, which look at `here`."""
    here: Presence | None
    locked: Locked | None
    cookie: Secret | None
    at: datetime
