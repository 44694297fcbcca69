"""A practice's folder: what is in practice.json is believed only as far as it is whole."""

import json
import stat
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

import pytest

from stillroom.config import home as homes
from stillroom.config.home import AlreadyServed, Home, HomeBroken, NewHome, NoPractice, WrongKey
from stillroom.kernel import StillroomError
from stillroom.vault import Cost, SignatureBroken, WrongIdentity
from tests.config.saying import UNSEAL


@pytest.fixture
def made(tmp_path: Path) -> NewHome:
    """A practice's folder without a practice in it yet, sealed by a passphrase."""
    return homes.create(tmp_path / "home", "Linden Row", passphrase=UNSEAL, cost=Cost.TEST)


@pytest.fixture
def filed(tmp_path: Path) -> NewHome:
    """The same, sealed by a key file."""
    key_file = tmp_path / "keys" / "server"
    return homes.create(tmp_path / "home", "Linden Row", key_file=key_file)


def rewrite(home: Home, **fields: Any) -> None:
    """Change fields of practice.json; None takes one away."""
    file = home.path / "practice.json"
    kept = {**json.loads(file.read_text()), **fields}
    file.write_text(json.dumps({name: value for name, value in kept.items() if value is not None}))


def test_the_passphrase_opens_the_servers_key_and_that_opens_the_logs(made):
    home = Home.load(made.home.path)
    server = home.open_server(UNSEAL)
    signer = home.open_log_signer(server)
    assert signer.public == home.log_key
    home.log_key.verify(b"note", signer.sign(b"note"))
    with pytest.raises(SignatureBroken):
        home.log_key.verify(b"other", signer.sign(b"note"))
    sealed = made.server.wrap(made.recovery.to_secret(), b"x")
    assert server.unwrap(sealed, b"x").expose() == made.recovery.to_secret().expose()


def test_the_key_file_opens_the_same(filed):
    home = Home.load(filed.home.path)
    server = home.open_server_by_file(filed.key_file)
    assert home.open_log_signer(server).public == home.log_key


def test_the_passphrase_of_another_practice_opens_nothing(made, tmp_path: Path):
    other = homes.create(tmp_path / "other", "Other", passphrase=UNSEAL, cost=Cost.TEST).home
    for field in ("lock", "server"):
        rewrite(made.home, **{field: getattr(other.file, field)})
    with pytest.raises(WrongKey):
        Home.load(made.home.path).open_server(UNSEAL)


def test_a_practice_of_one_kind_is_not_opened_the_other_way(made, filed_elsewhere):
    with pytest.raises(WrongKey, match="by a key file"):
        Home.load(filed_elsewhere.home.path).open_server(UNSEAL)
    with pytest.raises(WrongKey):
        Home.load(made.home.path).open_server_by_file(filed_elsewhere.key_file)


@pytest.fixture
def filed_elsewhere(tmp_path: Path) -> NewHome:
    """A practice sealed by a key file, in a folder of its own."""
    return homes.create(tmp_path / "filed", "Other", key_file=tmp_path / "other-key")


def test_the_log_signer_of_another_server_does_not_open(made, filed_elsewhere):
    with pytest.raises(WrongIdentity):
        made.home.open_log_signer(filed_elsewhere.server)


def test_practice_json_holds_no_key(made, filed_elsewhere):
    for new in (made, filed_elsewhere):
        words = (new.home.path / "practice.json").read_bytes()
        for key in (new.server.to_secret(), new.recovery.to_secret()):
            for part in (key.expose(), key.expose()[-32:]):
                assert part not in words
                assert b64encode(part).rstrip(b"=")[:40] not in words


def test_the_folder_and_its_file_are_for_their_owner_alone(tmp_path: Path):
    there = tmp_path / "there"
    there.mkdir(mode=0o755)
    homes.create(there, "Linden Row", passphrase=UNSEAL, cost=Cost.TEST)
    assert stat.S_IMODE(there.stat().st_mode) == 0o700
    assert stat.S_IMODE((there / "practice.json").stat().st_mode) == 0o600


BROKEN: dict[str, dict[str, Any]] = {
    "a field gone": {"log_key": None},
    "a field too many": {"admin": True},
    "another format": {"format": 2},
    "a format that is no number": {"format": "1"},
    "no such zone": {"zone": "America/Lindenrow"},
    "a zone that leads elsewhere": {"zone": "../../../etc/passwd"},
    "a folder of zones": {"zone": "America"},
    "a name that is no name": {"practice": "linden row"},
    "a key that is no base64": {"log_key": "!!!"},
    "a key that is cut": {"recovery": b64encode(b"public\x01abc").decode()},
    "a lock that is cut": {"lock": b64encode(b"lock\x01").decode()},
    "a server's key that is no base64": {"server": "?"},
}


@pytest.mark.parametrize("why", BROKEN)
def test_a_description_that_is_not_whole_is_not_guessed_at(made, why):
    rewrite(made.home, **BROKEN[why])
    with pytest.raises(HomeBroken) as caught:
        Home.load(made.home.path)
    assert caught.value.advice.endswith(".")


def test_every_cut_of_practice_json_is_noticed(made):
    file = made.home.path / "practice.json"
    whole = file.read_bytes().rstrip()
    for length in range(0, len(whole), 7):
        file.write_bytes(whole[:length])
        with pytest.raises(HomeBroken):
            Home.load(made.home.path)


def test_every_changed_bit_of_a_wrapped_key_is_noticed(made):
    sealed = bytearray(b64decode(made.home.file.server))
    for position in range(0, len(sealed), 5):
        sealed[position] ^= 1
        rewrite(made.home, server=b64encode(sealed).decode())
        with pytest.raises(WrongKey):
            Home.load(made.home.path).open_server(UNSEAL)
        sealed[position] ^= 1


def test_no_folder_and_no_file_are_no_practice(tmp_path: Path):
    for path in (tmp_path, tmp_path / "none", Path("/dev/null")):
        with pytest.raises(NoPractice):
            Home.load(path)


def test_a_practice_is_made_once_and_in_an_empty_folder(made, tmp_path: Path, files_of):
    before = files_of(made.home.path)
    with pytest.raises(homes.PracticeThere):
        homes.create(made.home.path, "Again", passphrase=UNSEAL, cost=Cost.TEST)
    assert files_of(made.home.path) == before
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "one").write_text("dear")
    with pytest.raises(homes.FolderNotEmpty):
        homes.create(tmp_path / "letters", "Again", passphrase=UNSEAL, cost=Cost.TEST)
    with pytest.raises(homes.FolderUnusable):
        homes.create(tmp_path / "letters" / "one", "Again", passphrase=UNSEAL, cost=Cost.TEST)


def test_the_root_of_a_fresh_disk_is_empty(tmp_path: Path):
    (tmp_path / "lost+found").mkdir()
    homes.create(tmp_path, "Linden Row", passphrase=UNSEAL, cost=Cost.TEST)
    assert Home.load(tmp_path).file.name == "Linden Row"


def test_what_could_not_be_finished_is_taken_back_and_nothing_else(filed):
    path = filed.home.path
    for name in ("practice.db", "practice.db-wal", "ledger.db", "ledger.db-shm"):
        (path / name).write_text("begun")
    (path / "letter.txt").write_text("mine")
    filed.forget()
    assert [left.name for left in path.iterdir()] == ["letter.txt"]
    assert not filed.key_file.exists()


def test_only_one_server_holds_a_practice(made):
    home = Home.load(made.home.path)
    with home.only_server():
        with pytest.raises(AlreadyServed), home.only_server():
            raise AssertionError("two at once")
        with pytest.raises(AlreadyServed), Home.load(home.path).only_server():
            raise AssertionError("two at once")
    with home.only_server():
        pass
    assert stat.S_IMODE((home.path / "serving").stat().st_mode) == 0o600


def test_the_log_is_where_the_rows_are(tmp_path: Path):
    near = homes.create(tmp_path / "near", "Near", passphrase=UNSEAL, cost=Cost.TEST).home
    assert near.log_place == tmp_path / "near" / "ledger.db"
    address = "postgresql://olga@db.example/linden"
    far = homes.create(
        tmp_path / "far", "Far", passphrase=UNSEAL, cost=Cost.TEST, database=address
    ).home
    assert Home.load(far.path).log_place == address


def test_an_unknown_zone_is_refused_before_a_folder_is_made(tmp_path: Path):
    with pytest.raises(StillroomError, match="time zone"):
        homes.create(tmp_path / "new", "X", passphrase=UNSEAL, zone="Mars/Base", cost=Cost.TEST)
    assert not (tmp_path / "new").exists()
