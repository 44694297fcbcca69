"""The same packet for machines: a FHIR R4 document, made from the pages that are printed. Pure.

Rules kept:
- It holds what the printed pages hold and nothing else: the same selection, the same cuts, no
  identifier of ours. What was cut is not there to be left out.
- Every resource bears security labels; each record is a document reference of its own, so that a
  recipient's system can hold one back and show another.
- Same input, same bytes: its identifiers are made from the digest of what is enclosed.

The shape is that of FHIR R4 (4.0.1): Bundle of type document, first a Composition; narratives are
XHTML with every word escaped.
"""

import json
from base64 import b64encode
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.sax.saxutils import escape

from stillroom.disclosure.packet.compose import cited, compose, paragraphs
from stillroom.disclosure.packet.labels import (
    Coding,
    confidentiality_of_all,
    labels_of,
    labels_of_all,
)
from stillroom.disclosure.packet.manifest import Manifest
from stillroom.disclosure.packet.pages import Cited, Leaf, PacketInput, RecordPage
from stillroom.disclosure.packet.words import printable
from stillroom.kernel import spoken

MEDIA_TYPE = "application/fhir+json"
_DIGEST = "SHA-256 of the words enclosed, as the cover letter prints it"
Resource = dict[str, Any]


class _Maker:
    """The entries of one bundle, each under an identifier made from the packet's digest."""

    def __init__(self, packet: PacketInput, manifest: Manifest) -> None:
        self.packet, self.manifest = packet, manifest
        self.redisclosure = bool(packet.notices)
        self.entries: list[Resource] = []
        self._space = uuid5(NAMESPACE_URL, f"urn:sha256:{manifest.digest}")

    def name(self, what: str) -> UUID:
        """The identifier of one resource."""
        return uuid5(self._space, what)

    def add(self, what: str, labels: list[Coding], resource: Resource) -> Resource:
        """Put a resource in; gives a reference to it."""
        name = self.name(what)
        meta = {"meta": {"security": labels}}
        self.entries.append(
            {"fullUrl": f"urn:uuid:{name}", "resource": {**resource, "id": str(name), **meta}}
        )
        return {"reference": f"urn:uuid:{name}"}


def as_fhir(packet: PacketInput) -> bytes:
    """The packet as a FHIR document, JSON. `Misuse` for input that is not its selection."""
    composition, manifest = compose(packet)
    pages = json.loads(composition.data)["records"]
    maker = _Maker(packet, manifest)
    whole = labels_of_all(packet.records, redisclosure=maker.redisclosure)
    patient = maker.add(
        "patient", whole, {"resourceType": "Patient", "name": [{"text": _plain(packet.client)}]}
    )
    practice = maker.add(
        "practice", whole, {"resourceType": "Organization", "name": _plain(packet.practice.name)}
    )
    sections = [
        _section(maker, number, record, page, patient)
        for number, (record, page) in enumerate(zip(packet.records, pages, strict=True))
    ]
    maker.add("composition", whole, _composition(maker, patient, practice, sections))
    # A document begins with its composition, which names all the others.
    entries = [maker.entries[-1], *maker.entries[:-1]]
    made = {
        "resourceType": "Bundle",
        "id": str(maker.name("bundle")),
        "meta": {"security": whole},
        "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{maker.name('bundle')}"},
        "type": "document",
        "timestamp": packet.created.isoformat(timespec="seconds"),
        "entry": entries,
    }
    return json.dumps(made, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _composition(
    maker: _Maker, patient: Resource, practice: Resource, sections: list[Resource]
) -> Resource:
    packet = maker.packet
    return {
        "resourceType": "Composition",
        "status": "final",
        "type": {"text": "Release packet"},
        "identifier": {"type": {"text": _DIGEST}, "value": maker.manifest.digest},
        "subject": patient,
        "date": packet.created.isoformat(timespec="seconds"),
        "author": [practice],
        "custodian": practice,
        "title": _plain(f"Release packet, matter {packet.matter}"),
        "confidentiality": confidentiality_of_all(packet.records),
        "section": [*_front(packet), *sections],
    }


def _front(packet: PacketInput) -> list[Resource]:
    """What the cover letter says, and the statements against passing it on."""
    opening = (
        f"Released to {packet.to.name} in answer to {packet.request}, for {packet.purpose},"
        " and for nothing else."
    )
    front = [("To whom, and what for", paragraphs([opening]))]
    front.append(("On what ground", cited(packet.grounds)))
    if packet.notices:
        notices = cited(Cited(one.text, one.citation) for one in packet.notices)
        front.append(("Passing it on", notices))
    return [{"title": title, "text": _narrative(_set(found))} for title, found in front]


def _section(
    maker: _Maker, number: int, record: RecordPage, page: Resource, patient: Resource
) -> Resource:
    """One record: its words as narrative, and its document reference as the entry."""
    labels = labels_of(record, redisclosure=maker.redisclosure)
    pictures = [
        maker.add(f"record {number}, page {nth}", labels, _picture(leaf))
        for nth, leaf in enumerate(record.leaves, start=1)
        if leaf.type
    ]
    body = _body(page)
    described = _reference(record, page, patient, labels, pictures)
    reference = maker.add(f"record {number}", labels, described)
    return {"title": _plain(record.title), "text": _narrative(body), "entry": [reference]}


def _reference(
    record: RecordPage,
    page: Resource,
    patient: Resource,
    labels: list[Coding],
    pictures: list[Resource],
) -> Resource:
    words = {
        "contentType": "text/plain; charset=utf-8",
        "language": "en-US",
        "title": _plain(record.title),
        "data": b64encode(_words(page).encode()).decode("ascii"),
    }
    kinds = [leaf.type for leaf in record.leaves if leaf.type]
    drawn = [
        {"contentType": f"image/{kind}", "url": one["reference"]}
        for kind, one in zip(kinds, pictures, strict=True)
    ]
    made: Resource = {
        "resourceType": "DocumentReference",
        "status": "current",
        "type": {"text": spoken(record.kind)},
        "subject": patient,
        "description": _plain(record.title),
        "securityLabel": [{"coding": [one]} for one in labels],
        "content": [{"attachment": one} for one in (words, *drawn)],
    }
    if record.on:
        made["context"] = {"period": {"start": record.on.isoformat(), "end": record.on.isoformat()}}
    return made


def _picture(leaf: Leaf) -> Resource:
    data = b64encode(leaf.picture).decode("ascii")
    return {"resourceType": "Binary", "contentType": f"image/{leaf.type}", "data": data}


def _body(page: Resource) -> str:
    """A record's words, part by part, as markup."""
    made = [f"<p>{_escaped(line)}</p>" for line in page["particulars"]]
    for section in page["sections"]:
        made += [f"<h3>{_escaped(section['label'])}</h3>", _set(section["paragraphs"])]
    for leaf in page.get("leaves", ()):
        said = " ".join(filter(None, (leaf["where"], leaf.get("removed"), leaf.get("says"))))
        made.append(f"<p>{_escaped(said)}</p>")
    made.append(f"<p>{_escaped(page['signed'])}</p>" if page["signed"] else "")
    return "".join(made)


def _set(found: list[dict[str, Any]]) -> str:
    return "".join(f"<p>{''.join(map(_run, one['runs']))}</p>" for one in found)


def _run(run: dict[str, str]) -> str:
    ((kind, words),) = run.items()
    if kind == "label":
        return f"<b>{_escaped(words)}:</b> "
    return f"<i>{_escaped(words)}</i>" if kind in ("cut", "cite") else _escaped(words)


def _narrative(markup: str) -> Resource:
    return {
        "status": "additional",
        "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{markup or "<p>-</p>"}</div>',
    }


def _words(page: Resource) -> str:
    """A record's words as plain text, its bars in brackets."""
    lines: list[str] = [page["title"], *page["particulars"]]
    for section in page["sections"]:
        lines += ["", section["label"]]
        lines += ["".join(map(_said, one["runs"])) for one in section["paragraphs"]]
    for leaf in page.get("leaves", ()):
        lines.append(" ".join(filter(None, (leaf["where"], leaf.get("removed"), leaf.get("says")))))
        lines.append(leaf.get("alt", ""))
    return "\n".join(map(_plain, [*lines, "", page["signed"]]))


def _said(run: dict[str, str]) -> str:
    ((kind, words),) = run.items()
    return f"{words}: " if kind == "label" else words


def _plain(words: str) -> str:
    """Words without the places to break that only a printed page needs."""
    return printable(words).replace("\u200b", "")


def _escaped(words: str) -> str:
    return escape(words.replace("\u200b", "")).replace("\n", "<br/>")
