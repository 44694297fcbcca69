"""Every address that gives something for outside, found by walking the URL configuration.

What runs around every page (`MIDDLEWARE`) is walked like a view: a notice that waited for its hour goes
there, at whatever address somebody asks.

An address is such a door if what answers there, or anything in the doors' own packages that it calls,
makes a file, prints a link to be sent, hands something to the carrier of messages, or shows a page
with a button that prints. Found in the source, so that no story has to reach it.
"""

import ast
import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.http import HttpResponse

import stillroom
from stillroom.desk.urls import urlpatterns as of_the_desk
from stillroom.portal.urls import urlpatterns as of_the_portal

EXITS = Path(__file__).parents[1] / "threats" / "exits.yaml"
_ROOT = Path(stillroom.__file__).parent
_DOORS = ("desk", "portal")
_AROUND = "stillroom.config.middleware"
AROUND = "around every page: "
"""How exits.yaml names a part of the middleware."""
_ANSWERS = frozenset({"HttpResponse", "StreamingHttpResponse", "FileResponse"})
PRINTS = "data-prints"
_FOR_OUTSIDERS = frozenset({"portal_place", "received"})
"""Addresses that are sent to somebody who does not sign in to reach them."""
_LETS_GO = frozenset(
    {
        ("stillroom.disclosure", "accounting", "give"),
        ("stillroom.disclosure", "letter_links", "send"),
        ("stillroom.disclosure", "own_taking", "confirm"),
        ("stillroom.disclosure", "releasing", "release"),
        ("stillroom.disclosure", "reporting", "send"),
        ("stillroom.disclosure", "sending", "settle"),
    }
)
"""What lets a packet, a report, an account or a letter go."""
_WRITES_TO_HER = frozenset(
    {
        ("stillroom.disclosure", "letter_links", "send"),
        ("stillroom.disclosure", "lettering", "sent"),
    }
)
"""What is written down as sent to a client by a person, through the one that sends."""


@cache
def table() -> dict[str, Any]:
    """exits.yaml as it stands."""
    read: dict[str, Any] = yaml.safe_load(EXITS.read_text("utf-8"))
    return read


def listed() -> dict[str, tuple[str, frozenset[str]]]:
    """Each listed address: its ground, and what it gives."""
    return {
        name: (ground, frozenset(kinds.split()))
        for ground, held in table()["grounds"].items()
        for name, kinds in held["doors"].items()
    }


@dataclass(frozen=True)
class _Module:
    functions: Mapping[str, ast.AST]
    names: Mapping[str, tuple[str, str]]
    """What it imports: a name here, to (module, name there); an empty name is the module itself."""


@cache
def _module(name: str) -> _Module | None:
    parts = name.split(".")
    outside = parts[0] != "stillroom" or len(parts) < 3 or parts[1] not in _DOORS
    if outside and name != _AROUND:
        return None
    path = _ROOT.joinpath(*parts[1:])
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    if not file.exists():
        return None
    tree = ast.parse(file.read_text("utf-8"))
    functions = {
        one.name: one for one in tree.body if isinstance(one, ast.FunctionDef | ast.ClassDef)
    }
    names = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module:
            for one in node.names:
                inner = f"{node.module}.{one.name}"
                found = (inner, "") if _module(inner) else (node.module, one.name)
                names[one.asname or one.name] = found
    return _Module(functions, names)


def _called(module: str, node: ast.AST) -> Iterator[tuple[str, str]]:
    """Functions of the doors' packages that are named in there."""
    known = _module(module)
    assert known is not None
    for one in ast.walk(node):
        if isinstance(one, ast.Name):
            if one.id in known.functions:
                yield module, one.id
            elif one.id in known.names and known.names[one.id][1]:
                yield known.names[one.id]
        elif isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name):
            whole, inner = known.names.get(one.value.id, ("", ""))
            if whole and not inner:
                yield whole, one.attr


def _reached(module: str, name: str) -> Iterator[tuple[str, ast.AST]]:
    waits, seen = [(module, name)], set()
    while waits:
        at = waits.pop()
        known = _module(at[0])
        if at in seen or known is None or at[1] not in known.functions:
            continue
        seen.add(at)
        node = known.functions[at[1]]
        yield at[0], node
        waits.extend(_called(at[0], node))


def kinds_of(module: str, node: ast.AST) -> frozenset[str]:
    """What is given in there: `file`, `leaves`, `link`, `message`, `prints`."""
    return frozenset(kind for one in ast.walk(node) for kind in _kinds(module, one))


def _kinds(module: str, one: ast.AST) -> Iterator[str]:
    if isinstance(one, ast.Call):
        yield from _of_a_call(one)
    elif isinstance(one, ast.Attribute):
        if one.attr == "carrier":
            yield "message"
        if _names(module, one) in _LETS_GO:
            yield "leaves"
        if _names(module, one) in _WRITES_TO_HER:
            yield "message"
    elif isinstance(one, ast.Constant) and isinstance(one.value, str):
        if one.value == "Content-Disposition":
            yield "file"
        elif one.value in _FOR_OUTSIDERS:
            yield "link"
        elif one.value.endswith(".html") and _prints(module.split(".")[1], one.value):
            yield "prints"


def _of_a_call(one: ast.Call) -> Iterator[str]:
    called = one.func.id if isinstance(one.func, ast.Name) else getattr(one.func, "attr", "")
    typed = any(word.arg == "content_type" for word in one.keywords)
    if called in _ANSWERS and (typed or len(one.args) > 1 or called != "HttpResponse"):
        yield "file"
    if called == "build_absolute_uri":
        yield "link"


def _names(module: str, one: ast.Attribute) -> tuple[str, str, str]:
    """What `module.name` means in there: where from, the module, the name."""
    known = _module(module)
    if known is None or not isinstance(one.value, ast.Name):
        return "", "", ""
    return (*known.names.get(one.value.id, ("", "")), one.attr)


def _prints(package: str, template: str) -> bool:
    file = _ROOT / package / "templates" / package / template
    return file.exists() and PRINTS in file.read_text("utf-8")


def _around() -> Iterator[tuple[str, frozenset[str]]]:
    """Each of our own parts of the middleware that gives something for outside, and what."""
    for path in settings.MIDDLEWARE:
        module, _, name = path.rpartition(".")
        kinds: frozenset[str] = frozenset()
        for at, node in _reached(module, name):
            # What middleware calls of the doors' packages answers a page that was not given.
            kinds |= kinds_of(at, node) if at == _AROUND else frozenset()
        if kinds:
            yield AROUND + name, kinds


def found() -> dict[str, frozenset[str]]:
    """Each address that gives something for outside, and what; and what gives around every page."""
    doors = dict(_around())
    for pattern in (*of_the_desk, *of_the_portal):
        view = inspect.unwrap(pattern.callback)
        kinds: frozenset[str] = frozenset()
        for module, node in _reached(view.__module__, view.__name__):
            kinds |= kinds_of(module, node)
        if kinds:
            doors[str(pattern.name)] = kinds
    return doors


def gives(answer: HttpResponse) -> str:
    """What an answer gives for outside, as somebody sees it who knows nothing of the source."""
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    if "Content-Disposition" in answer.headers or kind not in ("", "text/html", "application/json"):
        return "file"
    return "prints" if PRINTS.encode() in answer.content else ""
