"""Supervision of signed records: send, co-sign, return, change after a return, take a return back,
undo an approval.

Rules: each step is one more revision of the record's chain, signed by the key of whoever takes it,
and changes no word of the record (P5). Whoever decides says which revision she read last (`seen`);
if something came after it, nothing is done. The record's row is locked meanwhile, so that of two
supervisors at once the second decides over what the first left.

    reviewing.send(presence, record_id, [sol])
    reviewing.give_back(presence, record_id, "Name the intervention.", seen=2)
    reviewing.begin_changes(presence, record_id)            # the author's draft, to be signed again
    reviewing.cosign(presence, record_id, seen=4)
    reviewing.undo(presence, record_id, "I read the wrong session.", seen=5)
"""

from collections.abc import Collection

from django.db import transaction

from stillroom.access import Act, Grant, Purpose, Ward
from stillroom.chart import chaining, queries, rules
from stillroom.chart import rules_review as review
from stillroom.chart.models import Asked, Draft, Record, Review
from stillroom.chart.rules_restricted import KeptToTreating
from stillroom.chart.states import Course, NotNow, State, Step, Taken, after, may
from stillroom.phi import Presence, bridge, rows
from stillroom.practice import queries as practice
from stillroom.practice import queries_care


def needed(presence: Presence, row: Record) -> bool:
    """Whether what this person signs in this record waits for a co-signature."""
    profile = practice.staff_profile(presence.person)
    # A supervisor does not read what is kept to those who treat, so it is not sent to one.
    apart = row.private or row.restricted
    return review.needs_cosigning(profile.profession if profile else "", private=apart)


def will_ask(presence: Presence, chart_id: str, *, private: bool) -> tuple[str, ...]:
    """Who is asked by themselves once this person signs a new record of this chart."""
    profile = practice.staff_profile(presence.person)
    waits = review.needs_cosigning(profile.profession if profile else "", private=private)
    return supervising(chart_id, presence) if waits else ()


def everybody_supervising(chart_id: str, presence: Presence) -> tuple[str, ...]:
    """Who supervises a chart now."""
    return queries_care.supervisors([chart_id], presence.at)[chart_id]


def supervising(chart_id: str, presence: Presence) -> tuple[str, ...]:
    """Who supervises a chart now beside this person."""
    found = everybody_supervising(chart_id, presence)
    return tuple(one for one in found if one != presence.person)


def send(presence: Presence, record_id: str, asked: Collection[str]) -> int:
    """Send one's own signed record to supervisors of the chart; gives the entry's number."""
    row = queries.find_record(presence, record_id, Act.RECORD_WRITE)
    grant, ward = _as_author(presence, row)
    if row.restricted:
        raise KeptToTreating
    with transaction.atomic():
        course = _locked(presence, row)
        fitting = review.require_asked(asked, supervising(row.chart, presence), row.author)
        return _step(presence, grant, ward, row, course, Step.SEND, asked=fitting)


def send_signed(presence: Presence, row: Record, asked: Collection[str] | None) -> None:
    """Send what was signed this moment to `asked`, or to everybody who supervises; called within
    the signing. Nobody to ask: it waits, and the page says so."""
    grant, ward = _as_author(presence, row)
    can = supervising(row.chart, presence)
    fitting = can if asked is None else review.require_asked(asked, can, row.author)
    course = queries.record(presence, row.pk).course
    _step(presence, grant, ward, row, course, Step.SEND, asked=fitting)


def cosign(presence: Presence, record_id: str, *, seen: int, words: str = "") -> int:
    """Approve what stands: nothing of it changes. Gives the entry's number."""
    row = queries.find_record(presence, record_id, Act.RECORD_COSIGN)
    grant, ward = _as_supervisor(presence, row, Act.RECORD_COSIGN)
    with transaction.atomic():
        course = _locked(presence, row, seen)
        step = review.cosigns_as(course, presence.person, supervising(row.chart, presence))
        return _step(presence, grant, ward, row, course, step, words=words)


def give_back(presence: Presence, record_id: str, words: str, *, seen: int) -> int:
    """Return a record to its author with what is to change. Gives the entry's number."""
    row = queries.find_record(presence, record_id, Act.RECORD_RETURN)
    grant, ward = _as_supervisor(presence, row, Act.RECORD_RETURN)
    reason = review.require_words(words)
    if not author_cares(presence, row.chart, row.author):
        raise review.AuthorGone
    with transaction.atomic():
        course = _locked(presence, row, seen)
        return _step(presence, grant, ward, row, course, Step.RETURN, words=reason)


def author_cares(presence: Presence, chart: str, author: str) -> bool:
    """Whether whoever wrote a record could still change it: she treats or covers now."""
    return (chart, author) in queries_care.who_writes([chart], presence.at)


def take_back(presence: Presence, record_id: str, *, seen: int) -> int:
    """Take a return back: the record waits again, as it stood. Gives the entry's number.

    Not over the author's head: while she cares and has begun to change it, it is hers. Changes that
    somebody began who has left can be opened by nobody, and go.
    """
    row = queries.find_record(presence, record_id, Act.RECORD_RETURN)
    grant, ward = _as_supervisor(presence, row, Act.RECORD_RETURN)
    with transaction.atomic():
        course = _locked(presence, row, seen)
        begun = Draft.objects.filter(pk=row.pk)
        if begun.exists() and author_cares(presence, row.chart, row.author):
            raise review.ChangesBegun
        entry = _step(presence, grant, ward, row, course, Step.TAKE_BACK)
        begun.delete()
        return entry


def undo(presence: Presence, record_id: str, words: str, *, seen: int) -> int:
    """Undo one's own approval within its time, with a reason. Gives the entry's number."""
    row = queries.find_record(presence, record_id, Act.RECORD_COSIGN)
    grant, ward = _as_supervisor(presence, row, Act.RECORD_COSIGN)
    reason = review.require_words(words)
    with transaction.atomic():
        course = _locked(presence, row, seen)
        approval = course.approval_of(presence.person)
        if approval is not None and not review.undoable(approval, presence.at):
            raise review.TooLateToUndo
        return _step(presence, grant, ward, row, course, Step.UNDO, words=reason)


def begin_changes(presence: Presence, record_id: str) -> None:
    """A draft of a returned record, filled with the words in force; begun once."""
    row = queries.find_record(presence, record_id, Act.RECORD_WRITE)
    grant, ward = _as_author(presence, row, Act.RECORD_WRITE)
    with transaction.atomic():
        chaining.lock(row.pk)
        whole = queries.record(presence, row.pk)
        if whole.course.state is not State.RETURNED or row.author != presence.person:
            raise NotNow
        if whole.draft is not None:
            return
        content = whole.current.content
        bridge.note(presence, grant, ward, {"did": "began to change", "record": row.pk})
        head = rules.encode_head(content.session)
        draft = Draft(
            record=row,
            version=1,
            form="" if content.kind else content.form,
            head=bridge.seal(presence, grant, ward, row.pk, "head", 1, head),
            sealed=bridge.seal(presence, grant, ward, row.pk, "draft", 1, rules.encode(content)),
            saved_at=presence.at,
        )
        rows.insert([draft])


def require_possible(presence: Presence, row: Record, step: Step) -> None:
    """Nothing when this person may take a step now; else `NotNow`. The row is locked already."""
    if not may(queries.record(presence, row.pk).course, step, presence.person):
        raise NotNow


def require_returned(presence: Presence, row: Record) -> None:
    """Nothing when a signed record may be signed anew, because it was returned; else `NotNow`."""
    require_possible(presence, row, Step.REVISE)


def added(presence: Presence, row: Record) -> None:
    """After an addendum: what the author adds under supervision waits like the note itself."""
    course = queries.record(presence, row.pk).course
    sends = row.author == presence.person and needed(presence, row)
    if sends and course.state in (State.SIGNED, State.ADDENDED, State.COSIGNED):
        send_signed(presence, row, None)
    else:
        took(presence, row, Step.ADDEND)


def took(presence: Presence, row: Record, step: Step) -> None:
    """Bring the rows that find a record into line after a step of the author's (sign again, add,
    strike); called within that step's transaction."""
    if not Review.objects.filter(pk=row.pk).exists():
        return
    _keep(presence, row, queries.record(presence, row.pk).course, step)


def _as_author(presence: Presence, row: Record, act: Act = Act.RECORD_SIGN) -> tuple[Grant, Ward]:
    cares = practice.cares_of(presence.person, row.chart)
    ward = queries.ward_of(row)
    return bridge.ask(presence, act, Purpose.TREATMENT, ward, cares=cares), ward


def _as_supervisor(presence: Presence, row: Record, act: Act) -> tuple[Grant, Ward]:
    cares = practice.cares_of(presence.person, row.chart)
    ward = queries.ward_of(row)
    return bridge.ask(presence, act, Purpose.SUPERVISION, ward, cares=cares), ward


def _locked(presence: Presence, row: Record, seen: int | None = None) -> Course:
    """Where the record stands, by its chain, and nobody else takes a step until we have."""
    chaining.lock(row.pk)
    course = queries.record(presence, row.pk).course
    if seen is not None and course.last != seen:
        raise review.ChangedMeanwhile
    return course


def _step(
    presence: Presence,
    grant: Grant,
    ward: Ward,
    row: Record,
    course: Course,
    step: Step,
    *,
    words: str = "",
    asked: tuple[str, ...] = (),
) -> int:
    taken = Taken(course.last + 1, step, presence.person, presence.at, asked)
    following = after(course, taken)
    content = rules.encode(review.step_content(step, words, asked))
    entry = chaining.append(presence, grant, ward, row, content, addendum=True, did=step.value)
    _keep(presence, row, following, step)
    return entry


_KEPT = {
    State.WAITING: Review.State.WAITING,
    State.RETURNED: Review.State.RETURNED,
    State.COSIGNED: Review.State.COSIGNED,
}


def _keep(presence: Presence, row: Record, course: Course, step: Step) -> None:
    """The rows by which a record under review is found, as its chain now says."""
    state = _KEPT.get(course.state)
    if state is None:
        Review.objects.filter(pk=row.pk).delete()
        return
    found = {"state": state, "version": course.version, "since": presence.at}
    kept, _ = Review.objects.update_or_create(pk=row.pk, defaults=found)
    if step is Step.SEND:
        kept.asked.exclude(person__in=course.asked).delete()
        for person in course.asked:
            Asked.objects.get_or_create(review=kept, person=person)
    approved = [one.by for one in course.approvals]
    kept.asked.filter(person__in=approved).update(cosigned=True)
    kept.asked.exclude(person__in=approved).update(cosigned=False)
