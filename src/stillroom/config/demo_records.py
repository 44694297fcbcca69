"""The demonstration's records beside session notes, put in through the same doors as a person's."""

from collections.abc import Mapping
from datetime import date, timedelta

from stillroom.chart import actions, kinds, rules
from stillroom.chart.contents import Content
from stillroom.chart.importing import ImportedNote, import_notes
from stillroom.config.demo.caseload import zones
from stillroom.config.demo.keeping import Kept, moment_of, records_of, supervision
from stillroom.config.demo.people import Chart
from stillroom.phi import Presence
from stillroom.supervision import actions as supervising


def write_records(presence: Presence, chart_id: str, chart: Chart, today: date) -> None:
    """All that the cast's chart holds beside its session notes, by its clinician."""
    if len(chart.holders) > 1:
        return
    zone = zones()[chart.clinician]
    placed = [
        (one, moment_of(one.week, today, zone, nth=nth))
        for nth, one in enumerate(records_of(chart.holders[0]))
    ]
    placed = [(one, at) for one, at in placed if at >= chart.opened_at]
    signed = [(one, at) for one, at in placed if not one.draft]
    notes = [
        ImportedNote(one.kind, at, ((_content(one), at + timedelta(days=one.signed_after)),))
        for one, at in signed
    ]
    if notes:
        ids = import_notes(presence, chart_id, notes)
        for (one, _), record in zip(signed, ids, strict=True):
            if one.struck:
                actions.strike(presence, record, one.struck)
    for one, at in placed:
        if one.draft:
            record = actions.begin(presence, chart_id, one.kind, occurred_at=at)
            actions.save_draft(presence, record, one.fields, 1, kind=one.kind, form="Sheet")


def _content(one: Kept) -> Content:
    kind = kinds.kind_named(one.kind)
    return rules.written(kind, kind.first_form, one.fields)


def write_supervision(here: Mapping[str, Presence], today: date) -> None:
    """Notes about colleagues' work, by those who supervise them."""
    for one in supervision():
        if one.by not in here or one.about not in here:
            continue
        held = moment_of(one.week, today, zones()[one.by])
        presence = here[one.by]
        note = supervising.begin(presence, here[one.about].person)
        fields = {"held_on": held.date().isoformat(), **one.fields}
        supervising.save(presence, note, fields, 1)
        supervising.sign(presence, note, 2)
        if one.shared:
            supervising.share(presence, note)
