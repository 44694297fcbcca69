"""`stillroom serve`: one server on one practice, sealed until it is given its key, and it comes
back after whatever ended it. Real processes, real sockets on this machine."""

import http.client
import os
import re
import select
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.config.saying import PROGRAM, UNSEAL, environment
from tests.ports import free_port

PATIENCE = 60.0
PAGES = ["/", "/signin", "/today", "/clients", "/log", "/people", "/matters", "/account"]
HEADERS = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
}


@dataclass(frozen=True)
class Answer:
    """What a page answered."""

    status: int
    headers: dict[str, str]
    text: str


@dataclass(frozen=True)
class Server:
    """A running server."""

    process: subprocess.Popen[str]
    port: int

    def ask(self, path: str, **headers: str) -> Answer:
        """GET a page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            fields = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, fields, answer.read().decode())
        finally:
            connection.close()

    def give(self, path: str, **fields: str) -> Answer:
        """POST a form, with the mark that the page itself carries."""
        page = self.ask(path)
        mark = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        assert mark, page.text
        body = urlencode({"csrfmiddlewaretoken": mark[1], **fields})
        cookie = page.headers["set-cookie"].split(";")[0].strip()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            kind = "application/x-www-form-urlencoded"
            connection.request("POST", path, body, {"Cookie": cookie, "Content-Type": kind})
            answer = connection.getresponse()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, headers, answer.read().decode())
        finally:
            connection.close()

    def wait(self) -> None:
        """Until it answers; fails at once if it ends instead."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                must_run_on(self.process)
        raise AssertionError("the server did not answer")


def must_run_on(process: subprocess.Popen[str]) -> None:
    """Wait a moment for a process that should not end."""
    try:
        process.wait(timeout=0.05)
    except subprocess.TimeoutExpired:
        return
    raise AssertionError(process.communicate())


@contextmanager
def serving(path: Path, *options: object, port: int = 0) -> Iterator[Server]:
    """`stillroom serve`, until the block ends."""
    port = port or free_port()
    words = ["serve", "--home", path, "--port", port, *options]
    process = subprocess.Popen(
        [PROGRAM, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    try:
        server = Server(process, port)
        server.wait()
        yield server
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


def test_with_its_key_the_practice_answers_at_the_sign_in_page(practice):
    with serving(practice.path, "--key-file", practice.key_file) as server:
        page = server.ask("/signin")
        assert page.status == 200
        assert {name: page.headers.get(name) for name in HEADERS} == HEADERS
        assert page.headers["referrer-policy"] in ("no-referrer", "same-origin")
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "Linden Row" not in server.ask("/nothing").text
        for path in PAGES:
            answer = server.ask(path)
            assert answer.status in (200, 302), path
            assert answer.headers["cache-control"] == "no-store"
            assert answer.status == 200 or "/signin" in answer.headers["location"], path
        server.process.terminate()
        out, err = server.process.communicate(timeout=PATIENCE)
        assert out == f"Stillroom serves Linden Row at http://localhost:{server.port}/\n"
        assert (server.process.returncode, err) == (0, "")


def test_without_its_key_every_page_is_the_sealed_one(practice):
    with serving(practice.path) as server:
        for path in PAGES:
            answer = server.ask(path)
            if answer.status == 302:
                assert answer.headers["location"].startswith("/sealed")
                answer = server.ask(answer.headers["location"])
            assert "sealed" in answer.text, path
            assert answer.headers["cache-control"] == "no-store"
        script = server.ask("/today", Accept="application/json")
        assert (script.status, script.text) == (503, '{"door": "sealed"}')
        assert server.ask("/nothing").status == 404


def test_a_sealed_server_holds_no_key_file_open_and_says_that_it_is_sealed(by_passphrase):
    with serving(by_passphrase.path) as server:
        server.process.terminate()
        out, _ = server.process.communicate(timeout=PATIENCE)
    assert "sealed until its passphrase is given" in out


def test_a_sealed_practice_is_unsealed_at_its_page_by_its_passphrase_alone(by_passphrase):
    with serving(by_passphrase.path) as server:
        for wrong in ("four quiet herons wadinG", "short", ""):
            refused = server.give("/sealed", passphrase=wrong)
            assert 400 <= refused.status < 500, wrong
            assert wrong not in refused.text or not wrong
            assert server.ask("/signin").headers["location"].startswith("/sealed")
        opened = server.give("/sealed", passphrase=UNSEAL)
        assert opened.status == 302, opened.text
        assert server.ask("/signin").status == 200


def test_a_second_server_on_one_practice_is_exit_4(say, practice):
    with serving(practice.path, "--key-file", practice.key_file) as server:
        said = say("serve", "--home", practice.path, "--port", free_port())
        assert said.code == 4
        assert said.err.startswith("Another Stillroom is already serving this practice.\n")
        assert said.out == ""
        assert server.ask("/signin").status == 200


def test_a_port_that_is_taken_is_said_so(say, practice):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = say("serve", "--home", practice.path, "--port", port)
    assert said.code == 2
    assert said.err.startswith("That address and port are taken.\n")
    assert said.out == ""


def test_a_port_that_would_be_shared_is_taken_too(say, practice):
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert say("serve", "--home", practice.path, "--port", port).code == 2


def test_an_address_of_another_machine_is_said_so(say, practice):
    said = say("serve", "--home", practice.path, "--host", "192.0.2.1", "--port", free_port())
    assert said.code == 2
    assert "cannot listen at that address" in said.err


def test_a_wrong_key_file_is_exit_3_and_nothing_is_changed(say, practice, files_of, tmp_path: Path):
    wrong = tmp_path / "wrong.key"
    wrong.write_text("stillroom-key-1 bm90IGEga2V5\n", "ascii")
    before = files_of(practice.path)
    said = say("serve", "--home", practice.path, "--key-file", wrong, "--port", free_port())
    assert said.code == 3
    assert "does not unseal this practice" in said.err
    assert files_of(practice.path) == before


def test_a_log_that_cannot_be_read_is_said_before_anything_is_served(say, practice):
    (practice.path / "ledger.db").write_bytes(b"noise" * 1000)
    said = say("serve", "--home", practice.path, "--port", free_port())
    assert said.code == 3
    assert "ledger" in said.err
    assert "Traceback" not in said.err


def test_a_killed_server_leaves_nobody_behind_and_starts_again(practice):
    options = ("--key-file", practice.key_file)
    with serving(practice.path, *options) as server:
        worker = only_child(server.process.pid)
        server.process.kill()
        server.process.wait(timeout=PATIENCE)
        wait_until_gone(worker)
    with serving(practice.path, *options, port=server.port) as again:
        assert again.ask("/signin").status == 200


def test_a_worker_that_was_killed_comes_back_by_itself(practice):
    with serving(practice.path, "--key-file", practice.key_file) as server:
        worker = only_child(server.process.pid)
        os.kill(worker, signal.SIGKILL)
        wait_until_gone(worker)
        server.wait()
        assert server.ask("/signin").status == 200


def line_of(server: Server) -> tuple[int, int]:
    """The line's keeper and its worker."""
    (keeper,) = [child for child in children(server.process.pid) if children(child)]
    (worker,) = children(keeper)
    return keeper, worker


def wait_for_line(port: int) -> None:
    """Until the line answers."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            continue
        return
    raise AssertionError("the line did not answer")


def test_the_line_comes_back_by_itself_outlives_the_pages_and_ends_with_the_server(practice):
    with serving(practice.path, "--key-file", practice.key_file) as server:
        keeper, first = line_of(server)
        os.kill(first, signal.SIGKILL)
        wait_until_gone(first)
        wait_for_line(server.port + 1)
        while not children(keeper):
            must_run_on(server.process)
        _, again = line_of(server)
        os.kill(only_child(server.process.pid), signal.SIGKILL)
        server.wait()
        assert line_of(server) == (keeper, again), "the pages' worker is no part of it"
        server.process.kill()
        server.process.wait(timeout=PATIENCE)
        for process in (keeper, again):
            wait_until_gone(process)


def test_the_line_has_neither_the_key_nor_a_file_of_the_practice(practice):
    key = practice.key_file.read_text("ascii").split()[1]
    with serving(practice.path, "--key-file", practice.key_file) as server:
        assert server.ask("/signin").status == 200
        for process in line_of(server):
            seen = Path(f"/proc/{process}")
            assert key.encode() not in (seen / "environ").read_bytes()
            links = [str(link.readlink()) for link in (seen / "fd").iterdir() if link.is_symlink()]
            assert [one for one in links if str(practice.path) in one] == []


def test_a_port_of_the_line_that_is_taken_is_said_so(say, practice):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        said = say("serve", "--home", practice.path, "--port", free_port(), "--call-port", taken)
    assert (said.code, said.out) == (2, "")
    assert "--call-port" in said.err


def test_the_key_is_in_no_argument_variable_or_open_file_of_the_server(practice):
    key = practice.key_file.read_text("ascii").split()[1]
    with serving(practice.path, "--key-file", practice.key_file) as server:
        for process in (server.process.pid, only_child(server.process.pid)):
            seen = Path(f"/proc/{process}")
            assert key.encode() not in (seen / "environ").read_bytes()
            assert key.encode() not in (seen / "cmdline").read_bytes()
            links = [str(link.readlink()) for link in (seen / "fd").iterdir() if link.is_symlink()]
            assert str(practice.key_file) not in links


def children(process: int) -> list[int]:
    """The children of a process."""
    told = Path(f"/proc/{process}/task/{process}/children")
    if not told.exists():
        pytest.skip("this system does not tell the children of a process")
    return [int(child) for child in told.read_text().split()]


def only_child(process: int) -> int:
    """The worker of a server; the line's keeper, beside it, has a child of its own."""
    (worker,) = [child for child in children(process) if not children(child)]
    return worker


def wait_until_gone(process: int) -> None:
    """Until a process that is not ours to wait for has ended."""
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        return
    try:
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        ended = bool(poll.poll(PATIENCE * 1000 / 4))
        if not ended:
            signal.pidfd_send_signal(handle, signal.SIGKILL)  # leave nothing behind ourselves
        assert ended, "the process did not end"
    finally:
        os.close(handle)
