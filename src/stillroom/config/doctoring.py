"""`stillroom doctor`: what could go wrong with a practice, before it does.

Rules: the doctor needs no key and changes nothing; it looks at a sealed practice as at a served
one. Each finding says how it stands, and what to do where something should be done. A finding that
is well and has advice is a remark: something that only the person who hosts can know.

    for finding in examine(Path("/srv/practice")):
        print(finding.well, finding.says, finding.advice)
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from stillroom.config import doctor_calls, doctor_data, doctor_home, doctor_log, doctor_machine
from stillroom.config.asking import sentence
from stillroom.config.doctor_finding import Finding, look
from stillroom.config.home import Home, HomeBroken
from stillroom.kernel import StillroomError

Check = Callable[[], Iterable[Finding]]


def examine(path: Path, *, key_file: Path | None = None) -> list[Finding]:
    """Everything that can be told of the practice in `path`; whatever fails is a finding too."""
    return [finding for check in _checks(path, key_file) for finding in _safely(check)]


def _checks(path: Path, key_file: Path | None) -> Iterator[Check]:
    at = datetime.now(UTC)
    yield lambda: doctor_home.folder_is_private(path)
    yield lambda: doctor_home.no_key_inside(path)
    if key_file is not None:
        yield lambda: doctor_home.key_file_is_private(path, key_file)
    yield lambda: doctor_home.questionnaires_can_be_used(path)
    home = _described(path)
    if home is None:
        yield lambda: _undescribed(path)
    else:
        yield lambda: doctor_home.description_is_readable(home)
        yield lambda: doctor_data.database(home)
        yield lambda: doctor_data.tables(home)
        yield lambda: doctor_data.people(home)
        yield lambda: doctor_data.agreement(home)
        yield lambda: doctor_log.log(home, at)
        yield lambda: doctor_machine.backups(home)
        yield lambda: doctor_calls.calls(path, at)
    yield lambda: doctor_machine.space(path)
    yield doctor_machine.swap
    yield doctor_machine.transport
    yield doctor_machine.provisions_on_file
    yield doctor_machine.versions


def _described(path: Path) -> Home | None:
    try:
        return Home.load(path)
    except HomeBroken:
        return None


def _undescribed(path: Path) -> list[Finding]:
    Home.load(path)
    return []


def _safely(check: Check) -> Iterator[Finding]:
    """What a check finds; a check that cannot be done is a finding and does not stop the others."""
    try:
        yield from check()
    except StillroomError as error:
        yield look(sentence(error), error.advice)
    except (OSError, sqlite3.Error) as error:
        why = type(error).__name__
        yield look(
            f"Something could not be looked at ({why}).", "Run doctor as the practice's user."
        )


__all__ = ["Finding", "examine"]
