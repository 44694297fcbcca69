"""The primitives under the vault give what their standards say.

Published vectors from the package `cryptography-vectors`: NIST's for AES-256-GCM, RFC 5869's for
HKDF, RFC 7748's for X25519, the authors' for Ed25519 (RFC 8032), RFC 9180's for HPKE. And HPKE
written out by hand from the RFC, first checked against its vectors, then opening what our `wrap`
wrote.
"""

import hashlib
import hmac
import json
from pathlib import Path

import cryptography_vectors
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from stillroom.kernel import Secret
from stillroom.vault import Keyring, PersonKey, PublicKey, SignatureBroken
from stillroom.vault._derive import derive_key

VECTORS = Path(cryptography_vectors.__file__).parent


def blocks(path: str, begin: str = "count") -> list[dict[str, str]]:
    """Vectors of the form `name = value`, one for each `begin`; `FAIL` is a name alone.

    What stands before the first one, or between square brackets, holds for all that follow.
    """
    found: list[dict[str, str]] = []
    standing: dict[str, str] = {}
    for line in (VECTORS / path).read_text().splitlines():
        name, _, value = (part.strip() for part in line.strip("[]").partition("="))
        if not name or name.startswith("#"):
            continue
        if line.startswith("["):
            standing[name.lower()] = value
        elif name.lower() == begin:
            found.append({**standing, begin: value})
        elif found:
            found[-1][name.lower()] = value
    return found


def _gcm_cases() -> list[tuple[dict[str, str], bool]]:
    return [
        (case, "fail" in case)
        for case in blocks("ciphers/AES/GCM/gcmDecrypt256.rsp")
        if (case["ivlen"], case["taglen"]) == ("96", "128")
    ]


def test_aes_256_gcm_opens_and_refuses_as_nist_says():
    cases = _gcm_cases()
    assert len(cases) >= 375
    assert 0 < sum(fails for _, fails in cases) < len(cases)
    for case, fails in cases:
        key, nonce, aad, text, tag = (
            bytes.fromhex(case[name]) for name in ("key", "iv", "aad", "ct", "tag")
        )
        if fails:
            with pytest.raises(InvalidTag):
                AESGCM(key).decrypt(nonce, text + tag, aad)
        else:
            assert AESGCM(key).decrypt(nonce, text + tag, aad).hex() == case["pt"]


def test_hkdf_is_rfc_5869s():
    cases = blocks("KDF/rfc-5869-HKDF-SHA256.txt")
    assert len(cases) == 3
    for case in cases:
        secret, salt, info = (bytes.fromhex(case[name]) for name in ("ikm", "salt", "info"))
        ours = derive_key(secret, info, salt)
        assert case["okm"].startswith(ours.hex())


def test_x25519_is_rfc_7748s():
    cases = blocks("asymmetric/X25519/rfc7748.txt")
    assert len(cases) >= 2
    for case in cases:
        private = X25519PrivateKey.from_private_bytes(bytes.fromhex(case["input_scalar"]))
        public = X25519PublicKey.from_public_bytes(bytes.fromhex(case["input_u"]))
        assert private.exchange(public).hex() == case["output_u"]


def test_ed25519_is_rfc_8032s():
    lines = (VECTORS / "asymmetric/Ed25519/sign.input").read_text().splitlines()[:200]
    assert len(lines) == 200
    for line in lines:
        private, public, message, signed = (bytes.fromhex(part) for part in line.split(":")[:4])
        person = PersonKey(Secret(b"x" * 32), Secret(private[:32]))
        assert person.public.signing == public
        assert person.sign(message) == signed[:64]
        person.public.verify(message, signed[:64])
        with pytest.raises(SignatureBroken):
            PublicKey(person.public.wrapping, public).verify(message + b"x", signed[:64])


# HPKE by hand: RFC 9180, base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM

KEM_SUITE = b"KEM" + (0x20).to_bytes(2, "big")
SUITE = b"HPKE" + (0x20).to_bytes(2, "big") + (1).to_bytes(2, "big") + (2).to_bytes(2, "big")


def _labeled_extract(salt: bytes, suite: bytes, label: bytes, ikm: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + ikm, "sha256")


def _labeled_expand(prk: bytes, suite: bytes, label: bytes, info: bytes, length: int) -> bytes:
    labeled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    block = hmac.digest(prk, labeled + b"\x01", "sha256")
    return (block + hmac.digest(prk, block + labeled + b"\x02", "sha256"))[:length]


def _open_by_hand(private: X25519PrivateKey, enc: bytes, info: bytes) -> tuple[bytes, bytes]:
    """The key and the base nonce (RFC 9180, sections 4.1 and 5.1)."""
    shared = private.exchange(X25519PublicKey.from_public_bytes(enc))
    context = enc + private.public_key().public_bytes_raw()
    prk = _labeled_extract(b"", KEM_SUITE, b"eae_prk", shared)
    secret = _labeled_expand(prk, KEM_SUITE, b"shared_secret", context, 32)
    psk_id_hash = _labeled_extract(b"", SUITE, b"psk_id_hash", b"")
    info_hash = _labeled_extract(b"", SUITE, b"info_hash", info)
    schedule = b"\0" + psk_id_hash + info_hash
    root = _labeled_extract(secret, SUITE, b"secret", b"")
    key = _labeled_expand(root, SUITE, b"key", schedule, 32)
    return key, _labeled_expand(root, SUITE, b"base_nonce", schedule, 12)


def test_hpke_by_hand_is_rfc_9180s():
    (case,) = [
        case
        for case in json.loads((VECTORS / "HPKE/test-vectors.json").read_text())
        if (case["mode"], case["kem_id"], case["kdf_id"], case["aead_id"]) == (0, 0x20, 1, 2)
    ]
    private = X25519PrivateKey.from_private_bytes(bytes.fromhex(case["skRm"]))
    key, nonce = _open_by_hand(private, bytes.fromhex(case["enc"]), bytes.fromhex(case["info"]))
    assert (key.hex(), nonce.hex()) == (case["key"], case["base_nonce"])
    first = case["encryptions"][0]
    opened = AESGCM(key).decrypt(nonce, bytes.fromhex(first["ct"]), bytes.fromhex(first["aad"]))
    assert opened.hex() == first["pt"]


def test_a_ring_that_we_wrapped_opens_by_hand():
    """Outside eyes: nothing of the vault is used but the two halves of the person's key."""
    opening, ring = b"o" * 32, Keyring.create()
    person = PersonKey(Secret(opening), Secret(b"s" * 32))
    wrapped = ring.wrap(person.public, b"practice/dov/chart")
    assert wrapped[0] == 0x11
    private = X25519PrivateKey.from_private_bytes(opening)
    info = b"stillroom wrap v1\0practice/dov/chart"
    key, nonce = _open_by_hand(private, wrapped[1:33], info)
    assert AESGCM(key).decrypt(nonce, wrapped[33:], b"") == ring.to_secret().expose()


def test_a_note_that_we_sealed_opens_by_hand(note):
    ring = note.ring.to_secret().expose()
    key = ring[5 + 32 + 2 + 2 :]
    sealed = note.bytes
    aad = sealed[:3] + "\0".join(str(field) for field in note.place).encode()
    padded = AESGCM(key).decrypt(sealed[3:15], sealed[15:], aad)
    assert padded == note.words + b"\x80" + bytes(512 - len(note.words))


def test_a_pseudonym_can_be_made_by_hand(note):
    naming = note.ring.to_secret().expose()[5:37]
    digest = hmac.new(naming, b"stillroom pseudonym v1\0ledger", hashlib.sha256).digest()[:16]
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    bits = int.from_bytes(digest, "big") << 2
    by_hand = "".join(letters[bits >> shift & 31] for shift in range(125, -1, -5))
    assert note.ring.pseudonym("ledger") == by_hand


def test_derived_keys_are_hkdf_by_the_library():
    ours = derive_key(b"s" * 32, b"info", b"salt")
    assert ours == HKDF(algorithm=SHA256(), length=32, salt=b"salt", info=b"info").derive(b"s" * 32)
