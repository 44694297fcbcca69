"""Several printed parts as one file: pages, structure and outline joined. Pure; in memory alone.

The first part is the cover letter; its metadata, intent and language are the file's. What a screen
reader walks (ISO 32000-1, 14.7) is joined too: each page's key into the parent tree moves behind
those before it, the elements of the parts become children of one document element. Nothing is
appended to a finished file: it is written once, whole.
"""

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Object


def joined(parts: Sequence[bytes]) -> bytes:
    """One file of the parts in order. Same parts, same bytes."""
    sources = [pikepdf.open(io.BytesIO(part)) for part in parts]
    whole, *others = sources
    try:
        for other in others:
            _append(whole, other)
        out = io.BytesIO()
        whole.save(out, deterministic_id=True, fix_metadata_version=False)
        return out.getvalue()
    finally:
        for one in sources:
            one.close()


def _append(whole: pikepdf.Pdf, other: pikepdf.Pdf) -> None:
    shift = int(whole.Root.StructTreeRoot.ParentTreeNextKey)
    before = len(whole.pages)
    whole.pages.extend(other.pages)
    for page in list(whole.pages)[before:]:
        page.obj.StructParents = int(page.obj.StructParents) + shift
    _join_structure(whole, whole.copy_foreign(other.Root.StructTreeRoot), shift)
    if "/Outlines" in other.Root:
        _join_outline(whole, whole.copy_foreign(other.Root.Outlines))


def _join_structure(whole: pikepdf.Pdf, tree: Object, shift: int) -> None:
    root = whole.Root.StructTreeRoot
    (document,), (added,) = root.K, tree.K
    for element in _kids(added):
        element.P = document
        document.K.append(element)
    keys = tree.ParentTree.Nums
    for at in range(0, len(keys), 2):
        root.ParentTree.Nums.append(int(keys[at]) + shift)
        root.ParentTree.Nums.append(keys[at + 1])
    root.ParentTreeNextKey = shift + int(tree.ParentTreeNextKey)


def _kids(element: Object) -> list[Object]:
    found = element.K
    return list(found) if isinstance(found, Array) else [found]


def _join_outline(whole: pikepdf.Pdf, added: Object) -> None:
    outline = whole.Root.Outlines
    assert isinstance(outline, Dictionary)  # noqa: S101 - the cover letter has headings
    item = added.get("/First")
    while item is not None:
        item.Parent = outline
        item = item.get("/Next")
    outline.Last.Next = added.First
    added.First.Prev = outline.Last
    outline.Last = added.Last
    outline.Count = int(outline.Count) + int(added.Count)
