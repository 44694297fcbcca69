"""Letters that answer a client's other rights: correction, restriction, another way. Pure.

Rules kept:
- A denied correction, 45 CFR 164.526(a)(2), (d), as the research restates the text read for it; the
  numbers of paragraphs below (d) as recalled. In writing: the ground; that the client may give a
  statement of disagreement, and to whom; that, without one, the request and the denial go along
  with later disclosures if that is asked for; how to complain, here (whom, which telephone number)
  and to the Secretary.
- An accepted one, 164.526(c): the client is told, and asked whom else to tell.
- Something kept back, 164.522(a): agreed to or not; what binds, and how it ends. What was paid for
  in full and is to be kept from the plan cannot be refused.
- Another way to be reached, 164.522(b): what can reasonably be done is done, without asking why.
- Each says what was decided and signed, and cannot be signed before that.
"""

from dataclasses import dataclass

from stillroom.disclosure.letters.access import (
    NO_TELEPHONE,
    complain,
    denying,
    own_words,
    unsaid,
)
from stillroom.disclosure.letters.forms import OWN_WORDS, Lack, LetterForm, Material, Slot, Tells
from stillroom.disclosure.letters.letter import Letter, Part, long_day
from stillroom.disclosure.letters.objection import called
from stillroom.disclosure.packet import Addressee, Cited
from stillroom.disclosure.rules_options import Decision

AMENDMENT = "45 CFR 164.526"
RESTRICTION = "45 CFR 164.522(a)"
CHANNEL = "45 CFR 164.522(b)"


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground on which a correction may be denied, as a reader understands it."""

    id: str
    label: str
    says: str


GROUNDS: tuple[Ground, ...] = (
    Ground(
        "accurate",
        "The entry is accurate and complete",
        "The entry is, in my judgment, accurate and complete as it stands.",
    ),
    Ground(
        "not_made_here",
        "It was not made here, and whoever made it can still be asked",
        "This practice did not make the entry. Whoever made it can still be asked to correct it.",
    ),
    Ground(
        "not_used",
        "It is not among the records used to make decisions",
        "It is not among the records that this practice uses to make decisions about you.",
    ),
    Ground(
        "not_open",
        "It is not open to access",
        "It is among the records to which the right of access does not reach.",
    ),
)
_BY_ID = {one.id: one for one in GROUNDS}


def _letter(
    material: Material, title: str, opening: str, parts: tuple[Part, ...], closing: str
) -> Letter:
    intake = material.intake
    return Letter(
        title=title,
        writer=material.writer,
        to=Addressee(intake.asker.name, material.address),
        dated=material.dated,
        about=(f"Your {called(intake)}, received on {long_day(intake.received_on)}",),
        opening=(opening,),
        parts=parts,
        closing=(closing,),
    )


def _undecided(material: Material, slot: str, *decisions: Decision) -> tuple[Lack, ...]:
    """That what the letter says was not decided."""
    if material.decided in {one.value for one in decisions}:
        return ()
    return (Lack(slot, "Sign that decision in the matter first; this letter says what it was."),)


# A correction

_STATEMENT = (
    "You may write down that you disagree, and why. Give or send it to {}. It is kept with the"
    " entry and goes along whenever the entry is given to somebody. I may write an answer to it, of"
    " which you get a copy."
)
_WITHOUT = (
    "If you write no statement, you may ask me that your request and this letter go along whenever"
    " the entry is given to somebody."
)


def denied(material: Material) -> Letter:
    """A correction that is not made, with everything that the letter must contain."""
    grounds = [_BY_ID[one] for one in material.chosen.get("grounds", ()) if one in _BY_ID]
    why = tuple(Cited(one.says, f"{AMENDMENT}(a)(2)") for one in grounds)
    statement = Cited(_STATEMENT.format(material.said("contact")), f"{AMENDMENT}(d)")
    parts = (
        Part("What I do not change", (Cited(material.said("part"), ""),)),
        Part("Why", (*why, *own_words(material))),
        Part("If you disagree", (statement, Cited(_WITHOUT, f"{AMENDMENT}(d)"))),
        Part("To complain", complain(material, f"{AMENDMENT}(d); 164.530(d)")),
    )
    opening = "You asked me to correct your record. This letter says what I do not change, and why."
    return _letter(
        material, "Your request for a correction", opening, parts, "I am glad to talk about it."
    )


def _denied_lacks(material: Material) -> tuple[Lack, ...]:
    found = list(_undecided(material, "grounds", Decision.DENY))
    if not found and not any(one in _BY_ID for one in material.chosen.get("grounds", ())):
        found.append(Lack("grounds", "Choose the ground; on no other may a correction be denied."))
    return (
        *found,
        *unsaid(
            material,
            part="Say in plain words what is not changed.",
            contact="Name to whom a statement goes and who is asked; the letter must say it.",
            telephone=NO_TELEPHONE,
        ),
    )


DENIED = LetterForm(
    "amendment_denial",
    "Deny a correction",
    "The client asked to have the record corrected, and you signed that you do not. Once it is"
    " sent, its words are the denial that goes along with the entry.",
    denied,
    tells=Tells.HERSELF,
    slots=denying(
        tuple((one.id, one.label) for one in GROUNDS),
        f"{AMENDMENT}(a)(2); there is no other.",
        Slot("part", "What is not changed", "text", "In plain words."),
        Slot("contact", "To whom a statement goes, and whom to ask", hint="by name or title"),
    ),
    lacks=_denied_lacks,
)

_TELL_ME = (
    "Tell me whom I should inform of it. With your agreement I tell them, and also those of whom I"
    " know that they have the old entry and may rely on it to your harm."
)


def accepted(material: Material) -> Letter:
    """A correction that was made."""
    parts = (
        Part("What stands there now", (Cited(material.said("part"), ""), *own_words(material))),
        Part("Who else should know", (Cited(_TELL_ME, f"{AMENDMENT}(c)"),)),
    )
    opening = (
        "I have corrected your record as you asked. The old entry stays readable; the correction"
        " stands beside it and is linked to it."
    )
    return _letter(
        material, "Your request for a correction", opening, parts, "Thank you for telling me."
    )


ACCEPTED = LetterForm(
    "amendment_accepted",
    "Say that the record was corrected",
    "The client asked to have the record corrected, and you signed that you do.",
    accepted,
    tells=Tells.HERSELF,
    slots=(Slot("part", "What stands there now", "text", "In plain words."), OWN_WORDS),
    lacks=lambda material: (
        *_undecided(material, "part", Decision.ACCEPT),
        *unsaid(material, part="Say in plain words what was corrected."),
    ),
)


# Something kept back, another way to be reached

_BINDS = (
    "It binds this practice from now on. In an emergency in which you need treatment, whoever"
    " treats you may be told what is needed, and is asked to tell it no further."
)
_ENDS = (
    "It ends when you ask for that or agree to it. The practice may also end it by telling you, and"
    " then only for what comes after."
)
_PAID = (
    "You paid for it in full yourself, so your plan is not told of it. The practice cannot end that"
    " without you."
)
_FREE = "The rule lets a practice agree to such a request or not."
_MUST = (
    "If you pay for a service in full yourself and ask that your plan is not told of it, I must do"
    " so. Tell me before the claim is sent."
)


def restriction(material: Material) -> Letter:
    """What was decided of a request to keep something back."""
    agreed = material.decided == Decision.ACCEPT.value
    what = Part("What you asked", (Cited(material.said("part"), ""),))
    if not agreed:
        why = Part("Why", (Cited(_FREE, f"{RESTRICTION}(1)(i)-(v)"), *own_words(material)))
        must = Part("What I must do", (Cited(_MUST, f"{RESTRICTION}(1)(vi)"),))
        opening = "I do not agree to keep back what you asked me to."
        return _letter(material, _KEEPING, opening, (what, why, must), _TALK)
    paid = material.said("paid") == "yes"
    holds = Cited(_PAID, f"{RESTRICTION}(1)(vi)") if paid else Cited(_ENDS, f"{RESTRICTION}(2)")
    binds = Part("How far it holds", (Cited(_BINDS, f"{RESTRICTION}(1)(i)-(v)"), holds))
    opening = "I agree to keep back what you asked me to."
    return _letter(material, _KEEPING, opening, (what, binds, *_words(material)), _TALK)


_KEEPING, _TALK = "Your request to keep something back", "I am glad to talk about it with you."


def _words(material: Material) -> tuple[Part, ...]:
    return (Part("In my own words", own_words(material)),) if material.said("own") else ()


def _restriction_lacks(material: Material) -> tuple[Lack, ...]:
    found = list(_undecided(material, "part", Decision.ACCEPT, Decision.DENY))
    if material.said("paid") == "yes" and material.decided == Decision.DENY.value:
        says = "What was paid for in full cannot be refused to be kept from the plan. Agree to it."
        found.append(Lack("paid", says))
    return (*found, *unsaid(material, part="Say what is kept from whom, in plain words."))


KEEPING = LetterForm(
    "restriction_answer",
    "Answer a request to keep something back",
    "The client asked to have something kept from somebody, and you signed what you do.",
    restriction,
    tells=Tells.HERSELF,
    slots=(
        Slot("part", "What is kept from whom", "text", "As the client asked it."),
        Slot("paid", "The client paid for it in full, and it is kept from the plan", "yes"),
        OWN_WORDS,
    ),
    lacks=_restriction_lacks,
)


def channel(material: Material) -> Letter:
    """What was decided of a request to be reached another way."""
    if material.decided == Decision.ACCEPT.value:
        opening = "From now on I reach you as you asked."
        parts: tuple[Part, ...] = (
            Part("So I reach you", (Cited(material.said("part"), CHANNEL),)),
        )
    else:
        opening = "I cannot reach you in the way that you asked for."
        parts = (
            Part("Why", (Cited("It cannot reasonably be done.", CHANNEL), *own_words(material))),
            Part("What I can do", (Cited(material.said("part"), ""),)),
        )
    closing = "You need not tell me why you ask."
    return _letter(material, "How I reach you", opening, parts, closing)


def _channel_lacks(material: Material) -> tuple[Lack, ...]:
    found = list(_undecided(material, "part", Decision.ACCEPT, Decision.DENY))
    found += unsaid(material, part="Say how the client is reached, or could be instead.")
    if material.decided == Decision.DENY.value and not material.said("own"):
        found.append(Lack("own", "Say why it cannot reasonably be done."))
    return tuple(found)


REACHING = LetterForm(
    "channel_answer",
    "Answer a request to be reached another way",
    "The client asked to be reached by another way, or elsewhere, and you signed what you do.",
    channel,
    tells=Tells.HERSELF,
    slots=(Slot("part", "How, from now on; or how instead", "text"), OWN_WORDS),
    lacks=_channel_lacks,
)


DECIDES = frozenset(one.id for one in (DENIED, ACCEPTED, KEEPING, REACHING))
"""Forms that say what was decided."""
