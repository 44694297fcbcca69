"""Identifiers tell nothing: not when, not beside whom (T14)."""

import re
from base64 import b32encode
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.kernel import is_id, new_id, spell

MANY = 2000


def test_identifiers_have_one_shape_and_never_repeat() -> None:
    made = [new_id() for _ in range(MANY)]
    assert len(set(made)) == MANY
    assert all(re.fullmatch(r"[a-z2-7]{26}", one) for one in made)
    assert all(is_id(one) for one in made)


def test_the_order_of_identifiers_is_not_the_order_in_which_they_were_made() -> None:
    made = [new_id() for _ in range(MANY)]
    rising = sum(one < other for one, other in pairwise(made))
    assert 0.4 < rising / MANY < 0.6


@pytest.mark.parametrize(
    "text",
    ["", "a" * 25, "a" * 27, "A" * 26, "0" * 26, "a" * 26 + "\n", "é" * 26, "../" + "a" * 23],
)
def test_other_shapes_are_no_identifiers(text: str) -> None:
    assert not is_id(text)


@given(st.text(max_size=40))
def test_any_text_has_an_answer(text: str) -> None:
    assert is_id(text) == (re.fullmatch(r"[a-z2-7]{26}", text) is not None)


@given(st.binary(min_size=16, max_size=16))
def test_an_identifier_is_base_32_as_everybody_writes_it(sixteen: bytes) -> None:
    assert spell(sixteen) == b32encode(sixteen).decode("ascii").rstrip("=").lower()
