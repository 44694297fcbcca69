"""What was found in a file, in sentences: why it is not taken, and what to know of one that is.

Rules: a sentence says what is the matter and what to do; it never calls a file safe, because nobody
can (docs/decisions/0024). Numbers that stand in a sentence stand here as limits.
"""

from typing import ClassVar, NamedTuple

from stillroom.kernel import Misuse, StillroomError

MOST_BYTES = 200 << 20
"""The largest file; about six hundred scanned pages."""
MOST_PAGES = 1000
MOST_NAME = 200
"""Letters of a file's name that are kept."""


class Said(NamedTuple):
    """A finding: what it is, and what follows."""

    what: str
    advice: str


_SAVE_AS_PDF = "Save it as PDF in the program that made it, and upload that."
_ASK_AGAIN = "Ask whoever sent it for another copy; nothing of this one was kept."

AGAINST = {
    "broken": Said("this file is not whole, or not what it begins as", _ASK_AGAIN),
    "empty": Said("this file has no page", "Choose the file once more, or another one."),
    "password": Said(
        "this PDF opens only with a password",
        "Open it with the password, print it into a new PDF without one, and upload that.",
    ),
    "bomb": Said(
        "this file unpacks to more than any document needs",
        "It may be made to do harm. Ask whoever sent it for a scan; nothing of it was kept.",
    ),
    "pixels": Said(
        "a picture in this file has more dots than can be shown",
        "Save it smaller, or scan it at 300 dots an inch, and upload that.",
    ),
    "pages": Said(
        f"this file has more than {MOST_PAGES:,} pages",
        "Part it into several files, and upload each as a document of its own.",
    ),
    "large": Said(
        f"this file is larger than {MOST_BYTES >> 20} MB",
        "Scan it at 300 dots an inch in grey, or part it, and upload that.",
    ),
    "launch": Said("this PDF starts another program when it is opened", _ASK_AGAIN),
    "program": Said("this file is a program, or carries one", _ASK_AGAIN),
    "virus": Said("this file carries the test pattern of virus scanners", _ASK_AGAIN),
    "scanner": Said("the virus scanner of this practice refuses this file", _ASK_AGAIN),
    "xfa": Said(
        "this PDF makes its pages by a program of its own (a dynamic XFA form)",
        "Open it where it was filled in, print it into a new PDF, and upload that.",
    ),
    "slow": Said(
        "this file took more time or memory than any document needs",
        "It may be made to do harm. Print it into a new PDF, or scan it, and upload that.",
    ),
    "disguised": Said(
        "this file is not what its name says",
        "Look at it where it came from. If it is what you want, name it by what it is.",
    ),
    "heic": Said(
        "this is a photograph in HEIC, which most programs cannot show",
        "Share or export it as JPEG, and upload that.",
    ),
    "tiff": Said("this is a TIFF, of which browsers show none", _SAVE_AS_PDF),
    "webp": Said("this is a picture in WebP", "Save it as PNG or JPEG, and upload that."),
    "gif": Said("this is a GIF", "Save it as PNG, and upload that."),
    "bmp": Said("this is a BMP", "Save it as PNG, and upload that."),
    "office": Said("this is a file of a word processor or a spreadsheet", _SAVE_AS_PDF),
    "zip": Said("this is a packed folder", "Unpack it, and upload each document by itself."),
    "markup": Said("this is a web page or a drawing with code in it", _SAVE_AS_PDF),
    "other": Said("this is no PDF, PNG or JPEG", _SAVE_AS_PDF),
}

NOTED = {
    "script": Said(
        "It carries a script.", "What you see was drawn without it; only the original holds it."
    ),
    "sends": Said("It is a form that sends what is filled in.", "Here it sends nothing."),
    "links": Said("It links to pages elsewhere.", "The links are not followed and cannot be."),
    "files": Said("It refers to other files.", "They are not part of it and were not asked for."),
    "media": Said("It carries sound, film or a model.", "Only its still pages are shown."),
    "attached": Said(
        "Other files are attached to it.",
        "They are in the original alone, unseen; upload what you need as documents of their own.",
    ),
    "comments": Said(
        "It carries comments.", "A page shows their marks; their words stand with its words."
    ),
    "form": Said("It is a form.", "What was filled in is drawn as it was when it was saved."),
    "xfa": Said(
        "It is also a form of another kind (XFA).",
        "Its pages are drawn without that; compare them with what you expect.",
    ),
    "locked": Said("Its maker locked it against changes.", "It is shown and kept as it came."),
    "signed": Said(
        "It carries an electronic signature.",
        "It holds for the original, and was not checked here.",
    ),
    "frames": Said("It holds several pictures.", "The first is shown; the original holds all."),
    "exif": Said(
        "The camera wrote into it (often where and when).",
        "The pages shown hold none of that; the original does.",
    ),
}


class Unfit(StillroomError):
    """A file that is not taken. `code` is one of `AGAINST`."""

    what: ClassVar[str] = "this file cannot be kept"
    usual_advice: ClassVar[str] = _SAVE_AS_PDF

    def __init__(self, code: str) -> None:
        if code not in AGAINST:
            raise Misuse("no sentence for what was found")
        super().__init__(AGAINST[code].what, advice=AGAINST[code].advice)
        self.code = code


def noted(found: tuple[str, ...]) -> tuple[Said, ...]:
    """What to know of a file, in sentences; an unknown finding of a later version is left out."""
    return tuple(NOTED[code] for code in found if code in NOTED)
