"""A browser for the served practice: cookies, forms as the pages offer them, and nothing cached.

A form is read from the page, so a field that is added to a page is typed into without anybody
remembering to; `seen` and `typed` tell which fields there were and which got words.
"""

import http.client
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.urls import Resolver404, resolve

WORDS = frozenset({"text", "textarea", "email", "tel", "search", "url", "password"})
"""Types of field into which a person types words."""

PICKY = frozenset({"date", "tel"})
"""Types of field that take no words, but a day or a number that can be searched for as it stands."""


def address_name(address: str) -> str:
    """The name of an address in `urls.py`; empty for one that leads nowhere."""
    try:
        return resolve(urlsplit(address).path).url_name or ""
    except Resolver404:
        return ""


Typist = Callable[[str, str, str], str]
"""What is typed into (name of the address, name of the field, its type)."""


@dataclass
class Form:
    """A form as a page has it: what it would send if it were sent untouched."""

    action: str
    method: str
    types: dict[str, str] = field(default_factory=dict)
    values: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """An answer."""

    path: str
    status: int
    headers: http.client.HTTPMessage
    body: bytes
    forms: tuple[Form, ...] = ()

    @property
    def text(self) -> str:
        """The page as text."""
        return self.body.decode("utf-8", "replace")

    @property
    def goes_to(self) -> str:
        """Where it redirects to, if it does."""
        return self.headers.get("Location", "")

    def form(self, end: str) -> Form:
        """The form that is sent to an address with this end (before any `?`)."""
        return next(form for form in self.forms if form.action.partition("?")[0].endswith(end))


class Browser:
    """One person's browser."""

    def __init__(self, port: int, typist: Typist) -> None:
        self._port, self._typist = port, typist
        self.cookies: dict[str, str] = {}
        self.seen: set[tuple[str, str, str]] = set()
        self.typed: set[tuple[str, str]] = set()
        self.pages: list[Page] = []
        self._csrf = ""

    def get(self, path: str, **headers: str) -> Page:
        """Open a page; redirects are not followed."""
        return self._ask("GET", path, None, headers)

    def open(self, path: str) -> Page:
        """Open a page that is there; redirects within the desk are followed."""
        page = self.get(path)
        while page.status == 302:
            page = self.get(page.goes_to)
        assert page.status == 200, (path, page.status, page.text[:600])
        return page

    def post(self, path: str, data: Mapping[str, Any], **headers: str) -> Page:
        """Send a form as it is given, with this page's mark."""
        sent = {"csrfmiddlewaretoken": self._csrf, **data}
        return self._ask("POST", path, urlencode(sent, doseq=True).encode(), headers)

    def raw(self, path: str, body: bytes, **headers: str) -> Page:
        """Send bytes."""
        return self._ask("POST", path, body, {"X-CSRFToken": self._csrf, **headers})

    def json(self, path: str, body: Any) -> Page:
        """Send what a script sends."""
        kind = {"Content-Type": "application/json", "Accept": "application/json"}
        return self.raw(path, json.dumps(body).encode(), **kind)

    def submit(self, form: Form, **given: str | list[str]) -> Page:
        """Fill in a form and send it: what is given, and words in every other field for words."""
        name = address_name(form.action)
        sent: dict[str, str | list[str]] = {}
        for each, kind in form.types.items():
            if each in given:
                sent[each] = given[each]
                if given[each] and kind in WORDS | PICKY:
                    self.typed.add((name, each))
            elif kind in WORDS:
                sent[each] = self._typist(name, each, kind)
                self.typed.add((name, each))
            else:
                sent[each] = form.values.get(each, [])
        sent |= {each: value for each, value in given.items() if each not in sent}
        return self.post(form.action, sent)

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Page:
        host = f"localhost:{self._port}"
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        said = {
            "Host": host,
            "Cookie": kept,
            "Origin": f"http://{host}",
            **({"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}),
            **headers,
        }
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        try:
            connection.request(method, path, body, said)
            answer = connection.getresponse()
            page = self._read(path, answer)
        finally:
            connection.close()
        self.pages.append(page)
        return page

    def _read(self, path: str, answer: http.client.HTTPResponse) -> Page:
        body = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or ():
            for name, one in SimpleCookie(line).items():
                if one["max-age"] == "0" or not one.value:
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = one.value
        forms: tuple[Form, ...] = ()
        if "html" in answer.headers.get("Content-Type", ""):
            reader = _Reader(path)
            reader.feed(body.decode())
            forms = tuple(reader.forms)
            self._csrf = reader.csrf or self._csrf
        for form in forms:
            name = address_name(form.action)
            self.seen |= {(name, each, kind) for each, kind in form.types.items()}
        return Page(path, answer.status, answer.headers, body, forms)


class _Reader(HTMLParser):
    """The forms of a page, field by field."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.csrf = ""
        self._path = path
        self._form: Form | None = None
        self._writing = ""
        self._choice = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = {name: value or "" for name, value in attrs}
        if tag == "meta" and have.get("name") == "csrf":
            self.csrf = have.get("content", "")
        if tag == "form":
            where = "/unlock" if "data-unlocks" in have else self._path.partition("?")[0]
            self._form = Form(have.get("action") or where, have.get("method", "get"))
            self.forms.append(self._form)
        elif self._form is not None:
            self._field(self._form, tag, have)

    def _field(self, form: Form, tag: str, have: dict[str, str]) -> None:
        name = have.get("name", "")
        if tag == "option" and self._choice:
            if "selected" in have or not form.values[self._choice]:
                form.values[self._choice] = [have.get("value", "")]
        elif not name or name == "csrfmiddlewaretoken":
            return
        elif tag == "textarea":
            form.types[name], self._writing = "textarea", name
            form.values[name] = [""]
        elif tag == "select":
            form.types[name], self._choice = "select", name
            form.values[name] = []
        elif tag == "button":
            form.types.setdefault(name, "button")
        elif tag == "input":
            kind = have.get("type", "text")
            form.types[name] = kind
            kept = form.values.setdefault(name, [])
            if kind not in ("radio", "checkbox") or "checked" in have:
                kept.append(have.get("value", "on"))

    def handle_data(self, data: str) -> None:
        if self._form is not None and self._writing:
            self._form.values[self._writing][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._writing = ""
        elif tag == "select":
            self._choice = ""
        elif tag == "form":
            self._form = None
