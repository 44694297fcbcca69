"""The arc of a therapy: which episode of a story is told in which session held.

Phases are laid out over the whole course, so that somebody in her eighth week is in the beginning
of her story and not, in haste, at its end. Where a course is longer than its story, everyday
sessions stand between the episodes, tied to the story by a thread.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from stillroom.config.demo import stories
from stillroom.config.demo.bookings import Slot
from stillroom.config.demo.dice import Deck, Dice
from stillroom.config.demo.stories import Episode, Everyday, Phase, Scripted, Story
from stillroom.kernel import Misuse

_ROOM: Final = 1.15  # a course under way is taken to become this much longer than its story,
_AHEAD: Final = 1.25  # and this much longer than it is: nobody is at the end who still comes


@dataclass(frozen=True, slots=True)
class Beat:
    """What one session tells."""

    kind: str
    data: str
    assessment: str
    plan: str
    then: tuple[str, ...]
    mood: str
    risk: str
    need: str = ""
    private: str = ""
    addendum: str = ""
    progress: float = 0.0


def beats(story: Story, held: Sequence[Slot], *, ended: bool, dice: Dice) -> list[Beat]:
    """A beat for each session held, in order."""
    script = {told.week: told for told in story.script}
    free = [slot for slot in held[1:] if slot.week not in script]
    closing = _closing(story, len(free)) if ended else ()
    open_slots = free[: len(free) - len(closing)]
    whole = len(open_slots)
    if not ended:
        whole = max(round(whole * _AHEAD), round(story.length * _ROOM))
    arc = _Arc(story, whole, dice)
    told = [arc.beat(slot) for slot in open_slots]
    told += [_of_closing(episode) for episode in closing]
    rest = iter(told)
    span = max(len(held) - 1, whole + len(closing), 1)
    answer: list[Beat] = []
    for place, slot in enumerate(held):
        if slot.week in script:
            beat = _of_script(script[slot.week], intake=place == 0)
        else:
            beat = _of_intake(story) if place == 0 else next(rest)
        answer.append(replace(beat, progress=place / span))
    return answer


def _closing(story: Story, free: int) -> tuple[Episode, ...]:
    if free < 6:
        return story.closing[-1:] if free else ()
    return story.closing


class _Arc:
    """Deals episodes and everyday sessions in the order of the phases."""

    def __init__(self, story: Story, whole: int, dice: Dice) -> None:
        self._layout = _laid_out(story, whole, dice)
        self._everyday = _Calendar(story, dice)
        self._threads = {phase.name: Deck(phase.threads, dice) for phase in story.phases}
        self._needs = {
            phase.name: Deck((*phase.needs, *_common_needs(story, phase)), dice)
            for phase in story.phases
        }

    def beat(self, slot: Slot) -> Beat:
        """The next beat; `slot` settles which everyday sessions fit the season."""
        phase, episode = next(self._layout)
        need = self._needs[phase.name].deal()
        if episode is None:
            plain = self._everyday.deal(slot.day)
            data = f"{plain.data} {self._threads[phase.name].deal()}"
            told: Episode | Everyday = plain
        else:
            data, told = episode.data, episode
        return Beat(
            "progress", data, told.assessment, told.plan, told.then, phase.mood, phase.risk, need
        )


class _Calendar:
    """Everyday sessions, those of the season first, none twice before all came once."""

    def __init__(self, story: Story, dice: Dice) -> None:
        self._all = [
            day
            for day in stories.everyday()
            if story.audience == day.audience and not set(story.without) & set(day.tags)
        ]
        self._dice = dice
        self._left: list[Everyday] = []

    def deal(self, day: date) -> Everyday:
        """One that fits the day."""
        for attempt in (self._left, self._refilled()):
            season = [it for it in attempt if day.month in it.months and day.day <= it.upto]
            fitting = season or [it for it in attempt if not it.months]
            if fitting:
                self._left = [it for it in attempt if it is not fitting[0]]
                return fitting[0]
        raise AssertionError("every audience has everyday sessions of no season")

    def _refilled(self) -> list[Everyday]:
        return self._dice.shuffled(self._all)


def _laid_out(story: Story, whole: int, dice: Dice) -> Iterator[tuple[Phase, Episode | None]]:
    """Phase after phase, each with as many sessions as its share of the whole."""
    laid = 0
    episodes = 0
    for phase in story.phases:
        episodes += len(phase.episodes)
        upto = whole if phase is story.phases[-1] else round(whole * episodes / story.length)
        yield from ((phase, episode) for episode in _spread(phase, upto - laid, dice))
        laid = upto


def _spread(phase: Phase, count: int, dice: Dice) -> list[Episode | None]:
    """A phase's episodes over `count` sessions, everyday ones (`None`) between them."""
    told = dice.some_in_order(phase.episodes, count)
    spread: list[Episode | None] = [None] * count
    for place, episode in enumerate(told):
        spread[place * count // len(told)] = episode
    return spread


def _common_needs(story: Story, phase: Phase) -> tuple[str, ...]:
    """Reasons for going on that hold for any adult at that stage."""
    return stories.frames().needs[phase.mood] if story.audience == "adult" else ()


def _of_intake(story: Story) -> Beat:
    first = story.phases[0] if story.phases else None
    told = story.intake
    if told is None:
        raise Misuse(f"{story.title} has neither a script nor words for its first session")
    mood, risk = (first.mood, first.risk) if first else ("low", "none")
    return Beat("intake", told.data, told.assessment, told.plan, told.then, mood, risk)


def _of_closing(told: Episode) -> Beat:
    return Beat("progress", told.data, told.assessment, told.plan, told.then, "well", "none")


def _of_script(told: Scripted, *, intake: bool) -> Beat:
    return Beat(
        kind="intake" if intake else "progress",
        data=told.data,
        assessment=told.assessment,
        plan=told.plan,
        then=told.then,
        mood="",
        risk=told.risk,
        private=told.private,
        addendum=told.addendum,
    )
