"""Cover, and a broken glass, end by themselves: whose keys are to be taken away now.

Rules: the gate asks for the moment at each request, so that nobody reads a second longer; the key
is taken away at the first request after it, at most a minute late, or when the practice is next
unsealed. Where the log cannot be written the key stays for now, and nothing opens anyhow (P1).
"""

import logging
from datetime import datetime, timedelta
from threading import Lock

from stillroom.kernel import StillroomError
from stillroom.phi import House
from stillroom.practice.actions_care import withdraw_lapsed
from stillroom.practice.actions_glass import withdraw_spent
from stillroom.practice.actions_guests import withdraw_past
from stillroom.practice.sending.carriers import Carriers
from stillroom.practice.sending.notices import send_owed

_EVERY = timedelta(minutes=1)
_OWED_EVERY = timedelta(minutes=5)
_log = logging.getLogger(__name__)


class Owed:
    """Sends what is owed to clients, for one running practice: once in five minutes, at the first
    request after that; nothing is sent while nobody asks for anything."""

    def __init__(self, looked: datetime | None = None) -> None:
        self._looked = looked
        self._looking = Lock()

    def send(self, house: House, carrier: Carriers, at: datetime) -> None:
        """Look, unless somebody looked within five minutes or is looking now."""
        if self._looked is not None and at < self._looked + _OWED_EVERY:
            return
        if not self._looking.acquire(blocking=False):
            return
        try:
            send_owed(house, carrier, at)
            self._looked = at
        except StillroomError:
            _log.warning("a notice that is owed could not be sent yet")
        finally:
            self._looking.release()


class Lapses:
    """Remembers, for one running practice, until when nobody's lapsed key is left (`looked`)."""

    def __init__(self, looked: datetime | None = None) -> None:
        self._looked = looked
        self._looking = Lock()

    def take_away(self, house: House, at: datetime) -> None:
        """Look, unless somebody looked within the minute or is looking now."""
        if self._looked is not None and at < self._looked + _EVERY:
            return
        if not self._looking.acquire(blocking=False):
            return
        try:
            withdraw_lapsed(house, self._looked, at)
            withdraw_spent(house, at)
            withdraw_past(house, at)
            self._looked = at
        except StillroomError:
            _log.warning("care has ended and a key could not be taken away yet")
        finally:
            self._looking.release()
