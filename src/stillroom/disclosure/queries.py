"""Reading matters, packets and the account; each through the gate, each one entry in the log."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from stillroom.access import Act, Care, Purpose, Ward
from stillroom.chart import queries as charts
from stillroom.consent import queries as consents
from stillroom.consent import queries_privilege
from stillroom.consent import queries_restrictions as kept_back
from stillroom.disclosure import accounts, askers, matters, queries_leaving
from stillroom.disclosure.determination import (
    Circumstances,
    Determination,
    chart_facts,
    determine,
)
from stillroom.disclosure.finding import find_matter
from stillroom.disclosure.matters import Asked, Signed
from stillroom.disclosure.models import Departure, Matter, Packet
from stillroom.disclosure.models import Determination as DeterminationRow
from stillroom.disclosure.models import Step as StepRow
from stillroom.disclosure.occasions import occasion_of
from stillroom.disclosure.rules import AccountingLine
from stillroom.disclosure.rules_correcting import count as count_corrections
from stillroom.disclosure.rules_own_asking import ALONG, is_along
from stillroom.disclosure.steps import Step, steps_of
from stillroom.identity import queries as people
from stillroom.kernel import StillroomError
from stillroom.law import Corpus
from stillroom.phi import Presence, Told, bridge
from stillroom.practice import queries as practice
from stillroom.practice.queries import ChartHead


class NoProfile(StillroomError):
    """The law asks of whom it is asked: the profession, and the place of the licence."""

    what = "the law cannot be asked before your profession and the place of your licence are known"
    usual_advice = "Say both under Your name, Profession and licence; nothing you typed is lost."


@dataclass(frozen=True)
class MatterLine:
    """A matter in a list."""

    id: str
    number: str
    chart: str
    full: str
    short: str
    state: str
    opened_at: datetime
    asker: str
    instrument: str
    due: date | None
    right: bool = False
    """Whether it is the client's own right, which the law gives a time."""
    wants: str = ""
    """Which right is used, in a word or two; one client may use several on one day."""


@dataclass(frozen=True)
class SignedDecision:
    """A decision as it was signed."""

    number: int
    signed: Signed
    signer: str
    signed_at: datetime
    entry: int


@dataclass(frozen=True)
class PacketLine:
    """A packet in a list."""

    id: str
    number: int
    state: str
    built_at: datetime
    pages: int
    digest: str
    entry: int


@dataclass(frozen=True)
class WholeMatter:
    """A matter with its answer at this moment."""

    id: str
    number: str
    chart: str
    state: str
    opened_at: datetime
    opened_by: str
    head: ChartHead
    determination: Determination
    decisions: tuple[SignedDecision, ...]
    packets: tuple[PacketLine, ...]
    steps: tuple[Step, ...]
    cares: tuple[Care, ...]

    @property
    def corrections(self) -> int:
        """How often the request was corrected."""
        return count_corrections(self.steps)

    @property
    def standing(self) -> tuple[SignedDecision, ...]:
        """The decisions that rest on the request as it stands now."""
        now = self.corrections
        return tuple(one for one in self.decisions if one.signed.corrections == now)


def number_of(row: Matter) -> str:
    """A matter's number as people say it."""
    return f"{row.year}-{row.number:03d}"


def open_asked(presence: Presence, rows: Sequence[Matter], cares: tuple[Care, ...]) -> list[Asked]:
    """The words of matters of one chart."""
    if not rows:
        return []
    ward = Ward(chart=rows[0].chart)
    grant = bridge.ask(
        presence, Act.MATTER_READ, practice.purpose_for(presence, cares), ward, cares=cares
    )
    parts = [(row.pk, "matter", row.revision, bytes(row.sealed)) for row in rows]
    details: bridge.Details = {"matters": [row.pk for row in rows]}
    return [matters.decode(w) for w in bridge.reveal(presence, grant, ward, parts, details)]


def _answers(presence: Presence, head: ChartHead, opened_by: str) -> practice.StaffProfile | None:
    """For whose profession the law is asked: who treats and reads; for a supervisor's eyes, who
    opened the matter, because it is she who will answer it."""
    own = practice.staff_profile(presence.person)
    cares = practice.cares_of(presence.person, head.id)
    if not opened_by or practice.purpose_for(presence, cares) is not Purpose.SUPERVISION:
        return own
    opener = practice.staff_profile(opened_by)
    return opener if opener is not None and opener.profession else own


def circumstances(presence: Presence, head: ChartHead, opened_by: str = "") -> Circumstances:
    """What is known beside the paper, for the clinician who answers."""
    profile = _answers(presence, head, opened_by)
    if profile is None or not profile.profession or not (head.place or profile.place):
        raise NoProfile
    zone = timezone.get_default_timezone()
    today = presence.today
    facts = chart_facts(
        ages=[holder.sheet.age_on(today) for holder in head.holders],
        joint=len(head.holders) > 1,
        part2=charts.holds_part2(head.id),
    )
    return Circumstances(
        place=head.place or profile.place,
        profession=profile.profession,
        chart=facts,
        authorizations=tuple(consents.authorizations(presence, head.id)),
        at=presence.at,
        zone=zone,
        restrictions=tuple(kept_back.restrictions(presence, head.id)),
        holders=tuple(holder.client for holder in head.holders),
        privilege=tuple(one.event for one in queries_privilege.history(presence, head.id)),
        work={one.fact: one.value for one in profile.work},
    )


def whole_matter(presence: Presence, corpus: Corpus, matter_id: str) -> WholeMatter:
    """One matter, with the law's answer as things stand now."""
    row = find_matter(presence, matter_id, Act.MATTER_READ)
    cares = practice.cares_of(presence.person, row.chart)
    (asked,) = open_asked(presence, [row], cares)
    head = practice.chart_head(presence, row.chart)
    return WholeMatter(
        id=row.pk,
        number=number_of(row),
        chart=row.chart,
        state=row.state,
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        head=head,
        determination=determine(corpus, asked, circumstances(presence, head, row.opened_by)),
        decisions=tuple(_decisions(presence, row, cares)),
        packets=tuple(_packet_lines(row.packets.order_by("number"))),
        steps=tuple(steps_of(presence, row, cares)),
        cares=cares,
    )


def decisions_of(presence: Presence, row: Matter, cares: tuple[Care, ...]) -> list[str]:
    """What was decided in a matter, oldest first, by the names of `Decision`."""
    return [one.signed.decision for one in _decisions(presence, row, cares)]


def standing_of(
    presence: Presence, row: Matter, cares: tuple[Care, ...], corrections: int
) -> tuple[SignedDecision, ...]:
    """The decisions of a matter that rest on its request as it is after so many corrections."""
    every = _decisions(presence, row, cares)
    return tuple(one for one in every if one.signed.corrections == corrections)


def _decisions(
    presence: Presence, row: Matter, cares: tuple[Care, ...]
) -> Iterable[SignedDecision]:
    rows: list[DeterminationRow] = list(row.determinations.order_by("number"))
    if not rows:
        return ()
    ward = Ward(chart=row.chart)
    grant = bridge.ask(
        presence, Act.MATTER_READ, practice.purpose_for(presence, cares), ward, cares=cares
    )
    parts = [(row.pk, "decision", one.number, bytes(one.sealed)) for one in rows]
    words = bridge.reveal(presence, grant, ward, parts, {"matter": row.pk, "did": "decisions"})
    return [_checked(row.pk, one, text) for one, text in zip(rows, words, strict=True)]


def _checked(matter: str, row: DeterminationRow, words: bytes) -> SignedDecision:
    """A decision as it was signed, or `DecisionAltered` (P5)."""
    key, signature = people.verifying_key(row.signer), bytes(row.signature)
    kept = bytes(row.content_hash)
    if not matters.DECISION.intact(words, matter, row.number, key, signature, kept):
        raise DecisionAltered
    signed = matters.decode_signed(words)
    return SignedDecision(row.number, signed, row.signer, row.signed_at, row.entry)


class DecisionAltered(StillroomError):
    """What is kept of a decision is not what was signed."""

    what = "a decision in this matter is not what was signed"
    usual_advice = "Nothing of it is shown. Tell whoever hosts the practice, and keep a copy."


def _packet_lines(rows: Iterable[Packet]) -> Iterable[PacketLine]:
    return [
        PacketLine(one.pk, one.number, one.state, one.built_at, one.pages, one.digest, one.entry)
        for one in rows
    ]


# Written out, as every chart's page asks it and building it takes Django longer than the answer.
_OF_CHART = "SELECT * FROM disclosure_matter WHERE chart = %s ORDER BY opened_at DESC"


def matters_of(presence: Presence, chart_id: str) -> list[MatterLine]:
    """The matters of one chart, newest first."""
    rows = list(Matter.objects.raw(_OF_CHART, (chart_id,)))
    cares = practice.cares_of(presence.person, chart_id)
    asked = open_asked(presence, rows, cares)
    return [_line(row, one, None) for row, one in zip(rows, asked, strict=True)]


def my_matters(presence: Presence) -> list[MatterLine]:
    """The matters of all charts that I care for: open ones first, then by day of return."""
    lines: list[MatterLine] = []
    mine = practice.charts_in_care(presence)
    rows = list(Matter.objects.filter(chart__in=mine).order_by("-opened_at"))
    heads = practice.names_of(presence, {row.chart for row in rows}) if rows else {}
    for chart in dict.fromkeys(row.chart for row in rows):
        cares = practice.cares_of(presence.person, chart)
        of_chart = [row for row in rows if row.chart == chart]
        asked = open_asked(presence, of_chart, cares)
        pairs = zip(of_chart, asked, strict=True)
        lines += [_line(row, one, heads.get(chart)) for row, one in pairs]
    return sorted(lines, key=lambda one: (one.state == "closed", one.due or date.max))


def _line(row: Matter, asked: Asked, head: ChartHead | None) -> MatterLine:
    return MatterLine(
        id=row.pk,
        number=number_of(row),
        chart=row.chart,
        full=head.full if head else "",
        short=head.short if head else "",
        state=row.state,
        opened_at=row.opened_at,
        asker=asked.intake.asker.name,
        instrument=ALONG
        if is_along(asked)
        else asked.intake.instrument or occasion_of(asked.occasion).title,
        due=askers.due(askers.asker(asked.occasion), asked.intake, extended=asked.extended),
        right=askers.asker(asked.occasion).span is not None,
        wants="" if is_along(asked) else askers.asker(asked.occasion).wants,
    )


def running_clocks(presence: Presence) -> list[MatterLine]:
    """My open matters that have a day to answer, the nearest first."""
    return [line for line in my_matters(presence) if line.due and line.state in ("open", "decided")]


def who_opened(presence: Presence, chart_id: str, most: int) -> list[accounts.Opened]:
    """The latest entries of the log about a chart, with their details."""
    return accounts.entries_of(presence, chart_id, most)


def departures(presence: Presence, chart_id: str) -> list[tuple[AccountingLine, int]]:
    """What left a chart, with each entry's number in the log."""
    cares = practice.cares_of(presence.person, chart_id)
    ward = Ward(chart=chart_id)
    grant = bridge.ask(
        presence, Act.MATTER_READ, practice.purpose_for(presence, cares), ward, cares=cares
    )
    rows = list(Departure.objects.filter(chart=chart_id).order_by("left_at"))
    parts = [(row.pk, "departure", 1, bytes(row.sealed)) for row in rows]
    words = bridge.reveal(presence, grant, ward, parts, {"did": "accounting"})
    return [(accounts.decode_line(text), row.entry) for row, text in zip(rows, words, strict=True)]


def told_of_log(most: int) -> list[Told]:
    """The entries that the newest decisions, steps, packets and departures name."""
    decided, built = frozenset({Act.MATTER_DECIDE}), frozenset({Act.RELEASE_PREPARE})
    sent, wrote = frozenset({Act.RELEASE_SEND}), frozenset({Act.MATTER_WRITE})
    by_client = wrote | {Act.OWN_ASK, Act.OWN_TAKE}
    decisions = DeterminationRow.objects.order_by("-entry").values_list("entry", "signer")[:most]
    packets = Packet.objects.order_by("-entry").values_list("entry", "built_by")[:most]
    taken = StepRow.objects.order_by("-entry").values_list("entry", "signer")[:most]
    left = Departure.objects.order_by("-entry").values_list("entry", "packet")[:most]
    return [
        *(Told(entry, decided, actor) for entry, actor in decisions),
        *(Told(entry, by_client, actor) for entry, actor in taken),
        *(Told(entry, built, actor) for entry, actor in packets),
        *(Told(entry, sent if packet else sent | wrote) for entry, packet in left),
        *queries_leaving.told_of_log(most),
    ]
