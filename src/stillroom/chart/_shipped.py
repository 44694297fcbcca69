"""The phrase sets that Stillroom comes with, read once. A mistake in them is ours and stops us."""

from functools import cache
from pathlib import Path
from typing import Final

from stillroom.chart.phrase_files import read_wording
from stillroom.chart.phrasing import Wording

FOLDER: Final = Path(__file__).parent / "phrases"


@cache
def shipped() -> Wording:
    """Everything in `phrases/`, by file name and then as written."""
    whole = Wording()
    for path in sorted(FOLDER.glob("*.yaml")):
        found = read_wording(path.read_text("utf-8"))
        whole = Wording((*whole.sets, *found.sets), (*whole.snippets, *found.snippets))
    return whole
