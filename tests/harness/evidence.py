"""One practice's life, watched: what lay on disk, in memory and on the line at each stage.

    lived    everybody has worked for a day; Ada, Olga and Cal are signed in
    locked   every session locked, then signed out
    spoilt   Ada is back, and sends nonsense to every form
    killed   every process killed while three browsers were writing
    rested   started again and unsealed; nobody has signed in
    sealed   started again without the key

Made once a worker (it takes some seconds), looked at by the tests of T01, T02, T05 and T06.
"""

import http.client
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Semaphore, Thread

from django.urls import reverse

from tests.harness import matrix
from tests.harness.browser import Page, address_name
from tests.harness.keys import all_keys, key_hits
from tests.harness.living import Life, live, write_quickly
from tests.harness.memory import can_read, count_all
from tests.harness.served import Served, open_files
from tests.harness.spoiling import spoil_every_form
from tests.harness.sweep import Found, search_all, sweep

_PATIENCE = 60
_NOTES_BEFORE_THE_END = 12


@dataclass
class Evidence:
    """What was seen."""

    life: Life
    keys: dict[str, list[bytes]] = field(default_factory=dict)
    spoilt: list[Page] = field(default_factory=list)
    on_disk: dict[str, list[Found]] = field(default_factory=dict)
    beside_disk: list[Found] = field(default_factory=list)
    files_open: set[str] = field(default_factory=set)
    memory: dict[str, dict[str, int]] = field(default_factory=dict)
    memory_readable: bool = False
    clean: set[bytes] = field(default_factory=set)
    written_before_the_end: int = 0
    after_sign_out: list[Page] = field(default_factory=list)
    when_sealed: dict[tuple[str, str, str], Page] = field(default_factory=dict)

    @property
    def pages(self) -> list[Page]:
        """Every answer of the day."""
        return [page for browser in self.life.browsers for page in browser.pages]

    @property
    def looked_at(self) -> set[str]:
        """The addresses whose page somebody saw."""
        return {address_name(page.path) for page in self.pages if page.status == 200}


@contextmanager
def watched(root: Path) -> Iterator[Evidence]:
    """Live, and watch."""
    served = Served(root)
    try:
        seen = Evidence(live(served))
        seen.keys = all_keys(served)
        _look_at_memory(seen, "lived")
        _lock_and_leave(seen)
        seen.life.browser_of("ada")
        seen.spoilt = spoil_every_form(seen.life)
        _look_at_disk(seen, "running")
        _look_beside(seen)
        _kill_at_work(seen)
        _look_at_disk(seen, "killed")
        _rest(seen)
        _stay_sealed(seen)
        yield seen
    finally:
        served.kill()


def _look_at_disk(seen: Evidence, stage: str) -> None:
    searched = seen.life.served.searched
    found = sweep(seen.life.kinds, [searched], seen.clean)
    for path in sorted(searched.rglob("*")):
        if path.is_file():
            found += key_hits(str(path), path.read_bytes(), seen.keys)
    seen.on_disk[stage] = found


def _look_beside(seen: Evidence) -> None:
    """Open files (deleted ones too), environment and arguments of every process."""
    for pid in seen.life.served.processes():
        blobs = dict(open_files(pid))
        seen.files_open |= set(blobs)
        for name in ("environ", "cmdline"):
            blobs[f"{pid} {name}"] = Path(f"/proc/{pid}/{name}").read_bytes()
        for name, blob in blobs.items():
            seen.beside_disk += search_all(seen.life.kinds, name, blob, seen.clean)
            seen.beside_disk += key_hits(name, blob, seen.keys)


def _look_at_memory(seen: Evidence, stage: str) -> None:
    """How often words and keys stand in the memory of the process that answers pages.

    Of a pair of keys the one that opens; a person's signing key is made and kept beside it.
    """
    pids = seen.life.served.workers()
    seen.memory_readable = all(can_read(pid) for pid in pids)
    if not seen.memory_readable:
        return
    needles = {name: each[-1:] for name, each in seen.keys.items() if name.endswith("ring")}
    needles |= {"server": seen.keys["server"], "person": seen.keys["person"][::2]}
    for name, kind in zip(("front", "chart", "secret"), seen.life.kinds, strict=True):
        needles[f"{name} words"] = [kind.tag.encode(), kind.tag.capitalize().encode()]
    seen.memory[stage] = count_all(pids, needles)


def _lock_and_leave(seen: Evidence) -> None:
    """Lock every session, look at memory, sign out, look again, and press Back."""
    signed_in = [one.web for one in seen.life.served.people.values() if one.browser]
    for browser in signed_in:
        browser.json(reverse("lock"), {})
    _look_at_memory(seen, "locked")
    ada = seen.life.served.people["ada"].web
    assert ada.submit(ada.open(reverse("unlock")).form(reverse("unlock"))).status == 403
    cookies = [dict(browser.cookies) for browser in signed_in]
    for browser in signed_in:
        browser.post(reverse("signout"), {})
    _look_at_memory(seen, "signed out")
    for browser, kept in zip(signed_in, cookies, strict=True):
        browser.cookies = dict(kept)  # as a thief has them, who copied the browser's folder
        for name in ("today", "clients", "account"):
            seen.after_sign_out.append(browser.get(reverse(name)))


def _kill_at_work(seen: Evidence) -> None:
    """Kill every process while three browsers write, sign and read as fast as they can."""
    served = seen.life.served
    ada = served.people["ada"].web
    written = Semaphore(0)

    def work() -> None:
        browser = served.browse(seen.life.type_words)
        browser.cookies = dict(ada.cookies)
        browser.get(reverse("today"))
        with suppress(OSError, http.client.HTTPException, AssertionError):
            while True:
                write_quickly(seen.life, browser)
                written.release()

    threads = [Thread(target=work, daemon=True) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(_NOTES_BEFORE_THE_END):
        seen.written_before_the_end += written.acquire(timeout=_PATIENCE)
    served.kill()
    for thread in threads:
        thread.join(_PATIENCE)
    while written.acquire(blocking=False):
        seen.written_before_the_end += 1


def _rest(seen: Evidence) -> None:
    served = seen.life.served
    served.start()
    stranger = served.browse(seen.life.type_words)
    stranger.get(reverse("signin"))
    _look_at_memory(seen, "rested")
    served.stop()


def _stay_sealed(seen: Evidence) -> None:
    """Every address, asked with the cookies of somebody who was signed in, and with none."""
    served = seen.life.served
    served.start(unsealed=False)
    kept = seen.life.served.people["ada"].web.cookies
    for who, cookies in (("nobody", {}), ("ada", kept)):
        browser = served.browse(seen.life.type_words)
        browser.cookies = dict(cookies)
        for row in matrix.rows():
            path = reverse(row.address, kwargs=_parts(seen.life, row))
            browser.get("/sealed")
            answer = browser.get(path) if row.method == "GET" else browser.post(path, {})
            seen.when_sealed[(who, row.method, row.name)] = answer
    _look_at_memory(seen, "sealed")
    served.stop()


def _parts(life: Life, row: matrix.Row) -> dict[str, str]:
    known = life.ids | {"private": life.ids["psychotherapy_note"]}
    return {key: known.get(str(value), str(value)) for key, value in row.parts.items()}


def statuses(pages: list[Page]) -> Counter[int]:
    """How many answers of each kind."""
    return Counter(page.status for page in pages)


__all__ = ["Evidence", "statuses", "watched"]
