"""What the vault's tests share: one ring, one place, one lock that costs nothing."""

from dataclasses import dataclass

import pytest

from stillroom.vault import Cost, Keyring, PassphraseLock, PersonKey, Place

HERE = Place("practice", "dov", "note-1", "words", 3)
WORDS = b"Dov spoke of the winter at his uncle's house."


@dataclass(frozen=True)
class Sealed:
    """One note as it lies in the database, with the ring that opens it."""

    ring: Keyring
    place: Place
    words: bytes
    bytes: bytes


@pytest.fixture
def note() -> Sealed:
    """Dov's note."""
    ring = Keyring.create()
    return Sealed(ring, HERE, WORDS, ring.seal(WORDS, HERE))


@pytest.fixture
def ada() -> PersonKey:
    """A clinician's key."""
    return PersonKey.create()


@pytest.fixture
def bea() -> PersonKey:
    """Another clinician's key."""
    return PersonKey.create()


@pytest.fixture
def lock() -> PassphraseLock:
    """A lock that costs nothing."""
    return PassphraseLock.create(cost=Cost.TEST)
