"""A passkey in software (WebAuthn Level 3, §6): an EC key, a counter, and the PRF extension.

It does what a browser and its authenticator do together, and, when asked to, what a hostile pair
would do: another origin, another site, no user verification, another challenge.
"""

import hmac
import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

ORIGIN = "https://linden.example"
HOST = "linden.example"

_PRESENT, _VERIFIED, _ATTESTED = 0x01, 0x04, 0x40
Json = dict[str, Any]


def encode(raw: bytes) -> str:
    """base64url without padding."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


def decode(text: str) -> bytes:
    """The bytes of base64url."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Ceremony:
    """How one touch goes; the default is how it should go."""

    origin: str = ORIGIN
    host: str = HOST
    verified: bool = True
    present: bool = True
    challenge: bytes = b""
    kind: str = ""
    credential: bytes = b""
    user: bytes = b""


@dataclass
class Authenticator:
    """One passkey of one person."""

    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    credential: bytes = field(default_factory=lambda: os.urandom(32))
    prf_key: bytes = field(default_factory=lambda: os.urandom(32))
    has_prf: bool = True
    counts: bool = True
    count: int = 0

    def make(self, options: Json, how: Ceremony | None = None) -> tuple[Json, str]:
        """Answer `create` options: the credential as a page sends it, and the PRF's output."""
        how = how or Ceremony()
        data = self._data(how, _ATTESTED) + self._attested(how.credential or self.credential)
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        response = {
            "clientDataJSON": encode(_client_data(how, "webauthn.create", options)),
            "attestationObject": encode(attestation),
            "transports": ["internal"],
        }
        return self._credential(response, how), self.prf(options)

    def answer(self, options: Json, how: Ceremony | None = None) -> tuple[Json, str]:
        """Answer `get` options."""
        how = how or Ceremony()
        client, data = _client_data(how, "webauthn.get", options), self._data(how, 0)
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": encode(client),
            "authenticatorData": encode(data),
            "signature": encode(signature),
        }
        if how.user:
            response["userHandle"] = encode(how.user)
        return self._credential(response, how), self.prf(options)

    def prf(self, options: Json) -> str:
        """What the extension gives for the site's salt (§10.1.4); "" without the extension."""
        if not self.has_prf:
            return ""
        salt = decode(options["extensions"]["prf"]["eval"]["first"])
        said = sha256(b"WebAuthn PRF\0" + salt).digest()
        return encode(hmac.digest(self.prf_key, said, "sha256"))

    def _credential(self, response: Json, how: Ceremony) -> Json:
        shown = encode(how.credential or self.credential)
        return {
            "id": shown,
            "rawId": shown,
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "response": response,
            "clientExtensionResults": {"prf": {"enabled": self.has_prf}},
        }

    def _data(self, how: Ceremony, more: int) -> bytes:
        self.count += self.counts
        flags = more | (_PRESENT if how.present else 0) | (_VERIFIED if how.verified else 0)
        return sha256(how.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _attested(self, credential: bytes) -> bytes:
        point = self.key.public_key().public_numbers()
        cose = {
            1: 2,
            3: -7,
            -1: 1,
            -2: point.x.to_bytes(32, "big"),
            -3: point.y.to_bytes(32, "big"),
        }
        size = len(credential).to_bytes(2, "big")
        return bytes(range(16)) + size + credential + cbor2.dumps(cose)


def _client_data(how: Ceremony, kind: str, options: Json) -> bytes:
    challenge = encode(how.challenge) if how.challenge else options["challenge"]
    stated = {
        "type": how.kind or kind,
        "challenge": challenge,
        "origin": how.origin,
        "crossOrigin": False,
    }
    return json.dumps(stated).encode()
