"""Ports for servers of the tests: a practice listens on two, one after the other.

A port is named long before a server listens on it. So it is taken from below those that a system lends
for connections going out, and it is claimed: two test processes never name the same one.
"""

import random
import socket
from collections.abc import Iterator

_BELOW_LENT = range(12_000, 32_000, 2)
"""Linux lends 32768 and above (`ip_local_port_range`); even ones, because the next belongs to it."""

_claims: list[socket.socket] = []
"""Held until this process ends, and let go by the system with it, however it ends."""


def free_port() -> int:
    """A port that nobody listens on, nor on the one after it, and no other test will be given."""
    return next(port for port in _at_random() if _claimed(port) and _is_free(port))


def _at_random() -> Iterator[int]:
    choice = random.SystemRandom()
    while True:
        yield choice.choice(_BELOW_LENT)


def _claimed(port: int) -> bool:
    """By a name in Linux's abstract namespace, of which no file is left behind."""
    claim = socket.socket(socket.AF_UNIX)
    try:
        claim.bind(f"\0stillroom-tests-port-{port}")
    except OSError:
        claim.close()
        return False
    _claims.append(claim)
    return True


def _is_free(port: int) -> bool:
    with socket.socket() as pages, socket.socket() as line:
        try:
            pages.bind(("127.0.0.1", port))
            line.bind(("127.0.0.1", port + 1))
        except OSError:
            return False
    return True
