"""The notes of one chart: progress notes with their addenda, and private notes."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from stillroom.config.demo import signing, stories
from stillroom.config.demo.arc import Beat
from stillroom.config.demo.bookings import Slot
from stillroom.config.demo.dice import Deck, Dice
from stillroom.config.demo.records import Addendum, Measure, Note, PrivateNote, Session
from stillroom.config.demo.tale import Tale
from stillroom.config.demo.telling import Person, Teller
from stillroom.config.demo.writing import Before, Scribe, Written

_ADDED: Final = 4  # of a hundred notes
_COSIGNED: Final = 30  # of a hundred notes, where a supervisor reads some and not all
_PRIVATE_EVERY: Final = 7  # sessions to one private note, at most
_WRITE_PRIVATELY: Final = frozenset({"ada", "bea", "renata", "marisol", "delphine"})
_ADDED_TO: Final = frozenset({"adult", "teen"})
_COUNTS: Final = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight")


def progress_notes(
    tale: Tale,
    met: Sequence[Session],
    held: Sequence[tuple[Session, Slot]],
    told: Sequence[Beat],
    measured: Sequence[Measure],
) -> list[Note]:
    """One note for each session held, in order."""
    dice = tale.dice("notes")
    scribe = Scribe(tale.story.audience, tale.zone, dice)
    added = Deck(stories.frames().addenda, tale.dice("addenda"))
    before = Before()
    found = []
    for (session, slot), beat in zip(held, told, strict=True):
        after = met[session.number + 1] if session.number + 1 < len(met) else None
        teller = _attending(tale, session)
        scores = _scores(measured, session, before)
        words = scribe.write(beat, session, before, after, scores, teller)
        note = _note(tale, session, beat, words, tale.written.drafts.get(slot.week, ""), dice)
        found.append(_with_addendum(tale, note, beat, teller, added, dice))
        before = Before(session, beat.then, _not_held(after))
    return found


def private_notes(tale: Tale, pairs: Sequence[tuple[Session, Beat]]) -> list[PrivateNote]:
    """Scripted ones, or the story's spread over the course; not everybody writes them."""
    dice = tale.dice("private")
    author = tale.booking.clinician
    texts = {session.number: beat.private for session, beat in pairs if beat.private}
    lines = tale.story.private if author in _WRITE_PRIVATELY else ()
    count = min(len(lines), len(pairs) // _PRIVATE_EVERY)
    for nth in range(count):
        session = pairs[(nth * len(pairs) + len(pairs) // 2) // count][0]
        texts.setdefault(session.number, lines[nth])
    found = []
    for session, _ in pairs:
        if session.number in texts:
            at = (session.stopped_at or session.ends_at) + timedelta(minutes=dice.between(50, 170))
            words = tale.teller.tell(texts[session.number], dice)
            found.append(PrivateNote(session.number, author, at, words))
    return found


def _attending(tale: Tale, session: Session) -> Teller:
    """Of a group, the ones who were there, as `m1`, `m2` and so on."""
    if len(tale.holders) < 3:
        return tale.teller
    there = [tale.given[tale.holders.index(holder)] for holder in session.attended]
    people = {f"m{place}": Person(name, "they") for place, name in enumerate(there, start=1)}
    facts = {
        "there": f"{', '.join(there[:-1])} and {there[-1]}",
        "count": _COUNTS[len(there)],
        "of": _COUNTS[len(tale.holders)],
    }
    return Teller({**tale.teller.people, **people}, {**tale.teller.facts, **facts})


def _scores(
    measured: Sequence[Measure], session: Session, before: Before
) -> list[tuple[Measure, Measure | None]]:
    """The measures taken since the last note, each with the one before it."""
    start = before.session.starts_at if before.session else None
    found: list[tuple[Measure, Measure | None]] = []
    earlier: dict[str, Measure] = {}
    for measure in measured:
        if measure.taken_at > session.starts_at:
            break
        if start is None or measure.taken_at > start:
            found.append((measure, earlier.get(measure.instrument)))
        earlier[measure.instrument] = measure
    return found


def _not_held(after: Session | None) -> str:
    return after.state if after and after.state in ("missed", "cancelled") else ""


def _note(tale: Tale, session: Session, beat: Beat, words: Written, draft: str, dice: Dice) -> Note:
    stopped = session.stopped_at or session.ends_at
    written = stopped + timedelta(minutes=dice.between(4, 48))
    signed = signing.signed_at(stopped, written, tale.today, tale.zone, dice)
    read = tale.every_note_cosigned or dice.chance(_COSIGNED)
    cosigned = None
    if tale.cosigner and read and not draft:
        cosigned = signing.cosigned_at(signed, tale.today, tale.zone, dice)
    return Note(
        session=session.number,
        kind=beat.kind,
        author=session.clinician,
        written_at=written,
        signed_at=None if draft else signed,
        minutes=session.minutes,
        code=session.code,
        diagnosis=tale.diagnosis,
        risk=beat.risk or "none",
        data=_begun(words.data) if draft == "begun" else words.data,
        assessment="" if draft == "begun" else words.assessment,
        plan="" if draft == "begun" else words.plan,
        cosigned_by=tale.cosigner if cosigned else "",
        cosigned_at=cosigned,
        returned=draft if draft not in ("begun", "whole") else "",
    )


def _begun(data: str) -> str:
    """The first sentences, as of a note somebody was called away from."""
    return ". ".join(data.split(". ")[:3]).rstrip(".") + "."


def _with_addendum(
    tale: Tale, note: Note, beat: Beat, teller: Teller, added: Deck, dice: Dice
) -> Note:
    drawn = beat.kind == "progress" and bool(beat.mood) and dice.chance(_ADDED)
    wanted = bool(beat.addendum) or (drawn and tale.story.audience in _ADDED_TO)
    if note.signed_at is None or not wanted:
        return note
    at = signing.added_at(note.signed_at, tale.today, tale.zone, dice)
    if at is None:
        return note
    words = teller.tell(beat.addendum or added.deal(), dice)
    return signing.with_addendum(note, Addendum(note.author, at, words))
