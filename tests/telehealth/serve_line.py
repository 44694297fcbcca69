"""The line, served by itself until it is killed: python -m tests.telehealth.serve_line PORT."""

import multiprocessing
import signal
import sys

from stillroom.config.serving_calls import line_beside
from tests.telehealth.marking import marker


def main() -> None:
    """Serve."""
    multiprocessing.set_start_method("fork", force=True)
    with line_beside(marker()) as begin:
        begin("127.0.0.1", int(sys.argv[1]))
        signal.pause()


if __name__ == "__main__":
    main()
