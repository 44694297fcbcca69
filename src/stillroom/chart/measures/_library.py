"""The measures at hand: those that come with Stillroom, and the practice's own.

A folder holds `NAME.json` (the Questionnaire) and, where it is scored by more than a sum,
`NAME.scoring.json`. A measure of the practice with the id of one of ours takes its place: so a
practice that holds a licence puts the wording in (docs/decisions/0021). Reading files is all the
world this module touches, and the folder is an argument.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from stillroom.chart.measures._lines import QuestionnaireBroken
from stillroom.chart.measures._loading import questionnaire_in
from stillroom.chart.measures._rules_loading import plain_rules, rules_in
from stillroom.chart.measures._scoring import Measure

OURS = Path(__file__).parent.parent / "questionnaires"
LARGEST = 512 * 1024
SCORING = ".scoring.json"


@dataclass(frozen=True)
class Library:
    """Measures by id, and what could not be read, each with its sentence and advice."""

    measures: Mapping[str, Measure]
    broken: tuple[QuestionnaireBroken, ...] = ()


def measure_from(path: Path, *, own: bool = False) -> Measure:
    """One file with the scoring file beside it, or `QuestionnaireBroken`."""
    asks = questionnaire_in(_text(path), path.name, own=own)
    beside = path.with_name(path.name.removesuffix(".json") + SCORING)
    if not beside.exists():
        return Measure(asks, plain_rules(asks))
    return Measure(asks, rules_in(_text(beside), beside.name, asks))


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise QuestionnaireBroken(
                path.name,
                1,
                "the file is larger than 512 KiB",
                "Leave out what is no question.",
            )
        return path.read_bytes().decode()
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise QuestionnaireBroken(
            path.name, line, "this is not UTF-8", "Save the file as UTF-8."
        ) from None
    except OSError:
        raise QuestionnaireBroken(
            path.name, 1, "the file cannot be read", "Look whether it is there and may be read."
        ) from None


def load(own: Path | None = None) -> Library:
    """Ours, then the practice's own from `own`. A broken file of the practice hides nothing else;
    a broken one of ours raises, because it is a fault of this release."""
    found = dict(_ours())
    broken: list[QuestionnaireBroken] = []
    for path in _files(own) if own is not None and own.is_dir() else ():
        try:
            made = measure_from(path, own=True)
            found[made.id] = made
        except QuestionnaireBroken as error:
            broken.append(error)
    return Library(MappingProxyType(found), tuple(broken))


@cache
def _ours() -> Mapping[str, Measure]:
    """Those of this release, read once a process."""
    return MappingProxyType({one.id: one for one in map(measure_from, _files(OURS))})


def _files(folder: Path) -> list[Path]:
    return sorted(one for one in folder.glob("*.json") if not one.name.endswith(SCORING))
