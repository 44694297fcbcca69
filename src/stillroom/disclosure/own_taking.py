"""Taking everything along: asked by the client's door, confirmed by another way, fetched by hers.

Rules: it is a disclosure to the client and goes by the one exit (P9): a matter, a signed decision,
a packet that is released and has its line in the account. What a device asks for is not there
before three days are over *and* whoever treats has confirmed it with the client by another way than
this door (THREATS.md, T08); each fetching asks once more who is there and whether something in it
is held since, and after a week it is over.
What is held, private notes, and what the law does not surely let out are not in it, and it says so.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from stillroom.access import Act, Grant, Purpose, Ward
from stillroom.chart import holding
from stillroom.chart.rules_holds import holding as held_by
from stillroom.consent.rules import PRIVATE_KINDS
from stillroom.disclosure import actions, identifying, own_asking, queries, releasing, steps
from stillroom.disclosure import rules_own_asking as rules
from stillroom.disclosure.askers import identity
from stillroom.disclosure.finding import find_matter
from stillroom.disclosure.models import Departure, Packet
from stillroom.disclosure.outgoing import packed
from stillroom.disclosure.packeting import read_head
from stillroom.disclosure.queries import WholeMatter
from stillroom.disclosure.rules import Choice, Decision, State
from stillroom.disclosure.rules_draft import FHIR, PDF
from stillroom.kernel import StillroomError
from stillroom.law import Corpus
from stillroom.phi import NotHere, Presence, bridge
from stillroom.practice import queries as practice

STEP = "along"


class NotConfirmed(StillroomError):
    """Confirmed without having asked, or without saying how."""

    what = "it is not said how you asked the client, or not all of it is known"
    usual_advice = (
        "Ask her in person, or by the way that she called safe, whether it was she; say how and"
        " when, and tick both sentences. Nothing was let go."
    )


class NothingToTake(StillroomError):
    """No record may surely leave to the client as things stand."""

    what = "nothing may surely leave to the client as things stand"
    usual_advice = "Look at the matter's page: it says what is missing, record by record."


@dataclass(frozen=True)
class Taking:
    """How one asking to take along stands: from when it may be fetched, and until when."""

    id: str
    chart: str
    asked_at: datetime
    ready_at: datetime
    state: str
    confirmed_at: datetime | None
    ends_at: datetime | None

    def open(self, at: datetime) -> bool:
        """Whether it can be fetched now."""
        return self.ends_at is not None and self.ready_at <= at < self.ends_at


@dataclass(frozen=True)
class Confirmed:
    """What whoever treats says: how she asked the client, and both sentences ticked."""

    how: str
    was_she: bool
    no_ground: bool


GROUNDS = ("harm_if_accessed", "compiled_for_litigation", "source_promised_confidentiality")


def takings(presence: Presence, chart_id: str) -> list[Taking]:
    """What the client asked to take along, newest first."""
    mine = [one for one in own_asking.asked_by_me(presence, chart_id) if one.along]
    return [_taking(one) for one in mine]


def _taking(one: own_asking.OwnMatter) -> Taking:
    left = Departure.objects.filter(packet__matter=one.id, recalled_at=None).first()
    ready = one.asked_at + rules.WAIT
    at = left.left_at if left else None
    ends = max(ready, at) + rules.KEPT if at else None
    return Taking(one.id, one.chart, one.asked_at, ready, one.state, at, ends)


def fetch(presence: Presence, matter_id: str) -> bytes:
    """The released file, for whoever asked for it; `NotReady` before, after, or held."""
    mine = own_asking.one_of_mine(presence, matter_id)
    grant = own_asking.permission(presence, mine.chart, Act.OWN_TAKE)
    if not mine.along or not _taking(mine).open(presence.at):
        raise rules.NotReady
    row = Packet.objects.get(matter=matter_id, state=Packet.State.RELEASED)
    _require_still_hers(presence, grant, mine.chart, row)
    parts = [
        (row.pk, "file", 1, bytes(row.sealed)),
        (row.pk, "bundle", 1, bytes(row.bundle)),
    ]
    details: bridge.Details = {"did": "took along", "packet": row.pk, "digest": row.digest}
    pdf, bundle = bridge.reveal(presence, grant, Ward(chart=mine.chart), parts, details)
    return packed(pdf, bundle)


def _require_still_hers(presence: Presence, grant: Grant, chart: str, row: Packet) -> None:
    """`HeldSince` if something that lies in it has been held since it was made."""
    holds = holding.begun_since(chart, row.built_at, presence.today)
    if not holds:
        return
    parts = [(row.pk, "head", 1, bytes(row.head))]
    told: bridge.Details = {"did": "looked whether it may still be taken along", "packet": row.pk}
    (words,) = bridge.reveal(presence, grant, Ward(chart=chart), parts, told)
    for record, kind, *_ in read_head(words).records:
        if held_by(holds, record, kind, proxy=False, today=presence.today):
            raise rules.HeldSince


def confirm(presence: Presence, corpus: Corpus, matter_id: str, said: Confirmed) -> None:
    """Let it go: decided, built and released in the name of whoever treats, or nothing at all."""
    row = find_matter(presence, matter_id, Act.MATTER_DECIDE)
    cares, ward = practice.cares_of(presence.person, row.chart), Ward(chart=row.chart)
    bridge.ask(presence, Act.MATTER_DECIDE, Purpose.TREATMENT, ward, cares=cares)
    if not said.how.strip() or not (said.was_she and said.no_ground):
        raise NotConfirmed
    if not rules.is_along(queries.whole_matter(presence, corpus, matter_id).determination.asked):
        bridge.refuse(presence, Act.RELEASE_SEND, matter_id)
        raise NotHere
    with transaction.atomic():
        check = identity.Check(("callback",), said.how.strip(), verified=True)
        identifying.check(presence, corpus, matter_id, check)
        for fact in GROUNDS:
            actions.answer(presence, corpus, matter_id, fact, "no")
        steps.add(presence, matter_id, STEP, {"confirmed": said.how.strip()})
        words = f"Asked by her own door, and confirmed by another way: {said.how.strip()}"
        actions.decide(presence, corpus, matter_id, Decision.BUILD, words)
        bundle = releasing.choices(presence, corpus, matter_id)
        picked = _picked(presence, bundle.whole, bundle.choices)
        if not picked:
            raise NothingToTake
        packet = releasing.build(presence, corpus, matter_id, picked, (), (PDF, FHIR))
        recipient = bundle.whole.determination.asked.intake.asker.name
        releasing.release(presence, corpus, packet, recipient)


def _picked(presence: Presence, whole: WholeMatter, choices: tuple[Choice, ...]) -> list[str]:
    """What goes along: what was asked for and may leave, without what is held or private."""
    holds = holding.in_force(whole.chart, presence.today)
    return [
        one.record.id
        for one in choices
        if one.state is State.CHOSEN
        and one.record.kind not in PRIVATE_KINDS
        and not held_by(holds, one.record.id, one.record.kind, proxy=False, today=presence.today)
    ]
