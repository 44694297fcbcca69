"""The demonstration's forms: Ada publishes what the law gives her, and a few of her clients signed.

One signed before visits were by video as well, so that a signature is due again.
"""

from collections.abc import Iterable
from datetime import date

from stillroom.consent import actions_forms, queries_forms
from stillroom.consent.forms.making import make
from stillroom.consent.forms.shapes import Setting
from stillroom.consent.forms.signers import signers
from stillroom.consent.signings import SignedForm
from stillroom.desk import consents
from stillroom.law import Corpus
from stillroom.phi import Presence
from stillroom.practice.queries import ChartHead, chart_head

_SIGNED = 2
"""Charts in which the limits are signed as things stand."""
_CONTACT = {"contact": "Olga Brandt, privacy officer", "telephone": "410-555-0100"}
_LATER = frozenset({"telehealth"})


def sign_forms(presence: Presence, corpus: Corpus, charts: Iterable[str], today: date) -> None:
    """Forms of the first charts of `charts`, by whoever treats; deterministic."""
    signed = 0
    again = False
    for chart in charts:
        head = chart_head(presence, chart)
        if not head.place or head.closed_at or head.kind != "individual":
            continue
        profession = consents.profession_of(head)
        works = consents.seen_in(presence, head, today, profession)
        if signed < _SIGNED:
            _sign(
                presence, corpus, head, consents.setting("limits", head, works, profession), today
            )
            told = consents.noticed(works, chart)
            _sign(presence, corpus, head, consents.setting("notice", head, told, profession), today)
            signed += 1
        elif not again and works >= _LATER:
            publish(presence, corpus, consents.setting("limits", head, works, profession), today)
            before = consents.setting("limits", head, works - _LATER, profession)
            _sign(presence, corpus, head, before, today)
            again = True
        if again:
            return


def publish(
    presence: Presence, corpus: Corpus, where: Setting, today: date
) -> queries_forms.Edition:
    """The form for a setting, published if it is not yet."""
    known = queries_forms.newest(where)
    if known is not None:
        return known
    facts = {"practice": presence.house.name}
    if where.form == "notice":
        facts |= _CONTACT
    made = make(corpus, where, today, facts)
    return queries_forms.edition(presence, actions_forms.publish(presence, made, policy=0))


def _sign(presence: Presence, corpus: Corpus, head: ChartHead, where: Setting, today: date) -> None:
    edition = publish(presence, corpus, where, today)
    for one in signers(consents.holders_of(head, today)):
        actions_forms.keep(
            presence,
            head.id,
            SignedForm(
                form=where.form,
                edition=edition.id,
                digest=edition.digest,
                holder=one.client,
                capacity=one.capacity,
                how="paper",
                name=one.name,
                on=today,
                seen_by=presence.name,
            ),
        )
