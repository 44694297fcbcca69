"""Every key of a served practice, opened as their owners would open them: to search for them.

A key has no business on a disk, in an argument or in the environment, and in memory only while its
owner is signed in.
"""

import sqlite3
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from stillroom.access import Role, gate
from stillroom.config.home import Home
from stillroom.identity import doors
from stillroom.phi import House, Log
from stillroom.practice.directory import Directory
from stillroom.vault import Cost, Identity, PersonKey, SharedKey, unwrap, words_key
from tests.cast import Cast, Member
from tests.harness.served import Served
from tests.harness.sweep import Found

KEY = 32
_MARK = {"shared": len(b"shared\x01"), "person": len(b"person\x01"), "ring": len(b"ring\x01")}


@dataclass(frozen=True)
class Wrapped:
    """One wrap as it lies in the database."""

    ring: str
    kind: str
    ward: str
    author: str
    recipient: str
    sealed: bytes

    def context(self, practice: str) -> bytes:
        """What the wrap is bound to."""
        return f"stillroom ring v1|{practice}|{self.ring}|{self.kind}".encode()


def read_rows(served: Served, query: str) -> list[tuple[object, ...]]:
    """Rows of the practice's database, read beside the server or without one."""
    place = f"{(served.home / 'practice.db').as_uri()}?mode=ro"
    connection = sqlite3.connect(place, uri=True)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def wraps(served: Served) -> list[Wrapped]:
    """Every wrap."""
    query = """SELECT ring.id, ring.kind, ring.ward, ring.author, wrap.recipient, wrap.sealed
               FROM phi_wrap wrap JOIN phi_ring ring ON ring.id = wrap.ring_id"""
    return [
        Wrapped(str(ring), str(kind), str(ward), str(author), str(who), bytes(sealed))  # type: ignore[call-overload]
        for ring, kind, ward, author, who, sealed in read_rows(served, query)
    ]


def server_key(served: Served) -> SharedKey:
    """The server's key, by the key file."""
    return Home.load(served.home).open_server_by_file(served.key_file)


def person_keys(served: Served) -> dict[str, PersonKey]:
    """Everybody's identity key by person, opened with the words on paper."""
    query = """SELECT person.id, person.sign_name, way.sealed_key FROM identity_person person
               JOIN identity_wayin way ON way.person_id = person.id WHERE way.kind = 'words'"""
    return {
        str(person): doors.open_identity(
            str(person),
            bytes(sealed),  # type: ignore[call-overload]
            words_key(served.people[str(name)].words.split()),
        )
        for person, name, sealed in read_rows(served, query)
    }


def guests(served: Served) -> set[str]:
    """The accounts of clients, and of those who stand for one; their passphrases are theirs."""
    return {str(row[0]) for row in read_rows(served, "SELECT id FROM identity_person WHERE guest")}


def cast_of(served: Served, log: Log) -> Cast:
    """The people of a served practice, each with her key, as the tests know the standing cast."""
    home, server = Home.load(served.home), server_key(served)
    house = House(home.practice, home.file.name, gate, log, home.recovery, Cost.TEST)
    house.unseal(server, at=datetime.now(UTC))
    query = "SELECT id, sign_name, name, roles FROM identity_person WHERE active AND NOT guest"
    opened = person_keys(served)
    people = {
        str(name): Member(
            id=str(person),
            sign_name=str(name),
            name=str(full),
            roles=frozenset(Role(role) for role in str(roles).split()),
            key=opened[str(person)],
            code_secret="",
        )
        for person, name, full, roles in read_rows(served, query)
    }
    return Cast(house, Directory(), people, at=datetime.now(UTC))


def all_keys(served: Served) -> dict[str, list[bytes]]:
    """Every key's bytes, by whose they are."""
    home, server = Home.load(served.home), server_key(served)
    persons = person_keys(served)
    found: dict[str, list[bytes]] = {
        "server": [_plain(server.to_secret().expose(), "shared")],
        "log": _halves(home.open_log_signer(server)),
        "person": [half for key in persons.values() for half in _halves(key)],
    }
    holders: dict[str, Identity] = {**persons, "server": server}
    for wrap in wraps(served):
        if wrap.recipient in holders:
            context = wrap.context(home.practice)
            ring = unwrap(wrap.sealed, holders[wrap.recipient], context).to_secret().expose()
            found.setdefault(f"{wrap.kind} ring", []).extend(_ring_keys(ring))
    return {name: list(dict.fromkeys(each)) for name, each in found.items()}


def _plain(secret: bytes, mark: str) -> bytes:
    return secret[_MARK[mark] :]


def _halves(key: PersonKey) -> list[bytes]:
    both = _plain(key.to_secret().expose(), "person")
    return [both[:KEY], both[KEY:]]


def _ring_keys(secret: bytes) -> list[bytes]:
    """The naming key and each sealing key of a ring."""
    written = _plain(secret, "ring")
    rows = written[KEY + 2 :]
    step = KEY + 2
    return [written[:KEY], *(rows[at + 2 : at + step] for at in range(0, len(rows), step))]


def key_hits(where: str, blob: bytes, keys: dict[str, list[bytes]]) -> Iterator[Found]:
    """Every key that stands in `blob`, plain or in letters."""
    low = blob.lower()
    for name, each in keys.items():
        for raw in each:
            for needle, disguise, folded in _disguised(raw):
                if needle in (low if folded else blob):
                    yield Found(where, disguise, name)


def _disguised(raw: bytes) -> Iterator[tuple[bytes, str, bool]]:
    yield raw, "plain", False
    yield raw[::-1], "backwards", False
    yield raw.hex().encode(), "hex", True
    for before in range(3):
        for encode in (b64encode, urlsafe_b64encode):
            start, end = -(-before * 8 // 6), (before + len(raw)) * 8 // 6
            yield encode(b"\0" * before + raw + b"\0\0")[start:end], "base64", False
