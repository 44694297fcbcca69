"""The demonstration's packet that has left, and an account of it, through a practice's own doors.

A client asked that another clinic be told; she signed. The packet went behind a link three days ago
and was opened; the account was made today. All names are made up.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from stillroom.config.demo.people import Chart
from stillroom.consent import actions as consenting
from stillroom.consent.rules import Authorization, Expiry, Party, Period, Signature, Statements
from stillroom.desk.shell import Shell
from stillroom.disclosure import accounting, actions, incidents, links, releasing, sending
from stillroom.disclosure.breach import Factor, Report
from stillroom.disclosure.matters import Asked
from stillroom.disclosure.rules import Decision, Intake, State
from stillroom.disclosure.rules_account import Asking
from stillroom.disclosure.rules_leaving import DELAY, Wish
from stillroom.kernel import Trilean
from stillroom.phi import Presence
from stillroom.practice import queries as practice
from stillroom.practice.queries import ChartHead

CLINIC = Party("Halden Street Clinic", "treating_provider")
LETTER = (
    "We have taken over the medical care of your client and ask for the treatment plan and the"
    " progress notes of the last year. A signed authorization is enclosed. Halden Street Clinic,"
    " 40 Halden Street, Baltimore."
)
KNOWN = (
    ("identity_verified", True),
    ("emergency", False),
    ("restriction_agreed", False),
    ("md_authorization_complete", True),
)
WEIGHED = (
    ("what", "A name beside a practice's name: whoever read it knows that she comes here."),
    ("who", "A neighbour, bound by nothing."),
    ("seen", "It came back opened, so it was read."),
    ("mitigated", "It was given back at once; he says that he told nobody."),
)
WHERE = ("40 Halden Street", "Baltimore, MD 21231")


def chosen(chart: Chart, clinician: str) -> bool:
    """Whether something may have left this chart: one person's, and this clinician's."""
    return chart.kind == "individual" and chart.clinician == clinician


def left(shell: Shell, here: Presence, chart_id: str) -> None:
    """Asked, signed for, decided, built, sent by a link, opened; then the account."""
    corpus, head = shell.corpus, practice.chart_head(here, chart_id)
    ago = replace(here, at=here.at - timedelta(days=3), stepped_up=Trilean.YES)
    consenting.take_up(ago, chart_id, _paper(head, ago.today))
    matter = actions.enter(ago, chart_id, _asked(ago.today))
    for fact, value in KNOWN:
        actions.answer(ago, corpus, matter, fact, value)
    words = "She wants the clinic to know what we work on, and has signed for it."
    actions.decide(ago, corpus, matter, Decision.BUILD, words)
    bundle = releasing.choices(ago, corpus, matter)
    picked = [one.record.id for one in bundle.choices if one.state is State.CHOSEN][:3]
    packet = releasing.build(ago, corpus, matter, picked, WHERE)
    wish = Wish(CLINIC.name, way="link", where=WHERE[0], days=7, sure=True)
    sending.begin(ago, corpus, packet, wish)
    then = replace(ago, at=ago.at + DELAY)
    sending.settle(then, corpus, packet)
    found = sending.latest(then, packet)
    if found is not None and found.plan is not None:
        at = ago.at + timedelta(hours=2)
        links.open_by_link(here.house, found.plan.address, found.plan.code, at=at)
    _give(here, chart_id, shell.checkpoint, shell.log_key)


def incident(reporter: Presence, owner: Presence) -> None:
    """A letter that went next door: reported at the front desk, weighed by the owner, a breach."""
    on = reporter.today - timedelta(days=1)
    what = "An appointment letter went to the house next door and came back opened."
    report = Report(
        what, "a name, an address, the day of an appointment", on, on, (), 1, 1, "no", "no"
    )
    number = incidents.report(reporter, report)
    for which, words in WEIGHED:
        incidents.write(owner, number, Factor(which, which == "mitigated", words))


def _give(here: Presence, chart_id: str, checkpoint: Callable[[], str], log_key: str) -> None:
    asking = Asking(here.today, everything=True)
    accounting.give(here, chart_id, asking, checkpoint=checkpoint, log_key=log_key)


def _paper(head: ChartHead, today: date) -> Authorization:
    (holder,) = head.holders
    return Authorization(
        id="",
        holders=frozenset({holder.client}),
        signatures=(Signature(holder.client, head.full, on=today - timedelta(days=2)),),
        discloser="Linden Row Practice",
        recipients=(CLINIC,),
        description="the treatment plan and progress notes of the last year",
        kinds=frozenset({"progress_notes", "treatment_plan"}),
        purposes=frozenset({"treatment"}),
        expires=Expiry(on=today + timedelta(days=180)),
        period=Period(today - timedelta(days=365), today),
        statements=Statements(Trilean.YES, Trilean.YES, Trilean.YES),
        conditioned=Trilean.NO,
        merged=Trilean.NO,
    )


def _asked(today: date) -> Asked:
    intake = Intake(
        asker=CLINIC,
        received_on=today,
        instrument="letter",
        purpose="treatment",
        asks_for="the treatment plan and the progress notes of the last year",
        kinds=frozenset({"progress_notes", "treatment_plan"}),
        period=Period(today - timedelta(days=365), today),
    )
    return Asked(intake, LETTER, {})
