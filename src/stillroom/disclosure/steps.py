"""What was done or learned in a matter, step by step: appended, signed, and never changed.

Rules: a step is asked of the gate and written into the log in the transaction of its row; its kind
and words are sealed in the chart's ring; each is signed by whoever took it, over the words, the
matter and its number, and what was altered since is refused when it is read (P5). Two people may
add at the same moment; each gets a number of its own.

What a kind of step holds is known to the feature that takes it: `body` is its JSON.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from stillroom.access import Act, Care, Grant, Purpose, Ward
from stillroom.disclosure import models
from stillroom.disclosure.finding import find_matter
from stillroom.identity import entries
from stillroom.identity import queries as people
from stillroom.identity.entries import EntryKind
from stillroom.kernel import StillroomError
from stillroom.phi import Presence, bridge
from stillroom.practice import queries as practice

_STEP = EntryKind("step")


class StepAltered(StillroomError):
    """What is kept of a step is not what was signed."""

    what = "a step of this matter is not what was signed"
    usual_advice = "Nothing of it is shown. Tell whoever hosts the practice, and keep a copy."


@dataclass(frozen=True)
class Step:
    """One step as it was taken."""

    number: int
    kind: str
    body: Mapping[str, Any]
    by: str
    at: datetime
    entry: int


def add(presence: Presence, matter_id: str, kind: str, body: Mapping[str, Any]) -> Step:
    """Take a step in a matter; gives it as it was taken."""
    with transaction.atomic():
        matter = _locked(presence, matter_id)
        cares = practice.cares_of(presence.person, matter.chart)
        ward = Ward(chart=matter.chart)
        grant = bridge.ask(presence, Act.MATTER_WRITE, Purpose.TREATMENT, ward, cares=cares)
        return append(presence, grant, matter, kind, body)


def append(
    presence: Presence, grant: Grant, matter: models.Matter, kind: str, body: Mapping[str, Any]
) -> Step:
    """The same under a permission that the caller has, in the caller's transaction."""
    ward = Ward(chart=matter.chart)
    number = (matter.steps.aggregate(top=Max("number"))["top"] or 0) + 1
    words = entries.sheet(kind, body)
    digest = _STEP.digest(words)
    details: bridge.Details = {"did": "step", "matter": matter.pk, "content": digest.hex()}
    entry = bridge.note(presence, grant, ward, details)
    models.Step.objects.create(
        matter=matter,
        number=number,
        sealed=bridge.seal(presence, grant, ward, matter.pk, "step", number, words),
        content_hash=digest,
        signer=presence.person,
        signed_at=presence.at,
        signature=presence.key.sign(_STEP.message(matter.pk, number, digest)),
        entry=entry,
    )
    return Step(number, kind, dict(body), presence.person, presence.at, entry)


def _locked(presence: Presence, matter_id: str) -> models.Matter:
    """The matter's row, held until the step stands, so that numbers follow each other."""
    find_matter(presence, matter_id, Act.MATTER_WRITE)
    return models.Matter.objects.select_for_update().get(pk=matter_id)


def steps_of(presence: Presence, matter: models.Matter, cares: tuple[Care, ...]) -> list[Step]:
    """The steps of a matter in their order; `StepAltered` when one is not what was signed."""
    rows = list(matter.steps.order_by("number"))
    if not rows:
        return []
    ward = Ward(chart=matter.chart)
    purpose = practice.purpose_for(presence, cares)
    grant = bridge.ask(presence, Act.MATTER_READ, purpose, ward, cares=cares)
    parts = [(matter.pk, "step", one.number, bytes(one.sealed)) for one in rows]
    told: bridge.Details = {"matter": matter.pk, "did": "steps"}
    return list(_read(matter.pk, rows, bridge.reveal(presence, grant, ward, parts, told)))


def _read(matter: str, rows: Iterable[models.Step], words: Iterable[bytes]) -> Iterable[Step]:
    for row, text in zip(rows, words, strict=True):
        _check(matter, row, text)
        kind, body = entries.of_sheet(text)
        yield Step(row.number, kind, body, row.signer, row.signed_at, row.entry)


def _check(matter: str, row: models.Step, words: bytes) -> None:
    key, signature = people.verifying_key(row.signer), bytes(row.signature)
    if not _STEP.intact(words, matter, row.number, key, signature, bytes(row.content_hash)):
        raise StepAltered
