"""Files as people send them, and files made to do harm: all of them made here, byte by byte."""

import io
import zlib
from collections.abc import Callable
from hashlib import shake_128

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image, ImageDraw

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The test pattern that virus scanners agreed upon; it does nothing."""
FRONT = ("School report", "Attendance was 91 per cent. She was calmer after the move.")


def pdf(*pages: str, change: Callable[[pikepdf.Pdf], None] | None = None, **how: object) -> bytes:
    """A PDF whose pages hold these words, and what `change` puts into it."""
    made = pikepdf.new()
    for words in pages or FRONT:
        page = made.add_blank_page(page_size=(612, 792))
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        safe = words.replace("\\", "").replace("(", "").replace(")", "")
        lines = " ".join(f"({line}) Tj T*" for line in safe.split("\n"))
        page.obj.Contents = Stream(
            made, f"BT /F1 14 Tf 18 TL 72 700 Td {lines} ET".encode("latin-1")
        )
    if change is not None:
        change(made)
    out = io.BytesIO()
    made.save(out, deterministic_id="encryption" not in how, **how)  # type: ignore[arg-type]
    return out.getvalue()


def locked(password: str) -> bytes:
    """One that opens with a password; with none, only its maker's wish is locked in."""
    return pdf(encryption=pikepdf.Encryption(owner="owner", user=password, R=6))


def _open_with(action: Dictionary) -> Callable[[pikepdf.Pdf], None]:
    def change(made: pikepdf.Pdf) -> None:
        made.Root.OpenAction = made.make_indirect(action)

    return change


def with_name(words: str) -> Callable[[pikepdf.Pdf], None]:
    """Words in a file's own description, which nobody sees on its pages."""

    def change(made: pikepdf.Pdf) -> None:
        made.docinfo[Name.Title] = String(words)

    return change


def with_script() -> bytes:
    return pdf(change=_open_with(Dictionary(S=Name.JavaScript, JS=String("app.alert('x')"))))


def with_script_and(*pages: str) -> bytes:
    """A script beside these pages."""
    action = Dictionary(S=Name.JavaScript, JS=String("app.alert('x')"))
    return pdf(*pages, change=_open_with(action))


def large(size: int, *pages: str) -> bytes:
    """A PDF of these pages and of about so many bytes, which no packing makes smaller."""
    filler = shake_128(b"scanned").digest(size)

    def change(made: pikepdf.Pdf) -> None:
        image = Stream(made, bytes(filler))
        image.Type, image.Subtype = Name.XObject, Name.Image
        image.Width, image.Height, image.BitsPerComponent = 512, len(filler) // 512, 8
        image.ColorSpace = Name.DeviceGray
        made.pages[0].obj.Resources.XObject = Dictionary(I=image)

    return pdf(*pages, change=change)


def with_launch() -> bytes:
    return pdf(change=_open_with(Dictionary(S=Name.Launch, F=String("cmd.exe"))))


def with_script_in_a_page() -> bytes:
    """Not at the top, where everybody looks, but in what a page does when it is closed."""

    def change(made: pikepdf.Pdf) -> None:
        close = Dictionary(C=Dictionary(S=Name.JavaScript, JS=String("this.exportDataObject()")))
        made.pages[0].obj.AA = close

    return pdf(change=change)


def with_link() -> bytes:
    def change(made: pikepdf.Pdf) -> None:
        away = Dictionary(S=Name.URI, URI=String("https://example.org/?who=dov"))
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 612, 792]), A=away)
        made.pages[0].obj.Annots = made.make_indirect(Array([made.make_indirect(link)]))

    return pdf(change=change)


def with_attachment(data: bytes, name: str = "notes.txt") -> bytes:
    def change(made: pikepdf.Pdf) -> None:
        made.attachments[name] = data

    return pdf(change=change)


def with_form(value: str, *, xfa: bool = False, dynamic: bool = False) -> bytes:
    """A form with one field, filled in, and no picture of what was filled in."""

    def change(made: pikepdf.Pdf) -> None:
        field = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), V=String(value),
            Rect=Array([72, 600, 500, 640]), F=4, DA=String("/Helv 24 Tf 0 g"),
        )  # fmt: skip
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        kept = made.make_indirect(field)
        made.pages[0].obj.Annots = Array([kept])
        form = Dictionary(
            Fields=Array([kept]), DR=Dictionary(Font=Dictionary(Helv=font)), NeedAppearances=True,
            DA=String("/Helv 24 Tf 0 g"),
        )  # fmt: skip
        if xfa:
            form.XFA = Stream(made, b"<xdp/>")
        made.Root.AcroForm = form
        if dynamic:
            made.Root.NeedsRendering = True

    return pdf("A form", change=change)


def bomb(megabytes: int) -> bytes:
    """A page whose picture is a few kilobytes and unpacks to that many megabytes of zeros."""
    packer, packed = zlib.compressobj(9), bytearray()
    for _ in range(megabytes):
        packed += packer.compress(bytes(1 << 20))
    packed += packer.flush()

    def change(made: pikepdf.Pdf) -> None:
        image = Stream(made, bytes(packed))
        image.Type, image.Subtype, image.Filter = Name.XObject, Name.Image, Name.FlateDecode
        image.Width, image.Height, image.BitsPerComponent = 4096, 4096, 8
        image.ColorSpace = Name.DeviceRGB
        made.pages[0].obj.Resources.XObject = Dictionary(I=image)

    return pdf(change=change)


def many_dots() -> bytes:
    """A PDF with a picture that says it has ten thousand million dots."""

    def change(made: pikepdf.Pdf) -> None:
        image = Stream(made, zlib.compress(bytes(64)))
        image.Type, image.Subtype, image.Filter = Name.XObject, Name.Image, Name.FlateDecode
        image.Width, image.Height, image.BitsPerComponent = 100_000, 100_000, 1
        image.ColorSpace = Name.DeviceGray
        made.pages[0].obj.Resources.XObject = Dictionary(I=image)
        made.pages[0].obj.Contents = Stream(made, b"q 612 0 0 792 0 0 cm /I Do Q")

    return pdf(change=change)


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 200), **how: object) -> bytes:
    """A drawing."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).ellipse((20, 20, size[0] - 20, size[1] - 20), fill=(20, 90, 60))
    out = io.BytesIO()
    image.save(out, kind, **how)  # type: ignore[arg-type]
    return out.getvalue()


def photograph(*, turned: bool = False) -> bytes:
    """A JPEG as a telephone makes one: where it was taken stands beside the dots."""
    exif = Image.Exif()
    exif[0x010F] = "Maker Of Telephones"
    exif[0x8825] = {1: "N", 2: (39.0, 17.0, 24.0)}
    if turned:
        exif[0x0112] = 6
    return picture("JPEG", exif=exif)


def png_bomb() -> bytes:
    """A PNG that says it is 40,000 dots square, in a few kilobytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(name + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + name + data + crc

    side = (40_000).to_bytes(4, "big")
    head = chunk(b"IHDR", side + side + b"\x08\x00\x00\x00\x00")
    body = chunk(b"IDAT", zlib.compress(bytes(1 << 20)))
    return b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IEND", b"")


def cut(data: bytes) -> bytes:
    """A file that did not arrive whole."""
    return data[: len(data) // 2]
