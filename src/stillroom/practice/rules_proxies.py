"""Who may stand for a client, how far, how long: proposed from the law, decided by a person. Pure.

Rules, with their source as the corpus has it:

- A parent or guardian of a minor is asked of the law as a parent (45 CFR 164.502(g)(3)); a guardian
  of somebody grown, and whoever else acts for her by law, as a personal representative
  (164.502(g)(1)-(2)); a helper has what the grown client's own authorization says (164.508).
- Proposed is what the law surely lets through, as far as the facts are known; what it may or may
  not let through is left open, and a person may give it, in words of her own; what it surely
  closes, nobody can give.
- Left out until somebody chooses them: records of a substance use program, and what was said with
  others there. Private notes cannot be given (164.524(a)(1)(i)); nor who looked into the chart,
  unless it is chosen, because it names what a proxy does not see.
- A proxy of a minor ends at eighteen, as the federal rule on file does; later only by decision, up
  to the age of majority of the place. An order that ends ends it earlier.
- Whom an order shuts out, or who would be a danger, is not let in (164.502(g)(5)).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

import msgspec

from stillroom.access import REACHES
from stillroom.kernel import StillroomError, Trilean
from stillroom.law import Corpus, FactValue, Matter, Opinion, Stance
from stillroom.practice.majority import USUAL, birthday, majority

KINDS = (
    "treatment_plan",
    "diagnosis",
    "medication",
    "test_results",
    "progress_notes",
    "risk_assessment",
    "joint_session_notes",
    "sud_records",
)
"""Kinds of records that a proxy can be given: those that a chart keeps, but for private notes."""
WAYS = ("appointments", "forms", "messages", "requests", "account")
"""What a proxy can be given beside records, in the order of the page."""
LEFT_OUT = frozenset({"account", "joint_session_notes", "sud_records"})
LONGEST = 2000
LONGEST_NAME = 120


class Ground(Enum):
    """As what somebody stands for the client."""

    PARENT = "parent"
    GUARDIAN = "guardian"
    REPRESENTATIVE = "representative"
    HELPER = "helper"


class Custody(Enum):
    """What is known of an order about who decides for a minor."""

    NONE = "none"
    BOTH = "both"
    THIS_ONE = "this"
    OTHER_ONE = "other"
    EXCLUDED = "excluded"


_PAPERS = frozenset({Ground.GUARDIAN, Ground.REPRESENTATIVE, Ground.HELPER})
_ORDERED = frozenset({Custody.BOTH, Custody.THIS_ONE, Custody.OTHER_ONE})
_FOR_A_PARENT = (
    "minor_consented_to_care",
    "parent_agreed_to_confidentiality",
    "client_emancipated",
    "law_permits_parent_access",
    "representative_endangers",
)
_FOR_ANOTHER = ("personal_representative_verified", "representative_endangers")


class NotSaid(StillroomError):
    """Something without which nobody is let in."""

    what = "something is missing before anybody can be let in"
    usual_advice = "Look at what is marked; the rest is kept as you typed it."


class BornUnknown(StillroomError):
    """A parent of somebody whose age is not known."""

    what = "the client’s date of birth is not known, so nothing could end by itself"
    usual_advice = "Write it on the front sheet first."


class OfAge(StillroomError):
    """A parent of somebody who is grown."""

    what = "the client is of age, and a parent stands for nobody who is"
    usual_advice = (
        "With her authorization the parent can be a helper; with a court’s paper, a guardian."
    )


class NotOfAge(StillroomError):
    """A helper of a minor."""

    what = "a helper needs the authorization of somebody who is of age"
    usual_advice = "For a minor choose parent or guardian."


class ShutOut(StillroomError):
    """An order excludes this parent."""

    what = "an order shuts this parent out, so nobody is let in by it"
    usual_advice = (
        "Keep the order as a document of the chart. If the parent asks, enter it as a matter."
    )


class Endangers(StillroomError):
    """Recognizing this person could endanger the client (45 CFR 164.502(g)(5))."""

    what = "you judge that this person could harm the client, so nobody is let in"
    usual_advice = "You may refuse (45 CFR 164.502(g)(5)); write your reasons into the chart."


class BeyondTheLaw(StillroomError):
    """Something was ticked that the law on file surely closes."""

    what = "the law on file closes something that was ticked"
    usual_advice = "Take it out, or answer what would open it; the page says which it is."


class Over(StillroomError):
    """It would have ended before it begins."""

    what = "that would be over before it begins"
    usual_advice = "Look at the day on which it ends."


@dataclass(frozen=True)
class Asked:
    """Who wants to be let in, and what is known of it. `answers` are facts of the law."""

    name: str
    relation: str
    ground: Ground
    custody: Custody = Custody.NONE
    paper: str = ""
    seen_on: date | None = None
    order_ends: date | None = None
    answers: Mapping[str, Trilean] = field(default_factory=dict)


@dataclass(frozen=True)
class About:
    """Of whom, where and when: the client's date of birth, the place of law, the day."""

    born: date | None
    place: str
    profession: str
    today: date

    @property
    def age(self) -> int | None:
        """Whole years today."""
        if self.born is None:
            return None
        before = (self.today.month, self.today.day) < (self.born.month, self.born.day)
        return self.today.year - self.born.year - before

    @property
    def minor(self) -> bool:
        """Whether she is below the age of majority of the place; nobody knows it of the unborn."""
        return self.age is not None and self.age < majority(self.place).age


@dataclass(frozen=True)
class Proposal:
    """What the law lets through: `ticked` surely and by default, `open` perhaps or by choice,
    `closed` never. `weak` says that no text that was read carries the answer."""

    ticked: frozenset[str]
    open: frozenset[str]
    closed: frozenset[str]
    weak: bool
    wanting: tuple[str, ...]


class Basis(msgspec.Struct, frozen=True, omit_defaults=True):
    """On what a proxy rests, as it was decided: sealed with the standing, signed by who decided.

    `given` is the reach; `said` how the law answered, in a sentence; `rests_on` how that was
    checked; `before` holds what was decided earlier, the oldest first.
    """

    name: str
    relation: str
    ground: str
    custody: str
    paper: str
    seen_on: date | None
    answers: dict[str, str]
    given: tuple[str, ...]
    words: str
    said: str
    rests_on: str
    corpus: str
    on: date
    ends: date | None
    by: str
    before: tuple["Basis", ...] = ()


def facts_asked(asked: Asked, about: About) -> tuple[str, ...]:
    """The facts that the page asks of whoever decides, before the law asks for more."""
    if asked.ground is Ground.HELPER:
        return ()
    return _FOR_A_PARENT if _as_parent(asked, about) else _FOR_ANOTHER


def _as_parent(asked: Asked, about: About) -> bool:
    return asked.ground is Ground.PARENT or (asked.ground is Ground.GUARDIAN and about.minor)


def known(asked: Asked, about: About) -> dict[str, FactValue]:
    """The facts of the law, as far as they are known."""
    yes, no = Trilean.YES, Trilean.NO
    facts: dict[str, FactValue] = {"identity_verified": yes, "client_deceased": no}
    facts |= {"instrument": "none", "before_tribunal": no}
    if about.age is not None:
        facts["client_age"] = about.age
    if asked.ground is Ground.HELPER:
        facts |= {"recipient": "anyone_else", "purpose": "other", "client_authorization": yes}
    else:
        who = "parent" if _as_parent(asked, about) else "personal_representative"
        facts |= {"recipient": who, "purpose": "client_access"}
    return facts | {
        name: said for name, said in asked.answers.items() if said is not Trilean.UNKNOWN
    }


def opinion(corpus: Corpus, asked: Asked, about: About) -> Opinion:
    """What the law on file says of letting this person see the record."""
    given = known(asked, about)
    places = (about.place,) if about.place else ()
    matter = Matter("disclose", places, about.profession, about.today)
    return corpus.opine(matter, {name: v for name, v in given.items() if name in corpus.facts})


def propose(found: Opinion, asked: Asked) -> Proposal:
    """What to tick, leave open and close. An order for the other parent ticks nothing."""
    kinds = frozenset(KINDS)
    surely, never = found.reach.surely & kinds, found.reach.never & kinds
    ways = frozenset(WAYS)
    ticked = (surely | (ways if surely else frozenset())) - LEFT_OUT
    if asked.custody is Custody.OTHER_ONE:
        ticked = frozenset()
    closed = never | (ways if never == kinds else frozenset())
    wanting = tuple(one.fact for one in found.wanting)
    weak = found.rests_on not in ("text", "secondary")
    return Proposal(ticked - closed, (kinds | ways) - ticked - closed, closed, weak, wanting)


_SAYS = {
    Stance.FORBIDDEN: "As far as the answers go, this person may not see the record.",
    Stance.WITH_AUTHORIZATION: "This person may see the record with the client’s authorization.",
    Stance.PERMITTED: "This person may be shown what is ticked.",
    Stance.REQUIRED: "This person has a right to what is ticked.",
}


def in_words(found: Opinion) -> str:
    """The law's answer of that day in a sentence: what holds as things stand."""
    return _SAYS[found.stance.low]


def last_day(asked: Asked, about: About, wished: date | None) -> date | None:
    """The day on which it ends by itself, in the morning; `None` for no day.

    For a minor's proxy never later than the age of majority, and at eighteen unless wished.
    """
    days = [asked.order_ends] if asked.order_ends else []
    if about.minor and about.born is not None:
        last = birthday(about.born, majority(about.place).age)
        usual = birthday(about.born, USUAL)
        usual = usual if usual > about.today else last
        days.append(min(wished or usual, last))
    elif wished:
        days.append(wished)
    return min(days, default=None)


def require(
    asked: Asked, about: About, proposal: Proposal, given: frozenset[str], words: str
) -> None:
    """Nothing when somebody may be let in so; else what stands against it, one thing at a time."""
    if asked.custody is Custody.EXCLUDED:
        raise ShutOut
    if asked.answers.get("representative_endangers") is Trilean.YES:
        raise Endangers
    _require_age(asked, about)
    if not asked.name.strip():
        raise NotSaid("the name of whoever is let in is missing")
    if not asked.relation.strip():
        raise NotSaid("it is not said what they are to the client")
    ordered = asked.ground is Ground.PARENT and asked.custody in _ORDERED
    if (asked.ground in _PAPERS or ordered) and not asked.paper.strip():
        raise NotSaid("it is not said which paper you saw")
    if not given <= frozenset(KINDS) | REACHES:
        raise NotSaid("something was ticked that is not on the page")
    if given & proposal.closed:
        raise BeyondTheLaw
    if not given:
        raise NotSaid("nothing was ticked, so there would be nothing to come in for")
    if not words.strip():
        raise NotSaid("your own words are missing: why this much, and no more")


def _require_age(asked: Asked, about: About) -> None:
    if asked.ground is Ground.PARENT and about.born is None:
        raise BornUnknown
    if asked.ground is Ground.PARENT and not about.minor:
        raise OfAge
    if asked.ground is Ground.HELPER and (about.born is None or about.minor):
        raise BornUnknown if about.born is None else NotOfAge


def require_time(ends: date | None, today: date) -> None:
    """It ends on a day to come."""
    if ends is not None and ends <= today:
        raise Over


def encode(basis: Basis) -> bytes:
    """As it is signed and sealed."""
    return msgspec.json.encode(basis)


def decode(words: bytes) -> Basis:
    """The basis again."""
    return msgspec.json.decode(words, type=Basis)
