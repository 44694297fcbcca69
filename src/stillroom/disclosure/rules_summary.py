"""A summary in place of records: written by the therapist, signed as a step of the matter. Pure.

Rules kept:
- It stands for records that may leave, all of one kind, and goes in their place; what may not leave
  may not leave as a summary either. For private notes there is none: their words would have to lie
  under the chart's ring.
- To the client herself it goes in place of the record only if she agreed to that beforehand, and to
  what it costs (45 CFR 164.524(c)(2)(iii)). To others it is the smaller part (164.502(b)).
- The packet says of it what it is: a summary, of what, by whom and when.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, tzinfo

import msgspec

from stillroom.consent.rules import PRIVATE_KINDS
from stillroom.disclosure.packet import RecordPage, Section
from stillroom.disclosure.paging import clock_words, day_words
from stillroom.disclosure.rules import Choice, State
from stillroom.disclosure.steps import Step
from stillroom.kernel import StillroomError, spoken

KIND = "summary"
OWN_RECORD = "client_access"


class SummaryUnfit(StillroomError):
    """A summary that cannot stand for what it is to stand for."""

    what = "a summary cannot stand for these records"
    usual_advice = "It stands for records of one kind that may leave and are chosen."


class NothingSaid(StillroomError):
    """A summary without words, or of nothing."""

    what = "the summary has no words, or stands for nothing"
    usual_advice = "Tick the records that it stands for and write it; nothing you typed is lost."


class NotAgreed(StillroomError):
    """A client gets her record, unless she agreed to a summary before (164.524(c)(2)(iii))."""

    what = "the client has not agreed to a summary in place of her record"
    usual_advice = "Ask her first, and say what it costs; or send the record itself."


class Summary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a summary says, and the records in whose place it stands. `fee` is what was agreed."""

    of: tuple[str, ...]
    words: str
    agreed: bool = False
    fee: str = ""


def fit(summary: Summary, choices: Sequence[Choice], purpose: str) -> list[Choice]:
    """The choices for which a summary may stand, in their order; else it is refused."""
    if not summary.words.strip() or not summary.of:
        raise NothingSaid
    found = [one for one in choices if one.record.id in summary.of]
    kinds = {one.record.kind for one in found}
    never = any(one.state is State.NEVER for one in found)
    if never or len(found) != len(set(summary.of)) or len(kinds) != 1 or kinds & PRIVATE_KINDS:
        raise SummaryUnfit
    if purpose == OWN_RECORD and not summary.agreed:
        raise NotAgreed
    return found


def read(taken: Iterable[Step]) -> dict[int, tuple[Step, Summary]]:
    """The summaries of a matter, by their steps' numbers."""
    return {
        one.number: (one, msgspec.convert(dict(one.body), type=Summary))
        for one in taken
        if one.kind == KIND
    }


def chosen(
    written: Mapping[int, tuple[Step, Summary]], numbers: Iterable[int], picked: Iterable[str]
) -> list[tuple[Step, Summary]]:
    """The summaries that go into a packet. `SummaryUnfit` if one stands for what is not picked, or
    two for one record."""
    wanted = [written[one] for one in numbers if one in written]
    covered = [record for _, summary in wanted for record in summary.of]
    if len(covered) != len(set(covered)) or set(covered) - set(picked):
        raise SummaryUnfit
    return wanted


def page_of_summary(
    step: Step, summary: Summary, covered: Sequence[Choice], whose: str, by: str, zone: tzinfo
) -> RecordPage:
    """The page that goes in place of the records."""
    days = sorted(one.record.occurred_on for one in covered if one.record.occurred_on)
    at = step.at.astimezone(zone)
    count = len(covered)
    kind = covered[0].record.kind
    what = f"{count} records" if count > 1 else "one record"
    return RecordPage(
        id=covered[0].record.id,
        kind=kind,
        title=f"Summary in place of {what}{_days(days)}",
        on=covered[0].record.occurred_on,
        particulars=(f"{whose}.", f"A summary of {spoken(kind)}; not the record itself."),
        sections=(Section("Summary", (summary.words.strip(),)),),
        signed=f"Signed by {by}, {day_words(at)}, {clock_words(at)}.",
        stands_for=tuple(one.record.id for one in covered),
    )


def _days(days: Sequence[date]) -> str:
    if not days:
        return ""
    if days[0] == days[-1]:
        return f", {day_words(days[0])}"
    return f", {day_words(days[0])} to {day_words(days[-1])}"
