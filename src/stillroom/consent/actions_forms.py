"""Publishing a form, and keeping who signed it.

Rules: a version is never changed, a new one follows; the entry in the log carries its digest and
stands before the row (0012). A signature names the version it is under by that digest, and is kept
with what made it in one transaction: `then` is done in it, or nothing is.
"""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Max

from stillroom.access import Act, Purpose
from stillroom.consent import signings
from stillroom.consent.forms.shapes import Form, digest, encode
from stillroom.consent.models_forms import FormEdition, FormSigning
from stillroom.consent.queries import ward
from stillroom.consent.queries_forms import HOUSE
from stillroom.consent.signings import SignedForm
from stillroom.kernel import StillroomError, new_id
from stillroom.phi import Presence, bridge
from stillroom.practice import queries as practice


class NothingNew(StillroomError):
    """What is published already was to be published again."""

    what = "this version is published already, word for word"
    usual_advice = "Change a sentence first, or leave it as it is."


class ContactMissing(StillroomError):
    """A notice without whom to ask."""

    what = "the notice does not say whom a client can ask or complain to"
    usual_advice = "Give a name or office and a telephone number (45 CFR 164.520(b)(1)(vii))."


def publish(presence: Presence, form: Form, *, policy: int) -> str:
    """Publish a form as it stands; gives the edition's id. `policy`: the policy's version, or 0."""
    grant = bridge.ask(presence, Act.FORM_PUBLISH, Purpose.OPERATIONS, HOUSE)
    if form.form == "notice" and not all(form.facts.get(one) for one in ("contact", "telephone")):
        raise ContactMissing
    mark, setting = digest(form), form.setting.name
    with transaction.atomic():
        before = FormEdition.objects.select_for_update().filter(setting=setting)
        last = before.order_by("-number").first()
        if last is not None and last.digest == mark:
            raise NothingNew
        number = (before.aggregate(top=Max("number"))["top"] or 0) + 1
        row = FormEdition(
            setting=setting,
            number=number,
            words=encode(form).decode(),
            digest=mark,
            policy=policy,
            published_by=presence.person,
            published_at=presence.at,
        )
        details: bridge.Details = {
            "did": "published a form",
            "edition": row.pk,
            "content": mark,
            "corpus": form.corpus,
        }
        row.entry = bridge.note_house(presence, grant.act, details)
        row.save(force_insert=True)
    return row.pk


def keep(
    presence: Presence,
    chart_id: str,
    signed: SignedForm,
    then: Callable[[], None] | None = None,
) -> str:
    """Keep a signature in a chart; gives its id. What is missing is said in words."""
    cares = practice.cares_of(presence.person, chart_id)
    here = ward(chart_id)
    purpose = practice.writes_for(presence)
    grant = bridge.ask(presence, Act.CONSENT_WRITE, purpose, here, cares=cares)
    words = signings.encode(signings.checked(signed))
    made = new_id()
    details: bridge.Details = {
        "did": "kept a signed form",
        "form": made,
        "edition": signed.edition,
        "content": signed.digest,
    }
    with transaction.atomic():
        entry = bridge.note(presence, grant, here, details)
        FormSigning.objects.create(
            id=made,
            chart=chart_id,
            sealed=bridge.seal(presence, grant, here, made, "form", 1, words),
            kept_by=presence.person,
            kept_at=presence.at,
            entry=entry,
        )
        if then is not None:
            then()
    return made
