"""Words that have no place here: ways around the gate, the log, the page's safety and the tests."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.walking import (
    File,
    all_files,
    breaches,
    files,
    imported,
    name_of,
    piece,
    source,
)

SUPERUSER = re.compile(r"\b(is_superuser|is_staff|has_perm|permission_required|AnonymousUser)\b")
SWITCH = re.compile(
    r"(^|_)(disable|skip|bypass|insecure|unsafe|ignore|without|unsealed|trust_all|no_auth)(_|$)",
    re.IGNORECASE,
)
MACHINE = re.compile(r"(?<![\w.])/(?:root|work|Users|home/[a-z][\w-]*|tmp/[\w-]+)/[\w.-]+")
SQL = {"raw", "extra", "RawSQL", "cursor", "execute", "executemany", "executescript"}
# Of phi.statements.
SQL |= {"fetch_all", "fetch_one", "fetch_among", "fetch_each", "carry_out", "carry_out_each"}
UNSAFE_MARKUP = {"mark_safe", "Markup", "SafeString", "SafeText"}
LOGGER = re.compile(r"(^|[._])log(ger|ging|s)?$", re.IGNORECASE)
LOGGING = {"debug", "info", "warning", "error", "critical", "exception", "log"}

# SQL outside phi/_log*: one statement each, constant, with bound values, and why it is there.
STATEMENTS = {
    "src/stillroom/config/doctor_data.py": "PRAGMA integrity_check, in a file opened read-only",
    "src/stillroom/phi/apart.py": "who is kept from a chart, asked at every question of the gate",
    "src/stillroom/phi/across.py": "the wraps of many charts, asked at every search",
    "src/stillroom/phi/rings.py": "a wrap by its four keys, before every revelation; many kept anew",
    "src/stillroom/chart/queries_writing.py": "the newest book of phrases, asked at every save",
    "src/stillroom/identity/familiar.py": "whether she is told of a way in, asked at her first page",
    "src/stillroom/practice/known.py": "whom somebody cares for now, asked at every list",
    "src/stillroom/practice/queries_care.py": "who cares in one capacity, asked at every page",
    "src/stillroom/practice/queries_glass.py": "what was broken and is open, asked at every page",
    "src/stillroom/chart/queries_given.py": "answers that press, asked at every page",
    "src/stillroom/disclosure/watching.py": "what somebody has open, asked at every page",
    "src/stillroom/practice/near.py": "the kind of a chart, asked at every save",
    "src/stillroom/practice/queries.py": "who cares for a chart, asked at every request",
    "src/stillroom/practice/actions.py": "the highest chart number, asked at every admission",
    "src/stillroom/practice/heads.py": "the heads of a day or a caseload, asked at every page",
    "src/stillroom/chart/whole.py": "a whole chart of thousands of notes at once",
    "src/stillroom/chart/actions.py": "autosave, every few seconds while somebody writes",
    "src/stillroom/chart/found.py": "the records that a search shows, of many charts at once",
    "src/stillroom/chart/indexing.py": "sealed indexes of many charts, read at every search",
    "src/stillroom/chart/queries.py": "a page of a chart, asked at every look at one",
    "src/stillroom/chart/holding.py": "what is held of a chart, asked at every record's page",
    "src/stillroom/chart/unsigned.py": "one's own drafts with their words, at every search",
    "src/stillroom/chart/queries_risk.py": "a chart's risk and what is due, at every look and Today",
    "src/stillroom/consent/queries.py": "a chart's papers, asked at every page of a chart",
    "src/stillroom/consent/queries_restrictions.py": "what a chart keeps back, asked as often",
    "src/stillroom/disclosure/queries.py": "a chart's matters, asked at every page of a chart",
    "src/stillroom/practice/queries_guests.py": "a client's standing and front, at all her pages",
    "src/stillroom/identity/queries.py": "who works here, asked at every page",
    "src/stillroom/identity/sessions.py": "whose session this is, asked at every request",
}

# Statements put together from a table's own names, once each, with bound values.
COMPOSERS = {
    "src/stillroom/phi/rows.py": "INSERT, by a model's table and columns; a whole admission at once",
    "src/stillroom/phi/statements.py": "carries out the statements of the files that are listed",
}

# Whose `at` already stands in the practice's zone.
LOCAL = {
    "src/stillroom/chart/rules_plan.py": "moments come localised from the queries",
    "src/stillroom/chart/rules_story.py": "moments come localised from the queries",
    "src/stillroom/chart/rules_thread.py": "moments come localised from the queries",
    "src/stillroom/config/demo/writing.py": "written moments carry the tale's own zone",
}

# Who may sleep between two looks at another process, never instead of looking.
SLEEPERS = {
    "tests/bench/calls.py": "two hundred rooms keep their pace",
    "tests/bench/writing.py": "twenty writers keep their pace",
    "tests/bench/server.py": "asks a starting server again, with a deadline",
    "tests/harness/served.py": "asks a starting server again, with a deadline",
    "tests/telehealth/browsers.py": "looks at several pages again, with a deadline",
    "tests/journeys/conftest.py": "asks a starting server again, with a deadline",
}


def superusers(file: File) -> Iterator[str]:
    """Django's all-powerful accounts: nobody here has all powers."""
    for found in SUPERUSER.finditer(file.text):
        yield f"{file.path} knows {found[0]}"


def sql(file: File) -> Iterator[str]:
    """SQL by hand. The log has its own; elsewhere a listed file may hold a constant statement."""
    if file.path.startswith("src/stillroom/phi/_log"):
        return
    for node in file.walk(ast.Call):
        assert isinstance(node, ast.Call)
        called = name_of(node.func).rpartition(".")[2]
        if called not in SQL or (called == "execute" and not node.args):
            continue
        if file.path in COMPOSERS:
            continue
        if file.path not in STATEMENTS:
            yield f"{file.at(node)} speaks SQL: {called}"
        elif called != "cursor" and not _is_constant(node.args[0]):
            yield f"{file.at(node)} puts a statement together"
    for node in file.walk(ast.Assign):
        assert isinstance(node, ast.Assign)
        named = [target.id for target in node.targets if isinstance(target, ast.Name)]
        if named == ["query"] and file.path in STATEMENTS and not _is_constant(node.value):
            yield f"{file.at(node)} puts a statement together"


def _is_constant(node: ast.expr) -> bool:
    """A constant, one with as many marks put in as there are values (`_MANY.format(…)`), or the
    name `query`, to which nothing else may be given."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr == "format" and _is_constant(node.func.value)
    if isinstance(node, ast.Name):
        return node.id.isupper() or node.id == "query"
    return isinstance(node, ast.Constant)


def unsafe_markup(file: File) -> Iterator[str]:
    """Text declared to be markup. `format_html` escapes what it is given and may stay."""
    for _, name in imported(file):
        if name.rpartition(".")[2] in UNSAFE_MARKUP:
            yield f"{file.path} imports {name}"
    for node in file.walk(ast.Call):
        assert isinstance(node, ast.Call)
        if name_of(node.func).rpartition(".")[2] in UNSAFE_MARKUP:
            yield f"{file.at(node)} declares text to be markup"


def signals(file: File) -> Iterator[str]:
    """Things that happen elsewhere without being called: receivers of signals."""
    for node, name in imported(file):
        if name.startswith(("django.dispatch", "django.db.models.signals", "blinker")):
            yield f"{file.at(node)} listens for signals"


def composed_logs(file: File) -> Iterator[str]:
    """Log lines put together from values, which may be a client's words."""
    for node in file.walk(ast.Call):
        assert isinstance(node, ast.Call)
        called = name_of(node.func)
        owner, _, method = called.rpartition(".")
        if (
            method in LOGGING
            and LOGGER.search(owner)
            and any(_is_composed(argument) for argument in node.args)
        ):
            yield f"{file.at(node)} composes a log line"


def _is_composed(node: ast.expr) -> bool:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr in ("format", "join")
    return isinstance(node, ast.JoinedStr | ast.BinOp)


def switches(file: File) -> Iterator[str]:
    """Settings that could switch something off: sealing, the gate and the log have no switch."""
    if file.path != "src/stillroom/config/settings.py":
        return
    for node in file.tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        for target in targets:
            if SWITCH.search(name_of(target)):
                yield f"{file.at(node)} has a switch: {name_of(target)}"
    for node in file.walk(ast.Constant):
        assert isinstance(node, ast.Constant)
        read = node.value if isinstance(node.value, str) else ""
        if read.startswith("STILLROOM_") and SWITCH.search(read):
            yield f"{file.at(node)} reads a switch: {read}"


def verdicts(file: File) -> Iterator[str]:
    """A verification that answers `False` can be overlooked; it returns nothing or raises."""
    for node in file.walk(ast.FunctionDef, ast.AsyncFunctionDef):
        assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if node.name.lstrip("_").startswith("verify") and name_of(node.returns or node) == "bool":
            yield f"{file.at(node)} {node.name} answers yes or no"


def mocks(file: File) -> Iterator[str]:
    """Stand-ins that agree with whatever is asked of them."""
    for node, name in imported(file):
        if name.startswith(("unittest.mock", "mock", "pytest_mock")):
            yield f"{file.at(node)} imports {name}"
    for node in file.walk(ast.FunctionDef):
        assert isinstance(node, ast.FunctionDef)
        if any(argument.arg == "mocker" for argument in node.args.args):
            yield f"{file.at(node)} asks for a mocker"


def sleeps(file: File) -> Iterator[str]:
    """Waiting for a while and hoping. Wait for what should happen, with a deadline."""
    if file.path in SLEEPERS:
        return
    for node in file.walk(ast.Call):
        assert isinstance(node, ast.Call)
        if name_of(node.func) in ("time.sleep", "asyncio.sleep", "sleep"):
            yield f"{file.at(node)} sleeps"


def days_of_greenwich(file: File) -> Iterator[str]:
    """The day of a moment that is kept in UTC: in the evening it is tomorrow's. Ask `.today`."""
    if file.path in LOCAL:
        return
    for node in file.walk(ast.Call):
        assert isinstance(node, ast.Call)
        if name_of(node.func) == "at.date" or name_of(node.func).endswith(".at.date"):
            yield f"{file.at(node)} takes the day of Greenwich"


def machine_paths(file: File) -> Iterator[str]:
    """Where things lay on the machine of whoever wrote this."""
    for found in MACHINE.finditer(file.text):
        line = file.text[: found.start()].count("\n") + 1
        yield f"{file.path}:{line} names {found[0]}"


IN_SOURCE = [
    superusers,
    sql,
    unsafe_markup,
    signals,
    composed_logs,
    switches,
    verdicts,
    days_of_greenwich,
]
IN_TESTS = [mocks, sleeps]


@pytest.mark.parametrize("rule", IN_SOURCE)
def test_the_package_keeps_the_rule(rule):
    assert breaches(rule, source()) == []


@pytest.mark.parametrize("rule", IN_TESTS)
def test_the_tests_keep_the_rule(rule):
    assert breaches(rule, files("tests/")) == []


def test_nothing_names_a_place_on_somebodys_machine():
    ours = [file for file in all_files() if not file.path.endswith((".lock", "package-lock.json"))]
    assert breaches(machine_paths, [file for file in ours if "tests/house/" not in file.path]) == []


def test_every_listed_statement_and_every_listed_sleep_is_still_there():
    kept = {file.path: file for file in files("src/stillroom/", "tests/")}
    for path in SLEEPERS:
        assert "sleep(" in kept[path].text, path
    for path in STATEMENTS:
        assert path in kept, path
        assert any(word in kept[path].text for word in ("execute(", ".raw(", "statements.")), path


SETTINGS = "src/stillroom/config/settings.py"
LISTED = "src/stillroom/phi/rings.py"
TEETH = [
    (superusers, piece("if user.is_superuser: pass")),
    (sql, piece("Client.objects.raw('SELECT 1')")),
    (sql, piece("Client.objects.extra(where=[x])")),
    (sql, piece("connection.cursor()")),
    (sql, piece("cursor.execute(f'SELECT {x}')", LISTED)),
    (sql, piece("cursor.execute('SELECT ' + x)", LISTED)),
    (sql, piece("cursor.execute(text)", LISTED)),
    (sql, piece("cursor.execute(text.format(x))", LISTED)),
    (sql, piece("query = f'SELECT {x}'", LISTED)),
    (sql, piece("statements.fetch_all(_FIND)")),
    (sql, piece("statements.fetch_all(f'SELECT {x}')", LISTED)),
    (sql, piece("statements.fetch_among(f'SELECT {x}', ids)", LISTED)),
    (sql, piece("statements.carry_out(text, (1,))", LISTED)),
    (unsafe_markup, piece("from django.utils.safestring import mark_safe")),
    (unsafe_markup, piece("from markupsafe import Markup")),
    (unsafe_markup, piece("markupsafe.Markup(text)")),
    (signals, piece("from django.dispatch import receiver")),
    (signals, piece("from django.db.models.signals import post_save")),
    (composed_logs, piece("_log.error(f'{name} failed')")),
    (composed_logs, piece("logger.warning('a ' + name)")),
    (composed_logs, piece("logging.info('{}'.format(name))")),
    (composed_logs, piece("_log.info('%s' % name)")),
    (switches, piece("SKIP_GATE = True", SETTINGS)),
    (switches, piece("DISABLE_LOG = os.environ.get('X')", SETTINGS)),
    (switches, piece("x = os.environ.get('STILLROOM_INSECURE')", SETTINGS)),
    (verdicts, piece("def verify_root(x) -> bool: ...")),
    (verdicts, piece("class A:\n    def verify(self) -> bool: ...")),
    (days_of_greenwich, piece("today = request.at.date()")),
    (mocks, piece("from unittest import mock")),
    (mocks, piece("from unittest.mock import patch")),
    (mocks, piece("def test_x(mocker): ...")),
    (sleeps, piece("import time\ntime.sleep(1)")),
    (sleeps, piece("from time import sleep\nsleep(1)")),
    (machine_paths, piece("open('/root/project/x')")),
    (machine_paths, piece("see /home/ada/stillroom/x.py")),
    (machine_paths, piece("at /work/main/src")),
]


@pytest.mark.parametrize(("rule", "breach"), TEETH)
def test_the_rule_has_teeth(rule, breach):
    assert breaches(rule, [breach])


@pytest.mark.parametrize(
    ("rule", "fine"),
    [
        (sql, piece("cursor.execute(_FIND, (ward,))", LISTED)),
        (sql, piece("cursor.execute(x)", "src/stillroom/phi/_log_sqlite.py")),
        (composed_logs, piece("_log.error('a page failed: %s', name)")),
        (composed_logs, piece("catalog.info(f'{x}')")),
        (verdicts, piece("def verify_root(x) -> None: ...")),
        (days_of_greenwich, piece("today = presence.today")),
        (machine_paths, piece("stillroom init --home /srv/linden; GET /work")),
    ],
)
def test_the_rule_lets_pass_what_is_fine(rule, fine):
    assert breaches(rule, [fine]) == []
