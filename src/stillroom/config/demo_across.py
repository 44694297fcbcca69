"""What needs more than one chart to be there: groups, covers, what was asked and what happened."""

from datetime import date

from stillroom.access import Role
from stillroom.config import (
    demo_asked,
    demo_danger,
    demo_doing,
    demo_family,
    demo_glass,
    demo_guests,
    demo_leaving,
    demo_packets,
    demo_privilege,
    demo_reading,
    demo_session,
    demo_several,
    demo_together,
)
from stillroom.config.demo.practice import DemoPractice
from stillroom.config.demo_consents import sign_forms
from stillroom.config.demo_run import Loading


def live_across(run: Loading, house: DemoPractice) -> None:
    """Everything that is done once all charts are written."""
    _together(run)
    _forms(run, house)
    _privilege(run, house.today)
    _asked(run, house)
    _emergencies(run)


def _asked(run: Loading, house: DemoPractice) -> None:
    """Letters that came; and the payer's, answered up to a packet in the making."""
    numbered = {chart.number: chart_id for chart_id, chart in run.written}
    audit = demo_asked.ask(run.here, house, numbered, run.shell.corpus)
    if audit:
        demo_packets.answer_the_payer(run.here["ada"], run.shell.corpus, audit)


def _emergencies(run: Loading) -> None:
    """Keys laid by, a glass that was broken, and doors of their own, for charts that Ada treats."""
    treated = [
        chart_id
        for chart_id, chart in sorted(run.written, key=lambda one: one[1].holders)
        if chart.clinician == "ada" and len(chart.holders) == 1 and run.cares_now(chart, "ada")
    ]
    demo_glass.emergencies(run.here, treated)
    for who, here in demo_guests.come_in(run.here["ada"], treated):
        run.people.append(who)
        run.guests.append(here)
    demo_reading.read_and_ask(run.here["ada"], run.guests, run.shell.corpus)
    demo_doing.do(run.here["ada"], run.guests, run.shell.corpus, run.shell.measures)
    demo_session.met_by_video(run.here["ada"], treated[0])
    owner = next(one for one in run.here.values() if Role.OWNER in one.roles)
    demo_family.write(run, owner)
    _couple(run)
    _group(run)


def _couple(run: Loading) -> None:
    """The first couple that Ada treats: both come in, and met her by video."""
    for chart_id, chart in run.written:
        if chart.kind == "couple" and chart.clinician == "ada" and run.cares_now(chart, "ada"):
            both = demo_several.come_in(run.here["ada"], chart_id)
            run.people.extend(who for who, _ in both)
            demo_several.met_by_video(run.here["ada"], chart_id, [here for _, here in both])
            return


def _group(run: Loading) -> None:
    """The first group: whoever leads it treats four of its members alone as well, and met them all
    by video."""
    own = {
        chart.holders[0]: (chart_id, chart.clinician)
        for chart_id, chart in run.written
        if chart.kind == "individual" and run.cares_now(chart, chart.clinician)
    }
    for chart_id, chart in run.written:
        if chart.kind == "group" and run.cares_now(chart, "bea"):
            with_chart = [own[one] for one in chart.holders if one in own][:4]
            four = demo_several.group_comes_in(run.here, with_chart)
            run.people.extend(who for who, _ in four)
            leads = run.here["bea"]
            demo_several.group_met_by_video(leads, chart_id, [here for _, here in four])
            return


def _together(run: Loading) -> None:
    """What needs more than one chart to be there: a group's session, and what covers are told;
    and what happened."""
    for chart_id, chart in run.written:
        if not run.cares_now(chart, chart.clinician):
            continue
        demo_danger.live_through(run.here[chart.clinician], run.shell.corpus, chart_id, chart)
        if chart.kind == "group":
            demo_together.group_session(run.here[chart.clinician], chart_id)
        elif demo_together.covered(chart):
            demo_together.handed_over(run.here[chart.clinician], chart_id)
    _left(run)


def _left(run: Loading) -> None:
    """An incident; and one packet that has left, of a chart that is not the first therapist's."""
    owner = next(one for one in run.here.values() if Role.OWNER in one.roles)
    demo_leaving.incident(run.admitting, owner)
    for chart_id, chart in run.written:
        here = run.here[chart.clinician]
        if demo_leaving.chosen(chart, "bea") and run.cares_now(chart, chart.clinician):
            demo_leaving.left(run.shell, here, chart_id)
            return


def _forms(run: Loading, house: DemoPractice) -> None:
    """The first clients of Ada sign what the law gives."""
    ada = house.staff[0].sign_in
    mine = [
        chart_id
        for chart_id, chart in run.written
        if chart.clinician == ada and run.cares_now(chart, ada)
    ]
    here = run.here[ada]
    sign_forms(here, run.shell.corpus, mine, house.today)


def _privilege(run: Loading, today: date) -> None:
    """Of the first couple whose clinician still cares for them."""
    for chart_id, chart in run.written:
        if chart.kind == "couple" and run.cares_now(chart, chart.clinician):
            demo_privilege.of_a_couple(run.here[chart.clinician], chart_id, today)
            return
