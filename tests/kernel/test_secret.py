"""A secret does not slip out: not by printing, comparing, pickling, copying, JSON or a log line."""

import copy
import io
import json
import logging
import pickle
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.kernel import Secret

WORDS = b"canary-7f3a9c51"
MARKS = [WORDS.decode(), WORDS.hex(), str(list(WORDS))[1:20]]

PRINTING: dict[str, Callable[[Secret], str]] = {
    "repr": repr,
    "str": str,
    "ascii": ascii,
    "format": format,
    "format with a width": lambda it: f"{it:>40}",
    "format with a conversion": lambda it: f"{it!r} {it!s} {it!a}",
    "percent": lambda it: "%s %r" % (it, it),  # noqa: UP031
    "str.format": lambda it: "{} {!r}".format(it, it),  # noqa: UP032
    "inside a list": lambda it: repr([it]),
    "inside a dict": lambda it: str({"key": it}),
    "an exception": lambda it: repr(ValueError(it)),
    "a traceback": lambda it: "".join(traceback.format_exception(ValueError(it))),
}

FORBIDDEN: dict[str, Callable[[Secret], Any]] = {
    "equal": lambda it: it == Secret(WORDS),
    "equal to bytes": lambda it: it == WORDS,
    "unequal": lambda it: it != WORDS,
    "in a list": lambda it: [Secret(WORDS)].index(it),
    "less": lambda it: it < WORDS,
    "hash": hash,
    "a set": lambda it: {it},
    "a key of a dict": lambda it: {it: 1},
    "copy": copy.copy,
    "deep copy": copy.deepcopy,
    "a dataclass as dict": lambda it: asdict(_Holder(it)),
    "json": json.dumps,
    "json of a holder": lambda it: json.dumps({"key": it}),
    "msgspec json": msgspec.json.encode,
    "bytes": bytes,
    "bytearray": bytearray,
    "list": list,
    "unpacking": lambda it: [*it],
    "join": lambda it: b"".join(it),
    "an index": lambda it: it[0],
    "a slice": lambda it: it[:4],
    "adding": lambda it: it + b"",
    "a buffer": memoryview,
    "bytes formatting": lambda it: b"%b" % it,
    "its variables": vars,
    "an added attribute": lambda it: setattr(it, "note", 1),
    **{
        f"pickle {protocol}": (lambda it, p=protocol: pickle.dumps(it, p))
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1)
    },
}


@dataclass
class _Holder:
    key: Secret


@pytest.mark.parametrize("way", PRINTING)
def test_a_secret_does_not_print(way: str) -> None:
    printed = PRINTING[way](Secret(WORDS))
    assert not any(mark in printed for mark in MARKS)
    assert "Secret(…)" in printed or "Secret(\\u2026)" in printed


@pytest.mark.parametrize("way", FORBIDDEN)
def test_a_secret_is_not_compared_copied_or_turned_into_something_else(way: str) -> None:
    with pytest.raises((TypeError, AttributeError)) as caught:
        FORBIDDEN[way](Secret(WORDS))
    assert not any(mark in str(caught.value) for mark in MARKS)


def test_a_secret_does_not_reach_a_log() -> None:
    written = io.StringIO()
    log = logging.getLogger("tests.kernel.secret")
    log.propagate = False
    log.addHandler(logging.StreamHandler(written))
    it = Secret(WORDS)
    log.warning("key %s and %r in %s", it, it, {"holder": _Holder(it)})
    try:
        raise ValueError(it)
    except ValueError:
        log.exception("failed with %s", it)
    assert "Secret(…)" in written.getvalue()
    assert not any(mark in written.getvalue() for mark in MARKS)


@given(st.binary(max_size=200))
def test_the_one_way_out_gives_the_bytes_and_the_rest_is_length(value: bytes) -> None:
    it = Secret(value)
    assert it.expose() == value
    assert len(it) == len(value)
    assert repr(it) == str(it) == f"{it}" == "Secret(…)"


def test_changing_the_bytes_that_were_given_does_not_change_the_secret() -> None:
    given_bytes = bytearray(WORDS)
    it = Secret(bytes(given_bytes))
    given_bytes[:] = bytes(len(given_bytes))
    assert it.expose() == WORDS


def test_an_empty_secret_is_false_by_its_length_alone() -> None:
    assert len(Secret(b"")) == 0
    assert not Secret(b"")
