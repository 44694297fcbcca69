"""The practice's folder: who may read it, and whether its key lies in it."""

import stat
from collections.abc import Iterator
from pathlib import Path

from stillroom.chart.measures import load as load_measures
from stillroom.config.asking import sentence
from stillroom.config.doctor_finding import Finding, look, well
from stillroom.config.home import KEY_MARK, Home
from stillroom.kernel import StillroomError

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_LONGEST_KEY_FILE = 4096


def folder_is_private(path: Path) -> Iterator[Finding]:
    """The folder and all files in it are for their owner alone."""
    open_to_others = [found.name for found in sorted(path.iterdir()) if _shared(found)]
    if _shared(path):
        yield look(
            "Other accounts of this machine may enter the practice's folder.",
            f"Close it to them: chmod 700 {path}",
        )
    elif open_to_others:
        yield look(
            f"Other accounts may read {', '.join(open_to_others)}, once they are in the folder.",
            f"Close them: chmod -R go= {path}",
        )
    else:
        yield well("The practice's folder is closed to other accounts of this machine.")


def no_key_inside(path: Path) -> Iterator[Finding]:
    """A folder with its key in it is a safe with the key in the lock."""
    inside = [found.name for found in sorted(path.iterdir()) if _is_key_file(found)]
    if not inside:
        yield well("No key file lies in the practice's folder.")
    elif _is_demonstration(path):
        yield well("The key file lies in the folder: right for a demonstration, and only there.")
    else:
        yield look(
            f"The key file {inside[0]} lies in the folder that it opens.",
            "Move it to another disk or a machine's key store; backups must not take both along.",
        )


def questionnaires_can_be_used(path: Path) -> Iterator[Finding]:
    """The practice's own questionnaires; nothing is said where it has none."""
    library = load_measures(path / "measures")
    own = [one.asks.short for one in library.measures.values() if one.asks.own]
    for error in library.broken:
        yield look(f"In the folder measures: {sentence(error)}", error.advice)
    if own and not library.broken:
        yield well(f"The practice's own questionnaires can be used: {', '.join(sorted(own))}.")


def key_file_is_private(path: Path, key_file: Path) -> Iterator[Finding]:
    """The key file that was named: outside the folder, and for its owner alone."""
    if not _is_key_file(key_file):
        yield look("That key file cannot be read as one.", "Check its name and who may read it.")
    elif key_file.resolve().is_relative_to(path.resolve()):
        return  # told already
    elif _shared(key_file):
        yield look(
            "Other accounts of this machine may read the key file.",
            f"Close it to them: chmod 600 {key_file}",
        )
    else:
        yield well("The key file lies elsewhere and is closed to other accounts.")


def description_is_readable(home: Home) -> Iterator[Finding]:
    """practice.json is whole."""
    how = "a passphrase" if home.file.lock else "a key file"
    yield well(f"practice.json is whole; {how} unseals this practice.")


def _shared(path: Path) -> bool:
    return bool(path.stat().st_mode & _OTHERS)


def _is_key_file(path: Path) -> bool:
    try:
        if not path.is_file() or path.stat().st_size > _LONGEST_KEY_FILE:
            return False
        with path.open("rb") as file:
            return file.read(len(KEY_MARK)) == KEY_MARK.encode()
    except OSError:
        return False


def _is_demonstration(path: Path) -> bool:
    try:
        return Home.load(path).file.demonstration
    except StillroomError:
        return False
