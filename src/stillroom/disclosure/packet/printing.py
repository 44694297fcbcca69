"""A packet: the file that leaves, what is in it, and the digest by which it is known."""

from dataclasses import dataclass

from stillroom.disclosure.packet.batches import render_in_parts
from stillroom.disclosure.packet.compose import compose
from stillroom.disclosure.packet.manifest import Manifest, with_pages
from stillroom.disclosure.packet.pages import PacketInput


@dataclass(frozen=True, slots=True)
class Packet:
    """The one thing that leaves. `digest` is SHA-256 of `pdf`; the account keeps it."""

    pdf: bytes
    digest: str
    manifest: Manifest


def print_packet(packet: PacketInput) -> Packet:
    """Compose and print. Same input, same bytes: the proof is the packet.

    Raises `Misuse` for input that is not its selection, `PressFailed` if it cannot be typeset.
    """
    composition, manifest = compose(packet)
    printed = render_in_parts(composition)
    numbers = tuple(packet.bates.number(page) for page in range(1, printed.total + 1))
    return Packet(printed.pdf, printed.digest, with_pages(manifest, numbers, printed.starts))
