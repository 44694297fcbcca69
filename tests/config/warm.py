"""Processes of `stillroom …` that need not read the program and the law again.

A first process reads both and waits; each command is a child of it: a process of its own, with its
own arguments, environment, folder, standard input and outputs, that ends by its own exit code. What
begins when a program is begun is proven by `run_afresh`, which starts the real one.

    child = Warm()
    child.run(["law", "facts"], typed="", environment={})   # (code, out, err)
"""

import atexit
import gc
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any


class Warm:
    """The first process, begun when the first command is run and ended with this one."""

    def __init__(self) -> None:
        kept = {name: value for name, value in os.environ.items() if "STILLROOM" not in name}
        kept.pop("DJANGO_SETTINGS_MODULE", None)
        self._first = subprocess.Popen(
            [sys.executable, "-m", "tests.config.warm"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
            env=kept,
            text=True,
        )
        atexit.register(self.end)

    def run(
        self, words: list[str], *, typed: str, environment: dict[str, str]
    ) -> tuple[int, str, str]:
        """One command: its exit code and both outputs."""
        assert self._first.stdin is not None
        assert self._first.stdout is not None
        with tempfile.TemporaryDirectory(prefix="stillroom-said-") as kept:
            folder = Path(kept)
            (folder / "in").write_text(typed)
            asked = {"words": words, "environment": environment, "cwd": str(Path.cwd()), "at": kept}
            self._first.stdin.write(json.dumps(asked) + "\n")
            self._first.stdin.flush()
            code = int(self._first.stdout.readline())
            return code, (folder / "out").read_text(), (folder / "err").read_text()

    def end(self) -> None:
        """No more commands: the first process sees that nobody asks any more, and ends."""
        self._first.communicate()


def _child(asked: dict[str, Any]) -> int:
    """Become the command; gives its exit code."""
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.chdir(asked["cwd"])
    for number, (name, flags) in enumerate(_STREAMS):
        handle = os.open(Path(asked["at"]) / name, flags, 0o600)
        os.dup2(handle, number)
        os.close(handle)
    sys.argv = ["stillroom", *asked["words"]]
    from stillroom.config.command import main

    return main()


_WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
_STREAMS = (("in", os.O_RDONLY), ("out", _WRITE), ("err", _WRITE))


def _read_all() -> None:
    """The program and the law, read before anybody asks."""
    import django.core.management
    import django.db.migrations.executor
    import django.db.models

    import stillroom.config.command
    from stillroom.config.paths import provisions
    from stillroom.law import Corpus

    del django, stillroom
    law, load = Corpus.load(provisions()), Corpus.load

    def once(root: Path) -> Corpus:
        return law if root == provisions() else load(root)

    Corpus.load = once  # type: ignore[method-assign]


def _wait_for_commands() -> None:
    _read_all()
    gc.collect()
    gc.freeze()  # a child that counts references writes on no page of what was read
    for line in sys.stdin:
        if (child := os.fork()) == 0:
            os.close(_ANSWERS.fileno())
            sys.exit(_child(json.loads(line)))
        _, status = os.waitpid(child, 0)
        _ANSWERS.write(f"{os.waitstatus_to_exitcode(status)}\n")
        _ANSWERS.flush()


if __name__ == "__main__":
    _ANSWERS = os.fdopen(os.dup(1), "w")
    _wait_for_commands()
