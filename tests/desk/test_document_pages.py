"""Documents over HTTP: what a browser is given, and what nobody may do with a file."""

import json
import re
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from stillroom.chart import actions, queries
from stillroom.chart.documents import arriving
from stillroom.chart.models import Original, Piece
from stillroom.phi import streams
from tests.cast import NOON, Cast
from tests.chart import papers
from tests.chart.test_documents import draft, signed
from tests.web import Visitor, serve


@pytest.fixture
def ada(cast: Cast) -> Visitor:
    serve(cast)
    return Visitor(cast, "ada")


def asked(ada: Visitor, record: str, what: str, body: object) -> tuple[int, dict]:
    sent = {"content_type": "application/json", "headers": {"accept": "application/json"}}
    answer = ada.post(f"/records/{record}/file/{what}", json.dumps(body), **sent)
    return answer.status_code, json.loads(answer.content)


def by_script(ada: Visitor, record: str, data: bytes, name: str = "report.pdf") -> dict:
    """A file as the page's script sends it; gives the last answer."""
    status, begun = asked(ada, record, "begin", {"name": name, "size": len(data)})
    assert status == 200, begun
    upload, step = begun["upload"], begun["portion"]
    for at in range(0, len(data), step):
        end = "?last=1" if at + step >= len(data) else ""
        path = f"/records/{record}/file/{upload}/{at // begun['piece']}{end}"
        answer = ada.raw(path, data[at : at + step])
        assert answer.status_code == 200, answer.content
    status, state = asked(ada, record, "look", {"upload": upload})
    while status == 200 and not state["done"]:
        status, state = asked(ada, record, "draw", {"upload": upload})
    return state


def test_a_file_comes_in_by_script_and_its_page_is_a_picture_inside_the_page(
    cast: Cast, ada: Visitor
) -> None:
    record = draft(cast)
    assert by_script(ada, record, papers.pdf()) == {"pages": 2, "drawn": 2, "done": True}
    ada.post(f"/records/{record}/sign", {"version": "2"})
    answer = ada.get(f"/records/{record}?page=2")
    page = answer.content.decode()
    assert 'src="data:image/png;base64,' in page
    assert "Attendance was 91 per cent" in page
    assert "<iframe" not in page
    assert "<object" not in page
    assert "<embed" not in page


def test_the_original_is_given_as_bytes_to_save_and_never_as_a_page(
    cast: Cast, ada: Visitor
) -> None:
    data = papers.with_script()
    record = signed(cast, data, 'a"b\r\nSet-Cookie: x=1;../../<script>.pdf')
    path = f"/records/{record}/original"
    assert data not in ada.get(path).content
    assert ada.post(path).status_code == 409
    answer = ada.post(path, {"sure": "yes"})
    assert answer.content == data
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert re.fullmatch(
        r'attachment; filename="[\w -]+\.pdf"', answer.headers["Content-Disposition"]
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Length"] == str(len(data))
    assert "Set-Cookie" not in answer.headers
    assert sha256(answer.content).hexdigest() in _signed_words(cast, record)


def _signed_words(cast: Cast, record: str) -> str:
    content = queries.record(cast.here("ada"), record).revisions[0].content
    return content.answer("file").rows[0]["sha256"]


def test_no_address_gives_the_file_by_asking_for_it(cast: Cast, ada: Visitor) -> None:
    """A link, a picture, a frame of another page: whatever asks with GET gets no byte of it."""
    data = papers.pdf("Only in the file")
    record = signed(cast, data)
    upload = Original.objects.get().pk
    for path in (
        f"/records/{record}/original?sure=yes",
        f"/records/{record}/file",
        f"/records/{record}/file/begin",
        f"/records/{record}/file/{upload}/0",
    ):
        answer = ada.get(path)
        assert data[:20] not in answer.content
        assert not answer.headers.get("Content-Disposition")


def test_words_of_a_file_and_its_name_are_words_on_the_page(cast: Cast, ada: Visitor) -> None:
    attack = "<img src=x onerror=alert(1)>"
    record = draft(cast, title=attack)
    by_script(ada, record, papers.pdf(attack), f"{attack}.pdf")
    pages = [ada.get(f"/records/{record}")]
    ada.post(f"/records/{record}/sign", {"version": "2"})
    pages += [ada.get(f"/records/{record}{path}") for path in ("", "/paper", "/original")]
    for page in (one.content.decode() for one in pages):
        assert "<img src=x" not in page
        assert "&lt;img src=x" in page


def test_a_form_without_scripts_brings_a_small_file_and_is_told_of_a_large_one(
    cast: Cast, ada: Visitor
) -> None:
    record = draft(cast)
    path = f"/records/{record}/file"
    assert b"No file came" in ada.post(path, {}).content
    large = SimpleUploadedFile("large.pdf", bytes(11 << 20), "application/pdf")
    answer = ada.post(path, {"file": large})
    assert answer.status_code in (409, 413)
    assert b"ten megabytes" in answer.content
    assert not Original.objects.exists()
    small = SimpleUploadedFile("report.pdf", papers.pdf(), "application/pdf")
    assert ada.post(path, {"file": small}).status_code == 302
    assert arriving.state_of(Original.objects.get()).done


@pytest.mark.parametrize(
    "body",
    [b"", b"no json", b"[]", b'"x"', b"{}", b'{"name": 1, "size": "x"}', b'{"size": true}',
     b'{"size": -1}', b'{"name": "\\ud800", "size": 0}', b'{"size": 1e400}', b'{"name": null, "size": 999999999999999999999999}',
     b"[" * 9000],
)  # fmt: skip
def test_a_script_that_sends_nonsense_is_told_so(cast: Cast, ada: Visitor, body: bytes) -> None:
    sent = {"content_type": "application/json", "headers": {"accept": "application/json"}}
    for what in ("begin", "look", "draw"):
        answer = ada.post(f"/records/{draft(cast)}/file/{what}", body, **sent)
        assert answer.status_code in (404, 409), (what, answer.content)
        assert "message" in json.loads(answer.content)
    assert not Piece.objects.exists()


def test_half_a_letter_in_a_name_is_kept_as_a_sign_for_one(cast: Cast, ada: Visitor) -> None:
    record = draft(cast)
    assert by_script(ada, record, papers.pdf(), "a\ud800b.pdf")["done"]
    assert "a?b.pdf" in ada.get(f"/records/{record}").content.decode()


def test_a_portion_may_not_be_larger_than_a_server_can_hold(cast: Cast, ada: Visitor) -> None:
    record = draft(cast)
    _, begun = asked(ada, record, "begin", {"name": "a.pdf", "size": 50 << 20})
    for size, status in ((5 << 20, 409), (11 << 20, 413)):
        answer = ada.raw(f"/records/{record}/file/{begun['upload']}/0", bytes(size))
        assert answer.status_code == status
    assert not Piece.objects.exists()


def test_what_is_plainly_no_document_is_refused_at_its_first_bytes(
    cast: Cast, ada: Visitor
) -> None:
    record = draft(cast)
    _, begun = asked(ada, record, "begin", {"name": "invoice.pdf", "size": 100 << 20})
    first = b"MZ" + bytes(streams.PIECE - 2)
    answer = ada.raw(f"/records/{record}/file/{begun['upload']}/0", first)
    assert answer.status_code == 409
    assert json.loads(answer.content)["message"] == "This file is a program, or carries one."
    assert not Original.objects.exists()


def test_no_step_is_a_step_that_there_is_none(cast: Cast, ada: Visitor) -> None:
    assert asked(ada, draft(cast), "sign", {"upload": "x"})[0] == 404


def test_a_note_takes_no_file(cast: Cast, ada: Visitor) -> None:
    note = actions.begin(cast.here("ada"), cast.dov, "progress_note", occurred_at=NOON)
    status, told = asked(ada, note, "begin", {"name": "a.pdf", "size": 10})
    assert status == 409
    assert "kind of record" in told["message"]
    assert b'type="file"' not in ada.get(f"/records/{note}").content


def test_a_page_beyond_the_last_is_the_last(cast: Cast, ada: Visitor) -> None:
    record = signed(cast, papers.pdf())
    for asked_for in ("99", "0", "-1", "x", "9" * 40):
        page = ada.get(f"/records/{record}?page={asked_for}&zoom={asked_for}")
        assert page.status_code == 200
        assert re.search(rb"Page [12] of 2", page.content)


def test_a_document_without_a_file_is_not_signed_and_loses_nothing_typed(
    cast: Cast, ada: Visitor
) -> None:
    record = draft(cast)
    sent = {"version": "2", "title": "Kept words", "origin": "", "record-kind": "document"}
    answer = ada.post(f"/records/{record}/sign", sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "There is no file yet. Choose one below." in page
    assert "Made here or received is not answered yet." in page
    assert 'value="Kept words"' in page
