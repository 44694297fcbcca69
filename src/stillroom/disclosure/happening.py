"""Danger and abuse: open the matter, write down what was tried, hand it over.

Rules: whatever is written is a step (signed, sealed, in the log); what somebody outside was told is
in the account in the same transaction; nothing here sends anything, so nothing here may be refused
for want of a decision: what was said on the telephone was said. What is open is counted anew at
each step, for the bar of every page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from stillroom.access import Act, Capacity, Purpose, Ward
from stillroom.chart import queries as charts
from stillroom.chart.law_kinds import law_kind
from stillroom.chart.risk_facts import Told, facts_of
from stillroom.consent.rules import Party
from stillroom.disclosure import accounts, actions, disputing, queries, rules_told, steps
from stillroom.disclosure.finding import find_matter
from stillroom.disclosure.happened import attempts, puts, report, source, telling
from stillroom.disclosure.happened.attempts import Attempt, NotAnAttempt
from stillroom.disclosure.happened.standing import (
    OFFERED,
    TAKEN,
    Standing,
    happened,
    standing,
)
from stillroom.disclosure.matters import Asked
from stillroom.disclosure.models import Departure, Matter, Watch
from stillroom.disclosure.occasions import occasion_of
from stillroom.disclosure.rules import Intake
from stillroom.kernel import StillroomError, new_id
from stillroom.law import Corpus, facts_json
from stillroom.phi import NotHere, Presence, bridge
from stillroom.practice import queries as practice


class NotTheirs(StillroomError):
    """A matter was to be handed to somebody who does not care for the client."""

    what = "this matter cannot be handed to them"
    usual_advice = "Hand it to somebody who treats this client, or covers."


class NotOffered(StillroomError):
    """Somebody took what was not offered to them."""

    what = "this matter is not offered to you"
    usual_advice = "Ask whoever holds it to offer it; it stands on their Today."


def open_matter(
    presence: Presence,
    corpus: Corpus,
    chart_id: str,
    occasion: str,
    record_id: str = "",
    learned: datetime | None = None,
) -> str:
    """Open a matter of an occasion, with what a signed record says filled in; gives its id."""
    if occasion not in puts.PUTS:
        bridge.refuse(presence, Act.MATTER_OPEN, chart_id)
        raise NotHere
    came, told, kind = _from_record(presence, chart_id, record_id, learned or presence.at)
    first = puts.PUTS[occasion][0]
    purpose = puts.PURPOSE[occasion_of(occasion).act]
    intake = Intake(
        Party("", first.recipient),
        presence.today,
        purpose=purpose,
        kinds=frozenset({kind}),
    )
    known = {one.fact: one.value for one in told if one.fact in corpus.facts}
    asked = Asked(intake, "", dict(facts_json(known)), occasion=occasion)
    with transaction.atomic():
        matter_id = actions.enter(presence, chart_id, asked)
        steps.add(presence, matter_id, source.KIND, source.written(came))
        watch(presence, corpus, matter_id)
    return matter_id


def _from_record(
    presence: Presence, chart_id: str, record_id: str, learned: datetime
) -> tuple[source.Source, tuple[Told, ...], str]:
    """Whence, what is told, and what the law calls the record that says it."""
    if not record_id:
        return source.Source(learned), (), "risk_assessment"
    whole = charts.record(presence, record_id)
    if whole.chart != chart_id or not whole.revisions:
        raise NotHere
    told = facts_of(whole.kind.id, whole.current.content.answers)
    came = source.of_record(record_id, whole.kind.id, min(whole.occurred_at, presence.at), told)
    head = practice.chart_head(presence, chart_id)
    kind = law_kind(whole.kind.id, part2=whole.part2, joint=len(head.holders) > 1)
    return came, told, kind


def read(presence: Presence, corpus: Corpus, matter_id: str) -> Standing:
    """A matter that happened, as it stands; `NotHere` for one that was asked."""
    whole = queries.whole_matter(presence, corpus, matter_id)
    if not happened(whole):
        bridge.refuse(presence, Act.MATTER_READ, matter_id)
        raise NotHere
    return standing(corpus, whole, disputes=disputing.named(presence, whole.chart))


def attempt(
    presence: Presence,
    corpus: Corpus,
    matter_id: str,
    typed: Mapping[str, str],
    serves: Sequence[str] = (),
    at: datetime | None = None,
) -> Attempt:
    """Write down what was tried, and in the account what somebody was told; and, where the client
    disputes an entry and it is said already, whether she was heard with it."""
    require_may_write(presence, matter_id)
    with transaction.atomic():
        stands = held(presence, corpus, matter_id)
        known = {one.key for one in stands.duties}
        kept = tuple(key for key in serves if key in known)
        one = attempts.made(typed, kept, at or presence.at, presence.at)
        entry = steps.add(presence, matter_id, attempts.KIND, attempts.written(one)).entry
        if one.discloses:
            account_for(presence, stands, one, entry)
        if not stands.disputes:
            _keep_watch(standing(corpus, stands.whole, one))
            return one
        if one.discloses and typed.get("disputed", "") in rules_told.ANSWERS:
            answer_told(presence, matter_id, entry, typed["disputed"])
        watch(presence, corpus, matter_id)
    return one


def answer_told(presence: Presence, matter_id: str, entry: int, answer: str) -> None:
    """Keep what is said of one telling, by its attempt's entry. In the caller's transaction."""
    made = rules_told.Answered(entry, answer)
    steps.add(presence, matter_id, rules_told.KIND, rules_told.written(made))


def say_of_told(
    presence: Presence, corpus: Corpus, matter_id: str, entry: int, answer: str
) -> None:
    """Say of something told whether the client was heard with it. `NotAnAttempt` for a telling of
    which nothing is open, and for no answer."""
    require_may_write(presence, matter_id)
    with transaction.atomic():
        stands = held(presence, corpus, matter_id)
        known = {one.entry for one in stands.unsaid}
        if entry not in known or answer not in rules_told.ANSWERS:
            raise NotAnAttempt(
                "it is not said what was told of the entry that the client disputes",
                advice="Choose one of the three; it stands in the record with your name.",
            )
        answer_told(presence, matter_id, entry, answer)
        watch(presence, corpus, matter_id)


def require_may_write(presence: Presence, matter_id: str) -> None:
    """`NotHere`, written down, for whoever may not write in this matter; before any row is held."""
    row = find_matter(presence, matter_id, Act.MATTER_WRITE)
    cares = practice.cares_of(presence.person, row.chart)
    ward = Ward(chart=row.chart)
    bridge.ask(presence, Act.MATTER_WRITE, Purpose.TREATMENT, ward, cares=cares)


def could_hold(stands: Standing) -> tuple[str, ...]:
    """The colleagues to whom it can be handed: those who treat or cover, but for its holder."""
    team = stands.whole.head.care_team
    holding = {Capacity.TREATING.value, Capacity.COVERING.value}
    return tuple(one for one, capacity in team if capacity in holding and one != stands.holder)


def held(presence: Presence, corpus: Corpus, matter_id: str) -> Standing:
    """The matter as it stands, its row held, so that two who write see each other's steps, and its
    chart, so that what a client says against an entry comes before or after. Called in a
    transaction, after `require_may_write`."""
    row = Matter.objects.select_for_update().get(pk=matter_id)
    practice.hold(row.chart)
    return read(presence, corpus, matter_id)


def account_for(
    presence: Presence, stands: Standing, one: Attempt, entry: int, digest: str = ""
) -> None:
    """The line of the account for something told without a packet (164.528)."""
    made, whole = stands.whole.determination, stands.whole
    act = occasion_of(stands.occasion).act
    ward = Ward(chart=whole.chart)
    grant = bridge.ask(presence, Act.MATTER_WRITE, Purpose.TREATMENT, ward, cares=whole.cares)
    departure = new_id()
    words = accounts.encode_line(telling.line(one, act, made.around.zone, digest))
    Departure.objects.create(
        id=departure,
        chart=whole.chart,
        left_at=one.at,
        sealed=bridge.seal(presence, grant, ward, departure, "departure", 1, words),
        entry=entry,
    )


def keep_report(
    presence: Presence,
    corpus: Corpus,
    matter_id: str,
    typed: Mapping[str, str],
    disputed: Sequence[str] = (),
) -> None:
    """Keep the written report as it is now; earlier ones stay as they were. What the client says
    against the record that it rests on goes along by itself, and of others those `disputed`."""
    require_may_write(presence, matter_id)
    stands = read(presence, corpus, matter_id)
    if not report.title_of(stands.occasion):
        raise NotHere
    made = _with_along(report.typed(stands.occasion, typed), stands, disputed)
    if made != stands.report:
        steps.add(presence, matter_id, report.KIND, report.written(made))


def _with_along(made: report.Report, stands: Standing, disputed: Sequence[str]) -> report.Report:
    every = [one.dispute for one in stands.disputes]
    wanted = {*disputed, *rules_told.about(every, stands.source.record)}
    chosen = tuple(one.matter for one in every if one.matter in wanted)
    along = rules_told.along(every, chosen)
    return replace(made, chosen=chosen, along=along, against=rules_told.state_of(every))


def offer(presence: Presence, corpus: Corpus, matter_id: str, person: str) -> None:
    """Offer a matter to somebody who cares for the client. It stays with its holder until taken."""
    require_may_write(presence, matter_id)
    with transaction.atomic():
        stands = held(presence, corpus, matter_id)
        if person not in could_hold(stands):
            raise NotTheirs
        steps.add(presence, matter_id, OFFERED, {"to": person})
        _keep_watch(read(presence, corpus, matter_id))


def take(presence: Presence, corpus: Corpus, matter_id: str) -> None:
    """Take a matter that was offered: from now on what is open stands on one's own screen."""
    require_may_write(presence, matter_id)
    with transaction.atomic():
        stands = held(presence, corpus, matter_id)
        if stands.offered != presence.person:
            raise NotOffered
        steps.add(presence, matter_id, TAKEN, {})
        _keep_watch(read(presence, corpus, matter_id))


def watch(presence: Presence, corpus: Corpus, matter_id: str) -> Standing:
    """Count anew what is open, after an answer or a decision changed it."""
    stands = read(presence, corpus, matter_id)
    _keep_watch(stands)
    return stands


def _keep_watch(stands: Standing) -> None:
    Watch.objects.update_or_create(
        matter_id=stands.whole.id,
        defaults={
            "person": stands.holder,
            "offered": stands.offered,
            "since": stands.source.learned,
            "due": stands.due,
            "count": len(stands.open) + len(stands.unsaid),
        },
    )
