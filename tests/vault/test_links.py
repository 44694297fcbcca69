"""A file behind two secrets opens with both, in its place, and with nothing less."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillroom.kernel import Misuse, Secret
from stillroom.vault import (
    Cost,
    KeyUnreadable,
    Place,
    SealBroken,
    WeakPassphrase,
    WrongIdentity,
    open_behind,
    random_words,
    seal_behind,
)

HERE = Place("practice", "link", "link", "file", 1)
SECRET, OTHER = Secret(b"a" * 32), Secret(b"b" * 32)
CODE = "river copper lantern maple"


@settings(max_examples=25)
@given(words=st.binary(max_size=300), at=st.integers(0, 10_000), flip=st.integers(1, 255))
def test_it_opens_with_both_and_no_bit_may_differ(words: bytes, at: int, flip: int) -> None:
    sealed = seal_behind(SECRET, CODE, words, HERE, Cost.TEST)
    assert open_behind(SECRET, CODE, sealed, HERE) == words
    at %= len(sealed)
    spoiled = sealed[:at] + bytes([sealed[at] ^ flip]) + sealed[at + 1 :]
    if 5 <= at < 19:
        return  # the lock's cost: another cost is another key, and a great one only takes long
    with pytest.raises((WrongIdentity, SealBroken, KeyUnreadable)):
        open_behind(SECRET, CODE, spoiled, HERE)


def test_one_secret_is_not_enough() -> None:
    sealed = seal_behind(SECRET, CODE, b"words", HERE, Cost.TEST)
    for secret, code, place in (
        (OTHER, CODE, HERE),
        (SECRET, "river copper lantern table", HERE),
        (SECRET, CODE, HERE._replace(ward="another")),
    ):
        with pytest.raises(WrongIdentity):
            open_behind(secret, code, sealed, place)
    with pytest.raises(WeakPassphrase):
        open_behind(SECRET, "short", sealed, HERE)
    with pytest.raises(Misuse):
        seal_behind(Secret(b"too short"), CODE, b"words", HERE, Cost.TEST)


def test_words_are_as_many_as_asked_and_seldom_the_same() -> None:
    drawn = {random_words(4) for _ in range(50)}
    assert len(drawn) == 50
    assert all(len(one.split()) == 4 for one in drawn)
