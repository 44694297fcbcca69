"""Project Wycheproof's vectors, through the primitives that the vault uses.

The vectors are not part of this repository. Point `WYCHEPROOF` at the folder `testvectors_v1` of a
copy of github.com/C2SP/wycheproof to run these; without it they are skipped, and the published
vectors in test_primitives.py stand alone.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from stillroom.vault import KeyUnreadable, PublicKey, SignatureBroken

FOLDER = os.environ.get("WYCHEPROOF", "")
pytestmark = pytest.mark.skipif(not FOLDER, reason="WYCHEPROOF names no folder of vectors")


def cases(name: str) -> Iterator[tuple[dict, dict]]:
    """Each test with its group."""
    for group in json.loads((Path(FOLDER) / f"{name}_test.json").read_text())["testGroups"]:
        for test in group["tests"]:
            yield group, test


def test_aes_256_gcm():
    asked = 0
    for group, test in cases("aes_gcm"):
        if (group["keySize"], group["ivSize"], group["tagSize"]) != (256, 96, 128):
            continue
        key, nonce, aad, words, text, tag = (
            bytes.fromhex(test[name]) for name in ("key", "iv", "aad", "msg", "ct", "tag")
        )
        if test["result"] == "invalid":
            with pytest.raises(InvalidTag):
                AESGCM(key).decrypt(nonce, text + tag, aad)
        else:
            assert AESGCM(key).decrypt(nonce, text + tag, aad) == words
        asked += 1
    assert asked > 50


def test_x25519():
    """A shared secret of zeros must be refused; the other odd inputs must give what they give."""
    for _, test in cases("x25519"):
        private = X25519PrivateKey.from_private_bytes(bytes.fromhex(test["private"]))
        public = X25519PublicKey.from_public_bytes(bytes.fromhex(test["public"]))
        if "ZeroSharedSecret" in test["flags"]:
            with pytest.raises(ValueError, match="shared key"):
                private.exchange(public)
        else:
            assert private.exchange(public).hex() == test["shared"], test["tcId"]


def test_ed25519():
    for group, test in cases("ed25519"):
        try:
            key = PublicKey(b"w" * 32, bytes.fromhex(group["publicKey"]["pk"]))
            key.verify(bytes.fromhex(test["msg"]), bytes.fromhex(test["sig"]))
            verified = True
        except (SignatureBroken, KeyUnreadable):
            verified = False
        assert verified == (test["result"] == "valid"), test["tcId"]


def test_hkdf_sha256():
    for _, test in cases("hkdf_sha256"):
        ikm, salt, info = (bytes.fromhex(test[name]) for name in ("ikm", "salt", "info"))
        try:
            made = HKDF(SHA256(), test["size"], salt or None, info).derive(ikm).hex()
        except ValueError:
            made = ""
        assert made == test["okm"], test["tcId"]
        assert (test["result"] == "valid") == bool(made)
