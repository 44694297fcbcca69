"""What is asked of the demonstration's practice: an audit that is open, a letter that waits.

A payer asked about four sessions a week ago; Ada entered its letter as anybody does, by reading it,
and called back. Yesterday's subpoena lies with the front desk and names somebody in her care.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta

from stillroom.config.demo import letters
from stillroom.config.demo.practice import DemoPractice
from stillroom.config.demo.records import Letter
from stillroom.desk.intake import asked_from, entry
from stillroom.disclosure import actions, arriving, identifying
from stillroom.disclosure.askers.arrived import Arrived
from stillroom.disclosure.askers.identity import Check
from stillroom.law import Corpus
from stillroom.phi import Presence


def ask(
    here: Mapping[str, Presence], house: DemoPractice, charts: Mapping[int, str], corpus: Corpus
) -> str:
    """`charts` are ids by chart number; what names a chart that is not there is left out.

    Gives the audit's matter; empty where there is none.
    """
    if letters.DOVS_CHART in charts:
        _at_the_front_desk(here["cal"], house.subpoena)
    if letters.MARGUERITES_CHART not in charts:
        return ""
    return _audit(here["ada"], house.payer_request, charts[letters.MARGUERITES_CHART], corpus)


def _audit(ada: Presence, letter: Letter, chart: str, corpus: Corpus) -> str:
    asker = letter.sender.partition(",")[0]
    typed = {
        "letter": letter.words,
        "asker": asker,
        "received_on": letter.received_on.isoformat(),
    }
    made = entry(typed, ["progress_notes", "billing"], letter.received_on)
    then = replace(ada, at=_ten(ada.at, letter))
    matter = actions.enter(then, chart, asked_from(made.typed, made.kinds, then.today))
    seen = "Called the number on the client's own card. Claims Review has this review open."
    identifying.check(then, corpus, matter, Check(("callback",), seen, verified=True))
    return matter


def _at_the_front_desk(cal: Presence, letter: Letter) -> None:
    about = letter.title.rpartition(" of ")[2]
    asker, _, by = letter.sender.partition(", ")
    words = Arrived(about, asker, letter.received_on, by=by, letter=letter.words)
    arriving.write_down(replace(cal, at=cal.at - timedelta(hours=3)), words)


def _ten(now: datetime, letter: Letter) -> datetime:
    """Ten o'clock on the day it came, where the practice is; never later than now."""
    ten = datetime.combine(letter.received_on, time(10), now.tzinfo)
    return min(ten, now)
