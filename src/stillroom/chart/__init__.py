"""Records and their revisions: begun, autosaved, signed, added to; never rewritten.

    record_id = actions.begin(presence, chart_id, "progress_note", occurred_at=now)
    saved = actions.save_draft(presence, record_id, {"Data": …, "Assessment": …, "Plan": …}, 1)
    actions.sign(presence, record_id, saved.version)

`rules` is pure; `queries` read and give frozen values; `actions` write; `releasing` opens records
for a packet; `importing` brings in many.
"""

from stillroom.chart import kinds as kinds  # before the modules of kinds, which name its classes
