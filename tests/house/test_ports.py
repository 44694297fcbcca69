"""A port that one test was given is given to no other, in this process or beside it."""

import socket
import subprocess
import sys

from tests import ports

MANY = range(20_000, 21_000, 2)

_BESIDE = """
import sys
from tests import ports
ports._at_random = lambda: iter(map(int, sys.argv[1:]))
print(ports.free_port())
"""


def test_a_port_is_given_once(monkeypatch):
    first = ports.free_port()
    second = ports.free_port()
    assert first != second
    monkeypatch.setattr(ports, "_at_random", lambda: iter((first, second, *MANY)))
    assert ports.free_port() not in (first, second)


def test_a_process_beside_is_given_another():
    mine = ports.free_port()
    others = [str(port) for port in (mine, *MANY)]
    said = subprocess.run(
        [sys.executable, "-c", _BESIDE, *others], capture_output=True, text=True, check=True
    )
    assert int(said.stdout) != mine


def test_a_port_on_which_somebody_listens_is_not_given(monkeypatch):
    with socket.socket() as there:
        there.bind(("127.0.0.1", 0))
        there.listen()
        taken = there.getsockname()[1]
        monkeypatch.setattr(ports, "_at_random", lambda: iter((taken, taken - 1, *MANY)))
        assert ports.free_port() not in (taken, taken - 1)
