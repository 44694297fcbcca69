"""Print every problem of a corpus of provisions, one a line; run as check_provisions.py ROOT.

Exit status 0 when there is none, 1 when there is any.
"""

import sys
from pathlib import Path

from stillroom.law import check

if __name__ == "__main__":
    problems = check(Path(sys.argv[1] if len(sys.argv) > 1 else "provisions"))
    told = [*map(str, problems), f"{len(problems)} problems" if problems else "no problems"]
    sys.stdout.write("\n".join(told) + "\n")
    sys.exit(1 if problems else 0)
