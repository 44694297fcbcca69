"""What came by mail, what may be signed, and what is said in a session of today."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from stillroom.config.demo import sources
from stillroom.config.demo.days import next_open, previous_open
from stillroom.config.demo.dice import Dice
from stillroom.config.demo.records import Authorization, Letter, Threat
from stillroom.config.demo.telling import Teller

DOV: Final = 0
MARGUERITE: Final = 2
DOVS_CHART: Final = 412
MARGUERITES_CHART: Final = 414
TEODORS_CHART: Final = 415

_TO_COMPLY: Final = timedelta(days=15)
_TO_ANSWER_A_PAYER: Final = timedelta(days=30)
_VALID: Final = timedelta(days=60)
ASKED_WEEKS: Final = (7, 6, 5, 4)  # weeks before the present one that the payer asks about


@dataclass(frozen=True, slots=True)
class _Texts:
    subpoena: str
    payer: str
    authorization: str


def subpoena(today: date) -> Letter:
    """From the attorney of Dov's wife: signed by a clerk, by no judge, with no proof of notice.

    It came on the last working day before `today` and gives fifteen days.
    """
    came = previous_open(today)
    due = next_open(came + _TO_COMPLY)
    sent = previous_open(came)
    facts = {"sent": _day(sent), "due": _day(due), "first_year": str(today.year - 3)}
    return Letter(
        sender="Rex Dunleavy, attorney for Eve Halpern",
        recipient="Ada Merrow",
        chart=DOVS_CHART,
        instrument="clerk_subpoena",
        received_on=came,
        answer_by=due,
        title="Subpoena for the record of Dov Halpern",
        words=_told(_texts().subpoena, facts),
    )


def payer_request(today: date, sessions: tuple[date, ...], member: str) -> Letter:
    """From a payer, a week ago: four sessions of Marguerite Sayle, thirty days to answer."""
    came = next_open(today - timedelta(days=7))
    due = next_open(came + _TO_ANSWER_A_PAYER)
    asked = [_day(day) for day in sessions]
    dates = f"{'; '.join(asked[:-1])}; and {asked[-1]}"
    facts = {"sent": _day(came), "due": _day(due), "member": member, "dates": dates}
    return Letter(
        sender="Chesapeake Mutual, Claims Review",
        recipient="Ada Merrow",
        chart=MARGUERITES_CHART,
        instrument="payer_audit",
        received_on=came,
        answer_by=due,
        title="Claims review for Marguerite Sayle",
        words=_told(_texts().payer, facts),
    )


def authorization(today: date, born: date, first: date, last: date) -> Authorization:
    """What Dov may sign: all that 45 CFR 164.508(c) asks of an authorization, in plain words."""
    expires = today + _VALID
    facts = {
        "born": _day(born),
        "first": _day(first),
        "last": _day(last),
        "expires": _day(expires),
    }
    return Authorization(
        client=DOV,
        chart=DOVS_CHART,
        recipient="Rex Dunleavy",
        purpose="Custody case Eve Halpern v. Dov Halpern, Circuit Court for Baltimore County",
        kinds=("appointments", "treatment_plan", "progress_notes"),
        expires_on=expires,
        words=_told(_texts().authorization, facts),
    )


def threat() -> Threat:
    """What Teodor Vance says in his session of today."""
    return Threat(
        chart=TEODORS_CHART,
        said="Tonight I am going over there and he is going to feel it.",
        against="Joel Pike, his sister’s husband",
        where="Towson, Maryland",
        phone="410 555 0163",
        phone_from="the intake form",
        else_known=("He drives a gray pickup.", "A weapon is not known of."),
    )


def _told(words: str, facts: dict[str, str]) -> str:
    return Teller({}, facts).tell(words, Dice("letters"))


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


@lru_cache(maxsize=1)
def _texts() -> _Texts:
    return sources.read("letters.yaml", _Texts)
