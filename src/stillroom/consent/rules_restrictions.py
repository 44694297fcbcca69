"""What a client asked to be kept from whom, what the practice answered, and what that shuts. Pure.

Three grounds, each a fact that the law's corpus asks for:

- *agreed*: a limit on treatment, payment, operations or family that the practice may agree to or
  refuse; once agreed it binds (45 CFR 164.522(a)(1)(i)-(v));
- *paid*: a service paid for in full, and the plan is not to be told: it must be agreed to, and the
  practice may not end it alone (164.522(a)(1)(vi), (a)(2)(iii));
- *objection*: the client does not want family or friends involved; it holds from the moment it is
  said (164.510(b)(2)).

What a restriction shuts is for the law to say (an emergency, a court or a report may open what was
agreed); which records and recipients it is about is said here. What is not sure counts as covered:
this is the side of confidence.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from stillroom.consent.rules_cover import alike
from stillroom.consent.rules_form import ANY_TIME, Party, Period
from stillroom.kernel import StillroomError, Trilean, some


class Basis(Enum):
    """On which ground something is kept back."""

    AGREED = "agreed"
    PAID = "paid"
    OBJECTION = "objection"


FACT = {
    Basis.AGREED: "restriction_agreed",
    Basis.PAID: "paid_out_of_pocket",
    Basis.OBJECTION: "client_objected",
}
CITATION = {
    Basis.AGREED: "45 CFR 164.522(a)(1)(i)-(v)",
    Basis.PAID: "45 CFR 164.522(a)(1)(vi)",
    Basis.OBJECTION: "45 CFR 164.510(b)(2)",
}
ENDING = "45 CFR 164.522(a)(2)"
_MEANT = {
    Basis.AGREED: (),
    Basis.PAID: (Party("", "payer"),),
    Basis.OBJECTION: (Party("", "family_involved"),),
}


class State(Enum):
    """How far it has come."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    ENDED = "ended"


class Ending(Enum):
    """How a restriction ends. Told by the practice alone, it binds what was there before."""

    IN_WRITING = "the client asks or agrees in writing"
    BY_WORD = "the client agrees by word of mouth, and it is written down"
    TOLD = "the practice tells the client that it ends"


class MustBeHonored(StillroomError):
    """The practice has no choice here."""

    what = "a service that was paid for in full must be kept from the plan if the client asks"
    usual_advice = (
        "Agree to it, or say that it was not paid in full. It ends only by the client "
        "(45 CFR 164.522(a)(1)(vi))."
    )


class NotInThisState(StillroomError):
    """It was answered or ended already."""

    what = "this request has been answered meanwhile"
    usual_advice = "Look at it as it is now."


class ReasonMissing(StillroomError):
    """A refusal or an end without words."""

    what = "the reason is missing"
    usual_advice = "Say in a sentence why; it is kept with the request."


@dataclass(frozen=True, slots=True)
class Restriction:
    """One request, and what became of it.

    `kinds` empty is every kind; `recipients` empty is everybody whom the ground can mean. `paid`:
    whether the service was paid in full by somebody other than the plan. `ended_on`: with
    `Ending.TOLD` what was there until that day stays restricted.
    """

    id: str
    basis: Basis
    holder: str
    asked_on: date
    words: str
    kinds: frozenset[str] = frozenset()
    period: Period = ANY_TIME
    recipients: tuple[Party, ...] = ()
    paid: Trilean = Trilean.UNKNOWN
    state: State = State.ASKED
    answered_on: date | None = None
    answer: str = ""
    ended_on: date | None = None
    ending: Ending | None = None
    end_words: str = ""

    @property
    def meant(self) -> tuple[Party, ...]:
        """From whom it keeps; empty for everybody."""
        return self.recipients or _MEANT[self.basis]

    @property
    def open(self) -> bool:
        """Whether the practice still owes an answer."""
        return self.state is State.ASKED


def agreed(one: Restriction, on: date, words: str = "") -> Restriction:
    """The practice agrees."""
    _require(one, State.ASKED)
    return replace(one, state=State.AGREED, answered_on=on, answer=words.strip())


def refused(one: Restriction, on: date, words: str) -> Restriction:
    """The practice does not agree, and says why. `MustBeHonored` where it has no choice."""
    _require(one, State.ASKED)
    if not words.strip():
        raise ReasonMissing
    if one.basis is Basis.PAID and one.paid is not Trilean.NO:
        raise MustBeHonored
    return replace(one, state=State.REFUSED, answered_on=on, answer=words.strip())


def ended(one: Restriction, on: date, how: Ending, words: str) -> Restriction:
    """It ends. The practice alone ends no restriction on what was paid for, nor an objection."""
    _require(one, State.AGREED)
    if not words.strip():
        raise ReasonMissing
    if how is Ending.TOLD and one.basis is not Basis.AGREED:
        raise MustBeHonored("only the client ends this one")
    return replace(one, state=State.ENDED, ended_on=on, ending=how, end_words=words.strip())


def _require(one: Restriction, state: State) -> None:
    if one.state is not state:
        raise NotInThisState


def binds(one: Restriction, occurred_on: date | None) -> bool:
    """Whether it holds for a record of that day (not known: as if it were old)."""
    if one.state is State.AGREED:
        return True
    if one.state is State.ASKED:
        # It must be agreed to; waiting for the answer opens nothing.
        return one.basis is Basis.PAID and one.paid is not Trilean.NO
    if one.state is State.ENDED and one.ending is Ending.TOLD and one.ended_on is not None:
        return occurred_on is None or occurred_on <= one.ended_on
    return False


def against(one: Restriction, recipient: Party) -> Trilean:
    """Whether it keeps from this recipient. A like kind under another name stays unknown."""
    if not one.meant:
        return Trilean.YES
    return some(alike(party, recipient) for party in one.meant)


def covers(one: Restriction, kind: str, occurred_on: date | None, recipient: Party) -> bool:
    """Whether it may be about this record and this recipient, and holds."""
    of_kind = not one.kinds or kind in one.kinds
    in_days = one.period.holds(occurred_on) is not Trilean.NO
    meant = against(one, recipient) is not Trilean.NO
    return of_kind and in_days and meant and binds(one, occurred_on)


def covering(
    those: Iterable[Restriction], kind: str, occurred_on: date | None, recipient: Party
) -> tuple[Restriction, ...]:
    """All that stand against sending this record to this recipient."""
    return tuple(one for one in those if covers(one, kind, occurred_on, recipient))


def facts_of(those: Iterable[Restriction], recipient: Party) -> dict[str, Trilean]:
    """Facts for the law about the request as a whole: those of restrictions on all there is.

    One that is about some kinds or days says nothing about the rest; it is asked record by record.
    """
    return {FACT[one.basis]: Trilean.YES for one in those if _of_everything(one, recipient)}


def _of_everything(one: Restriction, recipient: Party) -> bool:
    whole = not one.kinds and one.period == ANY_TIME
    still = one.state is not State.ENDED
    return whole and still and binds(one, None) and against(one, recipient) is Trilean.YES


def against_recipient(
    those: Iterable[Restriction], recipient: Party
) -> Iterator[tuple[Restriction, Trilean]]:
    """What stands, wholly or in part, against a recipient, with how sure that is."""
    for one in those:
        sure = against(one, recipient)
        if binds(one, None) and sure is not Trilean.NO:
            yield one, sure
