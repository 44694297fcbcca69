"""Answers under other law: an old one given again, and open matters that a change of law touches.

Rules: an old answer is given again under the very corpus that it names (P7); a matter is named only
to those who may read it, and nobody else learns that there is one (P8).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from stillroom.disclosure import queries
from stillroom.disclosure.determination import Circumstances, Determination, determine
from stillroom.disclosure.matters import Asked
from stillroom.disclosure.models import Matter
from stillroom.disclosure.queries import NoProfile, SignedDecision, WholeMatter
from stillroom.kernel import StillroomError
from stillroom.law import Corpus, LawError, Opinion, replay, span
from stillroom.phi import NotHere, Presence
from stillroom.practice import queries as practice


@dataclass(frozen=True)
class Replayed:
    """An old answer and the same question asked again. `trouble` says why there is no new one."""

    matter: WholeMatter
    decision: SignedDecision
    again: Opinion | None
    as_of: date | None
    trouble: StillroomError | None


def replayed(
    presence: Presence,
    law: Corpus,
    matter_id: str,
    number: int,
    kept: Callable[[str], Corpus],
) -> Replayed:
    """A signed decision, and its opinion given again under the corpus that it names."""
    whole = queries.whole_matter(presence, law, matter_id)
    decision = next((one for one in whole.decisions if one.number == number), None)
    if decision is None:
        raise NotHere
    try:
        corpus = kept(decision.signed.corpus)
        again = replay(corpus, decision.signed.opinion)
    except StillroomError as trouble:
        return Replayed(whole, decision, None, None, trouble)
    return Replayed(whole, decision, again, corpus.as_of, None)


@dataclass(frozen=True)
class Touched:
    """An open matter that is answered otherwise under other law."""

    id: str
    number: str
    full: str
    short: str
    before: str
    after: str
    kinds: tuple[str, ...]


def touched(presence: Presence, before: Corpus, after: Corpus) -> list[Touched]:
    """My open matters whose answer differs between two laws, as things stand."""
    mine = practice.charts_in_care(presence)
    rows = Matter.objects.filter(chart__in=mine, state=Matter.State.OPEN).order_by("opened_at")
    found = (_touched(presence, row, before, after) for row in rows)
    return [one for one in found if one is not None]


def _touched(presence: Presence, row: Matter, before: Corpus, after: Corpus) -> Touched | None:
    cares = practice.cares_of(presence.person, row.chart)
    (asked,) = queries.open_asked(presence, [row], cares)
    head = practice.chart_head(presence, row.chart)
    try:
        around = queries.circumstances(presence, head, row.opened_by)
    except NoProfile:
        return None  # its page says what is missing, and has no answer to differ
    was, now = _answered(before, asked, around), _answered(after, asked, around)
    if now is None:
        return None
    kinds = tuple(
        kind for kind in now.full.asked if was is None or was.answers.get(kind) != now.answers[kind]
    )
    if not kinds:
        return None
    return Touched(
        id=row.pk,
        number=queries.number_of(row),
        full=head.full,
        short=head.short,
        before=span(was.full.stance) if was else "not answered",
        after=span(now.full.stance),
        kinds=kinds,
    )


def _answered(corpus: Corpus, asked: Asked, around: Circumstances) -> Determination | None:
    """The answer under one law; None where that law knows no such place or fact."""
    try:
        return determine(corpus, asked, around)
    except LawError:
        return None
