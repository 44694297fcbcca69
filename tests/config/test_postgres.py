"""A practice whose rows and log are in PostgreSQL: made, audited, looked at, and made only once."""

import pytest

from stillroom.config.database import UnknownDatabase, databases
from tests.config.saying import OWNER, OWNERS
from tests.postgres import cluster_fixture  # noqa: F401 - the fixture named cluster


def test_a_practice_in_postgresql_is_made_whole_and_once(say, tmp_path, cluster):
    address = cluster.create_database()
    home, key_file = tmp_path / "practice", tmp_path / "key"
    words = ["init", *OWNER, "--database", address]
    made = say(*words, "--home", home, "--key-file", key_file, typed=f"{OWNERS}\n")
    assert made.code == 0, made.err
    assert sorted(file.name for file in home.iterdir()) == ["practice.json"]

    signed = say("ledger", "checkpoint", "--home", home, "--key-file", key_file)
    assert signed.code == 0, signed.err
    audited = say("ledger", "audit", "--home", home)
    assert audited.code == 0, audited.err
    assert "0 are newer" in audited.out
    looked = say("doctor", "--home", home, "--key-file", key_file)
    assert looked.code == 0, looked.out
    assert "tables are up to date" in looked.out
    assert "log is whole" in looked.out

    other = tmp_path / "other"
    again = say(*words, "--home", other, "--key-file", tmp_path / "key2", typed=f"{OWNERS}\n")
    assert again.code == 3
    assert "that database is not empty" in again.err.lower()
    assert list(other.iterdir()) == []
    assert say("ledger", "audit", "--home", home).out == audited.out


ADDRESSES = {
    "postgresql://olga:s%40x@db.example:5433/linden": (
        "linden",
        "olga",
        "s@x",
        "db.example",
        "5433",
    ),
    "postgres:///linden": ("linden", "", "", "", ""),
    "postgresql:///linden?host=/run/pg&user=olga": ("linden", "olga", "", "/run/pg", ""),
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_taken_apart_as_libpq_does(tmp_path, address):
    chosen = databases(tmp_path, address)["default"]
    parts = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    assert tuple(chosen[part] for part in parts) == ADDRESSES[address]


def test_what_else_stands_in_the_address_is_kept(tmp_path):
    chosen = databases(tmp_path, "postgresql://db.example/linden?sslmode=verify-full")["default"]
    assert chosen["OPTIONS"] == {"sslmode": "verify-full"}


@pytest.mark.parametrize("address", ["mysql://x/y", "practice.db", "sqlite:///x"])
def test_other_databases_are_refused(tmp_path, address):
    with pytest.raises(UnknownDatabase):
        databases(tmp_path, address)
