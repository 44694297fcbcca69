"""T10: an insider who owns the database, perhaps the machine, and wants an entry gone.

Each way of going about it is tried twice: against the machine's own last checkpoint, and against
one that somebody else has kept. The table below says who notices; the two ways that the machine
itself cannot notice (cutting the tail, and rewriting everything with a stolen key) are part of it.
"""

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from stillroom.ledger import (
    Checkpoint,
    Entry,
    LogAltered,
    NotProven,
    consistency_document,
    verify_log,
)
from stillroom.phi import Log
from tests.ledger.places import Place
from tests.ledger.samples import Pen, entries, entry

LAST_WEEK, NOW = 400, 600
PEN = Pen()


@dataclass
class Practice:
    """A practice's log, what it signed, and the checkpoint that a client took home."""

    folder: Path
    outside: Checkpoint

    @property
    def file(self) -> Path:
        """Where the log is."""
        return self.folder / "ledger.db"

    @property
    def place(self) -> Place:
        """For reaching into the tables."""
        return Place(self.file)

    def rebuild(self, kept: Sequence[Entry], signer: Pen | None = None) -> None:
        """The careful insider: a new store in which everything fits the altered entries. The old
        checkpoints stay beside it, for without the key there are no others."""
        notes = self.place.insider("SELECT size, note FROM checkpoint")
        for file in self.folder.glob("ledger.db*"):
            file.unlink()
        with Log.open(self.file) as log:
            log.append_all(list(kept))
            if signer is not None:
                log.checkpoint(signer)
        if signer is None:
            for size, note in notes:
                self.place.insider("INSERT INTO checkpoint VALUES (?, ?)", values=(size, note))

    def audit(self, checkpoint: Checkpoint | None) -> None:
        """As `stillroom ledger audit` does it; raises what is noticed."""
        with Log.open(self.file, read_only=True) as log:
            points = (checkpoint,) if checkpoint else log.checkpoints(1)
            for point in points:
                point.verify(PEN)
            log.audit(*points)


@pytest.fixture
def practice(tmp_path: Path) -> Practice:
    """600 entries; a copy of the file was kept at 400, a client's checkpoint is of today."""
    folder = tmp_path / "practice"
    folder.mkdir()
    with Log.open(folder / "ledger.db") as log:
        log.append_all(entries(LAST_WEEK))
        log.checkpoint(PEN)
    shutil.copy(folder / "ledger.db", tmp_path / "last week.db")
    with Log.open(folder / "ledger.db") as log:
        log.append_all(entries(NOW - LAST_WEEK, LAST_WEEK))
        outside = log.checkpoint(PEN)
    return Practice(folder, outside)


def delete(practice: Practice) -> None:
    practice.rebuild([*entries(300), *entries(NOW - 301, 301)])


def edit(practice: Practice) -> None:
    practice.rebuild([*entries(300), entry(9999), *entries(NOW - 301, 301)])


def insert(practice: Practice) -> None:
    practice.rebuild([*entries(300), entry(9999), *entries(NOW - 300, 300)])


def reorder(practice: Practice) -> None:
    practice.rebuild([*entries(300), entry(301), entry(300), *entries(NOW - 302, 302)])


def replace_the_whole_store(practice: Practice) -> None:
    practice.rebuild(entries(NOW, 5000))


def sign_with_another_key(practice: Practice) -> None:
    practice.rebuild(entries(NOW, 5000), Pen("another"))


def truncate(practice: Practice) -> None:
    """Back to the last checkpoint before the entry; the newer ones are thrown away with it."""
    practice.place.insider(f"DELETE FROM checkpoint WHERE size > {LAST_WEEK}")
    practice.rebuild(entries(LAST_WEEK))


def restore_last_weeks_copy(practice: Practice) -> None:
    shutil.copy(practice.folder.parent / "last week.db", practice.file)


def rewrite_with_the_stolen_key(practice: Practice) -> None:
    practice.rebuild([*entries(300), *entries(NOW - 300, 301)], PEN)


def edit_carelessly(practice: Practice) -> None:
    raw = entry(9999).canonical()
    practice.place.insider("UPDATE entry SET raw = ? WHERE idx = 300", values=(raw,))


def delete_carelessly(practice: Practice) -> None:
    practice.place.insider("DELETE FROM entry WHERE idx = 300")


def hide_from_the_client(practice: Practice) -> None:
    name = f"subject {entry(300).subject}"
    practice.place.insider("DELETE FROM mention WHERE name = ?", values=(name,))


#        the attack, noticed by the machine's own checkpoint, by one kept outside
WHO_NOTICES = [
    (delete, True, True),
    (edit, True, True),
    (insert, True, True),
    (reorder, True, True),
    (replace_the_whole_store, True, True),
    (sign_with_another_key, True, True),
    (edit_carelessly, True, True),
    (delete_carelessly, True, True),
    (hide_from_the_client, True, True),
    # What only somebody else can notice: a cut tail, in two ways …
    (truncate, False, True),
    (restore_last_weeks_copy, False, True),
    # … and a full rewrite with the log's own key.
    (rewrite_with_the_stolen_key, False, True),
]


def noticed(audit: Callable[[], None]) -> bool:
    try:
        audit()
    except (LogAltered, NotProven):
        return True
    return False


@pytest.mark.parametrize(
    ("attack", "own", "outside"), WHO_NOTICES, ids=[row[0].__name__ for row in WHO_NOTICES]
)
def test_who_notices(
    practice: Practice, attack: Callable[[Practice], None], own: bool, outside: bool
) -> None:
    attack(practice)
    assert noticed(lambda: practice.audit(None)) is own
    assert noticed(lambda: practice.audit(practice.outside)) is outside


def test_an_honest_log_accuses_nobody(practice: Practice) -> None:
    practice.audit(None)
    practice.audit(practice.outside)


def test_the_careless_are_noticed_without_any_checkpoint(practice: Practice) -> None:
    """Rows, tree, head and index accuse each other, and the entry is named."""
    edit_carelessly(practice)
    with (
        Log.open(practice.file) as log,
        pytest.raises(LogAltered, match="entry 300 is not what was written there"),
    ):
        log.audit()


def test_what_remains_entries_after_the_last_outside_checkpoint(practice: Practice) -> None:
    """Said in docs/promises/P10.md: these can be cut off unseen, so the interval is a promise."""
    with Log.open(practice.file) as log:
        log.append_all(entries(50, NOW))
        log.checkpoint(PEN)
    practice.place.insider(f"DELETE FROM checkpoint WHERE size > {NOW}")
    practice.rebuild(entries(NOW))
    assert not noticed(lambda: practice.audit(practice.outside))


def test_a_log_that_was_cut_is_not_signed_over(practice: Practice) -> None:
    """Cutting the tail but leaving the newer checkpoint: the log itself refuses to sign again."""
    practice.rebuild(entries(LAST_WEEK))
    with Log.open(practice.file) as log:
        log.append_all(entries(300, 7000))
        with pytest.raises(NotProven, match="no longer holds what its last checkpoint says"):
            log.checkpoint(PEN)


def test_no_proof_leads_from_the_outside_checkpoint_to_the_rewritten_log(
    practice: Practice, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the client's lawyer sees: the stolen key signs, and still nothing is proven."""
    rewrite_with_the_stolen_key(practice)
    with Log.open(practice.file) as log:
        log.append_all(entries(100, 8000))
        newer = log.checkpoint(PEN)
        path = log.consistency(practice.outside.size, newer.size)
    monkeypatch.chdir(practice.folder)
    Path("newer").write_text(newer.note())
    Path("older").write_text(practice.outside.note())
    Path("proof").write_text(consistency_document(practice.outside.size, newer.size, path))
    words = ["newer", "--key", str(PEN.key), "--older", "older", "--consistency", "proof"]
    assert verify_log.main(words) == 1
    assert "The newer log does not continue the older one" in capsys.readouterr().out
    assert json.loads(Path("proof").read_text())["path"]
