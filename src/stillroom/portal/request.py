"""A request as the client's pages see it, after the middleware."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol

from django.http import HttpRequest

from stillroom.chart.measures import Library
from stillroom.kernel import Secret
from stillroom.law import Corpus
from stillroom.phi import House, Presence
from stillroom.practice.directory import Directory
from stillroom.practice.sending.carriers import Carriers
from stillroom.telehealth.serving import Serving


class Shell(Serving, Protocol):
    """As much of the running practice as this door needs, visits by video included."""

    @property
    def house(self) -> House:
        """The practice: gate, log, keys."""

    @property
    def corpus(self) -> Corpus:
        """The law in force here."""

    @property
    def measures(self) -> Library:
        """The questionnaires."""

    @property
    def directory(self) -> Directory:
        """The front sheets in memory, by what is searched for."""

    @property
    def carrier(self) -> Carriers:
        """How a message leaves."""

    @property
    def checkpoint(self) -> Callable[[], str]:
        """The log's newest signed checkpoint."""

    @property
    def log_key(self) -> str:
        """The key that checks it."""


class PortalRequest(HttpRequest):
    """What a view is given. `presence` is absent on pages that anyone may open; look at `here`."""

    shell: Shell
    presence: Presence
    here: Presence | None
    cookie: Secret | None
    at: datetime
    today: date
