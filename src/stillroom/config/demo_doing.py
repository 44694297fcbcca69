"""What the demonstration's clients do by their own doors: forms that wait, questions on their way
and answered, a permission of their own, a time that does not suit. Deterministic."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from stillroom.chart import giving
from stillroom.chart.given import Ask
from stillroom.chart.measures import Library
from stillroom.config.demo_consents import publish
from stillroom.consent import own_papers
from stillroom.consent.own_papers import Wanted
from stillroom.desk import consents
from stillroom.law import Corpus
from stillroom.phi import Presence
from stillroom.practice import actions_own, queries_calendar, queries_guests
from stillroom.practice.own_asks import MOVE, Words
from stillroom.practice.queries import chart_head
from stillroom.practice.queries_guests import Stands
from stillroom.practice.queries_own import own_chart

_WEEK = timedelta(days=7)


def do(ada: Presence, guests: Sequence[Presence], corpus: Corpus, library: Library) -> None:
    """The first finds something of everything; the second has handed in; the third asks."""
    stands = [(one, queries_guests.stands(one)[0]) for one in guests]
    for nth, (guest, stand) in enumerate(stands):
        _forms(ada, corpus, stand.chart)
        if nth == 0:
            _first(ada, guest, stand, corpus, library)
        elif nth == 1:
            _answered(ada, guest, stand, library)
        else:
            _asks(guest, stand)


def _forms(ada: Presence, corpus: Corpus, chart: str) -> None:
    """The limits and the notice for this chart's work, so that they can be signed."""
    head, today = chart_head(ada, chart), ada.today
    profession = consents.profession_of(head)
    works = consents.seen_in(ada, head, today, profession)
    for form, kinds in (("limits", works), ("notice", consents.noticed(works, chart))):
        publish(ada, corpus, consents.setting(form, head, kinds, profession), today)


def _first(ada: Presence, guest: Presence, stand: Stands, corpus: Corpus, library: Library) -> None:
    phq = library.measures["phq-9"]
    words = "We look at it together. If a night gets hard, call; the list we made is yours."
    giving.give(ada, stand.chart, Ask("phq-9", stand.client, True, words), phq, ada.today + _WEEK)
    own = own_chart(guest, stand)
    wanted = Wanted(
        to="Dr. Lena Ostrow",
        to_kind="treating_provider",
        kinds=frozenset({"medication", "diagnosis"}),
        purpose="treatment",
        ends_on=_in_half_a_year(ada.today),
        since=None,
        until=None,
        name=own.sheet.full,
    )
    paper = own_papers.paper_of(corpus, own, wanted, ada.today, ada.house.name)
    if not own_papers.lacking(paper, guest, timezone.get_default_timezone()):
        own_papers.give(guest, stand.chart, paper, timezone.get_default_timezone())


def _in_half_a_year(today: date) -> date:
    return today + timedelta(days=180)


def _answered(ada: Presence, guest: Presence, stand: Stands, library: Library) -> None:
    """Every question with its second answer, handed in and not read yet."""
    gad = library.measures["gad-7"]
    given = giving.give(ada, stand.chart, Ask("gad-7", stand.client), gad)
    answers = {item.id: item.options[1].code for item in gad.asks.items if item.options}
    giving.save(guest, given, answers, gad)
    giving.hand_in(guest, given)


def _asks(guest: Presence, stand: Stands) -> None:
    """The next time does not suit, if there is one."""
    found = queries_calendar.next_visits(guest, stand.chart, most=1)
    if found:
        words = Words(MOVE, "Could it be after four that week? My shift has changed.")
        actions_own.ask(guest, stand, words, found[0].id)
