"""Reading forms: what the practice published, and who signed what.

An edition lies in the clear, so what is read is held against its own digest; one that was altered
is told as such (`whole`), and a signature under it still names the digest that was signed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from stillroom.access import Act, Purpose, Ward
from stillroom.consent import signings
from stillroom.consent.forms.shapes import Form, Setting, decode, digest
from stillroom.consent.models_forms import FormEdition, FormSigning
from stillroom.consent.queries import ward
from stillroom.consent.signings import SignedForm
from stillroom.phi import NotHere, Presence, Told, across, bridge
from stillroom.practice import queries as practice

HOUSE = Ward(chart="")


@dataclass(frozen=True)
class Edition:
    """One published version. `whole`: what is kept is what was published."""

    id: str
    number: int
    form: Form
    digest: str
    policy: int
    published_by: str
    published_at: datetime
    entry: int
    whole: bool


@dataclass(frozen=True)
class Signing:
    """One signature in a chart, with who kept it and when."""

    id: str
    chart: str
    signed: SignedForm
    kept_by: str
    kept_at: datetime
    entry: int


def require_reader(presence: Presence) -> None:
    """Nothing for whoever may read the practice's forms, else `NotHere`."""
    bridge.ask(presence, Act.POLICY_READ, Purpose.OPERATIONS, HOUSE)


def may_publish(presence: Presence) -> bool:
    """Whether to show what publishes."""
    return bridge.may(presence, Act.FORM_PUBLISH, Purpose.OPERATIONS, HOUSE)


def editions(presence: Presence) -> list[Edition]:
    """Every version of every form, the newest first."""
    require_reader(presence)
    return [_edition(row) for row in FormEdition.objects.order_by("-published_at", "-entry")]


def edition(presence: Presence, edition_id: str) -> Edition:
    """One version, old ones too, or `NotHere`."""
    require_reader(presence)
    row = FormEdition.objects.filter(pk=edition_id).first()
    if row is None:
        bridge.refuse(presence, Act.POLICY_READ, edition_id)
        raise NotHere
    return _edition(row)


def any_published() -> bool:
    """Whether the practice has published any form."""
    return FormEdition.objects.exists()


def newest(setting: Setting) -> Edition | None:
    """What is published for a setting now. No client is in it, and nobody is asked."""
    row = FormEdition.objects.filter(setting=setting.name).order_by("-number").first()
    return None if row is None else _edition(row)


def published(edition_ids: Iterable[str]) -> dict[str, Edition]:
    """Some versions by id, for whoever has read a signature that names them."""
    rows = FormEdition.objects.filter(pk__in=set(edition_ids))
    return {row.pk: _edition(row) for row in rows}


@lru_cache(maxsize=64)
def _read(words: str) -> tuple[Form, str]:
    """A form from its words, and its digest; kept, because the same few are read all day."""
    form = decode(words.encode())
    return form, digest(form)


def _edition(row: FormEdition) -> Edition:
    form, found = _read(row.words)
    return Edition(
        row.pk,
        row.number,
        form,
        row.digest,
        row.policy,
        row.published_by,
        row.published_at,
        row.entry,
        found == row.digest,
    )


def signed(presence: Presence, chart_id: str) -> list[Signing]:
    """Every signature in a chart, the newest first."""
    rows = list(FormSigning.objects.filter(chart=chart_id).order_by("-kept_at", "-entry"))
    cares = practice.cares_of(presence.person, chart_id)
    purpose = practice.purpose_for(presence, cares)
    here = ward(chart_id)
    grant = bridge.ask(presence, Act.CONSENT_READ, purpose, here, cares=cares)
    if not rows:
        return []
    parts = [(row.pk, "form", 1, bytes(row.sealed)) for row in rows]
    details: bridge.Details = {"did": "read signed forms", "forms": [row.pk for row in rows]}
    words = bridge.reveal(presence, grant, here, parts, details)
    return [_signing(row, text) for row, text in zip(rows, words, strict=True)]


def one_signed(presence: Presence, signing_id: str) -> Signing:
    """One signature, or `NotHere`."""
    chart = FormSigning.objects.filter(pk=signing_id).values_list("chart", flat=True).first()
    if chart is None:
        bridge.refuse(presence, Act.CONSENT_READ, signing_id)
        raise NotHere
    return next(one for one in signed(presence, chart) if one.id == signing_id)


def signed_in(presence: Presence, charts: Iterable[str]) -> dict[str, list[Signing]]:
    """The signatures of several charts at once, newest first; charts that are not this person's
    are left out. One entry in the log names them all."""
    rows: dict[str, list[FormSigning]] = {}
    for row in FormSigning.objects.filter(chart__in=set(charts)).order_by("-kept_at", "-entry"):
        rows.setdefault(row.chart, []).append(row)
    cares = practice.cares_in(presence.person, rows)
    wanted = [
        across.Wanted(
            Act.CONSENT_READ,
            practice.purpose_for(presence, cares.get(chart, ())),
            ward(chart),
            cares.get(chart, ()),
        )
        for chart in sorted(rows)
    ]
    found: dict[str, list[Signing]] = {}
    for held in across.hold(presence, wanted, {"did": "read signed forms"}):
        chart = held.ward.chart
        parts = [(row.pk, 1, bytes(row.sealed), row) for row in rows[chart]]
        found[chart] = [
            _signing(part[3], words)
            for part, words in across.open_rows(presence, held, "form", parts, bytes)
        ]
    return found


def _signing(row: FormSigning, words: bytes) -> Signing:
    return Signing(row.pk, row.chart, signings.decode(words), row.kept_by, row.kept_at, row.entry)


_KEPT = frozenset({Act.CONSENT_WRITE})
_PUBLISHED = frozenset({Act.FORM_PUBLISH})


def told_of_log(most: int) -> list[Told]:
    """The entries that the newest versions and signatures name."""
    kept = FormSigning.objects.order_by("-entry").values_list("entry", "kept_by")[:most]
    out = FormEdition.objects.order_by("-entry").values_list("entry", "published_by")[:most]
    return [Told(entry, _KEPT, actor) for entry, actor in kept] + [
        Told(entry, _PUBLISHED, actor) for entry, actor in out
    ]
