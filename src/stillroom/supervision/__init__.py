"""Notes about a colleague's work: what was talked about in supervision, and what was advised.

They are no part of any client's record. Each note has a ring of its own, wrapped to the supervisor
who wrote it, and, once it is signed and when she says so, to the colleague it is about. No chart
page, packet, search or log of a chart knows of them (docs/decisions/0017).

    note = actions.begin(presence, supervisee)
    actions.save(presence, note, {"held_on": "2026-11-24", …}, version=1)
    actions.sign(presence, note, version=2)
    actions.share(presence, note)
"""
