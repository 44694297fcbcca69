"""Documents in the harnesses: a story's papers, what can be done to them, what must hold."""

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from stillroom.chart import actions
from stillroom.chart.documents import arriving, reading
from stillroom.chart.documents.filed import OF_FILES
from stillroom.chart.models import Leaf, Original, Piece, Record
from stillroom.chart.queries import WholeRecord
from stillroom.kernel import Trilean
from stillroom.phi import Presence
from tests.cast import NOON, Cast
from tests.chart import papers

if TYPE_CHECKING:
    from tests.harness.living import Life

TITLE = {"title": "Letter of the school", "origin": "received"}


def _begun(ada: Presence, cast: Cast) -> str:
    record = actions.begin(ada, cast.dov, "document", occurred_at=NOON)
    actions.save_draft(ada, record, TITLE, 1, kind="document")
    return record


def _sent(ada: Presence, record: str) -> str:
    data = papers.pdf("Dear Ms. Merrow")
    upload = arriving.begin(ada, record, "letter.pdf", len(data))
    arriving.take(ada, record, upload, 0, data, last=True)
    return upload


def documents(cast: Cast) -> dict[str, str]:
    """A signed document of Ada's, a draft whose file is on its way, and that upload."""
    ada = cast.here("ada")
    sheaf, filing = _begun(ada, cast), _begun(ada, cast)
    arriving.look(ada, sheaf, _sent(ada, sheaf))
    arriving.draw(ada, sheaf, Original.objects.get(record_id=sheaf).pk)
    actions.sign(ada, sheaf, 2)
    upload = arriving.begin(ada, filing, "letter.pdf", 1 << 20)
    return {"sheaf": sheaf, "filing": filing, "upload": upload}


def live(cast: Cast) -> dict[str, str]:
    """Drafts whose file is at each of its stations; and a signed one."""
    ada = cast.here("ada")
    ids = documents(cast)
    arrived, looked, drawn = (_begun(ada, cast) for _ in range(3))
    ids |= {"arrived": arrived, "looked": looked, "drawn": drawn}
    for record in (arrived, looked, drawn):
        ids[f"upload {record}"] = _sent(ada, record)
    for record in (looked, drawn):
        arriving.look(ada, record, ids[f"upload {record}"])
    arriving.draw(ada, drawn, ids[f"upload {drawn}"])
    return ids


def _ada(cast: Cast) -> Presence:
    return cast.here("ada", stepped_up=Trilean.YES)


def _upload(ids: Mapping[str, str], station: str) -> tuple[str, str]:
    return ids[station], ids[f"upload {ids[station]}"]


DEEDS: dict[str, Callable[[Cast, Mapping[str, str]], Any]] = {
    "send a file": lambda cast, ids: _sent(_ada(cast), ids["filing"]),
    "look into a file": lambda cast, ids: arriving.look(_ada(cast), *_upload(ids, "arrived")),
    "draw a file": lambda cast, ids: arriving.draw(_ada(cast), *_upload(ids, "looked")),
    "take a file away": lambda cast, ids: arriving.take_away(_ada(cast), ids["looked"]),
    "sign a document": lambda cast, ids: actions.sign(_ada(cast), ids["drawn"], 2),
    "discard a document": lambda cast, ids: actions.discard(
        _ada(cast), ids["drawn"], with_words=True
    ),
    "look at a document": lambda cast, ids: reading.sheaf(_ada(cast), ids["sheaf"], first=1),
    "save an original": lambda cast, ids: b"".join(
        reading.untouched(_ada(cast), ids["sheaf"]).read()
    ),
}


def require_whole_files() -> None:
    """Each file is as far as its row says, with every piece and page there is, and no other."""
    for row in Original.objects.all():
        for table, count in ((Piece, row.arrived), (Leaf, row.drawn)):
            numbers = table.objects.filter(original=row).order_by("number")
            first = 0 if table is Piece else 1
            told = list(numbers.values_list("number", flat=True))
            assert told == list(range(first, first + count)), row.state
        assert row.drawn <= row.pages, row.pk
        assert row.state == Original.State.LOOKED or not row.pages, row.state
    assert not Piece.objects.exclude(original__in=Original.objects.all()).exists()


def require_signed_file(presence: Presence, record: Record, whole: WholeRecord) -> None:
    """A signed document is whole: its original is what was signed, and each of its pages."""
    if not whole.revisions or whole.kind.id not in OF_FILES:
        return
    assert b"".join(reading.untouched(presence, record.pk).read())
    total = reading.pages_of(whole.revisions[0].content)
    assert len(reading.sheaf(presence, record.pk, first=1, most=total).pages) == total > 0


def keep_documents(life: "Life") -> None:
    """Ada takes documents in: with a script and with a form, refused and kept, and looks at all."""
    from tests.harness.living import ID

    ada = life.served.people["ada"].web
    for kind in ("document", "private_document"):
        begun = ada.post(f"/clients/{life.ids['chart']}/begin/{kind}", {})
        record = life.note_id(kind, begun, rf"/records/{ID}")
        page = ada.open(f"/records/{record}")
        assert page.form("/sign").types["title"] == "text"
        words = life.chart.words(f"{kind} page")
        data = papers.pdf(
            words, "two", "three", change=papers.with_name(life.chart.words(f"{kind} metadata"))
        )
        name = life.chart.words(f"{kind} file name") + ".pdf"
        send(life, record, name, papers.with_launch(), refused=True)
        send(life, record, name, data)
        given = {"origin": "received", "part2": "no", "dated": life.chart.also("1993-06-04")}
        signed = ada.submit(ada.open(f"/records/{record}").form("/sign"), **given)
        assert signed.status == 302, signed.text[:800]
        shown = ada.open(f"/records/{record}?page=1&zoom=2")
        assert words.split()[0] in shown.text
        ada.open(f"/records/{record}/paper?from=1")
        original = ada.open(f"/records/{record}/original").form("/original")
        assert ada.submit(original, sure=[]).status == 409
        assert ada.submit(original, sure="yes").body == data
    send_by_form(life)


def send(life: "Life", record: str, name: str, data: bytes, *, refused: bool = False) -> None:
    """A file as the page's script sends it."""
    ada, steps = life.served.people["ada"].web, f"/records/{record}/file"
    begun = ada.json(f"{steps}/begin", {"name": name, "size": len(data)})
    assert begun.status == 200, begun.text
    upload = json.loads(begun.text)["upload"]
    kind = {"Content-Type": "application/octet-stream", "Accept": "application/json"}
    assert ada.raw(f"{steps}/{upload}/0?last=1", data, **kind).status == 200
    looked = ada.json(f"{steps}/look", {"upload": upload})
    assert looked.status == (409 if refused else 200), looked.text
    if not refused:
        assert ada.json(f"{steps}/draw", {"upload": upload}).status == 200


def send_by_form(life: "Life") -> None:
    """A file as a page without scripts sends it; and taken away again."""
    from tests.harness.living import ID

    ada = life.served.people["ada"].web
    begun = ada.post(f"/clients/{life.ids['chart']}/begin/document", {})
    record = life.note_id("by form", begun, rf"/records/{ID}")
    ada.open(f"/records/{record}")
    assert ada.post(f"/records/{record}/file", {}).status == 409
    name, words = life.chart.words("form file name"), life.chart.words("form page")
    head = f'--cut\r\nContent-Disposition: form-data; name="file"; filename="{name}.pdf"\r\n\r\n'
    body = head.encode() + papers.pdf(words) + b"\r\n--cut--\r\n"
    sent = ada.raw(
        f"/records/{record}/file", body, **{"Content-Type": "multipart/form-data; boundary=cut"}
    )
    assert sent.status == 302, sent.text[:500]
    away = ada.open(f"/records/{record}").form("/away")
    assert ada.submit(away).status == 302
    assert ada.post(f"/records/{record}/file/go", {}).status == 409
