"""The proof by itself: two sides by the rules, whatever is changed on the way, and the vectors that
the browsers' half is held to as well (ui/test/call.test.mjs reads the same file)."""

import json
import secrets
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st
from mnemonic import Mnemonic

from stillroom.telehealth import rules_verify as rules
from stillroom.telehealth.rules_verify import Card, Message, Talk
from tests.telehealth.signer import Signer

VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))
WORDS = Path(__file__).parents[2] / "ui" / "src" / "call" / "words.ts"
KEYS = [Signer(ec.derive_private_key(n, ec.SECP256R1())) for n in (3, 5)]


def cards() -> list[Card]:
    """A fresh card of each."""
    return [Card(one.key, secrets.token_bytes(32), secrets.token_bytes(32)) for one in KEYS]


def walk(change: Any = lambda nth, message: message) -> tuple[Talk, Talk]:
    """A whole talk; `change` sits on the line and sees each message with its number."""
    sides = [Talk("k7q2mzt4xwe5ryh3bnc6vds2pa", seat, card) for seat, card in enumerate(cards())]
    sides[0], said = rules.begin(sides[0])
    to, nth = 1, 0
    while said:
        message = change(nth, said[0])
        key = KEYS[to]
        sides[to], said = rules.hear(sides[to], message, sign=key.sign, check=key.check)
        to, nth = 1 - to, nth + 1
    return sides[0], sides[1]


def test_two_by_the_rules_prove_themselves_and_see_one_code():
    first, second = walk()
    assert (first.proven, second.proven, first.stopped, second.stopped) == (True, True, "", "")
    assert first.transcript == second.transcript
    assert rules.code(first.transcript) == rules.code(second.transcript)
    assert rules.safety_number(first.mine.key, second.mine.key) == rules.safety_number(
        second.mine.key, first.mine.key
    )


FIELDS = [(0, "c"), (1, "key"), (1, "print"), (1, "nonce"), (2, "key"), (2, "print"), (2, "nonce"),
          (2, "sig"), (3, "sig")]  # fmt: skip


@settings(max_examples=60)
@given(st.sampled_from(FIELDS), st.integers(0, 63), st.integers(1, 255))
def test_no_byte_of_anything_said_can_be_changed(field: tuple[int, str], at: int, by: int):
    """Whoever is told something else is stopped, and so nothing of hers ever leaves."""
    number, name = field

    def change(nth: int, message: Message) -> Message:
        if nth != number:
            return message
        length = {"sig": 64, "key": 65}.get(name, 32)
        whole = bytearray(rules.read(message[name], length) or b"")
        whole[at % len(whole)] ^= by
        return {**message, name: rules.spell(bytes(whole))}

    first, second = walk(change)
    assert not (first.proven and second.proven)
    assert first.stopped or second.stopped or not first.proven


@settings(max_examples=60)
@given(
    st.lists(
        st.fixed_dictionaries(
            {"t": st.sampled_from(["commit", "hello", "reveal", "proof", "x"]), "v": st.just(1)},
            optional={"c": st.text(max_size=50), "key": st.none(), "sig": st.integers()},
        ),
        max_size=4,
    ),
    st.integers(0, 1),
)
def test_noise_proves_nothing_and_breaks_nothing(said: list[Message], seat: int):
    talk, key = Talk("room", seat, cards()[seat]), KEYS[seat]
    talk, _ = rules.begin(talk)
    for one in said:
        talk, _ = rules.hear(talk, one, sign=key.sign, check=key.check)
    assert not talk.proven


def test_what_is_stopped_stays_stopped():
    first, second = walk(lambda nth, message: {**message, "v": 0} if nth == 1 else message)
    assert first.stopped == "version"
    key = KEYS[0]
    again, said = rules.hear(first, {"t": "hello", "v": 1}, sign=key.sign, check=key.check)
    assert (again, said) == (first, ())
    assert not second.proven


@pytest.mark.parametrize("vector", VECTORS, ids=lambda one: one["name"])
def test_the_vectors_hold(vector: dict[str, Any]):
    first, second = (
        Card(*(bytes.fromhex(vector[seat][part]) for part in ("key", "print", "nonce")))
        for seat in ("first", "second")
    )
    bound = rules.commitment(vector["room"], first)
    assert bound.hex() == vector["commitment"]
    talk = Talk(vector["room"], 0, first, bound, second)
    assert talk.transcript.hex() == vector["transcript"]
    assert rules.to_sign(talk.transcript, 1).hex() == vector["signed by 1"]
    assert list(rules.code(talk.transcript)) == vector["code"]
    assert rules.safety_number(first.key, second.key) == vector["number"]
    assert KEYS[1].check(second.key, bytes.fromhex(vector["signed by 1"]),
                         bytes.fromhex(vector["signature of 1"]))  # fmt: skip


@pytest.mark.parametrize(("name", "language"), [("ENGLISH", "english"), ("SPANISH", "spanish")])
def test_the_words_are_those_of_the_published_lists(name: str, language: str):
    text = WORDS.read_text("utf-8").partition(f'export const {name} =\n  "')[2].partition('"')[0]
    from unicodedata import normalize

    assert text.split() == [normalize("NFC", one) for one in Mnemonic(language).wordlist]
    assert len(set(text.split())) == 2048
