"""How a matter that happened stands: what is owed, what was tried, who holds it. Pure over what was
read of the matter; nothing more is opened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from stillroom.disclosure import rules_told
from stillroom.disclosure.happened import attempts, puts, report, source
from stillroom.disclosure.happened.attempts import Attempt
from stillroom.disclosure.happened.deeds import BY_ID
from stillroom.disclosure.happened.duties import Owed, open_duties, owed
from stillroom.disclosure.happened.puts import Answered
from stillroom.disclosure.happened.report import Report
from stillroom.disclosure.happened.source import Source
from stillroom.disclosure.occasions import Side, occasion_of
from stillroom.disclosure.queries import WholeMatter
from stillroom.disclosure.rules import Decision
from stillroom.disclosure.rules_told import Named
from stillroom.disclosure.steps import Step
from stillroom.law import Corpus

OFFERED, TAKEN = "offered", "taken"
"""Steps by which a matter goes to a colleague: offered by whoever holds it, taken by her."""


@dataclass(frozen=True)
class Tried:
    """An attempt, with who wrote it down, and where in the log it stands."""

    attempt: Attempt
    by: str
    entry: int


@dataclass(frozen=True)
class Standing:
    """A matter that happened, at this moment."""

    whole: WholeMatter
    occasion: str
    source: Source
    answers: tuple[Answered, ...]
    tried: tuple[Tried, ...]
    duties: tuple[Owed, ...]
    report: Report | None
    holder: str
    offered: str
    disputes: tuple[Named, ...] = ()
    """What the client says against entries of the chart; it goes along with what is told."""
    settled: frozenset[int] = frozenset()
    """The tellings of which it is said that it went along, or that none of it was told."""

    @property
    def unsaid(self) -> tuple[Tried, ...]:
        """Tellings since the client disagrees of which it is not said that she was heard with it
        (45 CFR 164.526(d)(5)). What the client herself is told is none."""
        since = rules_told.begins(one.dispute for one in self.disputes)
        return tuple(
            one
            for one in self.tried
            if since is not None
            and one.attempt.discloses
            and BY_ID[one.attempt.deed].to != "client"
            and one.attempt.at >= since
            and one.entry not in self.settled
        )

    @property
    def decided_to_hold(self) -> bool:
        """Whether the last signed decision is to tell nobody."""
        decisions = self.whole.decisions
        return bool(decisions) and decisions[-1].signed.decision == Decision.HOLD.value

    @property
    def open(self) -> tuple[Owed, ...]:
        """What has still to be done. A signed decision to tell nobody leaves nothing to do."""
        return () if self.decided_to_hold else open_duties(self.duties)

    @property
    def due(self) -> datetime | None:
        """The nearest last moment of what is open."""
        return min((one.by.due for one in self.open if one.by.due), default=None)


def happened(whole: WholeMatter) -> bool:
    """Whether it is a matter of this kind."""
    return occasion_of(whole.determination.asked.occasion).side is Side.HAPPENED


def standing(
    corpus: Corpus, whole: WholeMatter, *more: Attempt, disputes: tuple[Named, ...] = ()
) -> Standing:
    """How it stands; with attempts that are about to be written down, how it would stand."""
    made = whole.determination
    occasion = made.asked.occasion
    came = came_from(whole)
    places = (made.around.place or "us", *made.asked.elsewhere)
    facts = {k: v for k, v in made.facts.items() if k not in ("recipient", "purpose")}
    answers = puts.ask(corpus, occasion, places, made.around.profession, made.around.today, facts)
    tried = tuple(
        Tried(attempts.read(one.body), one.by, one.entry)
        for one in whole.steps
        if one.kind == attempts.KIND
    )
    done = [*(one.attempt for one in tried), *more]
    holder, offered = _holder(whole.opened_by, whole.steps)
    return Standing(
        whole=whole,
        occasion=occasion,
        source=came,
        answers=answers,
        tried=tuple(sorted(tried, key=lambda one: one.attempt.at)),
        duties=owed(answers, done, came.learned),
        report=_report(whole.steps),
        holder=holder,
        offered=offered,
        disputes=disputes,
        settled=rules_told.settled(
            rules_told.read(one.body) for one in whole.steps if one.kind == rules_told.KIND
        ),
    )


def came_from(whole: WholeMatter) -> Source:
    """Whence a matter came; without a step that says so, from when it was opened."""
    first = next((one for one in whole.steps if one.kind == source.KIND), None)
    return source.read(first.body) if first else Source(whole.opened_at)


def _report(steps: Sequence[Step]) -> Report | None:
    kept = [one for one in steps if one.kind == report.KIND]
    return report.read(kept[-1].body) if kept else None


def _holder(opened_by: str, steps: Iterable[Step]) -> tuple[str, str]:
    """Who holds it, and to whom it is offered; a later offer takes the place of an earlier one."""
    holder, offered = opened_by, ""
    for one in steps:
        if one.kind == OFFERED:
            offered = str(one.body.get("to", ""))
        elif one.kind == TAKEN and one.by == offered:
            holder, offered = one.by, ""
    return holder, offered
