"""Where a sealed value belongs. It is authenticated with the words, so nothing can be moved."""

from typing import NamedTuple

from stillroom.kernel import Misuse

_SEPARATOR = "\0"
_SEPARATORS = 4


class Place(NamedTuple):
    """One part of one revision of one record of one ward of one practice.

    A tuple with names and not a dataclass, because a list of two hundred notes makes two hundred
    of them and this takes half the time.

    >>> Place("practice", "chart", "note", "words", 1).aad()
    b'practice\\x00chart\\x00note\\x00words\\x001'
    """

    practice: str
    ward: str
    record: str
    part: str
    revision: int

    def aad(self) -> bytes:
        """The place as associated data. Two different places never give the same bytes.

        INVARIANT: exactly four separators, hence none inside a field, hence one way to read it.
        """
        practice, ward, record, part, revision = self
        return as_bytes(f"{practice}\0{ward}\0{record}\0{part}\0{revision}")

    def require_whole(self) -> None:
        """Refuse a place that leaves something open. Asked before sealing, not before opening."""
        if not (self.practice and self.ward and self.record and self.part):
            raise Misuse("a place to seal in names its practice, ward, record and part")
        if self.revision < 0:
            raise Misuse("revisions are counted from 0")


def as_bytes(written: str) -> bytes:
    """A place written out, as associated data. `Misuse` unless it is written in one way only."""
    if written.count(_SEPARATOR) != _SEPARATORS:
        raise Misuse("a place may not hold the character NUL")
    try:
        return written.encode()
    except UnicodeEncodeError as error:
        raise Misuse("a place is made of whole characters") from error
