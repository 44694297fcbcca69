"""Checkpoints: what a log commits to, in the format of C2SP tlog-checkpoint and signed-note.

    practice.example/ledger          the origin: which log
    1204                             how many entries
    CsUYapGGPo4dkMgIAUqom/Xajj7h…    the root hash over all of them

    — practice.example/ledger Az3grlgtzPICa5OS8npVmf1Myq/5IZni…

A checkpoint that somebody else keeps binds the log to every entry it had on that day. Signatures
by keys that nobody asked about are kept and ignored, so that witnesses can add theirs.
"""

from base64 import b64encode
from dataclasses import dataclass, replace

from stillroom.kernel import Misuse, StillroomError
from stillroom.ledger._errors import Malformed, NotProven
from stillroom.ledger._key import Signer, Verifier, from_base64, is_name
from stillroom.ledger._merkle import EMPTY_ROOT, HASH_BYTES

LONGEST_NOTE = 1 << 20
LARGEST_SIZE = (1 << 63) - 1
_DASH = "— "


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One signature line: the name, the key's four bytes, and the signature."""

    name: str
    key_id: bytes
    signature: bytes

    def line(self) -> str:
        """As it stands in the note, newline included."""
        return f"{_DASH}{self.name} {b64encode(self.key_id + self.signature).decode()}\n"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The log named `origin` had `size` entries, and this `root` over them.

    Parsing proves nothing: call `verify` before believing any of it.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()
    signatures: tuple[NoteSignature, ...] = ()

    def __post_init__(self) -> None:
        lines = (self.origin, *self.extensions)
        if not all(_is_line(line) for line in lines):
            raise Misuse("the lines of a checkpoint are not empty and hold no control characters")
        if not 0 <= self.size <= LARGEST_SIZE or len(self.root) != HASH_BYTES:
            raise Misuse("a checkpoint has a size and a root hash of 32 bytes")
        if self.size == 0 and self.root != EMPTY_ROOT:
            raise Misuse("an empty log has the hash of nothing as its root")

    def text(self) -> str:
        """The signed part, final newline included."""
        lines = (self.origin, str(self.size), b64encode(self.root).decode(), *self.extensions)
        return "".join(f"{line}\n" for line in lines)

    def note(self) -> str:
        """The whole, as it is printed, sent and kept."""
        return f"{self.text()}\n{''.join(mark.line() for mark in self.signatures)}"

    def sign(self, signer: Signer) -> "Checkpoint":
        """The same with one signature more.

        A log's own signer bears the log's name ("SHOULD" in tlog-checkpoint, and here a rule).
        """
        mark = NoteSignature(signer.key.name, signer.key.id, signer.sign(self.text().encode()))
        return replace(self, signatures=(*self.signatures, mark))

    def verify(self, log: Verifier) -> None:
        """That the log whose key this is signed the checkpoint. Raises `NotProven` otherwise."""
        if self.origin != log.key.name:
            raise NotProven("this checkpoint is of another log than the key")
        self.verify_signature(log)

    def verify_signature(self, verifier: Verifier) -> None:
        """That this key signed, be it the log's or a witness's. Raises `NotProven` otherwise."""
        wanted = (verifier.key.name, verifier.key.id)
        marks = [mark for mark in self.signatures if (mark.name, mark.key_id) == wanted]
        if not marks:
            raise NotProven("the checkpoint is not signed with this key")
        for mark in marks:
            try:
                verifier.verify(self.text().encode(), mark.signature)
            except StillroomError:
                raise NotProven("the signature on the checkpoint is not genuine") from None

    @classmethod
    def parse(cls, note: str) -> "Checkpoint":
        """The checkpoint that `note` states. `Malformed` for anything that is not one."""
        text, marks = _divide(note)
        lines = text.removesuffix("\n").split("\n")
        if len(lines) < 3:
            raise Malformed("the checkpoint lacks its origin, its size or its root")
        origin, size, root, *extensions = lines
        if not (size.isascii() and size.isdecimal() and str(int(size[:20])) == size):
            raise Malformed("the checkpoint's size is not a plain number")
        try:
            return cls(origin, int(size), from_base64(root), tuple(extensions), marks)
        except Misuse as reason:
            raise Malformed(f"this is not a checkpoint: {reason}") from None


def _is_line(text: str) -> bool:
    """Not empty, no control characters, and nothing that UTF-8 cannot write."""
    return bool(text) and all(ord(c) >= 0x20 and not 0xD800 <= ord(c) < 0xE000 for c in text)


def _divide(note: str) -> tuple[str, tuple[NoteSignature, ...]]:
    """The text and the signatures: they are parted by the last empty line of the note."""
    if len(note) > LONGEST_NOTE or any(ord(c) < 0x20 and c != "\n" for c in note):
        raise Malformed("this is not a signed note")
    text, gap, signed = note.rpartition("\n\n")
    if not (gap and signed.endswith("\n")):
        raise Malformed("this is not a signed note, or its end is missing")
    return text + "\n", tuple(_mark(line) for line in signed.removesuffix("\n").split("\n"))


def _mark(line: str) -> NoteSignature:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not is_name(name):
        raise Malformed("a signature line of the note is not in the format")
    signed = from_base64(encoded)
    if len(signed) < 5:
        raise Malformed("a signature line of the note is cut")
    return NoteSignature(name, signed[:4], signed[4:])
