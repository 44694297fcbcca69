"""The law engine beside Cedar and Rust CEL: sixty provisions of eight conditions, one run.

All three hold the same policy set: forty permissions, twenty prohibitions that overrule them, and
no as the default. All are asked the same questions with every fact known, and their answers are
compared before any clock starts. Cedar and CEL compile beforehand, as we do.

    python -m tests.bench.law
"""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import cedarpy
import cel

from stillroom.kernel import Trilean
from stillroom.law import Corpus, Fact, Matter, Provision, Regime, Stance
from stillroom.law._conditions import All, Between, Condition, IsYes, OneOf, alternatives

PROVISIONS, CONDITIONS, PERMISSIONS = 60, 8, 40
YESNO = tuple(f"fact_{i:02}" for i in range(18))
CHOICES = tuple(f"choice_{i}" for i in range(4))
NUMBERS = ("age", "days")
BATCH = 24
VALUES = ("red", "green", "blue", "white")
MATTER = Matter("disclose", ("us",), "psychologist", date(2026, 11, 23))

Question = Mapping[str, Any]
Row = dict[str, Any]


class PolicySet:
    """One random policy set, as three engines hold it, and questions to ask of it."""

    def __init__(self, seed: int = 2026, questions: int = 240) -> None:
        self.dice = random.Random(seed)
        self.rules = [self._rule() for _ in range(PROVISIONS)]
        self.questions = [self._question(i) for i in range(questions)]
        self.corpus = self._corpus()
        self.cedar = cedarpy.PolicySet.from_str("\n".join(map(_cedar, self._effects())))
        self.entities = cedarpy.Entities.from_json_str("[]")
        self.programs = [cel.compile(_cel(rule)) for rule in self.rules]
        permits = " || ".join(f"({_cel(rule)})" for rule in self.rules[:PERMISSIONS])
        forbids = " || ".join(f"({_cel(rule)})" for rule in self.rules[PERMISSIONS:])
        self.whole = cel.compile(f"({permits}) && !({forbids})")

    def _rule(self) -> list[tuple[str, Any]]:
        """Eight looks at different facts: yes/no, one of, below."""
        chosen = self.dice.sample(YESNO, 5) + self.dice.sample(CHOICES, 2)
        chosen.append(self.dice.choice(NUMBERS))
        return [(name, self._wanted(name)) for name in chosen]

    def _wanted(self, name: str) -> Any:
        if name in YESNO:
            return self.dice.random() < 0.5
        if name in CHOICES:
            return tuple(sorted(self.dice.sample(VALUES, 2)))
        return self.dice.randrange(10, 90)

    def _question(self, number: int) -> Question:
        """Half of the questions are built so that one rule at least applies."""
        facts: dict[str, Any] = {name: self.dice.random() < 0.5 for name in YESNO}
        facts |= {name: self.dice.choice(VALUES) for name in CHOICES}
        facts |= {name: self.dice.randrange(100) for name in NUMBERS}
        if number % 2:
            for name, wanted in self.dice.choice(self.rules):
                is_list = isinstance(wanted, tuple)
                facts[name] = wanted[0] if is_list else wanted if name in YESNO else wanted - 1
        return facts

    def _effects(self) -> list[tuple[str, list[tuple[str, Any]]]]:
        split = PERMISSIONS
        return [("permit", r) for r in self.rules[:split]] + [
            ("forbid", r) for r in self.rules[split:]
        ]

    def _corpus(self) -> Corpus:
        facts = {name: Fact(name, "yesno") for name in YESNO}
        facts |= {name: Fact(name, "choice", dict.fromkeys(VALUES, "")) for name in CHOICES}
        facts |= {name: Fact(name, "number") for name in NUMBERS}
        provisions = [_provision("rule", "rule", "forbids", [])]
        for number, (effect, rule) in enumerate(self._effects()):
            layer, modality = ("exception", "permits") if effect == "permit" else ("bar", "forbids")
            provisions.append(_provision(f"p{number:02}", layer, modality, rule))
        regimes = {"law": Regime("law", "the law")}
        return Corpus({p.id: p for p in provisions}, facts, regimes, "bench")

    def ours(self, question: Question) -> dict[str, Any]:
        """The question as typed facts."""
        return {n: Trilean.of(v) if isinstance(v, bool) else v for n, v in question.items()}

    def request(self, question: Question) -> dict[str, Any]:
        """The question as Cedar takes it."""
        return {
            "principal": 'User::"a"',
            "action": 'Action::"disclose"',
            "resource": 'Chart::"c"',
            "context": dict(question),
        }


def _provision(id_: str, layer: str, modality: str, rule: Sequence[tuple[str, Any]]) -> Provision:
    condition: Condition = All(tuple(_leaf(name, wanted) for name, wanted in rule))
    return Provision(
        id=id_,
        citation=id_,
        title=id_,
        regime="law",
        place="us",
        modality=modality,
        layer=layer,
        acts=frozenset(["disclose"]),
        professions=frozenset(["psychologist"]),
        kinds=frozenset(["progress_notes"]),
        condition=condition,
        alternatives=alternatives(condition),
    )


def _leaf(name: str, wanted: Any) -> Condition:
    if isinstance(wanted, bool):
        return IsYes(name, wanted)
    if isinstance(wanted, tuple):
        return OneOf(name, values=frozenset(wanted))
    return Between(name, below=wanted)


def _cedar(effect: tuple[str, list[tuple[str, Any]]]) -> str:
    tests = " && ".join(_cedar_test(name, wanted) for name, wanted in effect[1])
    return f"{effect[0]}(principal, action, resource) when {{ {tests} }};"


def _cedar_test(name: str, wanted: Any) -> str:
    if isinstance(wanted, bool):
        return f"context.{name} == {str(wanted).lower()}"
    if isinstance(wanted, tuple):
        values = ", ".join(f'"{v}"' for v in wanted)
        return f"[{values}].contains(context.{name})"
    return f"context.{name} < {wanted}"


def _cel(rule: Sequence[tuple[str, Any]]) -> str:
    return " && ".join(_cel_test(name, wanted) for name, wanted in rule)


def _cel_test(name: str, wanted: Any) -> str:
    if isinstance(wanted, bool):
        return name if wanted else f"!{name}"
    if isinstance(wanted, tuple):
        return "(" + " || ".join(f'{name} == "{v}"' for v in wanted) + ")"
    return f"{name} < {wanted}"


def answers_agree(policies: PolicySet) -> bool:
    """Whether the three engines give the same answer to every question, and both answers occur."""
    seen = set()
    for question in policies.questions:
        stance = policies.corpus.stance(MATTER, policies.ours(question))
        mine = stance.high is Stance.PERMITTED and stance.settled
        request = policies.request(question)
        decided = cedarpy.is_authorized(request, policies.cedar, policies.entities)
        context = cel.Context(dict(question))
        each = [program.execute(context) for program in policies.programs]
        theirs = any(each[:PERMISSIONS]) and not any(each[PERMISSIONS:])
        if not (mine == decided.allowed == theirs == policies.whole.execute(context)):
            return False
        seen.add(mine)
    return seen == {True, False}


def _cel_each(policies: PolicySet) -> Callable[[Question], Any]:
    programs = policies.programs

    def run(question: Question) -> Any:
        context = cel.Context(dict(question))
        return [program.execute(context) for program in programs]

    return run


def _runners(policies: PolicySet) -> dict[str, tuple[Callable[[Any], Any], list[Any]]]:
    """What is timed, each with its questions already in its own form."""
    corpus, cedar, entities = policies.corpus, policies.cedar, policies.entities
    typed = [policies.ours(q) for q in policies.questions]
    requests = [policies.request(q) for q in policies.questions]
    return {
        "opinion": (lambda q: corpus.opine(MATTER, q), typed),
        "findings": (lambda q: corpus.opine(MATTER, q).findings, typed),
        "stance": (lambda q: corpus.stance(MATTER, q), typed),
        "cedar": (lambda q: cedarpy.is_authorized(q, cedar, entities), requests),
        "cel": (_cel_each(policies), list(policies.questions)),
        "cel whole": (lambda q: policies.whole.execute(cel.Context(dict(q))), policies.questions),
    }


def measure(policies: PolicySet, rounds: int = 15) -> dict[str, float]:
    """Microseconds of this thread's processor time for a question.

    All take turns at small batches; of each batch the best round counts, so that what else the
    machine does falls out.
    """
    runners = _runners(policies)
    batches = range(0, len(policies.questions), BATCH)
    best = {(name, start): float("inf") for name in runners for start in batches}
    for _ in range(rounds):
        for name, start in best:
            run, questions = runners[name]
            asked = questions[start : start + BATCH]
            begun = time.thread_time()
            for question in asked:
                run(question)
            spent = (time.thread_time() - begun) * 1e6 / len(asked)
            best[name, start] = min(best[name, start], spent)
    return {name: sum(best[name, b] for b in batches) / len(batches) for name in runners}


_COMPARED = (
    ("an opinion with all its reasons", "opinion", "cedar", "cedarpy, bare answer", 15.0),
    ("an opinion with all its reasons", "opinion", "cel", "Rust CEL, sixty answers", 4.0),
    ("an opinion, every finding built", "findings", "cedar", "cedarpy, bare answer", None),
    ("an opinion with all its reasons", "opinion", "cel whole", "Rust CEL, one expression", None),
    ("the bare stance", "stance", "cedar", "cedarpy, bare answer", 30.0),
)


def rows() -> list[Row]:
    """One row a comparison; `ours` and `beside` in microseconds, `ratio` = beside / ours."""
    policies = PolicySet()
    agree = answers_agree(policies)
    spent = measure(policies)
    return [
        {
            "row": f"law: {what}",
            "unit": "µs",
            "ours": round(spent[ours], 2),
            "beside": round(spent[beside], 2),
            "what_beside": label,
            "ratio": round(spent[beside] / spent[ours], 1),
            "goal": goal,
            "ok": agree and (goal is None or spent[beside] / spent[ours] >= goal),
        }
        for what, ours, beside, label, goal in _COMPARED
    ]


if __name__ == "__main__":
    for row in rows():
        print(row)
