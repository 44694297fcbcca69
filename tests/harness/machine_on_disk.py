"""The practice as a machine, on a disk: started again, an older copy put back, searched for words.

What `machine` does happens here in files, with real commits. Between any two steps the server may be
stopped and started: sealed it knows nobody, unsealed it knows everybody as before. Or somebody puts an
older copy back, of the rows, of the log or of both (T15): the start refuses, or a checkpoint that was
kept outside does; then the newest is put back, and all goes on. What was written is searched at the
end of each life for the words that were typed in (6.1).
"""

import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from stillroom.access import Act
from stillroom.config.agreement import LogOlder, RowsOlder, require_agreement, rows_of_practice
from stillroom.identity import sessions
from stillroom.ledger import Checkpoint, LogAltered
from stillroom.phi import Log, Sealed, bridge
from stillroom.practice.directory import Directory
from tests.harness.machine import TEXT, WHY, Practice
from tests.harness.machine_disputing import AGAINST, Disputing
from tests.harness.ondisk import InFiles, Kept
from tests.harness.sweep import Canaries, sweep
from tests.web import serve

ROWS, LOG = "practice.db", "ledger.db"
SHOWN_IN_ROWS = frozenset(
    act.value for act in (Act.RECORD_SIGN, Act.PRIVATE_SIGN, Act.CONSENT_WRITE, Act.CONSENT_REVOKE)
) | {Act.RELEASE_SEND.value}
"""Acts of these leave a row that says at which place of the log, or when."""


def typed() -> Canaries:
    """What people of the cast type in the machine, and whom it is about."""
    words = Canaries()
    for said in (*TEXT.values(), WHY, AGAINST, "Countertransference", "Halpern", "Castellane"):
        words.also(said)
    return words


@dataclass(frozen=True)
class Copy:
    """The practice's folder as it was, and how far its log went."""

    folder: Path
    outside: Checkpoint
    """What somebody else kept of the log on that day."""


class OnDisk(Disputing):
    """The same, in the files of a server."""

    template: InFiles
    base: Path
    lives = 0
    """Practices begun so far; each has a folder of its own."""
    practice: Kept
    copies: Sequence[Copy]

    def _open(self) -> None:
        OnDisk.lives += 1
        self.folder = self.base / str(OnDisk.lives)
        self.stack = ExitStack()
        self.practice = self.stack.enter_context(self.template.copy(self.folder))
        Practice.ids, self.copies = self.practice.ids, []
        self._start()

    def _close(self) -> None:
        """Search all that was written, with what is not yet in the main files; then let go."""
        try:
            found = sweep([typed()], [self.folder])
            assert found == [], found[0]
        finally:
            self._stop()
            self.stack.close()
            shutil.rmtree(self.folder)

    def _start(self) -> None:
        """A process begins: the log opened, the house unsealed, names read."""
        directory = Directory()
        Practice.cast = replace(self.practice.opened(), directory=directory)
        Practice.size = -1  # it reads names by itself, which is nobody's deed
        directory.fill(Practice.cast.house)
        serve(Practice.cast)

    def _stop(self) -> None:
        """The process ends."""
        self.cast.house.log.close()
        connection.close()

    def _checkpoint(self) -> Checkpoint:
        log = self.cast.house.log
        return Checkpoint("linden-row.example/ledger", log.size, log.root())

    def teardown(self) -> None:
        """Whatever came up in this life: at its end it is started again, and its first copy put back.
        One that is given up before it has a copy has none to put back."""
        self.start_again()
        if self.copies:
            self.put_an_older_copy_back(0)
        super().teardown()

    # Started again

    @rule()
    def start_again(self) -> None:
        """Sealed, it knows nobody by any cookie; unsealed, everybody is known as before."""
        self._stop()
        with Log.open(self.folder / LOG) as log:
            shut = self.practice.sealed(log)
            for cookie in self.cookies.values():
                with pytest.raises(Sealed):
                    sessions.resume(shut, cookie, at=self.ought.at)
        self._start()
        require_agreement(rows_of_practice(), self.cast.house.log)
        self.done["start_again"] += 1

    # An older copy put back

    @initialize()
    def keep_the_first_copy(self) -> None:
        """So that there is always one to put back."""
        self.keep_a_copy()

    @rule()
    def keep_a_copy(self) -> None:
        """As a backup does, while nobody is there."""
        outside = self._checkpoint()
        self._stop()
        kept = self.folder / f"copy-{len(self.copies)}"
        _copy(self.folder, kept, ROWS, LOG)
        self.copies = [*self.copies, Copy(kept, outside)]
        self._start()
        # A paper's row says when it was taken back, and no entry: in the moment of the copy, who can tell.
        self.time_passes(5)

    @rule(nth=st.integers(0, 9))
    def put_an_older_copy_back(self, nth: int) -> None:
        """Of the rows, of the log, of both: each is refused, by one side or by the outside."""
        copy = self.copies[nth % len(self.copies)]
        self._somebody_comes_an_hour_later()
        since = [one.entry.act for one in self.cast.house.log.entries(copy.outside.size)]
        outside = self._checkpoint()
        self._stop()
        newest = self.folder / "newest"
        _copy(self.folder, newest, ROWS, LOG)
        try:
            _copy(copy.folder, self.folder, ROWS)
            assert self._refused() is RowsOlder, "older rows begin under the newer log"
            _copy(copy.folder, self.folder, LOG)
            assert self._refused(outside) is LogAltered, "both are older, and nobody notices"
            _copy(newest, self.folder, ROWS)
            refused = self._refused()
            if SHOWN_IN_ROWS.intersection(since):
                assert refused is LogOlder, "an older log begins beside the newer rows"
                self.done["log refused"] += 1
            if Act.CONSENT_REVOKE.value in since:
                self.done["revocation not hidden"] += 1
        finally:
            _copy(newest, self.folder, ROWS, LOG)
            shutil.rmtree(newest)
            self._start()
        require_agreement(rows_of_practice(), self.cast.house.log)
        self.done["put_an_older_copy_back"] += 1

    def _somebody_comes_an_hour_later(self) -> None:
        """A day goes on after each copy; her sign-in stands in the rows and in the log."""
        self.time_passes(60)
        house, ada = self.cast.house, self.id("ada")
        bridge.note_event(house, ada, Act.SESSION_BEGIN, {"did": "signed in"}, at=self.ought.at)

    def _refused(self, outside: Checkpoint | None = None) -> type[Exception] | None:
        """How the start refuses what lies in the folder now, if it does."""
        try:
            with Log.open(self.folder / LOG) as log:
                require_agreement(rows_of_practice(), log)
                if outside is not None:
                    log.audit(outside)
        except (RowsOlder, LogOlder, LogAltered) as refused:
            return type(refused)
        finally:
            connection.close()
        return None


def _copy(source: Path, target: Path, *names: str) -> None:
    """These databases and nothing else of theirs, in place of those that are there."""
    target.mkdir(exist_ok=True)
    for name in names:
        for old in target.glob(f"{name}*"):
            old.unlink()
        for file in source.glob(f"{name}*"):
            shutil.copy(file, target / file.name)
