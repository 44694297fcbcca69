"""Each theorem is false of some law that could be written by mistake, and is then found out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from stillroom.law import ACTS, RECORD_KINDS, Corpus, Matter, Provision, Regime
from stillroom.law._conditions import All, IsYes, Not, OneOf, alternatives
from stillroom.law._loading import load
from stillroom.law.proving import THEOREMS, Excepted, Prover, Verdict, told
from tests.law.small_corpora import make

ROOT = Path(__file__).parents[2] / "provisions"
DAY = date(2026, 11, 23)
BY_NAME = {theorem.name: theorem for theorem in THEOREMS}
NOTES, PROGRESS = frozenset(["psychotherapy_notes"]), frozenset(["progress_notes"])
SUD = frozenset(["sud_records", "sud_counseling_notes"])


@cache
def declared() -> Any:
    """The facts and regimes on file; the law below is made up."""
    return load(ROOT)


def rule(id_: str, regime: str, modality: str, *parts: Any, **fields: Any) -> Provision:
    """A provision about every act, under all of `parts`."""
    condition = All(tuple(parts))
    fields.setdefault("acts", frozenset(ACTS))
    fields.setdefault("checked", "text")
    return make(
        id_,
        regime,
        modality,
        condition=condition,
        alternatives=alternatives(condition),
        as_of=DAY,
        **fields,
    )


def to(*recipients: str) -> OneOf:
    return OneOf("recipient", True, frozenset(recipients))


def law(*provisions: Provision, regimes: dict[str, Regime] | None = None) -> Corpus:
    by_id = {p.id: p for p in provisions}
    return Corpus(by_id, declared().facts, regimes or declared().regimes, "made up")


CLOSED = rule("us.shut", "hipaa", "forbids")
SIGNED = rule(
    "us.signed",
    "hipaa",
    "permits_with_authorization",
    layer="exception",
    authorization=("client_authorization",),
    kinds=frozenset(RECORD_KINDS) - NOTES - SUD,
)
SHUT = (CLOSED, SIGNED)


def opening(regime: str, *parts: Any, **fields: Any) -> Provision:
    """What somebody wrote without thinking of everything."""
    usual: dict[str, Any] = {"layer": "exception", "place": "us-aa"}
    return rule("us-aa.mistake", regime, "permits", *parts, **{**usual, **fields})


GIVEN = rule(
    "us.given",
    "part2",
    "permits_with_authorization",
    authorization=("client_authorization",),
    kinds=SUD,
)
CARE = rule("us-aa.privilege", "privilege", "forbids", place="us-aa")
ABUSE = OneOf("suspicion", True, frozenset(["child_abuse"]))
REPORT = rule(
    "us-aa.report",
    "state_duty",
    "requires",
    ABUSE,
    IsYes("reasonable_suspicion"),
    layer="exception",
    place="us-aa",
)


@dataclass
class Tooth:
    """A law of which a theorem is false, and what its counterexample must say."""

    theorem: str
    law: Sequence[Provision]
    says: Sequence[str]
    sound: Sequence[Provision] = field(default=SHUT)
    acts: Sequence[str] = ("disclose",)
    yields: tuple[str, str] | None = None
    """A regime that gives way to another's requirement, and should not."""

    def corpus(self) -> Corpus:
        regimes = dict(declared().regimes)
        if self.yields is not None:
            regimes[self.yields[0]] = Regime(self.yields[0], "", True, self.yields[1:])
        return law(*self.law, regimes=regimes)


TEETH = [
    Tooth("payer-never-gets-notes", (CLOSED, opening("hipaa", to("payer"))), ["PERMITTED", "payer"]),
    Tooth(
        "notes-never-go-to-business",
        (CLOSED, opening("hipaa", IsYes("deidentified"))),
        ["psychotherapy notes: PERMITTED", "Would everything that identifies the client be removed? Yes."],
    ),
    Tooth(
        "notes-leave-by-named-doors",
        (CLOSED, opening("hipaa", to("treating_provider"))),
        ["psychotherapy notes: PERMITTED", "applies: us-aa.mistake"],
    ),
    Tooth(
        "sud-counseling-notes-never-go-to-business",
        (rule("us.p2", "part2", "forbids"), opening("part2", to("payer"))),
        ["SUD counseling notes: PERMITTED"],
    ),
    Tooth(
        "part2-records-stay-out-of-court",
        (rule("us.p2", "part2", "forbids"), opening("part2", IsYes("judge_signed"))),
        ["PERMITTED", "Did a judge or magistrate sign it? Yes."],
    ),
    Tooth(
        "press-and-employer-get-nothing",
        (CLOSED, opening("hipaa", IsYes("client_deceased"))),
        ["PERMITTED", "Has the client died? Yes."],
    ),
    Tooth(
        "federal-floor-holds",
        (CLOSED, rule("us-aa.order", "state_confidentiality", "requires", place="us-aa")),
        ["REQUIRED"],
        sound=(CLOSED, rule("us-aa.duty", "state_duty", "requires", place="us-aa")),
        yields=("hipaa", "state_confidentiality"),
    ),
    Tooth(
        "signing-never-closes-a-door",
        (CLOSED, opening("hipaa", IsYes("client_authorization", False)), GIVEN),
        ["progress notes: PERMITTED", "beside it:", "progress notes: FORBIDDEN"],
    ),
    Tooth(
        "subpoena-alone-opens-nothing",
        (CLOSED, opening("hipaa", to("party_by_subpoena"), Not(IsYes("judge_signed")))),
        ["PERMITTED", "Did a judge or magistrate sign it? No."],
    ),
    Tooth(
        "subpoena-never-breaks-privilege",
        (CARE, rule("us-aa.duty", "state_duty", "requires", place="us-aa")),
        ["REQUIRED", "applies: us-aa.privilege"],
        sound=(CARE,),
        yields=("privilege", "state_duty"),
    ),
    Tooth(
        "therapists-have-a-privilege",
        (*SHUT, opening("minors", acts=frozenset(["warn"]))),
        ["applies: us.shut"],
        sound=(*SHUT, CARE),
        acts=("testify",),
    ),
    Tooth(
        "warning-keeps-to-the-least",
        (CLOSED, opening("hipaa", IsYes("threat_serious"))),
        ["PERMITTED", "serious? Yes."],
        acts=("warn",),
    ),
    Tooth("duty-to-warn-names-its-limit", (REPORT,), ["REQUIRED"], acts=("warn",)),
    Tooth(
        "threat-does-not-open-part2",
        (rule("us.p2", "part2", "forbids"), opening("part2", IsYes("emergency"))),
        ["SUD records: PERMITTED", "emergency"],
        acts=("warn",),
    ),
    Tooth(
        "child-abuse-can-always-be-required",
        (rule("us-aa.other", "state_duty", "requires", IsYes("reasonable_suspicion", False), place="us-aa"),),
        ["no way in which the facts may turn out leads there"],
        sound=(REPORT,),
        acts=("report",),
    ),
    Tooth(
        "child-abuse-is-required",
        (REPORT, rule("us-aa.bar", "state_duty", "permits", IsYes("emergency"), layer="bar", place="us-aa")),
        ["PERMITTED", "emergency", "Yes."],
        sound=(REPORT,),
        acts=("report",),
    ),
]  # fmt: skip


def proven(
    name: str, corpus: Corpus, acts: Sequence[str] = ("disclose",), *exceptions: Excepted
) -> Verdict:
    """One theorem over the places of a law, for some acts."""
    found = Verdict(name)
    prover = Prover(corpus, exceptions)
    for place in corpus.places:
        for case in prover.library.cases(place, DAY, acts):
            matters = [m for m in case.matters if _concerned(name, m)]
            if matters:
                prover.prove(BY_NAME[name], case, matters, found)
    return found


def _concerned(name: str, matter: Matter) -> bool:
    theorem = BY_NAME[name]
    return matter.profession in theorem.professions and (
        bool(matter.states) or not theorem.needs_state
    )


def words(found: Verdict, corpus: Corpus) -> str:
    return "\n".join(line for shown in found.shown for line in told(shown, corpus))


@pytest.mark.parametrize("tooth", TEETH, ids=lambda tooth: tooth.theorem)
def test_a_law_that_breaks_a_theorem_is_found_out_and_the_world_is_told(tooth: Tooth) -> None:
    corpus = tooth.corpus()
    found = proven(tooth.theorem, corpus, tooth.acts)
    assert not found.proven
    assert found.shown
    assert all(shown.confirmed for shown in found.shown)
    for said in tooth.says:
        assert said in words(found, corpus)


@pytest.mark.parametrize("tooth", TEETH, ids=lambda tooth: tooth.theorem)
def test_a_law_that_keeps_it_is_let_pass(tooth: Tooth) -> None:
    assert proven(tooth.theorem, law(*tooth.sound), tooth.acts).proven
