"""Putting a packet together: from checked input to a sheet's data. Pure; prints nothing.

Rules kept:
- Every page stands for a choice of the selection, every choice has its page, in the same order.
- The words become data of the sheet, never a part of its source.
- The title in the file's metadata names the matter and no person.
- What is not enclosed is not named: a missing kind says nothing about what exists.
"""

import json
import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from stillroom.disclosure.packet.manifest import (
    Manifest,
    ManifestLine,
    canonical_digest,
    grouped,
    shortened,
)
from stillroom.disclosure.packet.pages import (
    Cited,
    Cropped,
    Cut,
    Leaf,
    Notice,
    PacketInput,
    Passage,
    RecordPage,
    Section,
    Told,
)
from stillroom.disclosure.packet.press import Composition
from stillroom.disclosure.packet.words import printable, right_to_left
from stillroom.kernel import Misuse

_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_SENTENCE = re.compile(r"(?<=[.])\s+")
_LONGEST = 6000
"""Letters in one block of text; the typesetter's work grows faster than a block's length."""

_LONGEST_STRING = 32_000
_LONGEST_FOOT = 2400
"""Letters of notices that fit at the foot of a page, about two inches."""

ELSEWHERE = (
    "The law limits passing this on. The full statement stands in the letter at the front of this"
    " packet and is part of this page."
)
NOT_SAID = (
    "This packet answers one request. A kind of record that is not listed above may or may not"
    " exist; nothing here says which."
)
COMPANION = "The same is given as a file for machines, a FHIR R4 document. Its SHA-256:"
MISTAKE = (
    "If this reached you by mistake, do not read on and do not copy it. Tell the practice, and"
    " send it back or destroy it as the practice asks."
)


def compose(packet: PacketInput) -> tuple[Composition, Manifest]:
    """The sheet's data and the manifest (its pages are known once it is printed).

    Raises `Misuse` if the pages are not exactly the selection's records.
    """
    _check(packet)
    pages = [_record(number, record) for number, record in enumerate(packet.records)]
    manifest = _manifest(packet, pages)
    data = _data(packet, pages, manifest)
    return Composition("packet", json.dumps(data, sort_keys=True), packet.created), manifest


def _check(packet: PacketInput) -> None:
    chosen = {c.record.id: (c.record.kind, c.record.occurred_on) for c in packet.selection.choices}
    given = [(one, page) for page in packet.records for one in page.covers]
    kinds = all(one in chosen and chosen[one][0] == page.kind for one, page in given)
    first = [list(chosen).index(page.id) for page in packet.records if page.id in chosen]
    days = all(chosen[page.id][1] == page.on for page in packet.records if page.id in chosen)
    whole = sorted(one for one, _ in given) == sorted(chosen)
    if not (kinds and days and whole and first == sorted(first)):
        raise Misuse("the pages of a packet are the records of its selection, in their order")
    if packet.to.name != packet.selection.release.recipient.name:
        raise Misuse("a packet goes to the recipient for whom it was selected")
    if not packet.grounds:
        raise Misuse("a packet says on what ground it leaves")


def _manifest(packet: PacketInput, pages: list[dict[str, Any]]) -> Manifest:
    lines = tuple(
        ManifestLine(
            record=record.id,
            kind=record.kind,
            title=page["title"],
            on=record.on,
            digest=canonical_digest(_enclosed(page)),
            cuts=record.cuts,
        )
        for record, page in zip(packet.records, pages, strict=True)
    )
    notices = tuple(" ".join(filter(None, (n.text, n.citation))) for n in packet.notices)
    return Manifest(packet.matter, packet.to.name, packet.purpose, lines, notices)


def _enclosed(page: dict[str, Any]) -> dict[str, Any]:
    """A record's page as its digest sees it: a picture by its own digest, its number left out."""
    told = {name: value for name, value in page.items() if name != "number"}
    if "leaves" in told:
        told["leaves"] = [
            {name: value for name, value in leaf.items() if name != "drawing"}
            for leaf in told["leaves"]
        ]
    return told


def _data(packet: PacketInput, pages: list[dict[str, Any]], manifest: Manifest) -> dict[str, Any]:
    return {
        "title": printable(f"Release packet, matter {packet.matter}"),
        "matter_line": printable(f"Matter {packet.matter}"),
        "practice": _head(packet.practice.name, packet.practice.lines),
        "to": [printable(line) for line in (packet.to.name, *packet.to.lines)],
        "date": f"{packet.dated:%B} {packet.dated.day}, {packet.dated.year}",
        "bates": {"prefix": printable(packet.bates.prefix), "first": packet.bates.first},
        "digest_short": f"Digest {shortened(manifest.digest)}",
        "footer_notices": [_notice(notice) for notice in _footer(packet.notices)],
        "records": pages,
        "signer": printable(packet.signer),
        "signer_line": printable(packet.signer_line),
        **_cover(packet, manifest),
    }


def _cover(packet: PacketInput, manifest: Manifest) -> dict[str, Any]:
    opening = (
        f"Enclosed is what may be released from the record of {packet.client}, in answer to"
        f" {packet.request}. It is released for {packet.purpose}, and for nothing else."
    )
    tail = [("What this does not say", paragraphs([NOT_SAID]))]
    if packet.notices:
        tail.append(("Passing it on", cited(Cited(n.text, n.citation) for n in packet.notices)))
    if packet.companion:
        says = f"{COMPANION}\n\n{grouped(packet.companion)}"
        tail.append(("For machines", paragraphs([says])))
    return {
        "opening": paragraphs([opening]),
        "parts": [{"label": "On what ground", "paragraphs": cited(packet.grounds)}],
        "after_table": paragraphs(_cuts_said(packet)),
        "tail": [{"label": label, "paragraphs": found} for label, found in tail],
        "check": {
            "says": paragraphs(
                ["This digest stands for the words enclosed, as they were released:"]
            )[0],
            "digest": grouped(manifest.digest),
            "words_say": paragraphs(["On the telephone, compare these words:"])[0],
            "words": " ".join(manifest.check_words),
        },
        "closing": paragraphs([MISTAKE]),
    }


def _cuts_said(packet: PacketInput) -> list[str]:
    if not any(record.cuts for record in packet.records):
        return []
    return ["Each cut is marked on its page with the reason. The words cut are not in this file."]


def _head(name: str, lines: Iterable[str]) -> dict[str, Any]:
    return {"name": printable(name), "lines": [printable(line) for line in lines]}


def _footer(notices: tuple[Notice, ...]) -> tuple[Notice, ...]:
    """What stands at the foot of each page: the statements, or where they stand if they are long.

    A foot that outgrew the page would cut them off, and a statement may not be cut.
    """
    if sum(len(notice.text) + len(notice.citation) for notice in notices) <= _LONGEST_FOOT:
        return notices
    return (Notice(ELSEWHERE, "; ".join(filter(None, dict.fromkeys(n.citation for n in notices)))),)


def _notice(notice: Notice) -> dict[str, str]:
    lead, _, rest = _SENTENCE.sub("\0", printable(notice.text), count=1).partition("\0")
    return {"lead": lead, "words": rest, "citation": printable(notice.citation)}


def _record(number: int, record: RecordPage) -> dict[str, Any]:
    leaves = [_leaf(nth, leaf, record) for nth, leaf in enumerate(record.leaves, start=1)]
    return {
        **({"leaves": leaves} if leaves else {}),
        "number": number,
        "title": printable(record.title),
        "cuts": record.cuts,
        "particulars": [printable(line) for line in record.particulars],
        "sections": [_section(section) for section in record.sections],
        "signed": printable(record.signed),
    }


def _leaf(number: int, leaf: Leaf, record: RecordPage) -> dict[str, Any]:
    """A page of a document. The typesetter takes pictures as text only inside a drawing (SVG); the
    picture itself is not changed by that: a JPEG lies in the file byte for byte."""
    where = f"Page {number} of {len(record.leaves)}"
    why = "; ".join(dict.fromkeys(leaf.removed))
    if not leaf.type and why:
        return {"where": where, "says": f"{where} is not enclosed: {why}."}
    if not leaf.type:
        return {"where": where, "says": f"{where} could not be drawn and is not enclosed."}
    size = f'width="{leaf.wide}" height="{leaf.high}"'
    data = b64encode(leaf.picture).decode("ascii")
    image = f'<image {size} href="data:image/{leaf.type};base64,{data}"/>'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {leaf.wide} {leaf.high}">'
    return {
        "where": where,
        "alt": _read_out(leaf.words) or f"{where} of the document, a picture without words.",
        **({"removed": f"Painted over on this page: {why}."} if why else {}),
        "sha256": sha256(leaf.picture).hexdigest(),
        "drawing": f"{head}{image}</svg>",
    }


def _read_out(words: str) -> str:
    """The words of a page as its picture's description. PDF/A lets a string have 32,767 bytes (ISO
    19005-2, 6.1.13, as recalled), and the typesetter writes two or four for each letter."""
    whole = printable(words).replace("\u200b", "").encode("utf-16-be")
    if len(whole) <= _LONGEST_STRING:
        return whole.decode("utf-16-be")
    return whole[:_LONGEST_STRING].decode("utf-16-be", "ignore") + " … The rest is in the picture."


def _section(section: Section) -> dict[str, Any]:
    return {"label": printable(section.heading), "paragraphs": paragraphs(section.passages)}


def paragraphs(passages: Iterable[Passage]) -> list[dict[str, Any]]:
    """Passages as paragraphs of runs: words part at empty lines; a cut stands where it stood.

    Plain strings that follow each other part too; a cut joins what is beside it.
    """
    found: list[list[dict[str, str]]] = []
    joined = False
    for passage in passages:
        if isinstance(passage, Cut):
            _append(found, _bar(passage), new=not found)
            joined = True
            continue
        if isinstance(passage, Cropped):
            _crop(found, passage)
            joined = False
            continue
        if isinstance(passage, Told):
            label = {"label": printable(passage.label)}
            first, *others = _blocks(passage.words)
            _append(found, label, new=True)
            _append(found, {"words": first}, new=False)
            for block in others:
                _append(found, {"words": block}, new=True)
            joined = False
            continue
        for place, block in enumerate(_blocks(passage)):
            _append(found, {"words": block}, new=not (joined and place == 0))
        joined = False
    full = [runs for runs in found if _plain(runs).strip() or any("cut" in run for run in runs)]
    return [{"rtl": right_to_left(_plain(runs)), "runs": runs} for runs in full]


def _bar(cut: Cut) -> dict[str, str]:
    """What stands where words were. It is told in brackets too: a bar has no colour when it is
    copied or read out."""
    return {"cut": printable(f"[removed: {cut.why}]")}


def _crop(found: list[list[dict[str, str]]], passage: Cropped) -> None:
    found.append([{"label": printable(passage.label)}] if passage.label else [])
    for piece in passage.pieces:
        if isinstance(piece, Cut):
            _append(found, _bar(piece), new=False)
            continue
        for nth, block in enumerate(_blocks(piece)):
            _append(found, {"words": block}, new=nth > 0)


def cited(sentences: Iterable[Cited]) -> list[dict[str, Any]]:
    """A paragraph for each sentence of the law, its citation after it in the page's own voice."""
    found: list[dict[str, Any]] = []
    for each in sentences:
        found += paragraphs([each.says])
        if each.citation:
            found[-1]["runs"].append({"cite": " " + printable(each.citation)})
    return found


def _append(found: list[list[dict[str, str]]], run: dict[str, str], *, new: bool) -> None:
    if new or not found:
        found.append([])
    found[-1].append(run)


def _blocks(text: str) -> list[str]:
    blocks = _PARAGRAPH.split(printable(text))
    return [part for block in blocks for part in _pieces(block)]


def _pieces(block: str) -> Iterable[str]:
    """A very long block in parts, parted where a line may break."""
    while len(block) > _LONGEST:
        at = max(block.rfind(gap, _LONGEST // 2, _LONGEST) for gap in " \u200b\n")
        at = _LONGEST if at < 0 else at
        yield block[:at]
        block = block[at:].lstrip(" \u200b\n")
    yield block


def _plain(runs: list[dict[str, str]]) -> str:
    return "".join(run.get("words", "") for run in runs)
