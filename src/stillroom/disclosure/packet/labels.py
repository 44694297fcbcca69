"""Security labels for machines: how confidential each part of a packet is, in HL7’s codes. Pure.

The codes are of HL7 Terminology (v3-Confidentiality, v3-ActCode, v3-ObservationValue); no code is
given that does not stand there, and no display text, because the code is what counts. What they
mean to a recipient is his policy: a label asks, it does not protect.
"""

from collections.abc import Iterable

from stillroom.consent.rules import PART2_KINDS
from stillroom.disclosure.packet.pages import RecordPage

_SYSTEM = "http://terminology.hl7.org/CodeSystem/"
Coding = dict[str, str]

_RESTRICTED, _VERY_RESTRICTED = "R", "V"


def _confidentiality(code: str) -> Coding:
    return {"system": f"{_SYSTEM}v3-Confidentiality", "code": code}


def _act(code: str) -> Coding:
    return {"system": f"{_SYSTEM}v3-ActCode", "code": code}


REDACTED: Coding = {"system": f"{_SYSTEM}v3-ObservationValue", "code": "REDACTED"}
"""Something was taken out of this."""


def labels_of(record: RecordPage, *, redisclosure: bool) -> list[Coding]:
    """The labels of one record. `redisclosure`: a statement against passing it on goes with it."""
    private = record.kind == "psychotherapy_notes"
    found = [_confidentiality(_VERY_RESTRICTED if private else _RESTRICTED)]
    found.append(_act("PSYTHPN" if private else "PSY"))
    if record.kind in PART2_KINDS:
        found += [_act("SUD"), _act("42CFRPart2")]
    if redisclosure or record.kind in PART2_KINDS:
        found.append(_act("NORDSCLCD"))
    if record.cuts:
        found.append(REDACTED)
    return found


def labels_of_all(records: Iterable[RecordPage], *, redisclosure: bool) -> list[Coding]:
    """The labels of the whole: every label of a part, and of confidentiality the highest alone."""
    every = [one for record in records for one in labels_of(record, redisclosure=redisclosure)]
    very = _confidentiality(_VERY_RESTRICTED)
    if very in every:
        every = [very, *(one for one in every if not one["system"].endswith("Confidentiality"))]
    return list({(one["system"], one["code"]): one for one in every}.values())


def confidentiality_of_all(records: Iterable[RecordPage]) -> str:
    """The code of the whole's confidentiality."""
    very = any(one.kind == "psychotherapy_notes" for one in records)
    return _VERY_RESTRICTED if very else _RESTRICTED
