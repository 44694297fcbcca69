"""A session's note: the episode, and around it what every note says.

Data opens with how they met and what became of the homework, and ends with danger asked about.
Assessment adds measures and why care goes on. Plan ends with the next session. Between eighty and
two hundred and fifty words.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from stillroom.config.demo import stories
from stillroom.config.demo.arc import Beat
from stillroom.config.demo.dice import Deck, Dice
from stillroom.config.demo.measuring import INSTRUMENTS
from stillroom.config.demo.records import Measure, Session
from stillroom.config.demo.telling import Teller

_OF_DANGER: Final = re.compile(
    r"suicid|wish to die|wish to be gone|of dying|no plan|no intent|safety plan|self-harm"
    r"|no violence|wish to hurt|thoughts? of (harm|violence|revenge)|danger to|to be a rest"
)
_CHANGES: Final = {-1: "near", 0: "held", 1: "near"}  # more than that is a change
_ARRIVAL: Final = 45  # of a hundred notes, not those of video
_LONG_GAP: Final = 19  # days between sessions from which the gap itself is spoken of
_SHORT: Final = 95  # words below which a note says more of how somebody seemed
_FULL: Final = 205  # words above which nothing optional is added


@dataclass(frozen=True, slots=True)
class Before:
    """What a note follows on."""

    session: Session | None = None
    then: tuple[str, ...] = ()
    missed: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """The three sections."""

    data: str
    assessment: str
    plan: str


class Scribe:
    """Writes the notes of one chart in order, so that no frame comes twice in a row."""

    def __init__(self, audience: str, zone: str, dice: Dice) -> None:
        frames = stories.frames()
        crowd = "person" if audience == "adult" else audience
        self._zone = ZoneInfo(zone)
        self._dice = dice
        self._mood = {mood: Deck(lines, dice) for mood, lines in frames.mood[crowd].items()}
        self._risk = {risk: Deck(lines, dice) for risk, lines in frames.risk[audience].items()}
        self._deck = {
            name: Deck(getattr(frames, name), dice)
            for name in ("by_video", "after_missed", "after_cancelled", "after_long", "next")
        }
        self._deck["next_later"] = Deck(frames.next_later, dice)
        self._scores = {
            name: Deck(getattr(frames, f"score_{name}"), dice)
            for name in ("first", "fell", "held", "near", "rose")
        }
        self._arrived = Deck(frames.arrived.get(crowd, ()), dice)
        self._person = crowd in ("person", "teen", "child")

    def write(
        self,
        beat: Beat,
        session: Session,
        before: Before,
        after: Session | None,
        measured: Sequence[tuple[Measure, Measure | None]],
        teller: Teller,
    ) -> Written:
        """The note of one session. `measured` pairs each measure of the day with the one before."""
        teller = _with(teller, {"where": session.where})
        tell = teller.tell
        script = not beat.mood
        opening = [] if script else self._opening(session, before)
        data = [tell(line, self._dice) for line in opening if line]
        data.append(tell(beat.data, self._dice))
        assessment = [tell(beat.assessment, self._dice)]
        plan = [tell(beat.plan, self._dice)]
        if not script:
            assessment += [self._score(teller, now, last) for now, last in measured]
        tail = self._danger(beat, teller)
        if after is not None and not script:
            plan.append(self._next(teller, session, after))
        length = _words(data) + _words(assessment) + _words(plan) + _words(tail)
        seemed = beat.mood and length < _FULL and self._dice.chance(38)
        while beat.mood and (seemed or length < _SHORT):
            data.append(tell(self._mood[beat.mood].deal(), self._dice))
            length += _words(data[-1:])
            seemed = False
        if beat.need and length < _FULL and self._dice.chance(25):
            assessment.append(tell(beat.need, self._dice))
        return Written(_joined(data + tail), _joined(assessment), _joined(plan))

    def _danger(self, beat: Beat, teller: Teller) -> list[str]:
        """The line on danger, unless the episode itself has spoken of it and nothing is amiss."""
        spoken = _OF_DANGER.search(f"{beat.data} {beat.assessment}")
        silent = not beat.mood and not beat.risk
        if silent or (spoken and beat.risk != "passive"):
            return []
        deck = self._risk.get(beat.risk, self._risk["none"])
        return [teller.tell(deck.deal(), self._dice)]

    def _opening(self, session: Session, before: Before) -> list[str]:
        lines = []
        if session.mode == "telehealth" and self._person:
            lines.append(self._deck["by_video"].deal())
        elif self._dice.chance(_ARRIVAL) and before.session is not None:
            lines.append(self._arrived.deal())
        if before.session is None:
            return lines
        gap = (session.starts_at - before.session.starts_at).days
        if before.missed and self._person:
            lines.append(self._deck[f"after_{before.missed}"].deal())
        elif gap > _LONG_GAP and self._person and self._dice.chance(60):
            lines.append(self._deck["after_long"].deal())
        if before.then:
            lines.append(self._dice.pick(before.then))
        return lines

    def _score(self, teller: Teller, now: Measure, last: Measure | None) -> str:
        facts = {
            "instrument": now.instrument,
            "score": str(now.score),
            "band": INSTRUMENTS[now.instrument].band(now.score),
        }
        kind = "first"
        if last is not None:
            change = now.score - last.score
            kind = _CHANGES.get(change) or ("fell" if change < 0 else "rose")
            month = last.taken_at.astimezone(self._zone).strftime("%B")
            facts |= {"before": str(last.score), "month": month}
        return _with(teller, facts).tell(self._scores[kind].deal(), self._dice)

    def _next(self, teller: Teller, session: Session, after: Session) -> str:
        at = after.starts_at.astimezone(self._zone)
        here = session.starts_at.astimezone(self._zone)
        day = f"{at:%B} {at.day}"
        if at.date().year != here.date().year:
            day += f", {at.year},"
        hour = f"{(at.hour - 1) % 12 + 1}:{at.minute:02d}"
        later = (at - here).days > 10
        line = self._deck["next_later" if later else "next"].deal()
        line = line.replace("in two weeks or so, ", "") if (at - here).days > 16 else line
        return _with(teller, {"next": f"{day} at {hour}"}).tell(line, self._dice)


def _with(teller: Teller, facts: Mapping[str, str]) -> Teller:
    return Teller(teller.people, {**teller.facts, **facts})


def _words(lines: Sequence[str]) -> int:
    return sum(len(line.split()) for line in lines)


def _joined(lines: Sequence[str]) -> str:
    return " ".join(line for line in lines if line)
