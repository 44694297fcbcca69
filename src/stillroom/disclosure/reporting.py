"""The written report: printed as it was kept, and marked as sent when it leaves.

Rules: the file is the same before and after it is sent (its instant is that of the step that kept
it). It is handed out for sending only when at that moment a signed decision says to tell, the law
permits it, and whoever sends has proven again who she is: the gate asks what it asks of a packet
(P9). What left is in the account with the file's digest, and is an attempt that meets the duty.
What the client says against an entry of which it tells stands in its pages, as it stands then.
"""

from datetime import datetime

from django.db import transaction

from stillroom.access import Act, Grant, Purpose, Release, Ward
from stillroom.disclosure import happening, rules_told, steps
from stillroom.disclosure.happened import attempts, report
from stillroom.disclosure.happened.attempts import Attempt
from stillroom.disclosure.happened.report import Report
from stillroom.disclosure.happened.standing import Standing
from stillroom.disclosure.letters.disputed import parts_of
from stillroom.disclosure.letters.letter import Letter, Part, Writer, print_letter
from stillroom.disclosure.packet import Addressee, Cited, Letterhead, Printed
from stillroom.disclosure.permitting import labels_of
from stillroom.disclosure.rules import Decision, Level
from stillroom.disclosure.rules_told import state_of
from stillroom.kernel import StillroomError, Trilean
from stillroom.law import Corpus
from stillroom.phi import NotHere, Presence, bridge


class NotDecidedToTell(StillroomError):
    """A report was to leave without a signed decision to tell."""

    what = "no signed decision says that this is told"
    usual_advice = "Sign your decision on the page before; then send it. Nothing has left."


class KeepAgain(StillroomError):
    """A report was kept before the client disagreed, or before her words changed."""

    what = "what the client says against an entry has changed since this report was kept"
    usual_advice = (
        "Keep it once more on this page: what goes along is put into its pages by itself"
        " (45 CFR 164.526(d)(5)). What you tell by telephone waits for nothing."
    )


class NotPermitted(StillroomError):
    """A report was to leave though no rule permits it as things stand."""

    what = "as far as is known, no rule permits this report to leave"
    usual_advice = (
        "Answer what is still asked on the page before. What you tell by word of mouth is yours to"
        " judge, and is written down there. Nothing has left."
    )


STAYS = (NotDecidedToTell, KeepAgain, NotPermitted)
"""Why a report does not leave."""


def printed(presence: Presence, stands: Standing) -> Printed:
    """The report as it was kept last. `NotHere` where none was."""
    kept, at = _kept(stands)
    return print_letter(_letter(presence, kept, stands, at), at)


def _kept(stands: Standing) -> tuple[Report, datetime]:
    found = [one.at for one in stands.whole.steps if one.kind == report.KIND]
    if stands.report is None or not found:
        raise NotHere
    return stands.report, found[-1].replace(microsecond=0)


def _letter(presence: Presence, kept: Report, stands: Standing, at: datetime) -> Letter:
    around = stands.whole.determination.around
    by = ("to", "reporter")
    parts = tuple(
        Part(one.label, tuple(Cited(line, "") for line in _lines(kept.parts[one.id])))
        for one in report.HEADINGS
        if one.id not in by and kept.parts.get(one.id, "").strip()
    )
    to = _lines(kept.parts.get("to", "")) or ("The agency",)
    return Letter(
        title=kept.title,
        writer=Writer(Letterhead(presence.house.name), "", ""),
        to=Addressee(to[0], to[1:]),
        dated=at.astimezone(around.zone).date(),
        about=(),
        opening=("This report says what was seen and heard, and nothing of any treatment.",),
        parts=(*parts, *parts_of(kept.along, "report")),
        closing=_lines(kept.parts.get("reporter", "")),
        blanks=("Signature and date",),
    )


def _lines(words: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in words.splitlines() if line.strip())


def send(presence: Presence, corpus: Corpus, matter_id: str, how: str, whom: str) -> bytes:
    """Mark the report as sent and give the very file. Everything is asked again in the lock."""
    typed = {"deed": "report_in_writing", "result": attempts.TOLD, "how": how, "whom": whom}
    happening.require_may_write(presence, matter_id)
    with transaction.atomic():
        stands = happening.held(presence, corpus, matter_id)
        kept, _ = _kept(stands)
        if kept.against != state_of(one.dispute for one in stands.disputes):
            raise KeepAgain
        file = printed(presence, stands)
        one = attempts.made(
            {**typed, "told": f"{kept.title}, {file.total} pages"}, (), presence.at, presence.at
        )
        _leave(presence, stands, one, file)
        entry = steps.add(presence, matter_id, attempts.KIND, attempts.written(one)).entry
        if stands.disputes:
            heard = rules_told.ALONG if kept.along else rules_told.NOTHING
            happening.answer_told(presence, matter_id, entry, heard)
        happening.watch(presence, corpus, matter_id)
    return file.pdf


def _leave(presence: Presence, stands: Standing, one: Attempt, file: Printed) -> None:
    whole = stands.whole
    ward, grant = _permission(presence, stands)
    details: bridge.Details = {
        "did": "report sent",
        "matter": whole.id,
        "digest": file.digest,
        "to": one.whom,
    }
    entry = bridge.note(presence, grant, ward, details, opinion=whole.determination.digest)
    happening.account_for(presence, stands, one, entry, file.digest)


def _permission(presence: Presence, stands: Standing) -> tuple[Ward, Grant]:
    """The gate's permission for what leaves. What is entered and accounted for is the chart's."""
    whole = stands.whole
    decisions = whole.standing
    if not decisions or decisions[-1].signed.decision != Decision.TELL.value:
        raise NotDecidedToTell
    made = whole.determination
    kinds = made.asked.intake.kinds
    low = min((made.answers[kind].low for kind in kinds), default=None)
    if low is None or low < Level.PERMITTED:
        raise NotPermitted
    found = Release(
        stance=low.name,
        decided_by=decisions[-1].signer,
        authorization=Trilean.NO,
        kinds=frozenset(kind for kind, answer in made.answers.items() if answer.open),
        rests_on_authorization=False,
    )
    ward = Ward(whole.chart, labels=labels_of(kinds))
    grant = bridge.ask(
        presence, Act.RELEASE_SEND, Purpose.RELEASE, ward, cares=whole.cares, release=found
    )
    return Ward(chart=whole.chart), grant
