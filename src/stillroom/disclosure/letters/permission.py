"""Asking the client for permission, from a matter: the paper that would open the door.

The paper names who asked and, unless its writer narrows it, what was asked for; the client may
strike out more. Notes kept apart by their author are asked for alone (45 CFR 164.508(b)(3)(ii)).
"""

from datetime import date

from stillroom.consent.rules import PRIVATE_KINDS, RECORD_KINDS, Period
from stillroom.disclosure.letters.forms import Lack, LetterForm, Material, Slot, Tells
from stillroom.disclosure.letters.letter import Letter
from stillroom.disclosure.letters.request import Wish, authorization_request, kind_words

_KINDS = tuple((kind, kind_words(frozenset({kind}))) for kind in sorted(RECORD_KINDS))

SLOTS = (
    Slot(
        "kinds",
        "What may be sent",
        "checks",
        "No more than answers. Notes kept apart by their author are asked for alone.",
        options=_KINDS,
    ),
    Slot("since", "Care from", "date", "Empty: from the beginning.", optional=True),
    Slot("until", "Care through", "date", "Empty: through the day of the paper.", optional=True),
    Slot("purpose", "What for", hint="As the one who asks says it, in plain words."),
    Slot("expires", "The permission ends on", "date"),
    Slot("lines", "Address of whoever may receive it", "text", optional=True),
    Slot(
        "asked_by",
        "You have been asked …",
        hint="by a lawyer, in writing, to send some of your record",
    ),
)


def _kinds(material: Material) -> frozenset[str]:
    return frozenset(material.chosen.get("kinds", ())) & RECORD_KINDS


def _lacks(material: Material) -> tuple[Lack, ...]:
    kinds, expires = _kinds(material), material.day("expires")
    since, until = material.day("since"), material.day("until")
    found = []
    if not kinds:
        found.append(
            Lack("kinds", "Say what may be sent; a paper that names nothing opens nothing.")
        )
    if kinds & PRIVATE_KINDS and len(kinds) > 1:
        found.append(
            Lack("kinds", "Ask for notes kept apart on a paper of their own, with nothing beside.")
        )
    if not material.said("purpose"):
        found.append(Lack("purpose", "Say what it is for (45 CFR 164.508(c)(1)(iv))."))
    if expires is None or expires < material.dated:
        found.append(Lack("expires", "Give a last day that is not over (164.508(c)(1)(v))."))
    if since and until and until < since:
        found.append(Lack("until", "The last day of care comes before the first."))
    if not material.said("asked_by"):
        found.append(Lack("asked_by", "Say by whom you were asked; the client should know."))
    return tuple(found)


def _make(material: Material) -> Letter:
    """The letter and its paper; while something is missing, with what can be shown of it."""
    kinds = _kinds(material)
    private = sorted(kinds & PRIVATE_KINDS)[:1]
    shown = frozenset(private) or kinds or frozenset({"progress_notes"})
    expires = material.day("expires")
    last = expires if expires is not None and expires >= material.dated else material.dated
    lines = tuple(one.strip() for one in material.said("lines").splitlines() if one.strip())
    wish = Wish(
        recipient=material.intake.asker,
        recipient_lines=lines,
        kinds=shown,
        period=_period(material.day("since"), material.day("until")),
        purpose=material.said("purpose"),
        expires=last,
    )
    return authorization_request(
        wish,
        client=material.client,
        asked_by=material.said("asked_by") or "to send some of your record",
        writer=material.writer,
        dated=material.dated,
        address=material.address,
    )


def _period(since: date | None, until: date | None) -> Period:
    if since and until and until < since:
        return Period(since, None)
    return Period(since, until)


FORM = LetterForm(
    id="permission",
    title="Ask the client for permission",
    when="When the answer would open with the client’s signed authorization. It brings the paper.",
    make=_make,
    tells=Tells.HERSELF,
    slots=SLOTS,
    lacks=_lacks,
    to_client=True,
)
