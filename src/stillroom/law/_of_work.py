"""Facts that hold of whoever answers and where they work, and not of one client or one day.

A professional is asked for them once, and they stand in each of her matters until she says
otherwise: an employment, a licence, what counsel said a section means for her profession.
"""

from collections.abc import Mapping
from datetime import date

from stillroom.law._conditions import leaves
from stillroom.law._corpus import Corpus, facts_from_json
from stillroom.law._facts import Fact, FactValue


def standing_facts(corpus: Corpus, place: str, profession: str, on: date) -> tuple[Fact, ...]:
    """Those on which some law of a place turns for a profession on a day; federal ones among them.

    In the order in which the facts are declared.
    """
    concerning = corpus.concerning((place,), profession, on)
    asked = {leaf.fact for rule in concerning for leaf in leaves(rule.condition)}
    asked |= {name for rule in concerning for name in rule.authorization}
    return tuple(fact for fact in corpus.facts.values() if fact.standing and fact.name in asked)


def standing_known(corpus: Corpus, said: Mapping[str, str]) -> dict[str, FactValue]:
    """What was said of somebody's work, as this law knows it.

    An answer to a question that this law does not ask, or not so any more, is left out: it is then
    not known, and the law asks (P6).
    """
    return facts_from_json(
        corpus,
        {
            name: value
            for name, value in said.items()
            if (fact := corpus.facts.get(name)) is not None and value in answers_to(fact)
        },
    )


def answers_to(fact: Fact) -> tuple[str, ...]:
    """What may be said of a standing fact, as JSON has it; nothing of any other."""
    if not fact.standing:
        return ()
    return tuple(fact.values) if fact.type == "choice" else ("yes", "no")
