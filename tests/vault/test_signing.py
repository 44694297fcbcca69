"""Attacks on signatures (P5)."""

import pytest

from stillroom.vault import KeyUnreadable, PersonKey, PublicKey, SignatureBroken

MESSAGE = b"note v1: what was signed"
FIELD = 2**255 - 19
D = -121665 * pow(121666, -1, FIELD) % FIELD


def test_a_signature_verifies_and_returns_nothing(ada):
    assert ada.public.verify(MESSAGE, ada.sign(MESSAGE)) is None


def test_a_signature_on_another_text_does_not(ada):
    signature = ada.sign(MESSAGE)
    for other in (b"", MESSAGE[:-1], MESSAGE + b" ", b"note v1: what was said"):
        with pytest.raises(SignatureBroken):
            ada.public.verify(other, signature)


def test_a_colleagues_signature_does_not_pass_for_mine(ada, bea):
    with pytest.raises(SignatureBroken):
        ada.public.verify(MESSAGE, bea.sign(MESSAGE))


def test_a_signature_with_a_flipped_bit_or_cut_does_not_verify(ada):
    signature = ada.sign(MESSAGE)
    for index in range(64):
        altered = bytearray(signature)
        altered[index] ^= 1
        with pytest.raises(SignatureBroken):
            ada.public.verify(MESSAGE, bytes(altered))
    for length in (0, 32, 63):
        with pytest.raises(SignatureBroken):
            ada.public.verify(MESSAGE, signature[:length])


def test_a_public_key_comes_back_from_its_bytes(ada):
    assert PublicKey.from_bytes(ada.public.to_bytes()) == ada.public


def test_a_public_key_cut_or_of_another_version_is_refused(ada):
    written = ada.public.to_bytes()
    damaged = [written[:n] for n in range(len(written))]
    damaged += [written + b"\0", written.replace(b"public\x01", b"public\x02")]
    for other in damaged:
        with pytest.raises(KeyUnreadable):
            PublicKey.from_bytes(other)


def _add(p, q):
    """Addition on Ed25519 in affine coordinates (RFC 8032, section 5.1.4)."""
    (x1, y1), (x2, y2) = p, q
    t = D * x1 * x2 * y1 * y2
    x = (x1 * y2 + x2 * y1) * pow(1 + t, -1, FIELD)
    y = (y1 * y2 + x1 * x2) * pow(1 - t, -1, FIELD)
    return x % FIELD, y % FIELD


def _x_of(y):
    """An x for this y, or None where the curve has none."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, FIELD) % FIELD
    root = pow(square, (FIELD + 3) // 8, FIELD)
    for x in (root, root * pow(2, (FIELD - 1) // 4, FIELD) % FIELD):
        if x * x % FIELD == square:
            return x
    return None


def _small_order_ys():
    """Every y of a point whose order divides eight: arbitrary points, times the order."""
    order = 2**252 + 27742317777372353535851937790883648493
    found = {1}
    for y in range(2, 40):
        if (x := _x_of(y)) is None:
            continue
        total, doubled, bits = (0, 1), (x, y), order
        while bits:
            if bits & 1:
                total = _add(total, doubled)
            doubled, bits = _add(doubled, doubled), bits >> 1
        point = total
        for _ in range(8):
            found.add(point[1])
            point = _add(point, total)
    return found


def test_a_signer_who_could_deny_everything_is_refused(ada):
    """Keys of small order, found here by arithmetic and not by a list, in all their encodings."""
    ys = _small_order_ys()
    assert len(ys) == 5  # of eight points: 1, -1, 0 (two points), and two of order eight (two each)
    for y in ys:
        for number in {y, y + FIELD} if y + FIELD < 2**255 else {y}:
            for sign in (0, 1 << 255):
                with pytest.raises(KeyUnreadable):
                    PublicKey(ada.public.wrapping, (number | sign).to_bytes(32, "little"))


@pytest.mark.parametrize(("wrapping", "signing"), [(31, 32), (33, 32), (32, 31), (32, 33)])
def test_a_public_key_has_two_halves_of_32_bytes(wrapping, signing):
    with pytest.raises(KeyUnreadable):
        PublicKey(b"w" * wrapping, b"s" * signing)


def test_ordinary_keys_are_not_refused():
    for _ in range(20):
        assert PersonKey.create().public
