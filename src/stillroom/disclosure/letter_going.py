"""Whether a signed letter may go out now, asked where it goes; and weighing it again.

Rules: it is asked inside the locks that a correction of the request and a client's statement take
too, so one is first (T17). What is weighed is signed, and holds until the next correction.
"""

from collections.abc import Iterable

from django.db import transaction

from stillroom.access import Act
from stillroom.disclosure import queries, steps
from stillroom.disclosure.askers import amending
from stillroom.disclosure.askers.amending import Done
from stillroom.disclosure.disputing import disputes
from stillroom.disclosure.finding import find_matter
from stillroom.disclosure.letters import weighing
from stillroom.disclosure.letters.keeping import SignedLetter, in_words
from stillroom.disclosure.letters.weighing import Held, Weighed
from stillroom.disclosure.models import Matter
from stillroom.disclosure.packet import ProofChanged
from stillroom.disclosure.queries import SignedDecision
from stillroom.disclosure.rules_correcting import count
from stillroom.disclosure.rules_options import Decision
from stillroom.disclosure.rules_told import state_of
from stillroom.kernel import StillroomError
from stillroom.phi import Presence
from stillroom.practice import queries as practice


class WrittenBefore(StillroomError):
    """A letter was to go out that was written on what stands no more."""

    what = "this letter was written on what stood before"
    usual_advice = (
        "Nothing has left. Look at it beside the matter as it is now; weigh it again, or write it"
        " anew."
    )


class NotWeighed(StillroomError):
    """A letter was to be weighed again without a word."""

    what = "it is not said why this letter still stands"
    usual_advice = "Say it in a sentence; it is signed with your name. Or write the letter anew."


_SETTLES = (Decision.ACCEPT.value, Decision.DENY.value)
_TELLS_OF = {"amendment_denial": "denial", "amendment_accepted": "client"}
"""What is done about a correction by sending a letter."""


def decided(standing: Iterable[SignedDecision]) -> str:
    """Whether what a client asked was accepted or denied, as it stands; empty for neither."""
    settled = [one.signed.decision for one in standing if one.signed.decision in _SETTLES]
    return settled[-1] if settled else ""


def note_what_it_tells(presence: Presence, matter_id: str, letter: SignedLetter) -> None:
    """A letter about a correction was sent: so the denial was given in writing, in its very words,
    or the client was told. In the caller's transaction."""
    what = _TELLS_OF.get(letter.kept.form)
    if what is None:
        return
    words = in_words(letter.kept.letter)
    steps.add(presence, matter_id, amending.STEP, amending.body(Done(what, words)))


def held(presence: Presence, matter_id: str, letter: SignedLetter) -> Held | None:
    """Why it does not go out now; `None` where it may. Opens the matter's steps as they are."""
    row = find_matter(presence, matter_id, Act.MATTER_READ)
    cares = practice.cares_of(presence.person, row.chart)
    taken = steps.steps_of(presence, row, cares)
    against = state_of(disputes(presence, row.chart)) if letter.asks else ""
    corrections = count(taken)
    says = bool(letter.kept.decided)
    stands = queries.standing_of(presence, row, cares, corrections) if says else ()
    weighed = weighing.weighed_of(taken)
    return weighing.held(letter, weighed, corrections, against, decided(stands))


def hold_and_require(presence: Presence, matter_id: str, letter: SignedLetter) -> None:
    """In the caller's transaction: hold the matter and the chart; `WrittenBefore` where it may not
    go."""
    row = Matter.objects.select_for_update().get(pk=matter_id)
    practice.hold(row.chart)
    found = held(presence, matter_id, letter)
    if found is not None:
        raise WrittenBefore(found.why.removesuffix("."))


def hold_as_seen(presence: Presence, matter_id: str, against: str, *, asks: bool) -> None:
    """In the caller's transaction: hold the matter and the chart; `ProofChanged` where what the
    client says against entries is not what the letter was made with any more."""
    row = Matter.objects.select_for_update().get(pk=matter_id)
    practice.hold(row.chart)
    if asks and state_of(disputes(presence, row.chart)) != against:
        raise ProofChanged(
            "what the client says against an entry has changed meanwhile",
            advice="Nothing was signed. Look at it again as it is now, then sign.",
        )


def weigh(presence: Presence, matter_id: str, letter: SignedLetter, words: str) -> None:
    """Say, signed, that a letter still stands after a correction. `NotWeighed`, `WrittenBefore`."""
    said = words.strip()[: weighing.LONGEST]
    if not said:
        raise NotWeighed
    with transaction.atomic():
        row = Matter.objects.select_for_update().get(pk=matter_id)
        practice.hold(row.chart)
        found = held(presence, matter_id, letter)
        if found is not None and found.anew:
            raise WrittenBefore(found.why.removesuffix("."))
        cares = practice.cares_of(presence.person, row.chart)
        corrections = count(steps.steps_of(presence, row, cares))
        made = Weighed(1, letter.number, corrections, said)
        steps.add(presence, matter_id, weighing.KIND, weighing.written(made))
