"""Old data opens forever: what each release froze, this one opens, and refuses what it refused."""

import json
from pathlib import Path

import pytest

from stillroom import vault
from stillroom.kernel import Secret
from stillroom.vault import (
    Keyring,
    PassphraseLock,
    PersonKey,
    Place,
    PublicKey,
    Share,
    SharedKey,
    Stream,
    combine,
    passkey_lock,
    unwrap,
    words_key,
)

VECTORS = Path(__file__).parent / "vectors"
RELEASES = sorted(folder.name for folder in VECTORS.iterdir() if folder.is_dir())


def frozen(release: str, name: str) -> dict:
    return json.loads((VECTORS / release / f"{name}.json").read_text(encoding="utf-8"))


def secret(hexadecimal: str) -> Secret:
    return Secret(bytes.fromhex(hexadecimal))


def expect(case: dict, use) -> object:
    """What `use` gives for a case that opens; the named error, and only it, for any other."""
    if case["expect"] == "opens":
        return use(bytes.fromhex(case["bytes"]))
    with pytest.raises(getattr(vault, case["expect"])):
        use(bytes.fromhex(case["bytes"]))
    return None


def test_there_is_something_to_open():
    assert "0.1.0" in RELEASES


@pytest.mark.parametrize("release", RELEASES)
def test_sealed_values_open(release):
    data = frozen(release, "sealed")
    ring = Keyring.from_secret(secret(data["ring"]))
    assert ring.pseudonym(data["pseudonym"]["context"]) == data["pseudonym"]["name"]
    for case in data["cases"]:
        place = Place(*case["place"])
        opened = expect(case, lambda value, place=place: ring.open(value, place))
        assert opened is None or opened.decode() == case["words"]
    assert ring.to_secret().expose().hex() == data["ring"]


@pytest.mark.parametrize("release", RELEASES)
def test_files_sealed_in_pieces_open(release):
    data = frozen(release, "streams")
    ring = Keyring.from_secret(secret(data["ring"]))
    assert data["piece"] == Stream.piece
    for case in data["cases"]:
        stream = ring.stream(bytes.fromhex(case["header"]), Place(*case["place"]))
        opened = expect(case, lambda value, s=stream: b"".join(s.open_all([value])))
        assert opened is None or opened.hex() == case["words"]


@pytest.mark.parametrize("release", RELEASES)
def test_wrapped_rings_open(release):
    data = frozen(release, "wraps")
    person, shared = (
        PersonKey.from_secret(secret(data["person"])),
        SharedKey.from_secret(secret(data["shared"])),
    )
    identities = {"person": person, "shared": shared, "oneself": person}
    context = data["context"].encode()
    for case in data["cases"]:
        identity = identities[case["to"]]
        ring = expect(case, lambda value, who=identity: unwrap(value, who, context))
        assert ring is None or ring.to_secret().expose().hex() == data["ring"]
    derived = shared.derive(data["derived"]["info"].encode())
    assert derived.to_secret().expose().hex() == data["derived"]["key"]


@pytest.mark.parametrize("release", RELEASES)
def test_signatures_verify(release):
    data = frozen(release, "wraps")
    public = PublicKey.from_bytes(bytes.fromhex(data["public"]))
    assert public == PersonKey.from_secret(secret(data["person"])).public
    signed = data["signature"]
    public.verify(signed["message"].encode(), bytes.fromhex(signed["bytes"]))


@pytest.mark.parametrize("release", RELEASES)
def test_every_way_in_gives_the_same_key(release):
    data = frozen(release, "locks")
    for case in data["passphrases"]:
        lock = PassphraseLock.from_bytes(bytes.fromhex(case["lock"]))
        assert lock.key(data["passphrase"]).to_secret().expose().hex() == case["key"]
        assert lock.to_bytes().hex() == case["lock"]
    passkey = data["passkey"]
    opened = passkey_lock(secret(passkey["output"]), bytes.fromhex(passkey["salt"]))
    assert opened.to_secret().expose().hex() == passkey["key"]
    words = data["words"]
    assert words_key(words["words"]).to_secret().expose().hex() == words["key"]


@pytest.mark.parametrize("release", RELEASES)
def test_shares_combine(release):
    data = frozen(release, "shares")
    scanned = [Share.from_bytes(bytes.fromhex(share["bytes"])) for share in data["shares"]]
    typed = [Share.from_text(share["text"]) for share in data["shares"]]
    assert [share.to_text() for share in scanned] == [share["text"] for share in data["shares"]]
    for shares in (scanned[: data["threshold"]], typed[-data["threshold"] :]):
        assert combine(shares).expose().decode() == data["secret"]
    for case in data["cases"]:
        expect(case, Share.from_bytes)
