"""What a consultation sheet begins with, and whether the law lets somebody be asked. Pure."""

from dataclasses import replace

from stillroom.consent.rules import CONSENT_FACTS
from stillroom.desk.places import name_of
from stillroom.desk.reasons import told
from stillroom.desk.verdicts import plural
from stillroom.disclosure.queries import WholeMatter
from stillroom.disclosure.rules import INTAKE_FACTS
from stillroom.kernel import Trilean
from stillroom.law import Corpus, Opinion

_NOT_SAID = frozenset({"served_on", "recipient", "records_asked"})
"""Facts that say more of the case than of the question; whoever asks may add them."""


def begun(whole: WholeMatter, corpus: Corpus) -> str:
    """A first text: a place for the question, the facts as the law knows them, its answer."""
    made = whole.determination
    around, opinion = made.around, made.full
    facts = [
        f"- {corpus.facts[one.name].asks} {one.value}" if one.name else f"- {one.label}"
        for one in told(made.facts, corpus, _NOT_SAID)
    ]
    cited = list(dict.fromkeys(one.citation for one in opinion.findings if one.decides))[:4]
    rests = f" ({'; '.join(cited)})" if cited else ""
    whose, where = plural(around.profession), name_of(around.place)
    asked_of = f"What the law on file answers for {whose} in {where}, on {around.today:%B %Y}:"
    return "\n".join(
        (
            "My question:",
            "",
            "",
            "What is known:",
            *(facts or ["- nothing yet"]),
            "",
            asked_of,
            f"{opinion.sentence}{rests}",
        )
    )


def may_consult(whole: WholeMatter, corpus: Corpus) -> Opinion:
    """The law's answer to asking a colleague for advice without identifying the client."""
    made = whole.determination
    matter = replace(made.full.matter, act="consult")
    of_the_asker = INTAKE_FACTS | CONSENT_FACTS
    known = {name: value for name, value in made.facts.items() if name not in of_the_asker}
    known |= {"recipient": "consultant", "purpose": "consultation", "deidentified": Trilean.YES}
    return corpus.opine(matter, known)
