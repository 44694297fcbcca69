"""`make bench`: every section in a process of its own; writes bench.json and docs/bench.md.

    python -m tests.bench                 all of it, in about a quarter of an hour
    STILLROOM_BENCH=quick python -m ...   a small version, in about a minute; writes to build/bench
    python -m tests.bench chart pages     some sections; writes nothing

Exit code 1 when a goal is missed or a section could not be measured.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.report import SECTIONS, shown, written
from tests.bench.rows import PLACE, QUICK, Row, goal_met

PATIENCE = 1500
"""Seconds that one section may take: making 100,000 clients on a slow disk is among them."""


def main() -> int:
    """Measure, tell, write."""
    chosen = sys.argv[1:] or list(SECTIONS)
    if unknown := set(chosen) - set(SECTIONS):
        print(f"There is no section {', '.join(sorted(unknown))}. There are: {' '.join(SECTIONS)}")
        return 2
    PLACE.mkdir(parents=True, exist_ok=True)
    found: dict[str, list[Row]] = {}
    for section in chosen:
        found[section] = [_normal(row) for row in _measured(section)]
        for row in found[section]:
            print(shown(row), flush=True)
    every = [row for rows in found.values() for row in rows]
    if not sys.argv[1:]:
        _write(found, every)
    missed = [row for row in every if row["ok"] is False]
    print(f"\n{len(every)} rows, {len(missed)} of them short of their goal")
    for row in missed:
        print(f"  {row['row']}")
    return 1 if missed else 0


def _measured(section: str) -> list[Row]:
    """The rows of a section; where it fails, one row that says how."""
    print(f"\n{section}: {SECTIONS[section][0]}", flush=True)
    answer = PLACE / f"{section}.json"
    answer.unlink(missing_ok=True)
    begun = time.perf_counter()
    command = [sys.executable, "-m", "tests.bench.section", section, str(answer)]
    try:
        subprocess.run(command, check=True, stderr=subprocess.PIPE, text=True, timeout=PATIENCE)
        rows: list[Row] = json.loads(answer.read_text("utf-8"))
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        said = str(getattr(error, "stderr", "") or error).strip()
        print(said[-2000:], file=sys.stderr)
        last = said.splitlines()[-1][:200] if said else ""
        return [_failed(section, last)]
    finally:
        answer.unlink(missing_ok=True)
    print(f"  in {time.perf_counter() - begun:.0f} s")
    return rows


def _failed(section: str, why: str) -> Row:
    return {
        "row": f"{section}: could not be measured",
        "unit": "",
        "ours": None,
        "beside": None,
        "what_beside": why,
        "ratio": None,
        "goal": None,
        "ok": False,
    }


def _normal(row: Row) -> Row:
    """Goals as sentences: a bare number is the least that a ratio may be."""
    goal = row["goal"]
    if isinstance(goal, int | float):
        row = row | {"goal": f"≥ {goal:g}"}
    if row["ok"] and isinstance(goal, str) and not goal_met(row["ratio"], goal):
        raise AssertionError(f"a row that misses its goal says it is well: {row}")
    return row


def _write(found: dict[str, list[Row]], every: list[Row]) -> None:
    json_file, page = Path("bench.json"), Path("docs/bench.md")
    if QUICK:
        json_file, page = PLACE / "quick.json", PLACE / "quick.md"
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in every)
    json_file.write_text(f"[\n{lines}\n]\n", "utf-8")
    page.write_text(written(found), "utf-8")
    print(f"\nWritten: {json_file} and {page}")


if __name__ == "__main__":
    sys.exit(main())
