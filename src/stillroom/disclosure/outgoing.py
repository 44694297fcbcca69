"""What is handed to a recipient: the pages, the file for machines, or both in one archive. Pure."""

import io
import zipfile

from stillroom.disclosure.packet.bundle import MEDIA_TYPE

PAGES, MACHINES = "pages.pdf", "records.fhir.json"
_TYPES = {"pdf": "application/pdf", "zip": "application/zip", "fhir.json": MEDIA_TYPE}
_OLDEST = (1980, 1, 1, 0, 0, 0)
"""The archive's clock: it tells no hour, and the same files make the same bytes."""


def packed(pdf: bytes, bundle: bytes) -> bytes:
    """One file of what leaves; either may be empty."""
    if not bundle:
        return pdf
    if not pdf:
        return bundle
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in ((PAGES, pdf), (MACHINES, bundle)):
            archive.writestr(zipfile.ZipInfo(name, _OLDEST), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def ending_of(data: bytes) -> str:
    """How the name of such a file ends, told by its first bytes."""
    if data.startswith(b"%PDF"):
        return "pdf"
    return "zip" if data.startswith(b"PK") else "fhir.json"


def type_of(ending: str) -> str:
    """The media type for a name's ending; what is encrypted is bytes."""
    return _TYPES.get(ending, "application/octet-stream")
