"""Recovery words: read from paper by someone who is not having a good day."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mnemonic import Mnemonic

from stillroom.vault import WordsUnreadable, new_recovery_words, words_key

LIST = Mnemonic("english").wordlist
# BIP-39's own first test vectors: entropy of zeros, and of 0x7f.
ZEROS = "abandon " * 11 + "about"
SEVENTY_FIVES = "legal winner thank year wave sausage worth useful legal winner thank yellow"


def key_of(words) -> bytes:
    return words_key(words).to_secret().expose()


def test_twelve_words_open_what_they_locked_and_others_do_not():
    words = new_recovery_words()
    assert len(words) == 12
    assert key_of(words) == key_of(words)
    assert key_of(words) != key_of(new_recovery_words())


def test_fresh_words_are_fresh():
    assert len({new_recovery_words() for _ in range(50)}) == 50


@pytest.mark.parametrize(
    "typed",
    [
        SEVENTY_FIVES.upper(),
        "  " + SEVENTY_FIVES.replace(" ", "   ") + "\n",
        SEVENTY_FIVES.replace(" ", ", "),
        "\n".join(f"{n}. {word}" for n, word in enumerate(SEVENTY_FIVES.split(), 1)),
        " ".join(word[:4] for word in SEVENTY_FIVES.split()),
        SEVENTY_FIVES.split(),
        tuple(word.title() for word in SEVENTY_FIVES.split()),
        "ｌｅｇａｌ" + SEVENTY_FIVES[5:],
    ],
)
def test_case_spacing_numbers_and_shortened_words_do_not_matter(typed):
    assert key_of(typed) == key_of(SEVENTY_FIVES)


@given(st.integers(0, 2047))
@settings(max_examples=50)
def test_four_letters_settle_which_word_is_meant(index):
    word = LIST[index]
    assert [w for w in LIST if w.startswith(word[:4])] == [word] or len(word) < 4


def test_a_word_that_is_not_in_the_list_is_named_with_the_nearest():
    words = SEVENTY_FIVES.replace("sausage", "sosage").split()
    with pytest.raises(WordsUnreadable) as caught:
        words_key(words)
    assert caught.value.position == 6
    assert caught.value.nearest == "sausage"
    assert "word 6" in str(caught.value)
    assert "sausage" in caught.value.advice


def test_no_word_that_was_typed_appears_in_the_message_for_the_log():
    with pytest.raises(WordsUnreadable) as caught:
        words_key(SEVENTY_FIVES.replace("sausage", "sosage"))
    assert "sosage" not in str(caught.value)
    assert "sausage" not in str(caught.value)


def test_even_nonsense_gets_a_nearest_word():
    with pytest.raises(WordsUnreadable) as caught:
        words_key("żżżżżż " + SEVENTY_FIVES)
    assert caught.value.position == 1


@pytest.mark.parametrize("count", [0, 1, 11, 13, 24])
def test_too_few_or_too_many_words_are_counted_out(count):
    with pytest.raises(WordsUnreadable) as caught:
        words_key(["abandon"] * count)
    assert f"{count} words" in str(caught.value)


@pytest.mark.parametrize(
    "typed",
    [
        "abandon " * 12,
        "winner legal " + SEVENTY_FIVES.split(" ", 2)[2],
        SEVENTY_FIVES.replace("yellow", "year"),
    ],
)
def test_words_in_the_wrong_order_or_misread_are_noticed(typed):
    with pytest.raises(WordsUnreadable) as caught:
        words_key(typed)
    assert caught.value.position == 0


def test_the_checksum_notices_fifteen_of_sixteen_wrong_words():
    begin = SEVENTY_FIVES.rsplit(" ", 1)[0]
    taken = 0
    for word in LIST:
        try:
            words_key(f"{begin} {word}")
        except WordsUnreadable:
            continue
        taken += 1
    assert taken == len(LIST) / 16
