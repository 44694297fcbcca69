"""The letter that sends nothing: it objects, claims privilege for whoever may hold it, and neither
confirms nor denies that anybody is a client (T07, P8).

It is written from the demand alone. No chart, no client and no authorization can be handed to
`objection`; of the opinion's findings it repeats only those that turned on nothing but the demand.
So the letter for a client and the letter for a stranger are the same, byte for byte. Best is to ask
the law with `facts_of_a_stranger`; the sieve here holds even if somebody does not.
"""

from collections.abc import Iterable
from datetime import date

from stillroom.disclosure.letters.forms import LetterForm, Material
from stillroom.disclosure.letters.letter import Letter, Part, Writer, long_day, settled
from stillroom.disclosure.packet import Addressee, Cited
from stillroom.disclosure.rules_facts import INTAKE_FACTS
from stillroom.disclosure.rules_intake import Intake, missing_from_instrument
from stillroom.disclosure.rules_opinion import FindingLike
from stillroom.kernel import Trilean

INSTRUMENTS = {
    "letter": "letter",
    "client_request": "request",
    "attorney_subpoena": "subpoena",
    "clerk_subpoena": "subpoena",
    "grand_jury_subpoena": "grand jury subpoena",
    "administrative_demand": "demand",
    "discovery_request": "request for discovery",
    "court_order": "order",
    "search_warrant": "warrant",
    "payer_audit": "request",
}
_REGIMES = frozenset({"hipaa", "state_confidentiality", "privilege"})
"""Others (Part 2, minors) would tell of the chart by being named at all."""

NEITHER = (
    "I neither confirm nor deny that any person named in it is or has ever been a client of this"
    " practice. To every demand of this kind I answer in these words, whatever the truth may be."
)
PRIVILEGE = (
    "What is said in psychotherapy is confidential and may be privileged. A privilege would belong"
    " to the client and is not mine to give up. For any person who may hold it I claim it, until"
    " that person has waived it or a court has ruled on it."
)
OPENS = (
    "I will look at this again when I have a written authorization of the person concerned that"
    " meets the law, or an order signed by a judge that says what is to be produced."
)
CLOSING = (
    "I mean no disrespect to any court and will obey a lawful order. If you hold that this"
    " objection is mistaken, please bring it before the court with notice to me, so that it can be"
    " heard."
)


def objection(
    intake: Intake,
    *,
    findings: Iterable[FindingLike],
    writer: Writer,
    address: tuple[str, ...],
    dated: date,
) -> Letter:
    """An objection in writing to this demand. Nothing in it depends on any chart."""
    told, left_out = settled(each for each in findings if of_the_demand_alone(each))
    parts = [
        Part("Whether anyone is a client", (Cited(NEITHER, ""),)),
        Part("Privilege", (Cited(PRIVILEGE, ""),)),
    ]
    if lacks := lacks_of(intake, {each.citation for each in told}):
        parts.append(Part("What it lacks", lacks))
    if told:
        parts.append(Part("The law", told))
    parts.append(Part("What would change this", (Cited(OPENS, ""),)))
    return Letter(
        title="Objection to a demand for records",
        writer=writer,
        to=Addressee(intake.asker.name, address),
        dated=dated,
        about=about(intake),
        opening=(_opening(intake),),
        parts=tuple(parts),
        closing=(CLOSING,),
        left_out=left_out,
    )


def called(intake: Intake) -> str:
    """What the asker's paper is called in a letter, with its date: "subpoena of November 20"."""
    name = INSTRUMENTS.get(intake.instrument, "request")
    return f"{name} of {long_day(intake.dated)}" if intake.dated else name


def about(intake: Intake) -> tuple[str, ...]:
    """What the letter is about: the asker's own paper and caption."""
    return tuple(filter(None, (f"Your {called(intake)}", intake.caption)))


def _opening(intake: Intake) -> str:
    name = INSTRUMENTS.get(intake.instrument, "request")
    says = f"I object to your {name}, and I send nothing in answer to it as it stands."
    return f"{says} {served(intake)}"


def served(intake: Intake) -> str:
    """How and when it came, as a sentence."""
    if intake.served_on:
        return f"It was served on {long_day(intake.served_on)}."
    return f"I received it on {long_day(intake.received_on)}."


def lacks_of(intake: Intake, citable: set[str]) -> tuple[Cited, ...]:
    """What is surely missing; a citation only if a finding carries it."""
    return tuple(
        Cited(gap.says, gap.citation if gap.citation in citable else "")
        for gap in missing_from_instrument(intake)
        if gap.state is Trilean.NO
    )


def of_the_demand_alone(finding: FindingLike) -> bool:
    """Whether a finding turned on nothing but the demand, so that repeating it tells nothing."""
    return finding.regime in _REGIMES and set(finding.turned_on) <= INTAKE_FACTS


def _make(material: Material) -> Letter:
    return objection(
        material.intake,
        findings=material.findings,
        writer=material.writer,
        address=material.address,
        dated=material.dated,
    )


FORM = LetterForm(
    "objection",
    "Object to the demand",
    "A demand that may not be answered as it stands. It claims privilege for whoever may hold it"
    " and confirms nothing.",
    _make,
)
