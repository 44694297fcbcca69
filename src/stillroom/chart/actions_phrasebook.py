"""Keeping books of phrases: the practice's, and each writer's own.

Rules: a book with a mistake is not kept, and every mistake is told with its line; each change is a
new version with an entry in the log; the same again is no version.
"""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Max

from stillroom.access import Act, Purpose
from stillroom.chart import kinds
from stillroom.chart.completeness import rules as all_checks
from stillroom.chart.models import Phrasebook
from stillroom.chart.phrase_files import read_wording
from stillroom.chart.queries_writing import HOUSE, PRACTICE
from stillroom.phi import Presence, bridge


def sections_of_notes() -> frozenset[str]:
    """Every section that some kind of record has."""
    found = (one.forms for one in kinds.KINDS.values())
    return frozenset(name for forms in found for form in forms.values() for name in form)


def keep_practice_book(presence: Presence, text: str, without: Collection[str]) -> None:
    """A new version of the practice's book, or `WordingMistaken`; the same again is no version."""
    grant = bridge.ask(presence, Act.SETTINGS_WRITE, Purpose.OPERATIONS, HOUSE)
    read_wording(text, sections_of_notes())
    known = [one.id for one in all_checks() if one.id in without]
    _keep(presence, PRACTICE, text, " ".join(known), grant.act)


def keep_own_book(presence: Presence, text: str) -> None:
    """A new version of one's own snippets and sets, or `WordingMistaken`."""
    grant = bridge.ask(presence, Act.OWN_ACCOUNT_WRITE, Purpose.ACCOUNTS, HOUSE)
    read_wording(text, sections_of_notes())
    _keep(presence, presence.person, text, "", grant.act)


def _keep(presence: Presence, owner: str, text: str, without: str, act: Act) -> None:
    with transaction.atomic():
        rows = Phrasebook.objects.filter(owner=owner)
        last = rows.order_by("-number").values_list("text", "without").first()
        if (last or ("", "")) == (text, without):
            return
        number = (rows.aggregate(top=Max("number"))["top"] or 0) + 1
        details: bridge.Details = {
            "did": "changed a phrasebook",
            "own": bool(owner),
            "book": number,
        }
        entry = bridge.note_house(presence, act, details)
        Phrasebook.objects.create(
            owner=owner,
            number=number,
            text=text,
            without=without,
            changed_by=presence.person,
            changed_at=presence.at,
            entry=entry,
        )
