"""The page of privilege: what can be entered, what each asks for, what was typed. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from stillroom.consent.queries_privilege import SignedEvent
from stillroom.consent.rules import RECORD_KINDS, Period
from stillroom.consent.rules_privilege import ENDS, By, Event, How, Scope, What
from stillroom.consent.rules_privilege_standing import Standing, Status, standing
from stillroom.desk.forms import NoSuchDay, days
from stillroom.disclosure.privilege_law import PrivilegeLaw, of_condition
from stillroom.kernel import Trilean


@dataclass(frozen=True)
class Sort:
    """One sort of entry: its title, what it means, and the fields it asks for."""

    what: What
    title: str
    says: str
    by: tuple[By, ...]
    how: tuple[How, ...] = ()
    asks: frozenset[str] = frozenset()


BY_WORDS: Mapping[By, str] = {
    By.HOLDER: "the holder",
    By.GUARDIAN: "a guardian, by a document on file",
    By.REPRESENTATIVE: "the personal representative, by a document on file",
    By.THERAPIST: "the therapist, for the holder",
    By.COUNSEL: "counsel",
    By.COURT: "the court",
    By.OTHER_PARTY: "another party",
}
HOW_WORDS: Mapping[How, str] = {
    How.WRITING: "in writing",
    How.SPOKEN: "by word of mouth",
    How.TESTIMONY: "by testifying",
    How.PLEADING: "in a pleading",
    How.RULING: "by a ruling",
    How.OTHER: "in another way",
}
_BY = {one.value: one for one in By}
_HOW = {one.value: one for one in How}
_STANDS_IN = (By.HOLDER, By.GUARDIAN, By.REPRESENTATIVE)
_SCOPE = frozenset({"kinds", "since", "until", "proceeding"})

SORTS: tuple[Sort, ...] = (
    Sort(
        What.ASSERTED,
        "It was claimed",
        "The holder, or you for the holder, said in a proceeding that it is privileged.",
        (By.HOLDER, By.THERAPIST, By.GUARDIAN, By.REPRESENTATIVE, By.COUNSEL),
        (How.WRITING, How.SPOKEN, How.PLEADING),
        _SCOPE | {"paper"},
    ),
    Sort(
        What.WAIVED,
        "It was waived in writing",
        "The holder gave it up, for what the paper says and no more.",
        _STANDS_IN,
        asks=_SCOPE | {"paper"},
    ),
    Sort(
        What.CONDUCT,
        "It is said to be waived by conduct",
        "Somebody holds that the holder gave it up by what was said or done. Until counsel or the"
        " court says so, that stays open and opens nothing.",
        (By.OTHER_PARTY, By.COUNSEL, By.THERAPIST, By.HOLDER),
        (How.TESTIMONY, How.SPOKEN, How.PLEADING, How.OTHER),
        _SCOPE,
    ),
    Sort(
        What.AT_ISSUE,
        "It is at issue by an exception",
        "An exception is met, such as a client who relies on the condition in a claim. The rule"
        " stands beside it with its citation.",
        (By.HOLDER, By.COURT, By.COUNSEL, By.OTHER_PARTY),
        (How.PLEADING, How.TESTIMONY, How.RULING, How.OTHER),
        _SCOPE | {"citation"},
    ),
    Sort(
        What.CONFIRMED,
        "Counsel or the court confirmed a waiver by conduct",
        "From then on it counts as a waiver, as far as it was said to reach.",
        (By.COUNSEL, By.COURT),
        asks=frozenset({"about"}),
    ),
    Sort(
        What.DISMISSED,
        "Counsel or the court said that it does not stand",
        "Of a claimed waiver by conduct, or of an exception.",
        (By.COUNSEL, By.COURT),
        asks=frozenset({"about"}),
    ),
    Sort(
        What.WITHDRAWN,
        "An earlier claim or waiver was taken back",
        "From that day on. What left before has left.",
        _STANDS_IN,
        (How.WRITING, How.SPOKEN),
        frozenset({"about", "paper"}),
    ),
    Sort(
        What.DIED,
        "The holder has died",
        "The privilege outlives the holder in many places; who holds it then, the law of the place"
        " says. Here only a personal representative can act from then on.",
        (By.OTHER_PARTY, By.THERAPIST, By.REPRESENTATIVE),
    ),
)
BY_NAME: Mapping[str, Sort] = {one.what.value: one for one in SORTS}

STATUS_WORDS: Mapping[Status, str] = {
    Status.WAIVED: "Waived.",
    Status.AT_ISSUE: "At issue by an exception, as far as the entry says.",
    Status.CONDUCT: "Said to be waived by conduct. Counsel has not confirmed it; it opens nothing.",
    Status.PARTLY: "Waived in part, as far as the paper says.",
    Status.ASSERTED: "Claimed, and not given up by anything on file.",
    Status.INTACT: "Intact. Nothing on file gives it up.",
}
EVENT_WORDS: Mapping[What, str] = {
    What.ASSERTED: "Claimed",
    What.WAIVED: "Waived",
    What.CONDUCT: "Said to be waived by conduct",
    What.CONFIRMED: "Waiver by conduct confirmed",
    What.DISMISSED: "Found not to stand",
    What.AT_ISSUE: "At issue by an exception",
    What.WITHDRAWN: "Taken back",
    What.DIED: "The holder died",
}


@dataclass(frozen=True)
class Held:
    """One holder's part of the page."""

    client: str
    full: str
    short: str
    stands: Standing
    events: tuple[SignedEvent, ...]

    @property
    def says(self) -> str:
        """How it stands, in a sentence."""
        return STATUS_WORDS[self.stands.status]


def reach_words(stands: Standing, waived: Trilean) -> tuple[str, str]:
    """Of one holder in a matter: how hers stands, and what that means for what is asked."""
    means = {
        Trilean.YES: "Surely waived for what is asked here; the law is told so.",
        Trilean.NO: "Claimed for this; the law is told that it is not waived.",
        Trilean.UNKNOWN: "Not surely waived for what is asked here; the law is told nothing.",
    }[waived]
    return STATUS_WORDS[stands.status], means


def held(
    holders: Sequence[tuple[str, str, str]], events: Sequence[SignedEvent], on: date
) -> list[Held]:
    """Each holder (client, full, short) with her own events, newest first, and how hers stands."""
    plain = [one.event for one in events]
    return [
        Held(
            client,
            full,
            short,
            standing(plain, client, on),
            tuple(reversed([one for one in events if one.event.holder == client])),
        )
        for client, full, short in holders
    ]


def to_end(what: What, events: Sequence[SignedEvent]) -> list[SignedEvent]:
    """The earlier entries that an entry of this sort can be about."""
    return [one for one in events if one.event.what in ENDS.get(what, ())]


def event_from(
    typed: Mapping[str, str], kinds: Sequence[str], sort: Sort, law: PrivilegeLaw | None
) -> Event:
    """The entry as it was typed, whatever it lacks. `NoSuchDay` if the day is none or missing."""
    on = days(typed, "on")
    if on is None:
        raise NoSuchDay("the day on which it happened is missing")
    rules = law.exceptions if law else ()
    rule = next((one for one in rules if one.id == typed.get("rule")), None)
    asks = sort.asks
    about = typed.get("about", "")
    return Event(
        number=0,
        holder=typed.get("holder", ""),
        what=sort.what,
        on=on,
        by=_BY.get(typed.get("by", ""), sort.by[0]),
        name=typed.get("name", "").strip(),
        how=_HOW.get(typed.get("how", ""), sort.how[0] if sort.how else How.WRITING),
        paper=typed.get("paper", "").strip() if "paper" in asks else "",
        scope=_scope(typed, kinds) if "kinds" in asks else Scope(),
        citation=_citation(typed, rule.citation if rule else "") if "citation" in asks else "",
        condition=rule is not None and of_condition(rule),
        words=typed.get("words", "").strip(),
        about=int(about) if "about" in asks and about.isascii() and about.isdigit() else 0,
    )


def _citation(typed: Mapping[str, str], chosen: str) -> str:
    return chosen or typed.get("citation", "").strip()


def _scope(typed: Mapping[str, str], kinds: Sequence[str]) -> Scope:
    period = Period(days(typed, "since"), days(typed, "until"))
    return Scope(frozenset(kinds) & RECORD_KINDS, period, typed.get("proceeding", "").strip())
