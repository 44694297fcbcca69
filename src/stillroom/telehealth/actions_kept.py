"""Keeping what two wrote or drew: a contact note or a document, once the client has said yes to it.

Rules: either is a draft of whoever led the visit, to be read and signed like any other; that it was
kept, and with whose yes, is a fact of the visit. All of it is written, or nothing. A whiteboard is
drawn anew from its strokes, and looked at like any file that comes in.
"""

from contextlib import suppress
from datetime import date

from django.db import transaction

from stillroom.chart import actions as charting
from stillroom.chart.documents import arriving
from stillroom.kernel import Misuse, StillroomError
from stillroom.phi import Presence
from stillroom.telehealth import actions, board_picture, queries, rules_board, rules_kept
from stillroom.telehealth import rules_facts as facts
from stillroom.telehealth.queries import Meeting

_KIND = "contact_note"
_DOCUMENT = "document"


def keeps(presence: Presence, one: Meeting, named: str, what: str = rules_kept.WHAT) -> None:
    """The client's page says yes to words, or to a whiteboard, of this digest."""
    if one.several:
        raise facts.NotSaid
    actions.say(presence, one, facts.KEEPS, rules_kept.yes(named, what))


def keep(presence: Presence, one: Meeting, words: str, with_whom: str) -> str:
    """A draft of these words, to which the client said yes; gives the record's id, the same one
    where they were kept before. `NotAgreed`, `TooMuchToKeep`."""
    if presence.guest or one.several:
        raise Misuse("a visit of two is kept by whoever leads it")
    with transaction.atomic():
        actions.locked(presence, one)
        found = queries.facts_of(presence, one)
        agreement = rules_kept.agreed(found, words)
        if before := rules_kept.kept_already(found, words):
            return before
        record = charting.begin(presence, one.chart, _KIND, occurred_at=presence.at)
        said = rules_kept.as_note(words, agreement)
        fields = {"what": "other", "with_whom": with_whom, "said": said}
        charting.save_draft(presence, record, fields, 1, kind=_KIND)
        body = {"what": rules_kept.WHAT, "digest": rules_kept.digest(words), "record": record}
        actions.say(presence, one, facts.KEPT, body)
    return record


def keep_board(presence: Presence, one: Meeting, text: str, day: date) -> str:
    """A document with the whiteboard of these strokes, to which the client said yes; gives the
    record's id, the same one where it was kept before. `NotAgreed`, `NoBoard`."""
    if presence.guest or one.several:
        raise Misuse("a visit of two is kept by whoever leads it")
    file = board_picture.picture(rules_board.board(text))
    with transaction.atomic():
        actions.locked(presence, one)
        found = queries.facts_of(presence, one)
        agreement = rules_kept.agreed_to(found, text, rules_kept.DRAWN)
        if before := rules_kept.kept_already(found, text, rules_kept.DRAWN):
            return before
        record = charting.begin(presence, one.chart, _DOCUMENT, occurred_at=presence.at)
        fields = rules_kept.as_document(agreement, day)
        charting.save_draft(presence, record, fields, 1, kind=_DOCUMENT)
        upload = arriving.begin(presence, record, "whiteboard.png", len(file))
        arriving.take(presence, record, upload, 0, file, last=True)
        body = {"what": rules_kept.DRAWN, "digest": rules_kept.digest(text), "record": record}
        actions.say(presence, one, facts.KEPT, body)
    with suppress(
        StillroomError
    ):  # what is left of looking and drawing goes on at the draft's page
        arriving.look(presence, record, upload)
        arriving.draw(presence, record, upload)
    return record
