"""Where a chart stands with its forms: which are wanted, who signed, and why a new one is due.

Rules: the setting of a form follows the chart (place, kind, ages, care team, appointments), and
what somebody ticked when it was last signed stays ticked; a form that is due again is said, and
stops nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from stillroom.access import Capacity
from stillroom.chart import queries as charts
from stillroom.consent import queries_forms, state_forms
from stillroom.consent.forms.changes import changes
from stillroom.consent.forms.making import make, settled
from stillroom.consent.forms.shapes import Form, Setting
from stillroom.consent.forms.signers import Holder, Signer, is_minor, signers
from stillroom.consent.queries_forms import Edition, Signing
from stillroom.consent.wanted import (
    TITLES,
    Chosen,
    Standing,
    forms_for,
    ticked,
    works_of,
)
from stillroom.desk.places import STATES, name_of
from stillroom.desk.shell import DeskRequest
from stillroom.kernel import Trilean
from stillroom.law import Corpus
from stillroom.phi import Presence
from stillroom.practice import queries as practice
from stillroom.practice import queries_calendar
from stillroom.practice.queries import ChartHead


@dataclass(frozen=True)
class FormState:
    """One form of one chart."""

    form: str
    title: str
    setting: Setting
    edition: Edition | None
    standings: tuple[Standing, ...]
    older: tuple[Signing, ...]

    @property
    def waits(self) -> bool:
        """Whether some signature is wanted."""
        return any(one.waits for one in self.standings)


def holders_of(
    head: ChartHead, on: date, corpus: Corpus | None = None, profession: str = ""
) -> tuple[Holder, ...]:
    """The holders, with ages and guardians as the front sheets have them; with the law, also by
    what one of that age may consent alone."""
    where = state_forms.Setting(head.place, profession, on)
    found = []
    for one in head.holders:
        age = one.sheet.age_on(on)
        known = corpus and state_forms.standing_of(corpus, where, age, alone=Trilean.UNKNOWN)
        guardians = tuple(guardian.name for guardian in one.sheet.guardians if guardian.name)
        found.append(
            Holder(
                one.client,
                one.sheet.full,
                age,
                guardians,
                state_forms.majority(head.place),
                known.rule if known else "",
            )
        )
    return tuple(found)


def profession_of(head: ChartHead) -> str:
    """The profession of whoever treats, as her profile says; "" where nobody has said."""
    for person, capacity in head.care_team:
        profile = practice.staff_profile(person) if capacity == Capacity.TREATING.value else None
        if profile is not None and profile.profession:
            return profile.profession
    return ""


def seen_in(presence: Presence, head: ChartHead, on: date, profession: str) -> frozenset[str]:
    """The same, with what the calendar shows."""
    apart = queries_calendar.meets_apart(presence, head.id)
    return works_in(head, on, profession, apart=apart)


def works_in(head: ChartHead, on: date, profession: str, *, apart: bool) -> frozenset[str]:
    """The kinds of work that a chart itself shows. `apart`: it meets by video or telephone."""
    minor = is_minor(holders_of(head, on))
    return works_of(head.kind, head.care_team, profession, minor=minor, apart=apart)


def noticed(works: frozenset[str], chart_id: str) -> frozenset[str]:
    """The kinds of work of a notice: it tells of Part 2 as soon as such a record is kept, wherever
    it came from (45 CFR 164.520, as restated); care for substance use somebody ticks."""
    return works | ({"sud"} if charts.holds_part2(chart_id) else set())


def setting(form: str, head: ChartHead, works: frozenset[str], profession: str) -> Setting:
    """What a form of this chart is made for."""
    state = name_of(head.place) if head.place in STATES else ""
    return settled(Setting(form, head.place, state, profession, works))


def facts(request: DeskRequest, newest: Edition | None = None) -> dict[str, str]:
    """The practice's own particulars; whom to ask, as the last notice has it."""
    known = dict(newest.form.facts) if newest is not None else {}
    return {**known, "practice": request.presence.house.name}


def form_today(request: DeskRequest, where: Setting, newest: Edition | None) -> Form:
    """The form that the law gives today."""
    on = request.today
    return make(request.shell.corpus, where, on, facts(request, newest))


def states(
    request: DeskRequest,
    head: ChartHead,
    found: Sequence[Signing],
    chosen: Chosen | None = None,
) -> list[FormState]:
    """Every form of a chart, with who signed it. Nothing where nobody's profession is known."""
    profession = profession_of(head)
    if not profession:
        return []
    editions = queries_forms.published(one.signed.edition for one in found)
    on = request.today
    stays = ticked(found, editions)
    picked = chosen or stays
    works = seen_in(request.presence, head, on, profession) | picked.works
    alone = picked.alone
    who = signers(holders_of(head, on, request.shell.corpus, profession), consents_alone=alone)
    works_by = {"notice": noticed(works, head.id)}
    return [
        _state(
            request,
            form,
            setting(form, head, works_by.get(form, works), profession),
            found,
            editions,
            who,
        )
        for form in forms_for(head.kind, works)
    ]


def _state(
    request: DeskRequest,
    form: str,
    where: Setting,
    found: Sequence[Signing],
    editions: Mapping[str, Edition],
    who: Iterable[Signer],
) -> FormState:
    newest = queries_forms.newest(where)
    today = form_today(request, where, newest)
    mine = [one for one in found if one.signed.form == form]
    standings = []
    for signer in who:
        latest = next((one for one in mine if one.signed.signer == signer.id), None)
        under = editions.get(latest.signed.edition) if latest is not None else None
        due = changes(under.form, today, newest.form if newest else None) if under else ()
        standings.append(Standing(signer, latest, due))
    newest_ids = {one.latest.id for one in standings if one.latest}
    older = tuple(one for one in mine if one.id not in newest_ids)
    return FormState(form, TITLES[form], where, newest, tuple(standings), older)
