"""Another program that appends: `python -m tests.ledger.child PLACE NAME COUNT [STRIDE]`.

Says "ready", waits for a line, and then prints the number of each receipt as soon as it has it.
Whatever is printed was promised to be durable.
"""

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stillroom.phi import Log
from tests.ledger.samples import entry

if TYPE_CHECKING:  # a child has no use for it, and it takes long to load
    from tests.ledger.places import Place

ROOT = Path(__file__).parents[2]


def start(place: "Place", name: str, count: int, stride: int = 1, **options: Any) -> "Child":
    """A child process at the starting line."""
    words = [str(place.where), name, str(count), str(stride)]
    return Child(
        [sys.executable, "-W", "error", "-m", "tests.ledger.child", *words],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, **options,
    )  # fmt: skip


class Child(subprocess.Popen[str]):
    """A process that says what it was promised."""

    def say(self) -> str:
        """The next line it says; empty at its end."""
        assert self.stdout is not None
        return self.stdout.readline().strip()

    def begin(self) -> None:
        """Let it start."""
        assert self.stdin is not None
        self.stdin.write("go\n")
        self.stdin.flush()

    def rest(self) -> list[str]:
        """All that it still says; waits for its end."""
        assert self.stdin is not None
        assert self.stdout is not None
        said = self.stdout.read().split("\n")
        self.stdin.close()
        self.stdout.close()
        self.wait()
        return [line for line in said if line]


def main(where: str, name: str, count: str, stride: str) -> None:
    """Append and tell."""
    with Log.open(where if "://" in where else Path(where)) as log:
        print("ready", flush=True)
        sys.stdin.readline()
        for number in range(0, int(count), int(stride)):
            batch = [entry(number + i, actor=name) for i in range(int(stride))]
            for receipt in log.append_all(batch):
                print(receipt.index, flush=True)
    print("done", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
