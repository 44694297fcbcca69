"""What signing adds to a document: the file, as it came and as it is shown.

Rules (P5): the signature is over the original (by its SHA-256), over each page as it is shown (by
its digest, in order) and over the words that the file brings. Whatever a page posted in these
fields is replaced; a document whose file is missing, broken off or not drawn to its last page
cannot be signed.
"""

from typing import Any

import msgspec
from django.db.models import F

from stillroom.chart import kinds, rules
from stillroom.chart.contents import Answer, Content
from stillroom.chart.documents import facts, holding
from stillroom.chart.documents.facts import Facts, Page
from stillroom.chart.documents.filed import OF_FILES
from stillroom.chart.documents.findings import noted
from stillroom.chart.models import Leaf, Original, Record
from stillroom.chart.sheets import Fault, faults
from stillroom.phi import Presence, bridge

LEAVES = "leaves"
"""The answer that holds the digests of the pages; no field asks for it."""
MOST_WORDS = 1_000_000
"""Letters of a whole file that are kept as words of the record."""
_NO_FILE = "There is no file yet. Choose one below."
_WRITTEN_HERE = frozenset({"file", "found", "words", LEAVES})


def completed(presence: Presence, row: Record, content: Content) -> Content:
    """A content as it is signed: of a kind without a file, as it is."""
    kind = kinds.kind_on(row.kind, content.kind)
    if kind.id not in OF_FILES:
        return content
    typed = tuple(one for one in content.answers if one.name not in _WRITTEN_HERE)
    content = msgspec.structs.replace(content, answers=typed)
    original = Original.objects.filter(record_id=row.pk).first()
    if original is None or (missing := _missing(original)):
        raise _incomplete(kind, content, missing if original else _NO_FILE)
    known, digests, pages = _opened(presence, row, original)
    if len(digests) != original.pages:  # another window took it away just now
        raise _incomplete(kind, content, _NO_FILE)
    written = _answers(original.pk, known, digests, pages)
    return msgspec.structs.replace(content, answers=(*typed, *written))


def _incomplete(kind: kinds.Kind, content: Content, missing: str) -> rules.NotComplete:
    others = [one for one in faults(kind, content) if one.field not in _WRITTEN_HERE]
    return rules.NotComplete([Fault("file", missing), *others])


def still_there(row: Record, content: Content) -> bool:
    """Whether the file that was opened to be signed is still the record's. Asked under the lock
    that signing takes, so that nobody exchanges it meanwhile."""
    if kinds.kind_on(row.kind, content.kind).id not in OF_FILES:
        return True
    upload = content.answer("file").rows[0]["upload"]
    return Original.objects.filter(pk=upload, record_id=row.pk, drawn=F("pages")).exists()


def marks(row: Record, content: Content) -> dict[str, Any]:
    """What signing changes of a record's row: whether it came under Part 2. The mark stands in the
    clear, so a private one has none: it would tell others of it."""
    if row.part2 or row.private or content.answer("part2").text != "yes":
        return {}
    return {"part2": True} if kinds.kind_on(row.kind, content.kind).id in OF_FILES else {}


def _missing(original: Original) -> str:
    if original.state == Original.State.ARRIVING:
        return "The file has not come whole. Choose it once more."
    if original.state == Original.State.ARRIVED:
        return "The file was not looked into yet. Go on with it below."
    if original.drawn < original.pages:
        return f"Page {original.drawn + 1} of {original.pages} is not drawn yet. Go on with it."
    return ""


def _opened(
    presence: Presence, row: Record, original: Original
) -> tuple[Facts, list[str], list[Page]]:
    """What is known of a file, its pages' digests, and the pages without their pictures."""
    held = holding.to_read(presence, row)
    part = holding.page_part(original)
    leaves = Leaf.objects.filter(original_id=original.pk).order_by("number")
    details: bridge.Details = {"did": "pages signed", "record": row.pk}
    (known,) = bridge.reveal(
        presence, held.grant, held.ward, [holding.facts_part(original)], details
    )
    rows = (
        (row.pk, number, bytes(sealed))
        for number, sealed in leaves.values_list("number", "sealed").iterator(chunk_size=8)
    )
    opened = bridge.reveal_rows(presence, held.grant, held.ward, part, rows, details, bytes)
    digests, pages = [], []
    for _, words in opened:
        digests.append(facts.page_digest(words))
        pages.append(msgspec.structs.replace(facts.decode_page(words), picture=b""))
    return facts.decode(known), digests, pages


def _answers(upload: str, known: Facts, digests: list[str], pages: list[Page]) -> list[Answer]:
    said = [f"{one.what} {one.advice}" for one in noted(known.found)]
    undrawn = [str(number) for number, page in enumerate(pages, start=1) if not page.type]
    if undrawn:
        said.append(f"Not drawn: page {', '.join(undrawn)}. What stands there is in the original.")
    whole = "\n\n".join(page.words for page in pages if page.words)
    if len(whole) > MOST_WORDS or any(page.words_cut for page in pages):
        said.append("It holds more words than are searched; all of them are on its pages.")
    table = {
        "name": known.name,
        "type": known.kind.upper(),
        "bytes": str(known.size),
        "pages": str(known.pages),
        "sha256": known.sha256,
        "upload": upload,
    }
    return [
        Answer("file", rows=(table,)),
        Answer("found", "\n".join(said)),
        Answer("words", whole[:MOST_WORDS]),
        Answer(LEAVES, chosen=tuple(digests)),
    ]
