"""T02: an exception is thrown on purpose in every layer, with a client's words in its message.

The words may then stand in no answer and in no log, whatever the layer. (Words sent wrong to a real
server, and what it printed: test_t02_stolen_database.py.)
"""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from stillroom.chart import actions, rules
from stillroom.config import middleware
from stillroom.desk import pages
from stillroom.desk.views import problems
from stillroom.kernel import StillroomError
from stillroom.phi import Log, bridge, fronts
from stillroom.practice import queries as practice
from stillroom.vault import Keyring
from tests.cast import NOON, Cast
from tests.harness.sweep import Canaries
from tests.web import Visitor, serve


class Kept(logging.Handler):
    """Everything that any logger passes on, with tracebacks, as a log file would have it."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.text = ""
        self.setFormatter(logging.Formatter("%(name)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.text += self.format(record) + "\n"


@pytest.fixture
def kept() -> Iterator[Kept]:
    """A handler on the root, while the pages fail."""
    handler = Kept()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)


def _raises(error: type[Exception], words: str) -> Callable[..., Any]:
    def fail(*_: Any, **__: Any) -> Any:
        raise error(words)

    return fail


LAYERS: dict[str, tuple[Any, str]] = {
    "view": (actions, "save_draft"),
    "rules": (rules, "encode"),
    "bridge": (bridge, "seal"),
    "gate": (bridge, "ask"),
    "vault": (Keyring, "seal"),
    "vault opening": (Keyring, "open"),
    "log": (Log, "append"),
    "front sheets": (fronts, "reveal"),
    "queries": (practice, "cares_of"),
    "template": (pages, "nav"),
    "door": (middleware.sessions, "resume"),
    "cookie": (middleware, "read_cookie"),
    "telling": (problems, "told"),
}
ERRORS = (ValueError, RuntimeError, KeyError, AssertionError, MemoryError)


@contextmanager
def _failing(monkeypatch: pytest.MonkeyPatch, layer: str, words: str, nth: int) -> Iterator[None]:
    place, name = LAYERS[layer]
    with monkeypatch.context() as patch:
        patch.setattr(place, name, _raises(ERRORS[nth % len(ERRORS)], words))
        yield


def _ask_everything(ada: Visitor, cast: Cast, draft: str, words: str) -> list[Any]:
    """Reading and writing, by a person and by a script."""
    body = json.dumps({"version": 1, "fields": {"Data": words, "Assessment": words, "Plan": words}})
    save = reverse("save_draft", kwargs={"record_id": draft})
    sign = reverse("sign", kwargs={"record_id": draft})
    return [
        ada.post(
            save, body, content_type="application/json", headers={"accept": "application/json"}
        ),
        ada.post(save, body, content_type="application/json"),
        ada.post(sign, {"version": "1", "Data": words, "Assessment": words, "Plan": words}),
        ada.post(reverse("admit"), {"given": words, "family": words, "phone": words}),
        ada.get(reverse("chart", kwargs={"chart_id": cast.dov})),
        ada.get(reverse("clients"), data={"q": words}),
        ada.get(reverse("record", kwargs={"record_id": draft})),
        ada.get(reverse("record", kwargs={"record_id": words})),
    ]


@pytest.mark.parametrize("layer", LAYERS)
def test_an_error_in_this_layer_tells_no_words(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, kept: Kept, layer: str
) -> None:
    serve(cast)
    ada, canaries = Visitor(cast, "ada"), Canaries()
    draft = actions.begin(cast.here("ada"), cast.dov, "progress_note", occurred_at=NOON)
    words = canaries.words(layer)
    failed = 0
    for nth in range(len(ERRORS)):
        with _failing(monkeypatch, layer, words, nth):
            answers = _ask_everything(ada, cast, draft, words)
        failed += sum(answer.status_code >= 500 for answer in answers)
        for answer in answers:
            if answer.status_code >= 500:
                assert not list(canaries.search(layer, answer.content)), "told on the page"
                assert not list(canaries.search(layer, repr(answer.headers).encode()))
    assert failed, "the layer was never reached"
    assert not list(canaries.search(layer, kept.text.encode())), kept.text


def test_a_database_that_quotes_what_it_was_given_is_not_quoted(cast: Cast, kept: Kept) -> None:
    serve(cast)
    ada, canaries = Visitor(cast, "ada"), Canaries()
    draft = actions.begin(cast.here("ada"), cast.dov, "progress_note", occurred_at=NOON)
    words = canaries.words("database")

    def fail(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "chart_draft" in sql or "practice_client" in sql:
            raise ValueError(f"{sql} {params} {words}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail):
        answers = _ask_everything(ada, cast, draft, words)
    assert sum(answer.status_code == 500 for answer in answers) >= 3
    for answer in answers:
        if answer.status_code >= 500:
            assert not list(canaries.search("database", answer.content))
    assert not list(canaries.search("database", kept.text.encode())), kept.text


def test_our_own_errors_hold_no_words_of_whoever_asked(cast: Cast) -> None:
    """A `StillroomError` is shown as it is, so it says what is wrong and quotes nothing."""
    serve(cast)
    ada, canaries = Visitor(cast, "ada"), Canaries()
    words = canaries.words("own")
    for call in (
        lambda: actions.begin(cast.here("ada"), cast.dov, words, occurred_at=NOON),
        lambda: actions.save_draft(cast.here("ada"), words, {words: words}, 1),
        lambda: practice.chart_head(cast.here("ada"), words),
    ):
        with pytest.raises(StillroomError) as raised:
            call()
        told = f"{raised.value} {raised.value.advice} {raised.value!r}"
        assert not list(canaries.search("own", told.encode()))
    answer = ada.post(reverse("begin_note", kwargs={"chart_id": cast.dov, "kind": "x"}), {})
    assert answer.status_code == 409
