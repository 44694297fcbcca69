"""From a matter to its answer: what is known, what the law says of it, what may be decided. Pure.

The law is asked twice, with the client's papers and as if there were none, so that a paper opens
only the records that it reaches (`rules.by_kind`). The same inputs give the same determination, and
what is signed holds enough to give it again (P7).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import cached_property
from hashlib import sha256
from typing import Any, cast

import msgspec

from stillroom.consent.rules import CONSENT_FACTS, Authorization, Release
from stillroom.disclosure import rules
from stillroom.disclosure.matters import Asked
from stillroom.disclosure.rules import Answer, Clock, Ground, Option
from stillroom.disclosure.rules_facts import INTAKE_FACTS
from stillroom.disclosure.rules_opinion import Fact
from stillroom.kernel import Trilean
from stillroom.law import Corpus, FactValue, Matter, Opinion, facts_from_json

_PAPER_ONLY = CONSENT_FACTS


@dataclass(frozen=True)
class Circumstances:
    """What is known beside the paper: of the chart, of the clinician, of the client's papers."""

    place: str
    profession: str
    chart: Mapping[str, Fact]
    authorizations: tuple[Authorization, ...]
    at: datetime
    zone: tzinfo

    @property
    def today(self) -> date:
        """The practice's calendar day."""
        return self.at.astimezone(self.zone).date()


@dataclass(frozen=True)
class Determination:
    """The answer to one matter at one moment, with all that it was made from."""

    asked: Asked
    around: Circumstances
    facts: Mapping[str, FactValue]
    full: Opinion
    bare: Opinion
    release: Release

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """The answer for each record kind, the client's papers read too."""
        around = self.around
        papers = rules.papers_by_kind(
            around.authorizations, self.release, at=around.at, zone=around.zone
        )
        return rules.by_kind(self.full, self.bare, papers)

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """What may be decided."""
        return rules.options({kind: self.answers[kind] for kind in self.full.asked})

    @cached_property
    def clocks(self) -> tuple[Clock, ...]:
        """By when."""
        return rules.clocks(self.asked.intake, self.full.duties, self.around.today)

    @cached_property
    def ground(self) -> Ground:
        """What records are chosen on."""
        bare = rules.by_kind(self.bare, self.bare, {})
        law = dict.fromkeys(self.answers, _citation(self.full))
        return Ground(
            answers=self.answers,
            bare=bare,
            release=self.release,
            authorizations=self.around.authorizations,
            at=self.around.at,
            zone=self.around.zone,
            law=law,
        )

    @property
    def record(self) -> dict[str, Any]:
        """The opinion as it is kept with a signed decision."""
        return self.full.to_json()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the kept opinion, which the log's entry bears."""
        return sha256(msgspec.json.encode(self.record, order="deterministic")).hexdigest()


def _citation(opinion: Opinion) -> str:
    """The provision that a choice on this kind is shown with: the first that decides."""
    for finding in opinion.findings:
        if finding.decides and finding.applies is Trilean.YES:
            return finding.citation
    return ""


def determine(corpus: Corpus, asked: Asked, around: Circumstances) -> Determination:
    """Ask the law about a matter as it stands."""
    facts = known_facts(corpus, asked, around)
    matter = Matter("disclose", (around.place or "us",), around.profession, around.today)
    full = corpus.opine(matter, facts)
    bare = corpus.opine(matter, cast("dict[str, FactValue]", rules.without_papers(facts)))
    release = rules.release_of(asked.intake, around.chart)
    return Determination(asked, around, facts, full, bare, release)


def known_facts(corpus: Corpus, asked: Asked, around: Circumstances) -> dict[str, FactValue]:
    """The paper, the chart, the client's papers, and what was answered since; the paper first.

    An answer never overrules the paper, and no answer stands in for a client's signature.
    """
    answered = facts_from_json(corpus, asked.answers)
    of_paper = INTAKE_FACTS | CONSENT_FACTS
    chart = {**around.chart, **{k: v for k, v in answered.items() if k not in of_paper}}
    facts = rules.facts_of(asked.intake, chart, around.authorizations, around.at, around.zone)
    # The rules of disclosure know facts by name alone; the law checks each value when it is asked.
    known = {
        name: cast("FactValue", value) for name, value in facts.items() if name in corpus.facts
    }
    for name, value in answered.items():
        if name not in _PAPER_ONLY:
            known.setdefault(name, value)
    return known


def chart_facts(
    *, ages: Iterable[int | None], joint: bool, part2: bool, deceased: bool = False
) -> dict[str, Fact]:
    """Facts of the chart itself. What the chart does not tell stays unknown."""
    facts: dict[str, Fact] = {"joint_chart": Trilean.of(joint)}
    known = [age for age in ages if age is not None]
    if not joint and len(known) == 1:
        facts["client_age"] = known[0]
    if part2:
        facts["part2_program"] = Trilean.YES
    if deceased:
        facts["client_deceased"] = Trilean.YES
    return facts
