"""`python -m stillroom.config`: the command line, where the entry point is not installed."""

import sys

from stillroom.config.command import main

if __name__ == "__main__":
    sys.exit(main())
