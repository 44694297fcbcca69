"""Freeze what this release writes, so that every later release must open it.

    python tests/vault/freeze_vectors.py 0.1.0

makes `tests/vault/vectors/0.1.0/*.json`. Run once for a release, never again: a folder that exists
is refused. Each case names what is expected of it: `opens`, or the error. The keys in these files
are made for them and protect nothing.
"""

import json
import sys
from pathlib import Path

from stillroom.kernel import Secret
from stillroom.vault import (
    Cost,
    Keyring,
    PassphraseLock,
    PersonKey,
    Place,
    SharedKey,
    Stream,
    new_recovery_words,
    passkey_lock,
    split,
    words_key,
)

FOLDER = Path(__file__).parent / "vectors"
Case = dict[str, object]
CONTEXT = b"practice/dov/chart"
HERE = Place("practice", "dov", "note-1", "words", 3)
WORDS = ("", "a short note", "Grüße, 𝒲orld \0 \x80", "a longer note " * 300)


def _damaged(value: bytes, error: str) -> list[Case]:
    """The same bytes altered in front, in the middle and at the end, and cut."""
    half = len(value) // 2
    return [
        {"damage": name, "bytes": damaged.hex(), "expect": error}
        for name, damaged in (
            ("first byte", bytes([value[0] ^ 0x80]) + value[1:]),
            ("middle byte", value[:half] + bytes([value[half] ^ 1]) + value[half + 1 :]),
            ("last byte", value[:-1] + bytes([value[-1] ^ 1])),
            ("cut", value[:-1]),
            ("empty", b""),
        )
    ]


def sealed() -> dict[str, object]:
    """Values sealed by each key of a ring that was turned twice."""
    ring = Keyring.create()
    cases: list[Case] = []
    for turn in range(3):
        for number, words in enumerate(WORDS):
            place = HERE._replace(record=f"note-{number}", revision=turn)
            value = ring.seal(words.encode(), place)
            cases.append(
                {"place": [*place], "words": words, "bytes": value.hex(), "expect": "opens"}
            )
        ring = ring.turn() if turn < 2 else ring
    place, value = HERE, ring.seal(b"moved", HERE)
    for field, other in (("ward", "fay"), ("revision", 2), ("part", "draft")):
        moved = place._replace(**{field: other})
        cases.append({"place": [*moved], "words": "", "bytes": value.hex(), "expect": "SealBroken"})
    cases += [{"place": [*place], "words": "", **case} for case in _damaged(value, "SealBroken")]
    return {
        "ring": ring.to_secret().expose().hex(),
        "pseudonym": {"context": "ledger", "name": ring.pseudonym("ledger")},
        "cases": cases,
    }


def streams() -> dict[str, object]:
    """Files of one piece, under two keys of a ring. A longer one would be megabytes of figures;
    test_streams.py opens one by the format as it is written down."""
    ring = Keyring.create()
    cases: list[Case] = []
    place = HERE._replace(part="file")
    for turn in range(2):
        for name, words in (("short", b"a short letter"), ("empty", b"")):
            stream = ring.new_stream(place)
            (piece,) = stream.seal_all([words])
            case = {"name": name, "header": stream.header.hex(), "place": [*place]}
            cases.append({**case, "words": words.hex(), "bytes": piece.hex(), "expect": "opens"})
            if not turn:
                damaged = _damaged(piece, "SealBroken")
                cases += [{**case, "words": "", **one} for one in damaged]
        ring = ring.turn() if turn < 1 else ring
    return {"ring": ring.to_secret().expose().hex(), "piece": Stream.piece, "cases": cases}


def wraps() -> dict[str, object]:
    """A ring wrapped to a person, to a shared key and by a person to herself; and a signature."""
    ring, person, shared = Keyring.create().turn(), PersonKey.create(), SharedKey.create()
    message = b"note v1: what was signed"
    cases: list[Case] = []
    for kind, recipient in (("person", person.public), ("shared", shared), ("oneself", person)):
        value = ring.wrap(recipient, CONTEXT)
        cases.append({"to": kind, "bytes": value.hex(), "expect": "opens"})
        cases += [{"to": kind, **case} for case in _damaged(value, "WrongIdentity")]
    return {
        "ring": ring.to_secret().expose().hex(),
        "person": person.to_secret().expose().hex(),
        "public": person.public.to_bytes().hex(),
        "shared": shared.to_secret().expose().hex(),
        "derived": {"info": "sessions", "key": _hex(shared.derive(b"sessions"))},
        "context": CONTEXT.decode(),
        "cases": cases,
        "signature": {"message": message.decode(), "bytes": person.sign(message).hex()},
    }


def locks() -> dict[str, object]:
    """The ways in: passphrase, passkey, recovery words."""
    passphrase, salt, output = "Lantern  orchard ﬁve vélvet", b"s" * 16, b"p" * 32
    words = new_recovery_words()
    made = [PassphraseLock.create(cost=cost) for cost in (Cost.TEST, Cost.INTERACTIVE)]
    return {
        "passphrase": passphrase,
        "passphrases": [
            {"lock": lock.to_bytes().hex(), "key": _hex(lock.key(passphrase))} for lock in made
        ],
        "passkey": {
            "output": output.hex(),
            "salt": salt.hex(),
            "key": _hex(passkey_lock(Secret(output), salt)),
        },
        "words": {"words": list(words), "key": _hex(words_key(words))},
    }


def _hex(key: SharedKey) -> str:
    return key.to_secret().expose().hex()


def shares() -> dict[str, object]:
    """A secret split three of five, as bytes and as text."""
    secret = Secret(b"the key to everything that was ever said")
    made = split(secret, shares=5, threshold=3)
    return {
        "secret": secret.expose().decode(),
        "threshold": 3,
        "shares": [{"bytes": s.to_bytes().hex(), "text": s.to_text()} for s in made],
        "cases": _damaged(made[0].to_bytes(), "KeyUnreadable"),
    }


def freeze(release: str) -> None:
    """Write the folder of one release."""
    folder = FOLDER / release
    folder.mkdir(parents=True)
    for made in (sealed, streams, wraps, locks, shares):
        text = json.dumps(made(), indent=1, ensure_ascii=False)
        (folder / f"{made.__name__}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    freeze(sys.argv[1])
