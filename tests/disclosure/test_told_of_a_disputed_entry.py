"""What is told by telephone or in a report of an entry that the client disputes (45 CFR 164.526(d)(5)):
it is asked, it is kept, a report takes her words along, and nothing of it holds a warning back."""

from datetime import timedelta
from typing import Any

import pytest

from stillroom.disclosure import actions, disputing, happening, own_asking, reporting, watching
from stillroom.disclosure.askers.amending import Done
from stillroom.disclosure.happened import report as reports
from stillroom.disclosure.happened.attempts import NotAnAttempt
from stillroom.disclosure.models import Departure
from stillroom.disclosure.reporting import KeepAgain
from stillroom.disclosure.rules import Decision
from stillroom.kernel import Trilean
from stillroom.phi import NotHere
from tests.cast import NOON, Cast
from tests.disclosure.test_matters_that_happened import ABUSE, THREAT, lived, signed, stands
from tests.harness.pdf_read import read
from tests.web import Visitor, corpus, serve

pytestmark = pytest.mark.django_db
__all__ = ["lived"]
ASKED, DENIED, SAID = "I never said that.", "It is what was said.", "I said it of a film."


def disputes(cast: Cast, record: str, *, about: bool = True) -> str:
    """Dov's correction of this record was denied, and he disagrees; gives its matter."""
    cast.holder("dov")
    asked = own_asking.ask(cast.here("dov"), cast.dov, "amendment", ASKED)
    actions.decide(cast.here("ada"), corpus(), asked, Decision.DENY, "It stands.")
    own_asking.disagree(cast.here("dov"), asked, SAID)
    done = [Done("denial", DENIED), *([Done("about", "", (record,))] if about else [])]
    for one in done:
        disputing.write_down(cast.here("ada"), asked, one)
    return asked


def threatened(cast: Cast) -> tuple[str, str]:
    """A matter of a threat, and the record from which it came."""
    record = signed(cast, "violence_risk", THREAT)
    matter = happening.open_matter(cast.here("ada"), corpus(), cast.dov, "danger_to_others", record)
    return matter, record


def tried(cast: Cast, matter: str, minutes: int = 9, **more: str) -> None:
    typed = {"deed": "warn_victim", "result": "told", "whom": "Noor", **more}
    at = NOON + timedelta(minutes=minutes)
    happening.attempt(cast.here("ada", at=at), corpus(), matter, typed)


def count(cast: Cast) -> int:
    return sum(one.count for one in watching.open_for(cast.here("ada")))


def test_a_telling_stays_on_the_screen_until_it_is_said_whether_the_client_was_heard(
    lived: Cast,
) -> None:
    matter, record = threatened(lived)
    disputes(lived, record)
    before = count(lived)
    tried(lived, matter)
    (one,) = stands(lived, matter).unsaid
    assert count(lived) == before + 1, "the bar of every page says that something more is open"
    here = lived.here("ada")
    happening.say_of_told(here, corpus(), matter, one.entry, "owed")
    assert count(lived) == before + 1, "what has still to be told is still open"
    happening.say_of_told(here, corpus(), matter, one.entry, "along")
    assert not stands(lived, matter).unsaid
    assert count(lived) == before
    with pytest.raises(NotAnAttempt):
        happening.say_of_told(here, corpus(), matter, one.entry, "along")


def test_nothing_keeps_a_warning_from_being_written_down(lived: Cast) -> None:
    """Unplaced, without a denial, unanswered: what was said was said, and the account has it."""
    matter, record = threatened(lived)
    disputes(lived, record, about=False)
    tried(lived, matter, disputed="")
    assert Departure.objects.count() == 1
    assert len(stands(lived, matter).unsaid) == 1


def test_said_with_the_call_nothing_is_open(lived: Cast) -> None:
    matter, record = threatened(lived)
    disputes(lived, record)
    tried(lived, matter, disputed="along")
    tried(lived, matter, 11, deed="notify_law_enforcement", disputed="nothing")
    assert not stands(lived, matter).unsaid


def test_what_was_told_before_she_disagreed_and_what_told_nobody_are_not_asked(
    lived: Cast,
) -> None:
    matter, record = threatened(lived)
    tried(lived, matter, -30)
    disputes(lived, record)
    tried(lived, matter, 9, result="no_answer")
    assert not stands(lived, matter).unsaid
    tried(lived, matter, 10)
    assert len(stands(lived, matter).unsaid) == 1


def test_only_whoever_may_write_says_it(lived: Cast) -> None:
    matter, record = threatened(lived)
    disputes(lived, record)
    tried(lived, matter)
    (one,) = stands(lived, matter).unsaid
    for who in ("bea", "sol", "max"):
        with pytest.raises(NotHere):
            happening.say_of_told(lived.here(who), corpus(), matter, one.entry, "along")


# The written report

TYPED = {"part.person": "A boy of nine", "part.seen": "Bruises"}


def suspected(cast: Cast) -> tuple[str, str]:
    ada, record = cast.here("ada"), signed(cast, "abuse_suspicion", ABUSE)
    matter = happening.open_matter(ada, corpus(), cast.dov, "child_abuse", record)
    actions.decide(ada, corpus(), matter, Decision.TELL, "Two falls.")
    return matter, record


def keep(cast: Cast, matter: str, *disputed: str) -> None:
    happening.keep_report(cast.here("ada"), corpus(), matter, TYPED, disputed)


def words(cast: Cast, matter: str) -> str:
    made = reporting.printed(cast.here("ada"), stands(cast, matter))
    return " ".join(read(made.pdf).pypdf.split())


def send(cast: Cast, matter: str) -> bytes:
    proven = cast.here("ada", stepped_up=Trilean.YES)
    return reporting.send(proven, corpus(), matter, "fax", "Intake")


def test_a_report_takes_along_what_is_said_against_its_record_by_itself(lived: Cast) -> None:
    matter, record = suspected(lived)
    disputes(lived, record)
    keep(lived, matter)
    told = words(lived, matter)
    for said in (ASKED, DENIED, SAID, "164.526(d)(5)"):
        assert said in told
    assert send(lived, matter).startswith(b"%PDF")
    assert not stands(lived, matter).unsaid, "it is written down that she was heard"


def test_of_another_entry_its_writer_says_whether_the_report_tells_of_it(lived: Cast) -> None:
    other = signed(lived, "violence_risk", THREAT)
    matter, _ = suspected(lived)
    against = disputes(lived, other)
    keep(lived, matter)
    assert SAID not in words(lived, matter)
    keep(lived, matter, against, "no such matter")
    assert SAID in words(lived, matter)
    kept = stands(lived, matter).report
    assert kept
    assert kept.chosen == (against,)
    assert reports.read(reports.written(kept)) == kept


def test_a_report_of_before_the_statement_does_not_leave_without_it(lived: Cast) -> None:
    matter, record = suspected(lived)
    keep(lived, matter)
    against = disputes(lived, record)
    with pytest.raises(KeepAgain):
        send(lived, matter)
    assert not Departure.objects.exists()
    keep(lived, matter)
    disputing.write_down(lived.here("ada"), against, Done("rebuttal", "It was said twice."))
    with pytest.raises(KeepAgain):
        send(lived, matter)
    keep(lived, matter)
    assert "It was said twice." in words(lived, matter)
    assert send(lived, matter)


# The pages


def test_the_page_of_the_hour_shows_the_statement_asks_and_keeps_the_answer(lived: Cast) -> None:
    matter, record = threatened(lived)
    disputes(lived, record)
    serve(lived)
    ada, away = Visitor(lived, "ada"), f"/matters/{matter}/now"
    page = text(ada.get(away))
    assert "The client disagrees with an entry" in page
    assert SAID in page
    sent: dict[str, Any] = {"deed": "warn_victim", "result": "told", "whom": "Noor"}
    assert ada.post(f"{away}/tried", {**sent, "disputed": ""}).status_code == 302
    (one,) = stands(lived, matter).unsaid
    page = text(ada.get(away))
    assert "Noor: what was told of it" in page
    assert "2 things are open" in page
    refused = ada.post(f"{away}/told", {"entry": str(one.entry), "heard": ""})
    assert refused.status_code == 409
    assert "Choose one of the three" in text(refused)
    kept = ada.post(f"{away}/told", {"entry": str(one.entry), "heard": "along"})
    assert kept.status_code == 302
    assert "what was told of it" not in text(ada.get(away))


def test_where_nothing_is_disputed_nothing_is_asked(lived: Cast) -> None:
    matter, _ = threatened(lived)
    serve(lived)
    page = text(Visitor(lived, "ada").get(f"/matters/{matter}/now"))
    assert "disagrees with an entry" not in page
    assert "disputes" not in page


def test_the_page_of_the_report_says_what_goes_along_and_offers_the_others(lived: Cast) -> None:
    matter, record = suspected(lived)
    disputes(lived, record)
    disputes(lived, signed(lived, "violence_risk", THREAT))
    serve(lived)
    ada, away = Visitor(lived, "ada"), f"/matters/{matter}/report"
    page = text(ada.get(away))
    assert "The client disagrees with the record that this rests on" in page
    assert "Does it tell anything of these entries" in page
    assert ada.post(away, TYPED).status_code == 302
    assert "Keep it once more before it leaves" not in text(ada.get(away))


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found
