"""What is handed to a recipient: pages, the file for machines, or both, told by its first bytes."""

import io
import zipfile

import pytest

from stillroom.disclosure.outgoing import ending_of, packed, type_of

PDF, FHIR = b"%PDF-1.7 the pages", b'{"resourceType":"Bundle"}'


@pytest.mark.parametrize(
    ("data", "ending", "media"),
    [
        (packed(PDF, b""), "pdf", "application/pdf"),
        (packed(b"", FHIR), "fhir.json", "application/fhir+json"),
        (packed(PDF, FHIR), "zip", "application/zip"),
    ],
)
def test_a_file_is_called_what_it_is(data: bytes, ending: str, media: str) -> None:
    assert ending_of(data) == ending
    assert type_of(ending) == media
    assert type_of(f"{ending}.age") == "application/octet-stream"


def test_both_lie_in_one_archive_that_tells_no_hour_and_no_name() -> None:
    made = packed(PDF, FHIR)
    assert made == packed(PDF, FHIR)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {one.filename: archive.read(one) for one in archive.infolist()} == {
            "pages.pdf": PDF,
            "records.fhir.json": FHIR,
        }
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert all(not one.comment and not one.extra for one in archive.infolist())


def test_one_of_them_alone_is_itself() -> None:
    assert packed(PDF, b"") is PDF
    assert packed(b"", FHIR) is FHIR
