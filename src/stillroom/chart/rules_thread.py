"""The golden thread: objective by objective, what was done, when, and with what response. Pure.

Rules: a note serves the objectives that it names, by their numbers, and no others: nothing is read
out of its words. An objective is untouched since the last note that named it, or since the plan it
came with. A note that names none is on nobody's thread and is counted as such.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from stillroom.chart.contents import Content, first_words
from stillroom.chart.rules_plan import Objective, Plan

FIELD = "objectives"
"""The field in which a note names what it served."""

# Where the forms of a progress note say what came of it, in the order in which they are looked for.
_RESPONSES = ("Response", "Evaluation", "Assessment")
_DOINGS = ("Intervention", "Data", "Objective", "Behavior")
SHOWN = 3
"""So many notes of each objective are told in words; the others are counted."""
QUIET_AFTER = 4
"""So many notes in a row that name other things make an objective a quiet one (usual practice)."""


@dataclass(frozen=True)
class Told:
    """A signed note by what the thread needs of it."""

    record: str
    at: datetime
    title: str
    author: str
    content: Content

    @property
    def names(self) -> tuple[str, ...]:
        """The numbers of the objectives that it served."""
        return self.content.answer(FIELD).chosen


@dataclass(frozen=True)
class Touch:
    """One note on an objective's thread: what was done, and the response, in the note's words."""

    record: str
    at: datetime
    author: str
    done: str
    response: str


@dataclass(frozen=True)
class Strand:
    """One objective with the newest of the notes that served it; `count` is of all of them.

    `untouched` is the day since when nothing was done for it; `quiet` whether the last notes all
    served something else.
    """

    objective: Objective
    count: int
    touches: tuple[Touch, ...]
    untouched: date
    quiet: bool


@dataclass(frozen=True)
class Thread:
    """All of it. `loose` counts the notes since the plan that name no objective."""

    strands: tuple[Strand, ...]
    notes: int
    loose: int


def thread(
    plan: Plan, begun: Mapping[str, date], notes: Iterable[Told], most: int = SHOWN
) -> Thread:
    """The thread of a plan through `notes`, with the words of `most` of them for each objective.
    `begun`: the day on which each number first stood in a plan; an objective is not blamed for
    what went before it."""
    ordered = sorted(notes, key=lambda one: (one.at, one.record), reverse=True)
    newest_first = [(one, one.names) for one in ordered]
    first = min(begun.values(), default=plan.on)
    since = [names for one, names in newest_first if one.at.date() >= first]
    strands = tuple(_strand(one, plan, begun, newest_first, most) for one in plan.objectives)
    return Thread(strands, len(since), sum(not names for names in since))


Named = Sequence[tuple[Told, tuple[str, ...]]]


def _strand(
    objective: Objective, plan: Plan, begun: Mapping[str, date], notes: Named, most: int
) -> Strand:
    number = objective.number
    serving = [one for one, names in notes if number in names]
    start = begun.get(number, plan.on)
    last = max(serving[0].at.date(), start) if serving else start
    recent = [names for one, names in notes[:QUIET_AFTER] if one.at.date() >= start]
    quiet = len(recent) == QUIET_AFTER and not any(number in names for names in recent)
    told = tuple(map(_touch, serving[:most]))
    return Strand(objective, len(serving), told, last, quiet and objective.open)


def _touch(note: Told) -> Touch:
    sections = {part.name: part.text for part in note.content.sections}
    return Touch(
        note.record, note.at, note.author, _words(sections, _DOINGS), _words(sections, _RESPONSES)
    )


def _words(sections: Mapping[str, str], names: Sequence[str]) -> str:
    """The first words of the first of these sections; of the only one, where there is but one."""
    if len(sections) == 1 and names is _DOINGS:
        return first_words(list(sections.values()))
    return next((first_words([sections[name]]) for name in names if sections.get(name)), "")


def begun_on(versions: Iterable[tuple[date, Content]]) -> dict[str, date]:
    """The day on which each objective's number first stood in a signed version of the plan."""
    begun: dict[str, date] = {}
    for on, content in sorted(versions, key=lambda one: one[0]):
        for row in content.answer("objectives").rows:
            if number := row.get("number", ""):
                begun.setdefault(number, on)
    return begun
