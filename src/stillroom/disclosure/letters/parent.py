"""The letter that refuses a parent, with the rule.

It goes only to a parent who already knows that the child comes here; to any other the answer is
*neither confirm nor deny*. The rule is the state's, from the findings of the law on minors; where
none surely applies the letter says that it is not settled, and claims none. Which rules are printed
the writer chooses: a rule can tell by itself who agreed to the care.

Sources: the provisions of the regime `minors`; 45 CFR 164.502(g)(3), (5) on when a parent stands in
the minor's place, as the provisions on file restate it.
"""

from collections.abc import Iterable

from stillroom.disclosure.letters.forms import OWN_WORDS, Lack, LetterForm, Material, Slot, Tells
from stillroom.disclosure.letters.letter import Letter, Part
from stillroom.disclosure.letters.objection import called
from stillroom.disclosure.packet import Addressee, Cited
from stillroom.disclosure.rules_opinion import FindingLike
from stillroom.kernel import Trilean

_READ = frozenset({"text", "secondary"})
_SAYS = (
    "I do not give you the record, or tell you what was said. That is no judgment of you as a"
    " parent; it is what keeps a young person able to speak."
)
_NOT_SETTLED = (
    "What this state's law gives a parent in a case like this is not settled by anything that I"
    " have been able to read. Until a court, or a rule that somebody shows me, says otherwise, I"
    " keep what was told to me in confidence."
)
_CHANGES = (
    "If a court has ordered that you have this record, if you are the person who by law consents to"
    " this care, or if you hold another paper that lets you ask, please send me a copy. I will look"
    " at it, and answer in writing."
)
_TALK = (
    "You are free to ask your child, and to tell me whatever you think I should know. What you tell"
    " me I can hear without telling you anything."
)
_EMERGENCY = (
    "Should I ever believe that a life is in danger, I will do what the law asks of me, and tell"
    " whoever must know."
)


def settled_for_parents(findings: Iterable[FindingLike]) -> tuple[FindingLike, ...]:
    """The rules on minors that surely apply and that somebody has read, each citation once."""
    told: dict[tuple[str, str], FindingLike] = {}
    for one in findings:
        sure = one.applies is Trilean.YES and one.checked in _READ
        if one.regime == "minors" and sure and one.modality != "adds":
            told.setdefault((one.citation, one.says), one)
    return tuple(told.values())


def refusal(material: Material) -> Letter:
    """The refusal, with the rules that its writer chose."""
    rules = settled_for_parents(material.findings)
    chosen = material.chosen.get("rules", ())
    cited = tuple(
        Cited(one.says, one.citation) for nth, one in enumerate(rules) if str(nth) in chosen
    )
    parts = [Part("The rule", cited or (Cited(_NOT_SETTLED, ""),))]
    if own := material.said("own"):
        parts.append(Part("In my own words", (Cited(own, ""),)))
    parts.append(Part("What would change this", (Cited(_CHANGES, ""),)))
    parts.append(Part("Meanwhile", (Cited(_TALK, ""), Cited(_EMERGENCY, ""))))
    intake = material.intake
    return Letter(
        title="Your request",
        writer=material.writer,
        to=Addressee(intake.asker.name, material.address),
        dated=material.dated,
        about=(f"Your {called(intake)}",),
        opening=(_SAYS,),
        parts=tuple(parts),
        closing=("If you hold that I am mistaken, a court can say so, and I will follow it.",),
    )


def _lacks(material: Material) -> tuple[Lack, ...]:
    if material.said("knows") != "yes":
        says = (
            "To a parent who does not surely know that the child comes here, write “neither confirm"
            " nor deny” instead: this letter tells it."
        )
        return (Lack("knows", says),)
    return ()


FORM = LetterForm(
    "parent",
    "Refuse a parent",
    "A parent asks for a minor’s record, and the law of this state lets or makes you keep it back."
    " A parent who stands in the minor’s place for this record gets a denial of access instead.",
    refusal,
    tells=Tells.OTHERS,
    slots=(
        Slot(
            "knows",
            "This parent already knows that the child comes here",
            "yes",
            "Have it from the parent’s own letter, or because the parent brought the child.",
        ),
        Slot(
            "rules",
            "Which rules the letter cites",
            "checks",
            "A rule can tell who agreed to the care. None chosen: the letter says that it is not"
            " settled.",
            optional=True,
        ),
        OWN_WORDS,
    ),
    lacks=_lacks,
)
