"""A matter that happened, as its page shows it: the most urgent first. Pure.

What stands in the record, in the chart and in the law comes in; sentences, rows and clocks go out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from stillroom.chart.contents import Answer
from stillroom.chart.kinds import KINDS
from stillroom.disclosure.happened import saying
from stillroom.disclosure.happened.attempts import HOWS, RESULTS
from stillroom.disclosure.happened.clock import span_words
from stillroom.disclosure.happened.deeds import BY_ID, DEEDS, Sort
from stillroom.disclosure.happened.duties import Owed, deeds_for, way_words
from stillroom.disclosure.happened.puts import Answered
from stillroom.disclosure.happened.saying import Fact
from stillroom.disclosure.happened.standing import Standing, Tried
from stillroom.kernel import Trilean
from stillroom.law import Corpus, Finding, Stance, Want
from stillroom.practice.rules import FrontSheet


@dataclass(frozen=True)
class Says:
    """What the law says of telling one of those who could be told, and what it rests on."""

    to: str
    says: str
    rests: tuple[Finding, ...]
    open: bool
    must: bool


_SAYS: Mapping[Stance, str] = {
    Stance.REQUIRED: "you must",
    Stance.PERMITTED: "you may",
    Stance.WITH_AUTHORIZATION: "only if the client signs",
    Stance.FORBIDDEN: "you may not",
}
_SHOWN = 2


def says(answers: Iterable[Answered]) -> list[Says]:
    """Whom one must or may tell, the musts first."""
    found = [_says(one) for one in answers]
    return sorted(found, key=lambda one: (not one.must, not one.open))


def _says(one: Answered) -> Says:
    low, high = one.opinion.stance.low, one.opinion.stance.high
    words = _SAYS[low] if low == high else f"{_SAYS[low]}, as far as is known; {_later(high)}"
    if one.opinion.silent is Trilean.YES:
        words = "no law on file speaks to it; silence is no permission"
    rests = [
        each
        for each in one.opinion.findings
        if each.decides and each.applies is Trilean.YES and each.says
    ]
    return Says(
        to=one.put.words,
        says=words,
        rests=tuple({each.citation: each for each in rests}.values())[:_SHOWN],
        open=low >= Stance.PERMITTED,
        must=low is Stance.REQUIRED,
    )


def _later(high: Stance) -> str:
    return "more could make it: " + _SAYS[high]


def verdict(found: Sequence[Says], act: str, stands: Standing) -> str:
    """The one sentence in which it begins: what has to be done, or that it was."""
    if not stands.open and any(one.met and one.sort is Sort.DO for one in stands.duties):
        return "What the law asks was done."
    if any(one.must for one in found):
        return "You must act now." if act == "warn" else "You must report this now."
    if any(one.open for one in found):
        return "You may break this confidence now."
    holds = "As far as is known, this confidence holds."
    return f"{holds} What you answer below may change it." if more(stands) else holds


def more(stands: Standing) -> bool:
    """Whether something that is not known could still change an answer."""
    return any(one.opinion.wanting for one in stands.answers)


_FIRST = ("danger", "abuse")
"""Groups of facts that are about what happened; they are asked before all that is about papers."""


def next_want(stands: Standing, corpus: Corpus) -> Want | None:
    """The question to ask now: of those that can still change an answer, the first about what
    happened, as the law's first unknown is often a paper that nobody has at such an hour."""
    wants = [want for one in stands.answers for want in one.opinion.wanting]
    near = [want for want in wants if corpus.facts[want.fact].group in _FIRST]
    return next(iter([*near, *wants]), None)


@dataclass(frozen=True)
class Row:
    """A duty as a line of the page. `state` is as the list of duties has it."""

    owed: Owed
    due: str
    ways: tuple[str, ...]
    state: str
    met: str


def rows(stands: Standing, now: datetime, zone: tzinfo) -> list[Row]:
    """What has to be done or said to the client, surely or perhaps; open before met."""
    wanted = [one for one in stands.duties if one.sort in (Sort.DO, Sort.TELL_CLIENT)]
    made = [_row(one, now, zone) for one in wanted]
    order = {"late": 0, "": 1, "done": 2, "maybe": 3}
    return sorted(made, key=lambda row: order[row.state])


def _row(one: Owed, now: datetime, zone: tzinfo) -> Row:
    state = "maybe" if one.sure is not Trilean.YES else "late" if one.by.late(now) else ""
    met = ""
    if one.met and state != "maybe":
        last = max(one.met_by, key=lambda each: each.at)
        said = RESULTS["not_owed"] if last.result == "not_owed" else BY_ID[last.deed].did
        state, met = "done", f"{said}, {clock(last.at, zone)}"
    return Row(one, due_words(one, now, zone), tuple(way_words(w) for w in one.ways), state, met)


def due_words(one: Owed, now: datetime, zone: tzinfo) -> str:
    """By when, as one reads it under pressure: "now", "in 3 hours, by 17:00", "past since …"."""
    if one.by.due is None:
        return "now" if one.by.at_once else ""
    left = one.by.due - now
    when = f"{moment(one.by.due, now, zone)}"
    if left < timedelta(0):
        return f"past, was due {when}"
    return f"{'now, and ' if one.by.at_once else ''}in {span_words(left)}, by {when}"


def clock(at: datetime, zone: tzinfo) -> str:
    """14:32"""
    local = at.astimezone(zone)
    return f"{local.hour}:{local:%M}"


def moment(at: datetime, now: datetime, zone: tzinfo) -> str:
    """14:32, or "Monday, 14:32" on another day."""
    local = at.astimezone(zone)
    same = local.date() == now.astimezone(zone).date()
    return clock(at, zone) if same else f"{local:%A}, {clock(at, zone)}"


@dataclass(frozen=True)
class Line:
    """An attempt as a row of the table: when, how long after, what, what came of it, what next."""

    at: str
    after: str
    what: str
    whom: str
    came: str
    next: str
    by: str
    entry: int


def lines(stands: Standing, zone: tzinfo, names: Mapping[str, str]) -> list[Line]:
    """What was tried, in the order in which it was."""
    return [_line(one, stands.source.learned, zone, names) for one in stands.tried]


def unsaid(stands: Standing, zone: tzinfo, names: Mapping[str, str]) -> list[Line]:
    """What was told of which it is not said whether the client was heard with it."""
    return [_line(one, stands.source.learned, zone, names) for one in stands.unsaid]


def _line(one: Tried, learned: datetime, zone: tzinfo, names: Mapping[str, str]) -> Line:
    tried = one.attempt
    began = learned.replace(second=0, microsecond=0)
    minutes = int((tried.at - began).total_seconds() // 60)
    came = RESULTS[tried.result]
    if tried.words:
        came = f"{came}. {tried.words}"
    return Line(
        at=moment(tried.at, tried.at, zone),
        after=f"+{minutes}" if 0 <= minutes < 600 else "",
        what=f"{BY_ID[tried.deed].do}, {HOWS[tried.how]}",
        whom=tried.whom,
        came=came,
        next=tried.next,
        by=names.get(one.by, "somebody who has left"),
        entry=one.entry,
    )


def deed_options(stands: Standing) -> list[tuple[str, str]]:
    """What the form offers: what could meet a duty first, then everything else there is to do."""
    open_first = [*stands.open, *stands.duties]
    first = list(dict.fromkeys(deeds_for(stands.open) + deeds_for(open_first)))
    rest = [one.id for one in DEEDS if one.id not in first]
    tried = [one.attempt.deed for one in stands.tried if one.attempt.done]
    ordered = sorted(first, key=lambda deed: deed in tried) + rest
    return [(deed, BY_ID[deed].do) for deed in ordered]


def moment_of(text: str, now: datetime, zone: tzinfo) -> datetime:
    """A time of day as typed, as the last such moment that is not yet to come; else now.

    >>> from datetime import UTC
    >>> moment_of("23:50", datetime(2026, 11, 28, 0, 10, tzinfo=UTC), UTC).day
    27
    """
    hour, _, minute = text.strip().partition(":")
    if not (hour.isascii() and hour.isdigit() and minute.isascii() and minute.isdigit()):
        return now
    if int(hour) > 23 or int(minute) > 59:
        return now
    local = now.astimezone(zone)
    then = local.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
    return then if then <= local + timedelta(minutes=1) else then - timedelta(days=1)


def client_facts(sheets: Sequence[FrontSheet], today: date) -> dict[str, str]:
    """What the front sheet could add to what is said; nothing for a chart of several."""
    if len(sheets) != 1:
        return {}
    (sheet,) = sheets
    age = sheet.age_on(today)
    return {
        "client_name": sheet.full,
        "client_age": "" if age is None else str(age),
        "client_address": ", ".join(sheet.address),
        "client_phone": sheet.phone,
    }


@dataclass(frozen=True)
class Speech:
    """What is said to one listener: the facts that could be said, those chosen, the sentences."""

    listener: str
    listeners: tuple[tuple[str, str], ...]
    facts: tuple[Fact, ...]
    chosen: frozenset[str]
    sentences: tuple[saying.Sentence, ...]

    @property
    def told(self) -> str:
        """For the account, in brief."""
        return saying.told_of(self.facts, self.chosen)


def speech(
    stands: Standing,
    answers: Iterable[Answer],
    client: Mapping[str, str],
    caller: saying.Caller,
    asked: tuple[str, Sequence[str] | None],
) -> Speech:
    """The words for a listener. `asked` is the listener, and which facts were ticked (`None`: those
    that are usual)."""
    offered = saying.listeners(stands.occasion)
    listener = asked[0] if asked[0] in offered else offered[0]
    kind = stands.source.kind
    facts = saying.sayable(kind, answers, client)
    chosen = saying.usual(stands.occasion, listener, facts)
    if asked[1] is not None:
        chosen = frozenset(asked[1]) & frozenset(one.id for one in facts)
    if listener == "machine":
        chosen = frozenset()
    return Speech(
        listener,
        tuple((one, saying.LISTENERS[one]) for one in offered),
        facts,
        chosen,
        saying.script(stands.occasion, listener, kind, caller, facts, chosen),
    )


def from_record(stands: Standing, answers: Iterable[Answer]) -> list[tuple[str, str]]:
    """What the record told the law: its question, and the answer in its own words."""
    given = {one.name: one.text for one in answers}
    kind = KINDS.get(stands.source.kind)
    fields = {name for names in (stands.source.fields or {}).values() for name in names}
    if kind is None:
        return []
    return [
        (field.label, dict(field.choosable).get(given[name], given[name]))
        for name, field in kind.fields.items()
        if name in fields and given.get(name)
    ]
