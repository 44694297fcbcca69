"""One section of the benches in a process of its own: `python -m tests.bench.section NAME [FILE]`.

Prints its rows, or writes them to FILE as JSON.
"""

import json
import sys
from importlib import import_module
from pathlib import Path


def main() -> None:
    """Measure one section."""
    found = import_module(f"tests.bench.{sys.argv[1]}").rows()
    if len(sys.argv) > 2:
        Path(sys.argv[2]).write_text(json.dumps(found, ensure_ascii=False), "utf-8")
        return
    for row in found:
        print(row)


if __name__ == "__main__":
    main()
