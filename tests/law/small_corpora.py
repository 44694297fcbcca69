"""Small random corpora, matters and facts for property tests."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from stillroom.kernel import Trilean
from stillroom.law import PROFESSIONS, RECORD_KINDS, Corpus, Fact, Matter, Provision, Regime
from stillroom.law._conditions import (
    ALWAYS,
    All,
    Between,
    Condition,
    Has,
    IsYes,
    Not,
    OneOf,
    alternatives,
)
from stillroom.law._conditions import (
    Any as Some,
)
from stillroom.law._loading import digest_of

KINDS = ("progress_notes", "psychotherapy_notes", "billing")
MEMBERS = ("progress_notes", "psychotherapy_notes")
DAY = date(2026, 11, 23)

FACTS = {
    "signed": Fact("signed", "yesno", attainable=True, asks="Signed?", means="It is signed."),
    "served": Fact("served", "yesno", attainable=True, asks="Served?", means="It is served."),
    "danger": Fact("danger", "yesno", attainable=True, asks="Danger?", means="There is danger."),
    "paper": Fact("paper", "choice", {"none": "", "subpoena": "", "order": ""}, asks="?"),
    "age": Fact("age", "number", unit="years", bounds=(0, 130), asks="How old?"),
    "records_asked": Fact("records_asked", "set", dict.fromkeys(KINDS, ""), asks="Which?"),
}

REGIMES = {
    "hipaa": Regime("hipaa", "HIPAA", yields_to_required=("duty",)),
    "state": Regime("state", "State"),
    "duty": Regime("duty", "Duty"),
    "ethics": Regime("ethics", "Ethics", governs=False),
    "policy": Regime("policy", "Policy", tightens=True),
}

LEAVES = st.one_of(
    st.builds(IsYes, st.sampled_from(["signed", "served", "danger"]), st.booleans()),
    st.builds(
        OneOf,
        st.just("paper"),
        st.just(True),
        st.frozensets(st.sampled_from(["none", "subpoena", "order"]), min_size=1),
    ),
    st.builds(
        Between,
        st.just("age"),
        st.just(True),
        st.sampled_from([None, 0, 12]),
        st.sampled_from([None, 12, 18]),
    ),
    st.builds(Has, st.just("records_asked"), st.booleans(), st.sampled_from(MEMBERS)),
)


def _joined(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(parts, min_size=1, max_size=3).map(tuple)
    return st.one_of(st.builds(All, several), st.builds(Some, several), st.builds(Not, parts))


CONDITIONS: st.SearchStrategy[Condition] = st.one_of(
    st.just(ALWAYS), LEAVES, st.recursive(LEAVES, _joined, max_leaves=4)
)


@st.composite
def _provision(draw: st.DrawFn, number: int, bars: dict[str, list[str]]) -> Provision:
    regime = draw(st.sampled_from(["state", "state", "state", "duty", "hipaa", "ethics", "policy"]))
    layer = draw(st.sampled_from(["rule", "exception", "bar"]))
    levels = ["forbids", "permits_with_authorization", "permits"]
    if layer != "bar":
        levels += ["adds"] if regime == "policy" else ["requires", "adds"]
    modality = draw(st.sampled_from(levels))
    condition = draw(CONDITIONS)
    names = st.sampled_from(["signed", "served"])
    needs = draw(st.lists(names, min_size=1, max_size=2, unique=True))
    lifts = bars.get(regime, []) if layer == "exception" and draw(st.booleans()) else []
    provision = Provision(
        id=f"p{number}",
        citation=f"Section {number}",
        title=f"Section {number}",
        regime=regime,
        place=draw(st.sampled_from(["us", "us", "us", "us-aa", "us-bb"])),
        statute=draw(st.sampled_from(["", "", "", "first", "second"])),
        modality=modality,
        layer=layer,
        acts=frozenset(["disclose"]),
        professions=frozenset(["psychologist"]),
        kinds=draw(st.one_of(st.just(frozenset(KINDS)), st.frozensets(st.sampled_from(KINDS)))),
        condition=condition,
        alternatives=alternatives(condition),
        lifts=tuple(lifts),
        authorization=tuple(needs) if modality == "permits_with_authorization" else (),
        opens=draw(st.sampled_from(["", f"with what section {number} needs"])),
        checked=draw(st.sampled_from(["text", "secondary", "recalled"])),
    )
    if layer == "bar":
        bars.setdefault(regime, []).append(provision.id)
    return provision


@st.composite
def corpora(draw: st.DrawFn, largest: int = 5) -> Corpus:
    bars: dict[str, list[str]] = {}
    count = draw(st.integers(2, largest))
    found = [draw(_provision(number, bars)) for number in range(count)]
    return corpus_of(found)


def corpus_of(provisions: list[Provision]) -> Corpus:
    content: Any = {"provisions": {p.id: repr(p) for p in provisions}}
    return Corpus({p.id: p for p in provisions}, FACTS, REGIMES, digest_of(content))


@st.composite
def matters(draw: st.DrawFn, corpus: Corpus) -> Matter:
    states = sorted({p.place for p in corpus.provisions.values()} - {"us"})
    chosen = draw(st.lists(st.sampled_from(states), unique=True)) if states else []
    return Matter("disclose", ("us", *chosen), "psychologist", DAY)


def make(id_: str, regime: str, modality: str, **fields: Any) -> Provision:
    """A provision that always applies, everywhere, to everything, unless `fields` say otherwise."""
    condition = fields.setdefault("condition", ALWAYS)
    usual = {
        "citation": f"Cite {id_}",
        "title": id_,
        "place": "us",
        "layer": "rule",
        "acts": frozenset(["disclose"]),
        "professions": frozenset(PROFESSIONS),
        "kinds": frozenset(RECORD_KINDS),
        "alternatives": alternatives(condition),
    }
    return Provision(id=id_, regime=regime, modality=modality, **{**usual, **fields})


ASK = Matter("disclose", ("us",), "psychologist", DAY)


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "signed": st.sampled_from(list(Trilean)),
    "served": st.sampled_from(list(Trilean)),
    "danger": st.sampled_from(list(Trilean)),
    "paper": st.sampled_from(["none", "subpoena", "order"]),
    "age": st.sampled_from([0, 11, 12, 17.5, 18, 40]),
    "records_asked": st.frozensets(st.sampled_from(KINDS), min_size=1),
}

SOME_FACTS: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}),
    st.sampled_from(sorted(VALUES)).flatmap(lambda n: st.fixed_dictionaries({n: VALUES[n]})),
    st.fixed_dictionaries({}, optional=VALUES),
)


@st.composite
def questions(draw: st.DrawFn) -> tuple[Corpus, Matter, dict[str, Any]]:
    """A corpus, a matter in some of its places, and a few facts."""
    corpus = draw(corpora())
    return corpus, draw(matters(corpus)), draw(SOME_FACTS)
