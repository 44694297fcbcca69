"""T02: somebody takes the database, the log, a backup, the temporary folder or what was printed.

The canary sweep (THREATS.md, 6.1): every field of every page was filled with words that stand in no
dictionary, through the real pages of a real server; then everything that the server could have
written to is searched for them, in every disguise of `tests/harness/disguises.py`.
"""

import re
from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.db.models import CharField, Field, TextField

from stillroom.desk import urls
from stillroom.kernel import StillroomError
from stillroom.phi.models import Ring
from stillroom.vault import PersonKey, SharedKey, unwrap
from tests.harness import keys
from tests.harness.browser import PICKY, WORDS
from tests.harness.evidence import Evidence, statuses
from tests.harness.sweep import sweep

PLAIN = yaml.safe_load((Path(__file__).parent / "plain.yaml").read_text("utf-8"))
VIEWS = Path(urls.__file__).parent
MADE_UP = frozenset({"", "styleguide"})


# The sweep


def test_no_word_lies_on_the_disk_while_the_server_runs(evidence: Evidence) -> None:
    assert evidence.on_disk["running"] == []


def test_no_word_lies_on_the_disk_after_the_server_was_killed(evidence: Evidence) -> None:
    assert evidence.on_disk["killed"] == []


def test_no_word_and_no_key_is_in_open_files_arguments_or_environment(evidence: Evidence) -> None:
    assert evidence.beside_disk == []


def test_the_server_holds_no_file_open_outside_its_own_folders(evidence: Evidence) -> None:
    searched = str(evidence.life.served.searched)
    assert [name for name in evidence.files_open if not name.startswith(searched)] == []
    assert any(name.endswith("practice.db") for name in evidence.files_open)


def test_what_was_sent_wrong_is_answered_and_is_in_no_log(evidence: Evidence) -> None:
    """Words in dates, numbers, choices and identifiers; bytes that are no text; cut uploads."""
    counts = statuses(evidence.spoilt)
    assert [page.path for page in evidence.spoilt if page.status >= 500] == []
    assert counts[409] > 50
    assert "a page failed" not in evidence.life.served.printed()


def test_the_sweep_searched_a_practice_in_which_something_happened(evidence: Evidence) -> None:
    """The same words that are on no disk were on the pages, so they did arrive."""
    shown = b"".join(page.body for page in evidence.pages)
    for kind in evidence.life.kinds[:2]:
        assert kind.tag.encode() in shown.lower()
    held = keys.read_rows(evidence.life.served, "SELECT count(*) FROM chart_revision")
    assert held[0][0] >= 7  # type: ignore[operator]


def test_the_sweep_sees_the_same_words_when_they_are_written_plainly(
    evidence: Evidence, tmp_path: Path
) -> None:
    (tmp_path / "leak.log").write_text(evidence.life.chart.words("a leak"))
    assert sweep(evidence.life.kinds, [tmp_path])


# Nothing can be forgotten: pages, scripts, tables


def test_every_page_was_looked_at(evidence: Evidence) -> None:
    pages = {row for row, entry in _matrix().items() if isinstance(entry.get("GET"), dict)}
    assert pages - evidence.looked_at - set(PLAIN["pages not looked at"]) == set()


def _matrix() -> dict[str, dict[str, object]]:
    from tests.harness import matrix

    return {name: entry for name, entry in matrix.table()["addresses"].items() if "," not in name}


def _first(name: str) -> str:
    """A page has always room for one guardian more; her field is the first one's."""
    return re.sub(r"^guardian_\d+_", "guardian_1_", name)


def test_every_field_for_words_was_filled_with_a_canary(evidence: Evidence) -> None:
    browsers = evidence.life.browsers
    seen = {field for browser in browsers for field in browser.seen}
    typed = {field for browser in browsers for field in browser.typed}
    left = {
        (page, re.sub(r"_[a-z2-7]{26}$", "", name))
        for page, name, kind in seen
        if kind in WORDS | PICKY and page not in MADE_UP and (page, _first(name)) not in typed
    }
    known = {tuple(name.split(".")) for name in PLAIN["fields"]}
    assert left - known == set(), (
        "a field for words that the sweep does not fill, nor plain.yaml say"
    )
    assert known - left == set(), "plain.yaml speaks of a field that is filled, or is no more"


def test_every_name_that_a_view_reads_is_a_field_that_was_seen(evidence: Evidence) -> None:
    """A field that no page shows, but a view would read, is a door that the sweep does not see."""
    seen = {name for browser in evidence.life.browsers for _, name, _ in browser.seen}
    read: set[str] = set()
    for file in VIEWS.rglob("*.py"):
        text = file.read_text("utf-8")
        read |= set(re.findall(r'(?:POST|typed|body|given)\.get(?:list)?\("(\w+)"', text))
        read |= set(re.findall(r'(?:POST|typed|body|given)\["(\w+)"\]', text))
    assert read - seen - set(PLAIN["not on a page"]) == set()


def _text_columns() -> set[str]:
    found = set()
    for model in apps.get_models():
        if model.__module__.startswith("stillroom."):
            for column in model._meta.concrete_fields:
                if isinstance(column, CharField | TextField) and not _is_a_key(column):
                    found.add(f"{model._meta.label}.{column.name}")
    return found


def _is_a_key(column: "Field[object, object]") -> bool:
    return column.primary_key and column.max_length in (26, 64, 128)


def test_every_column_that_holds_text_in_the_clear_is_accounted_for() -> None:
    """A new column for words fails here until somebody says why it may stand in the clear."""
    assert _text_columns() == set(PLAIN["columns"])
    assert all(why.strip() for why in PLAIN["columns"].values())


# Keys


def test_with_only_the_folder_every_wrapped_thing_stays_shut(evidence: Evidence) -> None:
    """Nothing in the folder, nor anything derived from it, opens a wrap, a way in or a session."""
    served = evidence.life.served
    found = keys.wraps(served)
    assert {wrap.kind for wrap in found} == set(Ring.Kind.values)
    practice = keys.Home.load(served.home).practice
    identities = [PersonKey.create(), SharedKey.create(), *_made_from_the_folder(served.home)]
    for wrap in found:
        for identity in identities:
            with pytest.raises(StillroomError):
                unwrap(wrap.sealed, identity, wrap.context(practice))


def _made_from_the_folder(home: Path) -> list[SharedKey]:
    """Every 32 bytes of practice.json and of the log, taken for a key."""
    import json
    from base64 import b64decode

    from stillroom.kernel import Secret

    taken = []
    for value in json.loads((home / "practice.json").read_text()).values():
        try:
            raw = b64decode(str(value), validate=True)
        except ValueError:
            continue
        taken += [raw[at : at + 32] for at in range(0, max(0, len(raw) - 31), 8)]
    return [SharedKey.from_secret(Secret(b"shared\x01" + raw)) for raw in taken]


def test_the_folder_without_its_key_file_starts_sealed_and_a_wrong_key_file_is_refused(
    evidence: Evidence, tmp_path: Path
) -> None:
    from stillroom.config.home import Home, WrongKey

    home = Home.load(evidence.life.served.home)
    wrong = tmp_path / "wrong.key"
    right = evidence.life.served.key_file.read_text("ascii")
    wrong.write_text(right[:20] + ("A" if right[20] != "A" else "B") + right[21:])
    with pytest.raises(WrongKey):
        home.open_server_by_file(wrong)
    with pytest.raises(WrongKey):
        home.open_server("no passphrase was ever set")
    assert str(evidence.life.served.key_file.parent) not in str(home.path)
