"""A form signed by the client's own door: under the exact text, by a key that only she holds.

Rules: she signs as herself, or, standing for a minor, as the guardian; never for another holder of
the chart. Her key signs everything that is kept (the digest of the text, the name, the strokes, the
answers, the day, how it was known who she is), bound to the chart (P5).
"""

from dataclasses import dataclass, field
from datetime import date

import msgspec

from stillroom.access import Capacity
from stillroom.consent import actions_forms
from stillroom.consent.forms.understanding import missed
from stillroom.consent.queries_forms import Edition, Signing
from stillroom.consent.signings import SignedForm, Strokes, encode
from stillroom.identity import queries as people
from stillroom.identity.entries import EntryKind
from stillroom.kernel import StillroomError, Trilean
from stillroom.phi import Presence
from stillroom.practice.queries_guests import Stands

OWN = "own"
"""`SignedForm.door` of what was signed by the client's own door."""
FRESH, SESSION = "fresh", "session"
_FORM = EntryKind("form by own door")


class TextAltered(StillroomError):
    """What is published is not what was published."""

    what = "these words are not those that the practice published, so nobody can sign them"
    usual_advice = "Tell whoever gave you this page; nothing was signed."


@dataclass(frozen=True)
class Own:
    """What she gave: her name as she wrote it, what she drew, the first answer to each question."""

    name: str
    on: date
    strokes: Strokes = ()
    answers: dict[str, str] = field(default_factory=dict)


def capacity_of(stand: Stands) -> str:
    """As whom somebody who stands so signs: herself, or as the guardian."""
    return "self" if stand.capacity is Capacity.HOLDER else "guardian"


def sign(presence: Presence, stand: Stands, edition: Edition, own: Own) -> str:
    """Keep her signature; gives its id. What is missing is said in words."""
    if not edition.whole:
        raise TextAltered
    unmarked = SignedForm(
        form=edition.form.form,
        edition=edition.id,
        digest=edition.digest,
        holder=stand.client,
        capacity=capacity_of(stand),
        how="drawn" if own.strokes else "typed",
        name=" ".join(own.name.split()),
        on=own.on,
        strokes=own.strokes,
        answers=own.answers,
        missed=missed(edition.form.questions, own.answers),
        door=OWN,
        proven=FRESH if presence.stepped_up is Trilean.YES else SESSION,
    )
    mark = presence.key.sign(_message(stand.chart, unmarked)).hex()
    return actions_forms.keep(presence, stand.chart, msgspec.structs.replace(unmarked, mark=mark))


def holds(signing: Signing) -> bool:
    """Whether the account by whose door it came signed these very words with its key."""
    signed = signing.signed
    key = people.verifying_key(signing.kept_by)
    if signed.door != OWN or key is None:
        return False
    try:
        key.verify(
            _message(signing.chart, msgspec.structs.replace(signed, mark="")),
            bytes.fromhex(signed.mark),
        )
    except (StillroomError, ValueError):
        return False
    return True


def _message(chart: str, unmarked: SignedForm) -> bytes:
    return _FORM.message(chart, 1, _FORM.digest(encode(unmarked)))
