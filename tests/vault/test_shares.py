"""Attacks on a secret that was split: by one holder, by holders of other secrets, by a typist."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillroom.kernel import Misuse, Secret
from stillroom.vault import KeyUnreadable, Share, SharesDisagree, SharesMissing, combine, split
from stillroom.vault._field import divide, evaluate, multiply, weights_at_zero

SECRET = Secret(b"the key to everything that was ever said")


@pytest.mark.parametrize(("shares", "threshold"), [(2, 2), (3, 2), (5, 3), (6, 6)])
def test_any_threshold_of_shares_gives_the_secret_and_fewer_do_not(shares, threshold):
    made = split(SECRET, shares=shares, threshold=threshold)
    for size in range(shares + 1):
        for chosen in combinations(made, size):
            if size >= threshold:
                assert combine(reversed(chosen)).expose() == SECRET.expose()
            else:
                with pytest.raises(SharesMissing):
                    combine(chosen)


def test_one_share_reveals_nothing():
    """Exhaustive for one byte: whatever a holder sees, each secret explains it equally well."""
    for x in (1, 2, 255):
        for seen in (0, 1, 77, 255):
            explained = Counter(
                secret
                for secret in range(256)
                for coefficient in range(256)
                if evaluate((secret, coefficient), x) == seen
            )
            assert explained == Counter(range(256))


def test_two_shares_of_three_reveal_nothing():
    """Threshold three, one byte: each secret is explained by exactly one polynomial."""
    seen = {1: 77, 2: 200}
    for secret in range(256):
        through = {0: secret, **seen}
        third = _value_at(3, through)
        assert _value_at(0, {**seen, 3: third}) == secret
    assert len({_value_at(3, {0: s, **seen}) for s in range(256)}) == 256


def _value_at(x, points):
    """Lagrange at any x, written apart from the code under test."""
    total = 0
    for xi, yi in points.items():
        for xj in points:
            if xj != xi:
                yi = multiply(yi, divide(x ^ xj, xi ^ xj))
        total ^= yi
    return total


def test_too_few_shares_forced_together_give_no_secret():
    """Even code that ignores the threshold learns nothing: the digest does not fit."""
    made = split(SECRET, shares=3, threshold=3)
    forced = [Share(s.number, 2, s.x, s.value) for s in made[:2]]
    with pytest.raises(SharesDisagree):
        combine(forced)


def test_shares_of_different_secrets_are_told_apart():
    one = split(SECRET, shares=3, threshold=2)
    other = split(SECRET, shares=3, threshold=2)
    with pytest.raises(SharesDisagree):
        combine([one[0], other[1]])
    with pytest.raises(SharesDisagree):
        combine([*one, other[0]])


def test_shares_of_another_secret_under_a_forged_number_are_noticed():
    one = split(SECRET, shares=2, threshold=2)
    other = split(SECRET, shares=2, threshold=2)
    forged = Share(one[0].number, 2, 2, other[1].value)
    with pytest.raises(SharesDisagree):
        combine([one[0], forged])


def test_one_share_entered_twice_does_not_count_as_two():
    one = split(SECRET, shares=3, threshold=2)[0]
    with pytest.raises(SharesDisagree):
        combine([one, one])


def test_a_share_with_any_bit_altered_is_noticed_after_combining():
    made = split(Secret(b"k"), shares=2, threshold=2)
    value = made[1].value.expose()
    for index in range(len(value)):
        for bit in range(8):
            altered = bytearray(value)
            altered[index] ^= 1 << bit
            with pytest.raises(SharesDisagree):
                combine([made[0], Share(made[1].number, 2, 2, Secret(bytes(altered)))])


def test_a_bad_share_beyond_the_threshold_is_noticed_too():
    made = split(SECRET, shares=3, threshold=2)
    bad = Share(made[2].number, 2, 3, Secret(bytes(len(made[2].value))))
    with pytest.raises(SharesDisagree):
        combine([*made[:2], bad])


def test_no_shares_are_too_few():
    with pytest.raises(SharesMissing):
        combine([])


@pytest.mark.parametrize(("x", "threshold"), [(0, 2), (256, 2), (1, 1), (1, 256)])
def test_a_share_at_zero_or_with_no_threshold_is_refused(x, threshold):
    """The value at zero *is* the secret; a share that claims to stand there is a forgery."""
    with pytest.raises(KeyUnreadable):
        Share(b"n" * 8, threshold, x, Secret(b"v" * 17))


@pytest.mark.parametrize(("shares", "threshold"), [(1, 1), (3, 1), (2, 3), (256, 2), (3, 0)])
def test_a_split_that_protects_nothing_is_a_mistake_of_ours(shares, threshold):
    with pytest.raises(Misuse):
        split(SECRET, shares=shares, threshold=threshold)


def test_there_must_be_something_to_split():
    with pytest.raises(Misuse):
        split(Secret(b""), shares=2, threshold=2)


def test_a_share_survives_paper():
    made = split(SECRET, shares=3, threshold=2)
    texts = [share.to_text() for share in made]
    typed = [texts[0].lower(), texts[2].replace(" ", "-")]
    assert combine(Share.from_text(text) for text in typed).expose() == SECRET.expose()


def test_a_figure_read_for_a_letter_is_understood():
    text = split(SECRET, shares=2, threshold=2)[0].to_text()
    misread = text.replace("O", "0").replace("I", "1").replace("B", "8")
    assert Share.from_text(misread).to_text() == text


def test_a_share_misread_cut_or_lengthened_is_refused_before_combining():
    written = split(Secret(b"k"), shares=2, threshold=2)[0].to_bytes()
    damaged = [written[:n] for n in range(len(written))] + [written + b"\0"]
    for index in range(len(written)):
        altered = bytearray(written)
        altered[index] ^= 1
        damaged.append(bytes(altered))
    for other in damaged:
        with pytest.raises(KeyUnreadable):
            Share.from_bytes(other)


@pytest.mark.parametrize("text", ["", "no share at all", "ÄÖÜ", "A" * 7])
def test_a_text_that_is_no_share_is_refused(text):
    with pytest.raises(KeyUnreadable):
        Share.from_text(text)


def test_a_share_does_not_print_its_value():
    share = split(SECRET, shares=2, threshold=2)[0]
    assert share.value.expose().hex() not in repr(share)
    assert repr(share.value.expose()) not in repr(share)


@given(st.binary(min_size=1, max_size=64), st.data())
@settings(max_examples=40)
def test_splitting_and_combining_give_the_secret_back(secret, data):
    shares = data.draw(st.integers(2, 12))
    threshold = data.draw(st.integers(2, shares))
    made = split(Secret(secret), shares=shares, threshold=threshold)
    chosen = data.draw(st.permutations(made))[:threshold]
    assert combine(chosen).expose() == secret


def test_the_field_is_a_field():
    """Exhaustive: every non-zero element has an inverse, and the products are AES's (FIPS 197)."""
    assert multiply(0x57, 0x83) == 0xC1  # FIPS 197, section 4.2
    assert multiply(0x57, 0x13) == 0xFE  # FIPS 197, section 4.2.1
    for left in range(256):
        assert multiply(left, 1) == left
        assert multiply(left, 0) == 0
        for right in range(1, 256):
            assert divide(multiply(left, right), right) == left
            assert multiply(left, right) == _by_shifting(left, right)
    with pytest.raises(ZeroDivisionError):
        divide(1, 0)


def _by_shifting(left, right):
    """Multiplication without tables, written apart from the code under test."""
    product = 0
    while right:
        product ^= left if right & 1 else 0
        left = (left << 1) ^ (0x11B if left & 0x80 else 0)
        right >>= 1
    return product


def test_the_weights_of_a_constant_add_up_to_one():
    for xs in combinations(range(1, 12), 3):
        total = 0
        for weight in weights_at_zero(xs):
            total ^= weight
        assert total == 1
