"""The key that marks the tickets of every line of the tests: both ends make the same."""

from stillroom.kernel import Secret
from stillroom.telehealth import Tickets
from stillroom.vault import SharedKey

KEY = bytes(range(32))


def marker() -> Tickets:
    """The tickets that every line of the tests reads."""
    return Tickets(SharedKey(Secret(KEY)).mark)
