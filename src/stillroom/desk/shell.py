"""What every page of the desk is given: the running practice, and who is asking.

`Shell` is made once by the composition root and handed to each request by the middleware.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from django.http import HttpRequest

from stillroom.chart.measures import Library
from stillroom.chart.measures import load as load_measures
from stillroom.identity.sessions import Locked
from stillroom.identity.tellings import Tellings
from stillroom.kernel import Secret
from stillroom.law import Corpus, Stories
from stillroom.phi import House, Presence
from stillroom.practice.directory import Directory
from stillroom.practice.lapses import Lapses, Owed
from stillroom.practice.sending.carriers import Carriers, Kept
from stillroom.telehealth import Line, Relays
from stillroom.telehealth.seats import Seats


class Unsealing(Protocol):
    """How this practice is unsealed from a page: by a passphrase, or not at all."""

    @property
    def by_passphrase(self) -> bool:
        """Whether a page may ask for the passphrase."""
        ...

    def unseal(self, passphrase: str, *, at: datetime) -> None:
        """Unseal the house, or raise with advice."""
        ...


class Lawbook(Protocol):
    """The law that a practice has answered under, and the way in which other law comes in force."""

    def kept(self, digest: str) -> Corpus:
        """A corpus by its digest, whole and proven, or a refusal with advice."""
        ...

    def keep(self, corpus: Corpus) -> None:
        """Keep a corpus for good. Done before anything rests on it."""
        ...

    def enact(self, corpus: Corpus) -> None:
        """From the next request on, this is the law. A request that has begun goes on as it was."""
        ...


@dataclass(frozen=True)
class Shell:
    """One practice, running, with the parts that pages need.

    It never changes: other law makes another shell, so that each request meets one law, whole.
    `law_troubles` says why the policy in force could not be read with the law of this release.
    """

    house: House
    corpus: Corpus
    stories: Stories
    directory: Directory
    unsealing: Unsealing
    clock: Callable[[], datetime]
    version: str
    checkpoint: Callable[[], str]
    log_key: str
    lawbook: Lawbook
    demonstration: bool = False
    lapses: Lapses = field(default_factory=Lapses)
    owed: Owed = field(default_factory=Owed)
    law_troubles: tuple[str, ...] = ()
    measures: Library = field(default_factory=load_measures)
    carrier: Carriers = field(default_factory=Kept)
    seats: Seats = field(default_factory=Seats)
    tellings: Tellings = field(default_factory=Tellings)
    line: Line | None = None
    """Where calls are set up, and the tickets for it; none where nothing serves it."""
    relays: Relays = field(default_factory=Relays)
    """What helps calls along: ICE servers for a browser, tickets for a server that carries many."""


class DeskRequest(HttpRequest):
    """A request as the desk's pages see it, after the middleware."""

    shell: Shell
    presence: Presence
    """The signed-in person; absent on pages that anyone may open, which look at `here`."""
    here: Presence | None
    locked: Locked | None
    cookie: Secret | None
    at: datetime
    today: date
    """The calendar day in the practice's own zone, as it stands on the practice's wall."""
