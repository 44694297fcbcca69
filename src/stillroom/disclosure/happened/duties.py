"""What is owed, to whom, by when, what is enough, and what of it is still open. Pure.

The law's answers to all questions of a matter are laid together; a duty that several answers name
stands once. A duty is met when, of one of its ways, every act was done (or tried, where the law
asks no more), or when a person says of a deed that it meets it. What is open is the duties minus
what met them: nothing else closes a duty but handing the matter over or a signed decision.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from stillroom.disclosure.happened.attempts import NOT_OWED, Attempt
from stillroom.disclosure.happened.clock import ByWhen, by_when
from stillroom.disclosure.happened.deeds import BY_ID, MET_BY, OWN, Act, Sort, sort_of
from stillroom.disclosure.happened.puts import Answered
from stillroom.kernel import Trilean, spoken
from stillroom.law import Duty

_BOTH = {
    "call_department_and_police": (("report_orally", "notify_law_enforcement"),),
    "report_crime_in_facility": (("report_to_state_agency", "notify_law_enforcement"),),
}
_TO_POLICE = frozenset({"report", "report_child_abuse"})


@dataclass(frozen=True, slots=True)
class Owed:
    """One duty. `ways` are alternatives, each a set of acts that together are enough; empty where
    the law names none. `sure` is UNKNOWN where it binds only if a fact is so."""

    key: str
    act: str
    to: str
    text: str
    by: ByWhen
    citation: str
    provision: str
    checked: str
    sure: Trilean
    sort: Sort
    ways: tuple[tuple[str, ...], ...]
    met_by: tuple[Attempt, ...] = ()

    @property
    def met(self) -> bool:
        """Whether enough was done."""
        return bool(self.met_by)

    @property
    def open(self) -> bool:
        """Surely owed, to be done or said, and not yet met."""
        return self.sure is Trilean.YES and self.sort in _TO_DO and not self.met

    @property
    def written(self) -> bool:
        """Whether it wants a report in writing."""
        return "report_in_writing" in OWN.get(self.act, _NONE).deeds and self.act != "report"


_TO_DO = frozenset({Sort.DO, Sort.TELL_CLIENT})
_NONE = Act("")


def owed(
    answers: Iterable[Answered], attempts: Sequence[Attempt], learned: datetime
) -> tuple[Owed, ...]:
    """All duties of all answers, each once: sure before unsure, what is to be done first, by when.

    `learned` is when the therapist came to know of it; the clocks run from there.
    """
    reported = min((one.at for one in attempts if _reports(one)), default=None)
    found: dict[str, Duty] = {}
    for answer in answers:
        for duty in answer.opinion.duties:
            key = f"{duty.provision}.{duty.act}.{duty.to}"
            known = found.get(key)
            if known is None or known.applies is not Trilean.YES:
                found[key] = duty
    every = [_owed(key, duty, attempts, learned, reported) for key, duty in found.items()]
    return tuple(sorted(every, key=_order))


def _reports(one: Attempt) -> bool:
    return one.done and one.deed in ("report_orally", "notify_law_enforcement")


_RANK = {sort: at for at, sort in enumerate(Sort)}


def _order(one: Owed) -> tuple[bool, int, bool, float, str, str]:
    due = one.by.due.timestamp() if one.by.due else float("inf")
    return (
        one.sure is not Trilean.YES,
        _RANK[one.sort],
        not one.by.at_once,
        due,
        one.provision,
        one.act,
    )


def _owed(
    key: str, duty: Duty, attempts: Sequence[Attempt], learned: datetime, reported: datetime | None
) -> Owed:
    ways = duty.discharged_by or _BOTH.get(duty.act, ())
    return Owed(
        key=key,
        act=duty.act,
        to=duty.to,
        text=duty.text,
        by=by_when(duty.deadline, learned, reported),
        citation=duty.citation,
        provision=duty.provision,
        checked=duty.checked,
        sure=duty.applies,
        sort=sort_of(duty.act),
        ways=ways,
        met_by=_meeting(key, duty, ways, attempts),
    )


def _meeting(
    key: str, duty: Duty, ways: tuple[tuple[str, ...], ...], attempts: Sequence[Attempt]
) -> tuple[Attempt, ...]:
    """The attempts by which it is met; none while it is open."""
    said = tuple(
        one for one in attempts if key in one.serves and (one.done or one.result == NOT_OWED)
    )
    if said:
        return said
    if not ways:
        act = _own(duty)
        return tuple(one for one in attempts if _is(act, one))
    for way in ways:
        found = [_first(MET_BY.get(act) or OWN.get(act, _NONE), attempts) for act in way]
        if found and all(found):
            return tuple(dict.fromkeys(one for one in found if one))
    return ()


def _own(duty: Duty) -> Act:
    if duty.act in _TO_POLICE and duty.to == "law_enforcement":
        return OWN["tell_police"]
    return OWN.get(duty.act, _NONE)


def _first(act: Act, attempts: Sequence[Attempt]) -> Attempt | None:
    return next((one for one in attempts if _is(act, one)), None)


def _is(act: Act, one: Attempt) -> bool:
    return one.deed in act.deeds and (one.done or act.tried)


def open_duties(every: Iterable[Owed]) -> tuple[Owed, ...]:
    """What still has to be done."""
    return tuple(one for one in every if one.open)


def way_words(way: Sequence[str]) -> str:
    """One way, as a sentence says it: "tell the police and tell the person threatened, if you
    can"."""
    said = [(MET_BY.get(act) or OWN.get(act) or Act(spoken(act))).says for act in way]
    return " and ".join(said)


def deeds_for(every: Iterable[Owed]) -> tuple[str, ...]:
    """The deeds that could meet what is owed, in the house's order, the client's last."""
    wanted: set[str] = set()
    for one in every:
        acts = [act for way in one.ways for act in way] or [one.act]
        for act in acts:
            wanted |= (MET_BY.get(act) or OWN.get(act, _NONE)).deeds
        if one.act in _TO_POLICE and one.to == "law_enforcement":
            wanted |= OWN["tell_police"].deeds
    return tuple(deed for deed in BY_ID if deed in wanted)
