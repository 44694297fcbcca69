"""P9 for machines: a FHIR document that holds the pages that leave, labelled, and none of what was cut."""

import json
import string
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given, settings
from hypothesis import strategies as st

from stillroom.disclosure.packet import RecordPage, Section, Told
from stillroom.disclosure.packet.bundle import as_fhir
from stillroom.disclosure.packet.cuts import Reason, cut
from stillroom.disclosure.packet.painting import Box, paint_over
from tests.disclosure.conftest import note, packet_of
from tests.disclosure.test_painting import page as leaf
from tests.disclosure.test_redaction_attacked import everywhere

XHTML = "{http://www.w3.org/1999/xhtml}"


def made(*records: RecordPage, **changes: Any) -> dict[str, Any]:
    """A bundle, read by a library of its own before anything is asked of it."""
    raw = as_fhir(packet_of(*records, **changes))
    Bundle.model_validate_json(raw)
    return json.loads(raw)  # type: ignore[no-any-return]


def resources(found: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [e["resource"] for e in found["entry"] if e["resource"]["resourceType"] == kind]


def strings(value: Any) -> Iterator[str]:
    """Every string of it, and what lies in those that are base64."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            yield name
            if name == "data":
                yield b64decode(one).decode("utf-8", "replace")
            yield from strings(one)


def codes(resource: dict[str, Any]) -> set[str]:
    return {one["code"] for one in resource["meta"]["security"]}


@pytest.fixture(scope="module")
def whole() -> dict[str, Any]:
    words = 'Setbacks follow calls with Ines <Quell> & "others"; she sees it.'
    first = replace(
        note([words]),
        sections=(Section("Data", (words,)), Section("Level", (Told("Risk", "Low\nstable"),))),
    )
    papers = paint_over(
        replace(
            note(of="n3", day=20), leaves=(leaf("PNG", "Quellwasser"), leaf("JPEG", "Attendance"))
        ),
        [Box(1, 200, 150, 600, 300, Reason.PERSON)],
    )
    return made(cut(first, everywhere(first, "Ines")), note(of="n2", day=13), papers)


def test_it_is_a_document_whose_references_all_lead_somewhere(whole: dict[str, Any]) -> None:
    assert whole["entry"][0]["resource"]["resourceType"] == "Composition"
    there = {entry["fullUrl"] for entry in whole["entry"]}
    assert len(there) == len(whole["entry"])
    named = {one for one in strings(whole) if one.startswith("urn:uuid:")}
    assert named - there == {whole["identifier"]["value"]}
    for entry in whole["entry"]:
        assert entry["fullUrl"] == f"urn:uuid:{entry['resource']['id']}"


def test_every_narrative_is_markup_of_which_no_word_is_a_part(whole: dict[str, Any]) -> None:
    (composition,) = resources(whole, "Composition")
    for section in composition["section"]:
        root = ET.fromstring(section["text"]["div"])
        assert {one.tag for one in root.iter()} <= {
            XHTML + t for t in ("div", "p", "h3", "b", "i", "br")
        }
    data = " ".join(ET.fromstring(composition["section"][3]["text"]["div"]).itertext())
    assert "calls with [removed: another person] <Quell>" in " ".join(data.split())
    assert "<Quell>" in data


def test_it_holds_the_grounds_the_statement_and_the_digest_that_the_letter_prints(
    whole: dict[str, Any],
) -> None:
    said = " ".join(strings(whole))
    assert "45 CFR 164.512(e)(1)(i)" in said
    assert "You may not pass this on." in said
    (composition,) = resources(whole, "Composition")
    assert len(composition["identifier"]["value"]) == 64
    assert [one["title"] for one in composition["section"]][:3] == [
        "To whom, and what for", "On what ground", "Passing it on",
    ]  # fmt: skip


def test_the_labels_say_what_each_record_is(whole: dict[str, Any]) -> None:
    first, second, papers = resources(whole, "DocumentReference")
    assert codes(first) == {"R", "PSY", "NORDSCLCD", "REDACTED"}
    assert codes(second) == {"R", "PSY", "NORDSCLCD"}
    assert codes(papers) == codes(first)
    assert codes(whole) == codes(first)
    assert {one["coding"][0]["code"] for one in second["securityLabel"]} == codes(second)
    assert all(entry["resource"]["meta"]["security"] for entry in whole["entry"])
    sud = made(replace(note(), kind="sud_records"), notices=())
    assert codes(resources(sud, "DocumentReference")[0]) == {
        "R", "PSY", "SUD", "42CFRPart2", "NORDSCLCD",
    }  # fmt: skip
    plain = made(note(), notices=())
    assert "NORDSCLCD" not in codes(plain)


def test_the_pictures_are_those_that_are_printed(whole: dict[str, Any]) -> None:
    binaries = resources(whole, "Binary")
    assert [one["contentType"] for one in binaries] == ["image/png", "image/jpeg"]
    assert "Quellwasser" not in " ".join(strings(whole))
    assert "Painted over on this page: another person." in " ".join(strings(whole))


def test_no_identifier_of_ours_is_in_it_and_the_same_packet_gives_the_same_bytes() -> None:
    one = note(of="kqq7v2yd5m3w4n6p")
    assert b"kqq7v2yd5m3w4n6p" not in as_fhir(packet_of(one))
    assert as_fhir(packet_of(one)) == as_fhir(packet_of(one))


WORDS = st.text(string.ascii_lowercase, min_size=4, max_size=9)


@given(st.lists(WORDS, min_size=2, max_size=10), st.data())
@settings(max_examples=40, deadline=None)
def test_any_words_cut_from_any_text_are_nowhere_in_it(
    words: list[str], data: st.DataObject
) -> None:
    words = [f"þ{word}ð" for word in words]
    page = note([" ".join(words) + ' <b>&amp;</b> "漢\u202e\x00'])
    gone = data.draw(st.sets(st.sampled_from(words)))
    found = made(cut(page, [one for word in gone for one in everywhere(page, word)]))
    said = "\n".join(strings(found))
    assert not [word for word in gone if word in said]
    assert all(word in said for word in set(words) - gone)
