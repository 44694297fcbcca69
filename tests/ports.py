"""Ports for servers of the tests: a practice listens on two, one after the other."""

import socket


def free_port() -> int:
    """A port that nobody listens on, nor on the one after it."""
    while True:
        with socket.socket() as pages, socket.socket() as line:
            pages.bind(("127.0.0.1", 0))
            port = int(pages.getsockname()[1])
            try:
                line.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port
