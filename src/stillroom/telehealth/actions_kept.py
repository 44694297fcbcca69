"""Keeping what two wrote to each other: a contact note, once the client has said yes to its words.

Rules: the note is a draft of whoever led the visit, to be read and signed like any other; that it
was kept, and with whose yes, is a fact of the visit. All of it is written, or nothing.
"""

from django.db import transaction

from stillroom.chart import actions as charting
from stillroom.kernel import Misuse
from stillroom.phi import Presence
from stillroom.telehealth import actions, queries, rules_kept
from stillroom.telehealth import rules_facts as facts
from stillroom.telehealth.queries import Meeting

_KIND = "contact_note"


def keeps(presence: Presence, one: Meeting, named: str) -> None:
    """The client's page says yes to words of this digest."""
    if one.several:
        raise facts.NotSaid
    actions.say(presence, one, facts.KEEPS, rules_kept.yes(named))


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
