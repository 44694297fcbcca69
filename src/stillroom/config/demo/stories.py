"""Storylines: what brought somebody, how it goes on, and in whose words it is told.

One file of `data/stories/` is one storyline. Its phases stand in the order of a therapy, the
episodes of a phase in the order in which they may happen; an episode is the heart of one session,
told in three sections that belong together. `then` holds what the next session may open with, so
that what was agreed on is asked about. What the sections may say is in `telling`.
"""

from dataclasses import dataclass, field, replace
from functools import lru_cache

from stillroom.config.demo import sources
from stillroom.config.demo.people import Diagnosis


@dataclass(frozen=True, slots=True)
class Episode:
    """One session's heart."""

    data: str
    assessment: str
    plan: str
    then: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the therapy.

    `mood` (`low`, `mid`, `well`) chooses how somebody seems, `risk` what is said of danger.
    `threads` tie an everyday session to the story; `needs` say why care continues.
    """

    name: str
    mood: str
    episodes: tuple[Episode, ...]
    threads: tuple[str, ...]
    needs: tuple[str, ...]
    risk: str = "none"


@dataclass(frozen=True, slots=True)
class Scripted:
    """A session of one certain week, told word by word."""

    week: int
    data: str
    assessment: str
    plan: str
    then: tuple[str, ...] = ()
    risk: str = ""
    private: str = ""
    addendum: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """A measure of one certain week."""

    week: int
    instrument: str
    score: int
    item9: int = 0


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that came so many weeks before the present one, or after the first session."""

    title: str
    source: str
    pages: int
    words: str
    labels: tuple[str, ...] = ()
    week: int | None = None
    after: int = 0


@dataclass(frozen=True, slots=True)
class Story:
    """One storyline.

    `measures` gives an instrument's course from the first to the last session, points at equal
    distances. `people` and `facts` list what may be drawn for a client; a cast list may settle it.
    A story with a `script` from its first week on needs no `intake`. `audience` chooses the
    everyday sessions and the words about danger; `without` names tags of everyday sessions that
    do not fit such a life. Stories that are `drawn` may be dealt to anybody of their `ages` and
    `pronouns`.
    """

    title: str
    audience: str
    diagnoses: tuple[Diagnosis, ...]
    problem: str
    goal: str
    objectives: tuple[str, ...]
    interventions: tuple[str, ...]
    intake: Episode | None = None
    phases: tuple[Phase, ...] = ()
    closing: tuple[Episode, ...] = ()
    private: tuple[str, ...] = ()
    measures: dict[str, tuple[int, ...]] = field(default_factory=dict)
    people: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    facts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    ages: tuple[int, int] = (18, 99)
    pronouns: tuple[str, ...] = ("she/her", "he/him", "they/them")
    code: str = ""
    drawn: bool = True
    script: tuple[Scripted, ...] = ()
    scores: tuple[Score, ...] = ()
    papers: tuple[Paper, ...] = ()
    plan_weeks: tuple[int, ...] = ()

    @property
    def length(self) -> int:
        """How many episodes the phases hold."""
        return sum(len(phase.episodes) for phase in self.phases)


@dataclass(frozen=True, slots=True)
class Script:
    """Some weeks of one client's story, told word by word, and all its measures."""

    script: tuple[Scripted, ...]
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class Everyday:
    """An everyday session that any client of its audience may have.

    With `months`, it happens only then, and not after the day `upto`.
    """

    audience: str
    data: str
    assessment: str
    plan: str
    then: tuple[str, ...] = ()
    months: tuple[int, ...] = ()
    upto: int = 31
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frames:
    """`frames.yaml`: the sentences around an episode, by occasion."""

    by_video: tuple[str, ...]
    arrived: dict[str, tuple[str, ...]]
    after_missed: tuple[str, ...]
    after_cancelled: tuple[str, ...]
    after_long: tuple[str, ...]
    mood: dict[str, dict[str, tuple[str, ...]]]
    risk: dict[str, dict[str, tuple[str, ...]]]
    score_first: tuple[str, ...]
    score_fell: tuple[str, ...]
    score_held: tuple[str, ...]
    score_near: tuple[str, ...]
    score_rose: tuple[str, ...]
    next: tuple[str, ...]
    next_later: tuple[str, ...]
    needs: dict[str, tuple[str, ...]]
    missed: tuple[str, ...]
    cancelled: tuple[str, ...]
    addenda: tuple[str, ...]


@lru_cache(maxsize=32)
def story(key: str) -> Story:
    """The storyline of `data/stories/<key>.yaml`."""
    return sources.read(f"stories/{key}.yaml", Story)


@lru_cache(maxsize=8)
def scripted(key: str, script: str) -> Story:
    """A storyline with the weeks of `data/scripts/<script>.yaml` in place of its own."""
    told = sources.read(f"scripts/{script}.yaml", Script)
    return replace(story(key), script=told.script, scores=told.scores)


@lru_cache(maxsize=1)
def all_keys() -> tuple[str, ...]:
    """All storylines, by name."""
    return tuple(sorted(path.stem for path in (sources.DATA / "stories").glob("*.yaml")))


@lru_cache(maxsize=32)
def capacity(key: str) -> int:
    """How many sessions a storyline fills before an everyday session comes a second time."""
    told = story(key)
    plain = (day for day in everyday() if day.audience == told.audience and not day.months)
    return told.length + sum(not set(day.tags) & set(told.without) for day in plain)


@lru_cache(maxsize=1)
def everyday() -> tuple[Everyday, ...]:
    """Everyday sessions of all audiences."""
    return sources.read("everyday.yaml", tuple[Everyday, ...])


@lru_cache(maxsize=1)
def frames() -> Frames:
    """The sentences around an episode."""
    return sources.read("frames.yaml", Frames)
