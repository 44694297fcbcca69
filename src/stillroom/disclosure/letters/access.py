"""Letters about a client's own access: a denial, in whole or in part, and more time.

Rules kept, 45 CFR 164.524:
- A denial is timely, in writing and in plain language; it says its basis, how to have it reviewed
  where the ground can be reviewed, and how to complain to the practice (with the name or title and
  telephone number of whom to ask) and to the Secretary: (b)(2), (d)(2).
- Whatever the ground does not reach is given: (d)(1). A ground of (a)(2) is not reviewed; one of
  (a)(3) is, by a licensed professional who took no part in denying: (a)(4), (d)(4).
- Time is extended once, by at most 30 days, in writing within the first 30, with the reason and
  the day: (b)(2). So it is for a correction (164.526(b)(2)) and an account (164.528(c)(1)), whose
  first time is 60 days.
- A complaint to the Secretary is in writing, within 180 days: 160.306(b).

The grounds for inmates, research under way and the Privacy Act ((a)(2)(ii)-(iv)) are not offered.
"""

from dataclasses import dataclass

from stillroom.disclosure.askers.shapes import Span
from stillroom.disclosure.askers.spans import first_due, last_due
from stillroom.disclosure.letters.forms import OWN_WORDS, Lack, LetterForm, Material, Slot, Tells
from stillroom.disclosure.letters.letter import Letter, Part, long_day, settled
from stillroom.disclosure.letters.objection import called
from stillroom.disclosure.packet import Addressee, Cited


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground of denial, as a reader understands it. `reviewable`: (a)(3), not (a)(2)."""

    id: str
    label: str
    says: str
    citation: str
    reviewable: bool


GROUNDS: tuple[Ground, ...] = (
    Ground(
        "psychotherapy_notes",
        "Psychotherapy notes, kept apart by their author",
        "What I do not give are notes of my own that I keep apart from the record. The right of"
        " access does not reach them.",
        "45 CFR 164.524(a)(1)(i), (a)(2)(i)",
        reviewable=False,
    ),
    Ground(
        "litigation",
        "Put together for a proceeding",
        "What I do not give was put together for a court case or another proceeding, or because one"
        " was to be expected. The right of access does not reach it.",
        "45 CFR 164.524(a)(1)(ii), (a)(2)(i)",
        reviewable=False,
    ),
    Ground(
        "source",
        "Told by somebody who was promised confidence",
        "What I do not give was told to us by somebody other than a health care provider, who was"
        " promised that it would be kept in confidence; giving it would be likely to show who that"
        " is.",
        "45 CFR 164.524(a)(2)(v)",
        reviewable=False,
    ),
    Ground(
        "endanger",
        "Likely to endanger a life or somebody’s physical safety",
        "In my professional judgment, giving you this part is reasonably likely to endanger a life"
        " or somebody’s physical safety, yours or another’s.",
        "45 CFR 164.524(a)(3)(i)",
        reviewable=True,
    ),
    Ground(
        "other_person",
        "About another person, who would be substantially harmed",
        "This part speaks of another person, who is no health care provider. In my professional"
        " judgment, giving it to you is reasonably likely to cause that person substantial harm.",
        "45 CFR 164.524(a)(3)(ii)",
        reviewable=True,
    ),
    Ground(
        "representative",
        "Asked by a representative, and likely to cause substantial harm",
        "You ask in the place of somebody else. In my professional judgment, giving you this part"
        " is reasonably likely to cause substantial harm to that person or to another.",
        "45 CFR 164.524(a)(3)(iii)",
        reviewable=True,
    ),
)
_BY_ID = {one.id: one for one in GROUNDS}

_REVIEW = (
    "You may have this denial reviewed, as far as it rests on a judgment of danger or harm. Write"
    " to the practice that you want it. A licensed health care professional who took no part in the"
    " denial will look at it within a reasonable time; you are told the result in writing, and what"
    " that professional decides is done."
)
_NO_REVIEW = "For the ground above, the rule gives no right to a review by another professional."
_SECRETARY = (
    "You may also complain to the Secretary of Health and Human Services, in writing, on paper or"
    " electronically. Name this practice, say what was done or left undone, and do it within 180"
    " days of when you knew of it, or should have. Nobody here may treat you worse for it."
)


def denial(material: Material) -> Letter:
    """The denial in plain words, with everything that it must contain."""
    grounds = [_BY_ID[one] for one in material.chosen.get("grounds", ()) if one in _BY_ID]
    review = any(one.reviewable for one in grounds)
    basis = tuple(Cited(one.says, one.citation) for one in grounds)
    told, left_out = settled(one for one in material.withholding if _of_the_state(one.citation))
    given = material.said("given") or _NOTHING_ELSE
    parts = [
        Part("What I do not give", (Cited(material.said("part"), ""),)),
        Part("Why", (*basis, *own_words(material))),
        Part("What you do get", (Cited(given, "45 CFR 164.524(d)(1)"),)),
        Part("A review", (_review(review=review),)),
        Part("To complain", complain(material, _COMPLAIN)),
    ]
    if told:
        parts.insert(2, Part("The law of this state", told))
    intake = material.intake
    return Letter(
        title="Your request for access",
        writer=material.writer,
        to=Addressee(intake.asker.name, material.address),
        dated=material.dated,
        about=(f"Your {called(intake)}, received on {long_day(intake.received_on)}",),
        opening=(_OPENS,),
        parts=tuple(parts),
        closing=("I am glad to talk about it with you.",),
        left_out=left_out,
    )


_OPENS = (
    "I cannot give you all that you asked for. This letter says what, why, and what you can do"
    " about it."
)
_COMPLAIN = "45 CFR 164.524(d)(2)(iii); 164.530(d)"
_NOTHING_ELSE = "Everything else that you asked for. It comes by itself, or with this letter."


def own_words(material: Material) -> tuple[Cited, ...]:
    """What the writer added in words of her own, if anything."""
    return (Cited(material.said("own"), ""),) if material.said("own") else ()


def _review(*, review: bool) -> Cited:
    if not review:
        return Cited(_NO_REVIEW, "45 CFR 164.524(a)(2)")
    return Cited(_REVIEW, "45 CFR 164.524(a)(4), (d)(4)")


def complain(material: Material, cites: str) -> tuple[Cited, ...]:
    """How to complain: here, to whom the letter names, and to the Secretary."""
    here = (
        f"You may complain to this practice. Ask for {material.said('contact')}, telephone"
        f" {material.said('telephone')}."
    )
    return (
        Cited(here, cites),
        Cited(_SECRETARY, "45 CFR 160.306(b); 164.530(g)"),
    )


def _of_the_state(citation: str) -> bool:
    return not citation.startswith(("45 CFR", "42 CFR", "42 U.S.C."))


def denying(grounds: tuple[tuple[str, str], ...], law: str, *between: Slot) -> tuple[Slot, ...]:
    """The slots of a denial, of access or of a correction: on which of the `grounds`, and as `law`
    says of them; what is `between`, as what is denied and whom to ask; and where to ring."""
    return (
        Slot("grounds", "The ground", "checks", law, options=grounds),
        *between,
        Slot("telephone", "Telephone number of that person or office"),
        OWN_WORDS,
    )


def unsaid(material: Material, **wanted: str) -> tuple[Lack, ...]:
    """Of the slots that are `wanted`, those left empty, each with what to do."""
    return tuple(Lack(slot, says) for slot, says in wanted.items() if not material.said(slot))


NO_TELEPHONE = "Give that person’s telephone number; the letter must say it."


def _denial_lacks(material: Material) -> tuple[Lack, ...]:
    found = [
        *unsaid(
            material,
            part="Say in plain words which part is not given.",
            contact="Name whom the client may ask, by name or title; the letter must say it.",
            telephone=NO_TELEPHONE,
        )
    ]
    if not any(one in _BY_ID for one in material.chosen.get("grounds", ())):
        found.insert(0, Lack("grounds", "Choose the ground; without one there is no denial."))
    return tuple(found)


DENIAL = LetterForm(
    "denial",
    "Deny access, in part or whole",
    "The client, or who stands in the client’s place, asked to see the record, and a ground of the"
    " rule keeps some of it back. That the client may be upset is no ground.",
    denial,
    tells=Tells.HERSELF,
    slots=denying(
        tuple((one.id, f"{one.label} ({one.citation})") for one in GROUNDS),
        "Each with its paragraph; only the last three give a right to a review.",
        Slot("part", "Which part is not given", "text", "In plain words, without its content."),
        Slot("given", "What is given", "text", "Left open: everything else.", optional=True),
        Slot("contact", "Whom the client may ask, by name or title"),
    ),
    lacks=_denial_lacks,
)


def extension(material: Material) -> Letter:
    """The letter that takes more time, once."""
    intake, span = material.intake, _span(material)
    day = material.day("until")
    until = long_day(day) if day else ""
    why = material.said("reason")
    asks = f"to answer your request{_FOR.get(material.right, ' for access')}"
    return Letter(
        title="More time for your request",
        writer=material.writer,
        to=Addressee(intake.asker.name, material.address),
        dated=material.dated,
        about=(f"Your {called(intake)}, received on {long_day(intake.received_on)}",),
        opening=(f"I need more time than {_IN_WORDS.get(span.days, span.days)} days {asks}.",),
        parts=(
            Part("Why", (Cited(why, ""),)),
            Part("By when", (Cited(f"You have my answer by {until}.", span.citation),)),
            Part("Only once", (Cited(_ONCE, span.citation),)),
        ),
        closing=(_SOONER.get(material.right, _SOME_OF_IT),),
    )


_ONCE = "The rule lets me take this time once. After that day there is no further delay."
_FOR = {"amendment": " for a correction", "accounting": " for an account of disclosures"}
_IN_WORDS = {30: "thirty", 60: "sixty"}
_SOME_OF_IT = "If you need some of it sooner, tell me what; perhaps I can send that first."
_SOONER = {"amendment": "If it is urgent, tell me why; perhaps I can answer sooner."}
_ACCESS = Span("Give access, or deny it in writing", 30, 30, "45 CFR 164.524(b)(2)")
_NO_TIME = frozenset({"restriction", "channel"})
"""Rights for which no rule sets a time."""


def _span(material: Material) -> Span:
    return material.span or _ACCESS


def _extension_lacks(material: Material) -> tuple[Lack, ...]:
    span = _span(material)
    first, last = first_due(span, material.intake), last_due(span, material.intake)
    until = material.day("until")
    found = []
    if material.right in _NO_TIME:
        found.append(Lack("until", "No rule sets a time for this, so there is none to extend."))
    elif material.extended:
        says = "The time was extended once, and the rule allows no second time. Answer now."
        found.append(Lack("until", says))
    elif material.dated > first:
        says = (
            f"The first {span.days} days ended on {long_day(first)}; they can no longer be"
            " extended. Answer now, and say why it is late."
        )
        found.append(Lack("until", says))
    elif until is None or not material.dated < until <= last:
        says = f"Give the day by which you answer: at the latest {long_day(last)}."
        found.append(Lack("until", says))
    if not material.said("reason"):
        found.append(Lack("reason", "Say why it takes longer; the letter must give the reason."))
    return tuple(found)


EXTENSION = LetterForm(
    "extension",
    "Take more time, once",
    "A client’s request cannot be answered in its time: thirty days for access, sixty for a"
    " correction or an account.",
    extension,
    tells=Tells.HERSELF,
    slots=(
        Slot("reason", "Why it takes longer", "text"),
        Slot("until", "You answer by", "date", "Within 30 days after the first time is over."),
    ),
    lacks=_extension_lacks,
)
