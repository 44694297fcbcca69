"""Attacks on passphrases, and kindness to those who type them."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillroom.kernel import Misuse, Secret
from stillroom.vault import Cost, KeyUnreadable, PassphraseLock, WeakPassphrase, WrongIdentity

GOOD = "lantern orchard velvet nine"
CONTEXT = b"ada/passphrase"


def opens(lock, made_with, typed) -> bool:
    """Whether what was locked with one passphrase opens with the other."""
    wrapped = lock.key(made_with).wrap(Secret(b"identity"), CONTEXT)
    try:
        return lock.key(typed).unwrap(wrapped, CONTEXT).expose() == b"identity"
    except WrongIdentity:
        return False


def test_the_right_passphrase_opens(lock):
    assert opens(lock, GOOD, GOOD)


@pytest.mark.parametrize(
    "typed", ["Lantern orchard velvet nine", GOOD + "s", GOOD[:-1], GOOD[::-1]]
)
def test_a_wrong_passphrase_does_not(lock, typed):
    assert not opens(lock, GOOD, typed)


def test_the_same_passphrase_under_another_salt_is_another_key(lock):
    wrapped = lock.key(GOOD).wrap(Secret(b"identity"), CONTEXT)
    with pytest.raises(WrongIdentity):
        PassphraseLock.create(cost=Cost.TEST).key(GOOD).unwrap(wrapped, CONTEXT)


def test_a_lock_whose_cost_was_lowered_in_the_database_does_not_open(lock):
    dear = PassphraseLock(2, 64, 1, lock.salt)
    wrapped = dear.key(GOOD).wrap(Secret(b"identity"), CONTEXT)
    with pytest.raises(WrongIdentity):
        PassphraseLock(1, 64, 1, lock.salt).key(GOOD).unwrap(wrapped, CONTEXT)


@pytest.mark.parametrize(
    "weak",
    [
        "",
        "   \t ",
        "short words",
        "aaaaaaaaaaaaaaaa",
        "abababababababab",
        "azmazmazmazmazm",
        "abcdefghijklmnop",
        "123456789012345",
        "987654321098765",
        "Password1234!!",
        "password password",
        "password kiwi 17!",
        "Welcome2Stillroom!",
        "qwerty qwerty 99",
        "1984 1985 1999 2003",
        "lantern\0orchard velvet",
        "lantern \ue000 orchard velvet",
        "lantern \ud800 orchard velvet",
    ],
)
def test_a_passphrase_that_would_be_guessed_is_refused_with_advice(lock, weak):
    with pytest.raises(WeakPassphrase) as caught:
        lock.key(weak)
    assert caught.value.advice
    assert weak.strip() == "" or weak not in str(caught.value) + caught.value.advice


@pytest.mark.parametrize(
    "good",
    [
        "zwölf Boxkämpfer jagen",
        "四つの無関係な言葉を選ぶのがよい",
        "correct orange staple",
        "password olive 17!",
        "kqzx kqzx kqzx kqzx",
        "abcdef kiwi plum",
        "Дом лампа река",
    ],
)
def test_passphrases_of_any_language_are_taken(lock, good):
    assert opens(lock, good, good)


@pytest.mark.parametrize(
    ("made_with", "typed"),
    [
        ("Café lantern orchard", "Cafe\u0301 lantern orchard"),
        ("ﬁne lantern orchard", "fine lantern orchard"),
        ("lantern orchard velvet", "  lantern  orchard\tvelvet\n"),
        ("lantern orchard velvet", "lantern\u00a0orchard\u3000velvet"),
    ],
)
def test_the_same_passphrase_from_another_keyboard_opens(lock, made_with, typed):
    assert opens(lock, made_with, typed)


@given(st.text(st.characters(categories=["L"]), min_size=14, max_size=30))
@settings(max_examples=40)
def test_how_a_character_is_composed_never_matters(text):
    lock = PassphraseLock(1, 8, 1, bytes(16))
    keys = set()
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        try:
            keys.add(lock.key(unicodedata.normalize(form, text)).to_secret().expose())
        except WeakPassphrase as refused:
            keys.add(str(refused).encode())
    assert len(keys) == 1


def test_a_lock_comes_back_from_its_bytes_and_opens_the_same(lock):
    again = PassphraseLock.from_bytes(lock.to_bytes())
    assert again == lock
    assert again.key(GOOD).to_secret().expose() == lock.key(GOOD).to_secret().expose()


def test_a_lock_cut_lengthened_or_of_another_version_is_refused(lock):
    written = lock.to_bytes()
    damaged = [written[:n] for n in range(len(written))]
    damaged += [written + b"\0", written.replace(b"lock\x01", b"lock\x02")]
    for other in damaged:
        with pytest.raises(KeyUnreadable):
            PassphraseLock.from_bytes(other)


@pytest.mark.parametrize(
    "planted",
    [
        (0, 64, 1, bytes(16)),
        (65, 64, 1, bytes(16)),
        (1, 7, 1, bytes(16)),
        (1, 2**31, 1, bytes(16)),
        (1, 64, 0, bytes(16)),
        (1, 4096, 256, bytes(16)),
        (1, 64, 1, bytes(15)),
    ],
)
def test_a_planted_lock_can_neither_be_empty_nor_exhaust_the_machine(planted):
    with pytest.raises(KeyUnreadable):
        PassphraseLock(*planted)


def test_an_empty_passphrase_is_called_empty(lock):
    for empty in ("", "   "):
        with pytest.raises(WeakPassphrase, match="empty"):
            lock.key(empty)


def test_the_costs_in_use_are_at_least_what_rfc_9106_recommends():
    """RFC 9106 section 4, second option: three passes over 64 MiB in four lanes."""
    assert Cost.INTERACTIVE.value == (3, 65_536, 4)
    assert Cost.UNSEAL.value == (4, 262_144, 4)


def test_bytes_are_no_passphrase(lock):
    with pytest.raises(Misuse):
        lock.key(b"lantern orchard velvet")
