"""The law asked about a risk record: which questions, and what is known without being typed. Pure.

Rules: what the record says stands, and no later answer overrules it; what the chart says (age,
place) comes from the chart; the rest is asked, one question at a time, and what cannot be told
stays unknown (P6). Nothing of it stands in an address.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from stillroom.chart.risk_facts import Told
from stillroom.desk import supposing
from stillroom.desk.supposing import Supposed
from stillroom.disclosure.happened.puts import (
    ADULT_AGENCY,
    CHILD_AGENCY,
    PURPOSE,
    PUTS,
    Put,
    occasion_of,
)
from stillroom.law import Corpus, Facts, FactValue, Interval

ASKABLE = frozenset({"violence_risk", "suicide_risk", "abuse_suspicion"})
"""Records that the law can be asked about."""


def puts(kind: str, told: Iterable[Told]) -> tuple[Put, ...]:
    """The questions that a record raises, the first one first."""
    facts = {one.fact: one.value for one in told}
    occasion = "danger_to_others" if kind == "violence_risk" else occasion_of(kind, facts)
    if occasion:
        most = 2 if kind != "violence_risk" else 3
        return PUTS[occasion][:most]
    police = PUTS["child_abuse"][1]
    return (CHILD_AGENCY, ADULT_AGENCY, police) if kind == "abuse_suspicion" else ()


def chosen(offered: Sequence[Put], key: str) -> Put:
    """The question that a form names, or the first."""
    return next((one for one in offered if one.key == key), offered[0])


def fixed(
    put: Put, told: Iterable[Told], chart: Facts, law_kind: str, corpus: Corpus
) -> dict[str, FactValue]:
    """What needs no answer: the question itself, the chart, the record; the record last.

    `law_kind` is what the law calls the record: what would be told is what it says, and no more.
    """
    facts: dict[str, FactValue] = {
        "recipient": put.recipient,
        "purpose": PURPOSE[put.act],
        "records_asked": frozenset({law_kind}),
        **chart,
        **{one.fact: one.value for one in told},
    }
    return {name: value for name, value in facts.items() if name in corpus.facts}


def supposed(
    put: Put,
    known: Facts,
    posted: Mapping[str, Sequence[str]],
    around: tuple[str, str, date],
    corpus: Corpus,
) -> Supposed:
    """The question as it stands: what is known, and what was answered on the page since.

    `around` is place, profession and day, which the practice knows and no form says.
    """
    place, profession, today = around
    ours = {
        "act": [put.act],
        "place": [place],
        "profession": [profession],
        "on": [today.isoformat()],
    }
    asked = supposing.carried({**posted, "other": [], **ours}, corpus, today)
    if "forget" in posted:
        asked = supposing.forgotten(asked, posted["forget"][-1])
    elif "fact" in posted:
        asked = supposing.answered(asked, posted["fact"][-1], posted.get("value", ()), corpus)
    return with_facts(asked, {**asked.facts, **known})


def with_facts(asked: Supposed, facts: Facts) -> Supposed:
    """The same question with other facts."""
    return Supposed(
        asked.act, asked.place, asked.other, asked.profession, asked.on, facts, asked.left
    )


def typed_since(asked: Supposed, known: Facts) -> Supposed:
    """Only what was answered on the page: what its form has to carry."""
    rest = {name: value for name, value in asked.facts.items() if name not in known}
    return with_facts(asked, rest)


def rests_on(asked: Supposed, told: Iterable[Told], corpus: Corpus) -> frozenset[str]:
    """The facts of the record on which the answer rests: were one of them not known, the answer
    could be another. Where several hold a door shut together, they are all named."""
    whole = corpus.opine(asked.matter(), asked.facts).stance
    names = [one.fact for one in told if one.fact in asked.facts]
    alone = {name for name in names if _without(asked, (name,), corpus) != whole}
    if not alone and _without(asked, names, corpus) != whole:
        return frozenset(names)
    return frozenset(alone)


def _without(asked: Supposed, names: Sequence[str], corpus: Corpus) -> Interval:
    facts = {name: value for name, value in asked.facts.items() if name not in names}
    return corpus.opine(asked.matter(), facts).stance
