"""`expose()` is the one word by which a secret's bytes come out; each place is listed, with why."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.walking import File, breaches, name_of, piece, source

# INVARIANT: a file that is not here turns no Secret into bytes.
WHO_AND_WHY = {
    "config/command_practice.py": "init tells the owner her authenticator secret, once",
    "config/readmitting.py": "readmit tells a person her new authenticator secret, once",
    "config/demo_run.py": "a demonstration's people sign in with what is printed",
    "config/home_locks.py": "writes a new key file",
    "config/mail.py": "signs in to the practice's mail server",
    "desk/views/doors.py": "shows a new person her authenticator secret, once",
    "desk/views/people.py": "shows an invitation's code to whoever invites, once",
    "desk/views/words.py": "shows whoever came back by words her new authenticator secret, once",
    "identity/accounts.py": "the name of an invitation's row is a hash of its code",
    "identity/cookies.py": "the cookie carries the key of its session",
    "identity/doors.py": "checks a one-time code",
    "identity/guests.py": "the key made for a client, behind a link; marks of her name",
    "identity/keys.py": "the address that an authenticator reads",
    "identity/passkeys.py": "a passkey's salt, and a decoy for names that do not exist",
    "identity/rules.py": "the name of a session's row is a hash of its cookie",
    "identity/sessions.py": "the inner wrap of a session's key, to be unwrapped",
    "identity/throttle.py": "a keyed mark for names that failed",
    "telehealth/serving.py": "a digest of a session tells the devices of one seat apart",
    "telehealth/sfu.py": "tokens that Janus reads; the key of a room, in the request that makes it",
    "telehealth/sfu_config.py": "the configuration of Janus, which holds what it checks tokens by",
    "telehealth/turn.py": "credentials that coturn reads",
    "telehealth/turn_config.py": "the configuration of coturn, which holds what it checks them by",
    "vault/_age.py": "a passphrase of an age file, for the library",
    "vault/_keyring.py": "ciphers of the ring's keys; the ring, or its wrap, as bytes to be wrapped",
    "vault/_link.py": "one key from the secret of an address and the key of a code",
    "vault/_person.py": "private keys for the library; the identity as bytes to be wrapped",
    "vault/_public.py": "wraps a secret to a person",
    "vault/_shared.py": "the cipher of a shared key; derived keys",
    "vault/_shares.py": "splits a secret, and joins it again",
}


def exposures(file: File) -> Iterator[str]:
    """Where a secret's bytes come out in a file that is not listed."""
    if file.path.removeprefix("src/stillroom/") in WHO_AND_WHY:
        return
    for node in file.walk(ast.Attribute):
        assert isinstance(node, ast.Attribute)
        if node.attr in ("expose", "_bytes") and not file.path.endswith("kernel/_secret.py"):
            yield f"{file.at(node)} {name_of(node) or node.attr} is not listed with a reason"


def test_only_listed_files_expose_a_secret():
    assert breaches(exposures, source()) == []


def test_every_listed_file_still_needs_to():
    needing = {
        file.path.removeprefix("src/stillroom/")
        for file in source()
        if any(getattr(node, "attr", "") == "expose" for node in file.walk(ast.Attribute))
    }
    assert set(WHO_AND_WHY) - needing == set()
    assert all(len(why.split()) >= 4 for why in WHO_AND_WHY.values())


@pytest.mark.parametrize("text", ["x = key.expose()", "f(a.b.expose)", "key._bytes"])
def test_the_rule_has_teeth(text):
    assert breaches(exposures, [piece(text)])


def test_the_bridge_the_chart_and_the_packet_expose_nothing():
    for folder in ("phi/", "chart/", "consent/", "disclosure/", "practice/", "access/", "ledger/"):
        assert not [path for path in WHO_AND_WHY if path.startswith(folder)]
