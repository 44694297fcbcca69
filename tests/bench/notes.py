"""Synthetic progress notes of four kibibytes, in our tables and, word for word, in plain ones."""

from datetime import datetime, timedelta

from stillroom.chart import contents, kinds, rules
from stillroom.chart.importing import ImportedNote, import_notes
from tests.cast import Cast

SIZE = 4096
_SENTENCES = (
    "She came on time and began with the week. ",
    "Sleep has been shorter again, about five hours, and she woke twice most nights. ",
    "We went through the drive over the second bridge step by step. ",
    "She said that she'd rather walk it first, with her sister, on a Sunday. ",
    "No thoughts of harming herself or anybody else, asked and answered plainly. ",
    "She will keep the diary and bring it next time.\n\n",
)


def words(nth: int) -> str:
    """About four kibibytes of a note, with paragraphs, other for each number."""
    text = f"Session {nth}. "
    while len(text) < SIZE:
        text += _SENTENCES[(nth + len(text)) % len(_SENTENCES)]
    return text[:SIZE]


def content(nth: int) -> contents.Content:
    """The same as a signed note in three parts."""
    text = words(nth)
    third = SIZE // 3
    parts = {"Data": text[:third], "Assessment": text[third : 2 * third], "Plan": text[2 * third :]}
    return rules.written(kinds.PROGRESS_NOTE, "DAP", parts)


def text_of(note: contents.Content) -> str:
    """A note's words as one text: what every reader here ends up with."""
    return "\n\n".join([part.text for part in note.sections])


def imported(count: int, today: datetime) -> list[ImportedNote]:
    """Notes of the last `count` days, to be brought in."""
    notes = []
    for nth in range(count):
        on = today - timedelta(days=count - nth)
        notes.append(ImportedNote("progress_note", on, ((content(nth), on),)))
    return notes


def write(cast: Cast, chart: str, count: int) -> None:
    """Notes in a chart of ours, and the same in the plain tables."""
    import_notes(cast.here("ada"), chart, imported(count, cast.at))
    copy(cast, chart)


def copy(cast: Cast, chart: str) -> None:
    """The records of a chart again in the plain tables, words and all."""
    from stillroom.chart import models as ours
    from stillroom.chart.whole import whole_chart
    from tests.bench.clear import models as plain

    opened = {one.record: rules.encode(one.content) for one in whole_chart(cast.here("ada"), chart)}
    columns = ("chart", "kind", "author", "occurred_at", "started_at", "state", "private", "part2")
    for row in ours.Record.objects.filter(chart=chart):
        shared = {name: getattr(row, name) for name in columns}
        signed = row.revisions.get()
        by = {"signer": signed.signer, "signed_at": signed.signed_at}
        text = opened[row.pk].decode()
        record = plain.Record.objects.create(id=row.pk, **shared)
        plain.Revision.objects.create(record=record, number=1, words=text, **by)
        plain.Flat.objects.create(id=row.pk, words=text, **shared, **by)
