"""Files made to do harm, and files that are only broken: each has its sentence, and nothing else."""

import io
import subprocess
import sys
from collections.abc import Callable

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from stillroom.chart.documents import findings, sniffing, workroom
from stillroom.chart.documents.findings import AGAINST, Unfit
from stillroom.chart.workshop import looking
from tests.chart import papers

LETTER = papers.pdf()
PROGRAM = b"MZ\x90\x00" + bytes(200)


def looked(data: bytes, kind: str = "pdf") -> workroom.Looked:
    return workroom.look(kind, len(data), [data])


def refused(data: bytes, kind: str = "pdf") -> str:
    with pytest.raises(Unfit) as caught:
        looked(data, kind)
    return caught.value.code


def drawn(data: bytes, kind: str = "pdf") -> list[workroom.Drawn]:
    return list(workroom.draw(kind, len(data), [data], first=1, seconds=60))


def dots(page: workroom.Drawn) -> Image.Image:
    return Image.open(io.BytesIO(page.picture))


# What speaks against a PDF


@pytest.mark.parametrize(
    ("why", "make"),
    [
        ("bomb", lambda: papers.bomb(looking.MOST_IN_STREAM // (1 << 20) + 8)),
        ("pixels", papers.many_dots),
        ("launch", papers.with_launch),
        ("password", lambda: papers.locked("autumn")),
        ("program", lambda: papers.with_attachment(PROGRAM, "invoice.pdf.exe")),
        ("virus", lambda: papers.with_attachment(papers.EICAR)),
        ("xfa", lambda: papers.with_form("Halpern", xfa=True, dynamic=True)),
        ("broken", lambda: papers.cut(LETTER)),
        ("broken", lambda: b"%PDF-1.7\n" + bytes(4000)),
        ("empty", lambda: papers.pdf(change=lambda made: made.pages.__delitem__(slice(None)))),
    ],
)
def test_a_pdf_that_is_not_kept_is_told_why(why: str, make: Callable[[], bytes]) -> None:
    assert refused(make()) == why


@pytest.mark.parametrize(
    ("found", "make"),
    [
        ((), papers.pdf),
        (("script",), papers.with_script),
        (("script",), papers.with_script_in_a_page),
        (("links",), papers.with_link),
        (("attached",), lambda: papers.with_attachment(b"a list of names")),
        (("form",), lambda: papers.with_form("Halpern")),
        (("form", "xfa"), lambda: papers.with_form("Halpern", xfa=True)),
        (("locked",), lambda: papers.locked("")),
    ],
)
def test_what_a_pdf_holds_besides_its_pages_is_named(
    found: tuple[str, ...], make: Callable[[], bytes]
) -> None:
    assert looked(make()).found == found


def test_a_script_deep_in_nested_actions_is_still_seen() -> None:
    def change(made: pikepdf.Pdf) -> None:
        step = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("x()"))
        for _ in range(40):
            step = pikepdf.Dictionary(S=pikepdf.Name.GoTo, Next=pikepdf.Array([step]))
        made.pages[0].obj.AA = pikepdf.Dictionary(O=step)

    assert "script" in looked(papers.pdf(change=change)).found


def test_a_pdf_nested_deeper_than_anybody_looks_is_refused() -> None:
    def change(made: pikepdf.Pdf) -> None:
        step = pikepdf.Dictionary(S=pikepdf.Name.JavaScript)
        for _ in range(200):
            step = pikepdf.Dictionary(Next=step)
        made.pages[0].obj.AA = step

    assert refused(papers.pdf(change=change)) == "broken"


def test_the_test_pattern_is_found_across_the_border_of_two_portions() -> None:
    """Once in what is unpacked in steps, once in the file itself in pieces."""
    assert refused(papers.with_attachment(b"x" * ((1 << 20) - 20) + papers.EICAR)) == "virus"


def test_no_page_of_another_size_than_can_be_shown_is_drawn() -> None:
    def change(made: pikepdf.Pdf) -> None:
        made.pages[0].obj.MediaBox = pikepdf.Array([0, 0, 14_400, 100])

    (page, _) = drawn(papers.pdf(change=change))
    assert max(dots(page).size) <= 2201


# What is shown


def test_what_was_filled_into_a_form_is_drawn() -> None:
    (empty,), (filled,) = drawn(papers.with_form("")), drawn(papers.with_form("Halpern"))
    assert empty.picture != filled.picture
    box = (150, 300, 700, 420)
    ink = [dots(page).convert("L").crop(box).getextrema()[0] for page in (empty, filled)]
    assert ink[0] == 255
    assert ink[1] < 100


def test_what_was_filled_in_and_what_comments_say_are_words_of_the_page() -> None:
    def comment(made: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=pikepdf.Array([9, 9, 30, 30]),
            Contents=pikepdf.String("Call the school 😀"),
        )  # fmt: skip
        made.pages[0].obj.Annots = pikepdf.Array([made.make_indirect(note)])

    (form,) = drawn(papers.with_form("Halpern"))
    assert form.words.splitlines() == ["A form", "Halpern"]
    data = papers.pdf("One", change=comment)
    assert looked(data).found == ("comments",)
    assert drawn(data)[0].words.splitlines() == ["One", "Call the school 😀"]


def test_a_script_changes_nothing_of_what_is_drawn() -> None:
    assert [p.picture for p in drawn(papers.with_script())] == [p.picture for p in drawn(LETTER)]


def test_pages_are_drawn_from_where_the_last_step_ended() -> None:
    data = papers.pdf("one", "two", "three")
    step = list(workroom.draw("pdf", len(data), [data], first=2, seconds=0))
    assert [(page.page, page.words) for page in step] == [(2, "two")]


def test_a_photograph_is_shown_upright_and_without_where_it_was_taken() -> None:
    (page,) = drawn(papers.photograph(turned=True), "jpeg")
    assert dots(page).size == (200, 300)
    assert not dots(page).getexif()
    assert b"Maker Of Telephones" not in page.picture
    assert looked(papers.photograph(), "jpeg").found == ("exif",)


def test_what_hides_behind_the_end_of_a_picture_is_not_in_what_is_shown() -> None:
    (page,) = drawn(papers.picture() + b"PK\x03\x04 a folder behind a picture", "png")
    assert b"a folder behind" not in page.picture


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_pictures_of_every_make_are_shown(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    out = io.BytesIO()
    Image.new(mode, (40, 30)).save(out, kind)
    (page,) = drawn(out.getvalue(), kind.lower())
    assert dots(page).size == (40, 30)


def test_what_is_clear_in_a_picture_is_white_as_paper() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    (page,) = drawn(out.getvalue(), "png")
    assert dots(page).convert("L").getextrema() == (255, 255)


@pytest.mark.parametrize(
    ("why", "data", "kind"),
    [
        ("pixels", papers.png_bomb(), "png"),
        ("broken", papers.cut(papers.picture()), "png"),
        ("broken", papers.cut(papers.photograph()), "jpeg"),
        ("broken", papers.picture(), "jpeg"),
        ("broken", b"\xff\xd8\xff" + bytes(100), "jpeg"),
    ],
)
def test_a_picture_that_is_not_kept_is_told_why(why: str, data: bytes, kind: str) -> None:
    assert refused(data, kind) == why


# What a file is


@pytest.mark.parametrize(
    ("kind", "data"),
    [("pdf", LETTER), ("png", papers.picture()), ("jpeg", papers.photograph())],
)
def test_what_is_taken_is_told_by_its_bytes(kind: str, data: bytes) -> None:
    assert sniffing.kind_of(data[: sniffing.HEAD]) == kind


@pytest.mark.parametrize(
    ("why", "head"),
    [
        ("empty", b""),
        ("program", PROGRAM),
        ("program", b"\x7fELF\x02\x01"),
        ("program", b"#!/bin/sh\n"),
        ("program", b"\xcf\xfa\xed\xfe"),
        ("office", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(20)),
        ("office", b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml" + b"word/vbaProject.bin"),
        ("office", b"{\\rtf1"),
        ("zip", b"PK\x03\x04" + bytes(26) + b"photo.jpg"),
        ("heic", b"\x00\x00\x00\x18ftypheic"),
        ("other", b"\x00\x00\x00\x18ftypisom"),
        ("tiff", b"II*\x00"),
        ("gif", b"GIF89a"),
        ("webp", b"RIFF\x00\x00\x00\x00WEBP"),
        ("bmp", b"BM" + bytes(20)),
        ("markup", b"\xef\xbb\xbf <!DOCTYPE html><script>"),
        ("markup", b"<svg onload=alert(1)>"),
        ("disguised", b"<junk>" * 9 + b"%PDF-1.4"),
        ("other", b"Dear Dr. Lee"),
        ("other", papers.EICAR),
    ],
)
def test_what_is_not_taken_is_told_what_it_is(why: str, head: bytes) -> None:
    with pytest.raises(Unfit) as caught:
        sniffing.kind_of(head)
    assert caught.value.code == why


@pytest.mark.parametrize("name", ["report.pdf", "REPORT.PDF", "report", "2024.03.report.pdf"])
def test_a_name_that_fits_is_taken(name: str) -> None:
    sniffing.require_named_so(name, "pdf")


def test_a_picture_that_lies_about_its_type_is_refused() -> None:
    for name, kind in (("me.jpg", "pdf"), ("x.pdf", "png"), ("x.pdf.exe", "pdf"), ("a.doc", "pdf")):
        with pytest.raises(Unfit, match="not what its name says"):
            sniffing.require_named_so(name, kind)
    for name, kind in (("me.jpg", "png"), ("me.png", "jpeg"), ("me.JPE", "jpeg")):
        sniffing.require_named_so(name, kind)


@given(st.text(max_size=300), st.sampled_from(["pdf", "png", "jpeg"]))
def test_a_name_to_save_under_is_plain_whatever_it_was(name: str, kind: str) -> None:
    safe = sniffing.safe_name(name, kind)
    assert safe.isascii()
    assert not set(safe) & set('/\\":<>|?*\r\n\0;=%')
    assert safe.rpartition(".")[2] in ("pdf", "png", "jpg")
    assert 5 <= len(safe) <= 84
    assert not safe.startswith(".")


@given(st.binary(max_size=200))
def test_any_bytes_are_one_of_three_kinds_or_have_a_sentence(head: bytes) -> None:
    try:
        assert sniffing.kind_of(head) in ("pdf", "png", "jpeg")
    except Unfit as why:
        assert why.code in AGAINST


@given(st.data())
@settings(max_examples=12)
def test_a_pdf_with_any_of_its_bytes_altered_is_looked_at_or_refused(data: st.DataObject) -> None:
    altered = bytearray(LETTER)
    for at in data.draw(st.lists(st.integers(5, len(LETTER) - 1), min_size=1, max_size=30)):
        altered[at] = data.draw(st.integers(0, 255))
    try:
        assert looked(bytes(altered)).pages >= 1
    except Unfit as why:
        assert why.code in AGAINST


def test_every_sentence_is_one_and_says_what_to_do() -> None:
    for code, said in AGAINST.items():
        assert said.what[0].islower() or said.what.startswith("PDF"), code
        assert not said.what.endswith(".")
        assert said.advice.endswith(".")
    for code, said in findings.NOTED.items():
        assert said.what.endswith("."), code
        assert said.advice.endswith(".")
        assert "safe" not in (said.what + said.advice).lower()


# A workshop that does not do as it should


@pytest.fixture
def instead(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Another program in the workshop's place."""

    def put(text: str) -> None:
        monkeypatch.setattr(workroom, "_PROGRAM", [sys.executable, "-I", "-c", text])

    return put


FRAME = "import sys,struct; w=sys.stdout.buffer.write; r=sys.stdin.buffer.read();"


@pytest.mark.parametrize(
    "text",
    [
        "pass",
        "import os; os._exit(139)",
        "import os,signal; os.kill(os.getpid(), signal.SIGSEGV)",
        FRAME + "w(b'not a frame')",
        FRAME + "w(struct.pack('>I', 1 << 31))",
        FRAME + "w(struct.pack('>I', 2) + b'{}' + struct.pack('>I', 0))",
        FRAME + "w(struct.pack('>I', 4) + b'[[[[' + struct.pack('>I', 0))",
        FRAME + "w(struct.pack('>I', 2) + b'{}' + struct.pack('>I', 1 << 31))",
        FRAME + "w(struct.pack('>I', 200) + b'{}')",
    ],
)
def test_a_workshop_that_dies_or_babbles_is_a_sentence_about_the_file(
    instead: Callable[[str], None], text: str
) -> None:
    instead(text)
    assert refused(LETTER * 2000) in ("slow", "broken")
    with pytest.raises(Unfit):
        drawn(LETTER)


def test_a_workshop_that_never_ends_is_ended(
    instead: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workroom, "SECONDS", 0.3)
    instead("import sys; sys.stdin.buffer.read()\nwhile True: pass")
    assert refused(LETTER) == "slow"


def test_a_workshop_that_invents_pages_is_not_believed(instead: Callable[[str], None]) -> None:
    page = b'{"page": 7, "type": "png", "wide": 1, "high": 1, "words": "", "words_cut": false}'
    instead(FRAME + f"w(struct.pack('>I', {len(page)}) + {page!r} + struct.pack('>I', 0))")
    with pytest.raises(Unfit):
        drawn(LETTER)


def test_a_job_that_outgrows_its_memory_ends_and_nothing_else_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workroom, "MEMORY", 150 << 20)
    assert refused(papers.picture("PNG", (8000, 8000)), "png") in ("bomb", "broken", "slow")


def test_the_workshop_writes_no_file_and_sees_no_environment() -> None:
    """The limits are the system's: a file of one byte cannot be written once they are set."""
    text = (
        "from stillroom.chart.workshop.__main__ import confine\n"
        "import os, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "confine(1 << 30, 5)\n"
        "assert not [n for n in os.environ if n not in ('LC_CTYPE',)], os.environ\n"
        "made = os.memfd_create('x')\n"
        "try:\n"
        "    os.write(made, b'x')\n"
        "except OSError:\n"
        "    sys.exit(17)\n"
    )
    done = subprocess.run([sys.executable, "-I", "-c", text], env={}, check=False)
    assert done.returncode == 17
