"""Where a client stands with her forms: which wait for her, which she signed, why one is due again.

Rules: the setting follows the chart as at the desk; a form that the practice has not published is
not there; each sees her own signatures, never those of another holder of the chart.
"""

from dataclasses import dataclass
from datetime import date

from stillroom.chart.queries import holds_part2
from stillroom.consent import queries_forms, state_forms
from stillroom.consent.forms.changes import Change, changes
from stillroom.consent.forms.making import make, settled
from stillroom.consent.forms.shapes import Setting
from stillroom.consent.own_signing import capacity_of
from stillroom.consent.queries_forms import Edition, Signing
from stillroom.consent.wanted import TITLES, forms_for, ticked, works_of
from stillroom.law import Corpus
from stillroom.phi import Presence
from stillroom.practice import queries_calendar
from stillroom.practice.queries_own import OwnChart


@dataclass(frozen=True)
class OwnForm:
    """One form: the version that holds, her newest signature, and why another is due."""

    form: str
    title: str
    edition: Edition
    latest: Signing | None
    due: tuple[Change, ...]

    @property
    def waits(self) -> bool:
        """Whether her signature is wanted."""
        return self.latest is None or bool(self.due)


def own_forms(
    presence: Presence, corpus: Corpus, own: OwnChart, today: date
) -> tuple[list[OwnForm], list[Signing]]:
    """The forms that hold for her now, and every signature of hers, the newest first."""
    stand = own.stand
    signer = f"{stand.client}.{capacity_of(stand)}"
    signed = queries_forms.signed(presence, stand.chart)
    mine = [one for one in signed if one.signed.signer == signer]
    if not own.profession or not stand.place:
        return [], mine
    editions = queries_forms.published(one.signed.edition for one in signed)
    age = own.age_on(today)
    minor = age is not None and age < state_forms.majority(stand.place)
    apart = queries_calendar.meets_apart(presence, stand.chart)
    works = works_of(stand.kind, own.team, own.profession, minor=minor, apart=apart)
    works |= ticked(signed, editions).works
    found = []
    for form in forms_for(stand.kind, works):
        more = {"sud"} if form == "notice" and holds_part2(stand.chart) else set()
        where = settled(Setting(form, stand.place, "", own.profession, works | more))
        edition = queries_forms.newest(where)
        if edition is None:
            continue
        latest = next((one for one in mine if one.signed.form == form), None)
        under = editions.get(latest.signed.edition) if latest else None
        law = make(corpus, edition.form.setting, today, dict(edition.form.facts))
        due = changes(under.form, law, edition.form) if under else ()
        found.append(OwnForm(form, TITLES[form], edition, latest, due))
    return found, mine


def named(forms: list[OwnForm], edition_id: str) -> OwnForm | None:
    """The form whose version an address names; only one that holds for her now."""
    return next((one for one in forms if one.edition.id == edition_id), None)
