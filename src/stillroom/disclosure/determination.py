"""From a matter to its answer: what is known, what the law says of it, what may be decided. Pure.

The law is asked twice, with the client's papers and as if there were none, so that a paper opens
only the records that it reaches (`rules.by_kind`). The same inputs give the same determination, and
what is signed holds enough to give it again (P7).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from functools import cached_property
from hashlib import sha256
from typing import Any, cast

import msgspec

from stillroom.consent.rules import CONSENT_FACTS, Authorization, Release
from stillroom.consent.rules_privilege import Event
from stillroom.consent.rules_restrictions import Restriction, facts_of
from stillroom.disclosure import askers, rules
from stillroom.disclosure.matters import Asked
from stillroom.disclosure.occasions import Side, occasion_of
from stillroom.disclosure.rules import Answer, Clock, Ground, Option
from stillroom.disclosure.rules_facts import INTAKE_FACTS
from stillroom.disclosure.rules_opinion import Fact
from stillroom.disclosure.rules_privilege import with_privilege
from stillroom.disclosure.rules_restricting import Answers, Limits, limits_of
from stillroom.kernel import Trilean
from stillroom.law import (
    Corpus,
    FactValue,
    Matter,
    Opinion,
    facts_from_json,
    standing_known,
)

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
    restrictions: tuple[Restriction, ...] = ()
    holders: tuple[str, ...] = ()
    privilege: tuple[Event, ...] = ()
    """What happened to the privilege of each of the holders."""
    work: Mapping[str, str] = field(default_factory=dict)
    """What the clinician said of her work, once for all her matters."""

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
    limits: Limits = field(default_factory=Limits)

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
        """What may be decided: of what happened, to tell or not; else the ways of whoever asks."""
        answers = {kind: self.answers[kind] for kind in self.full.asked}
        if occasion_of(self.asked.occasion).side is Side.HAPPENED:
            return rules.to_tell(answers)
        return askers.options(self.asker, askers.Standing(answers, self.asked.said, self.extension))

    @cached_property
    def clocks(self) -> tuple[Clock, ...]:
        """By when."""
        of_law = rules.clocks(self.asked.intake, self.full.duties, self.around.today)
        asked = self.asked
        return askers.wound(of_law, self.asker, asked.intake, extended=asked.extended)

    @property
    def asker(self) -> askers.Asker:
        """What is known beforehand of whoever asks."""
        return askers.asker(self.asked.occasion)

    @property
    def extension(self) -> askers.Extension:
        """Whether more time can be taken today."""
        asked, today = self.asked, self.around.today
        return askers.extension(self.asker, asked.intake, today, extended=asked.extended)

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
            limits=self.limits,
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
    """Ask the law about a matter as it stands, in every place whose law governs it."""
    facts = known_facts(corpus, asked, around)
    act = occasion_of(asked.occasion).act
    places = (around.place or "us", *asked.elsewhere)
    matter = Matter(act, places, around.profession, around.today)
    full = corpus.opine(matter, facts)
    bare = corpus.opine(matter, cast("dict[str, FactValue]", rules.without_papers(facts)))
    release = rules.release_of(asked.intake, around.chart)

    def under(more: frozenset[str]) -> Answers:
        """The answers where these facts of restrictions are true as well."""
        known = {**facts, **dict.fromkeys(more, Trilean.YES)}
        signed = corpus.opine(matter, known)
        alone = corpus.opine(matter, cast("dict[str, FactValue]", rules.without_papers(known)))
        papers = rules.papers_by_kind(
            around.authorizations, release, at=around.at, zone=around.zone
        )
        return rules.by_kind(signed, alone, papers), rules.by_kind(alone, alone, {})

    limits = limits_of(around.restrictions, release.recipient, under)
    return Determination(asked, around, facts, full, bare, release, limits)


def known_facts(corpus: Corpus, asked: Asked, around: Circumstances) -> dict[str, FactValue]:
    """The paper, the chart, the client's papers, and what was answered since; the paper first.

    An answer never overrules the paper nor a restriction on all there is, and no answer stands in
    for a client's signature. What was said of the clinician's work gives way to all of them.
    """
    settled = occasion_of(asked.occasion).known
    answered = facts_from_json(corpus, {**asked.answers, **settled})
    of_paper = INTAKE_FACTS | CONSENT_FACTS
    kept_back = facts_of(around.restrictions, asked.intake.asker)
    typed = {k: v for k, v in answered.items() if k not in of_paper}
    of_work = {k: v for k, v in standing_known(corpus, around.work).items() if k not in of_paper}
    chart = {**of_work, **around.chart, **typed, **kept_back}
    facts = rules.facts_of(asked.intake, chart, around.authorizations, around.at, around.zone)
    # The rules of disclosure know facts by name alone; the law checks each value when it is asked.
    known = {
        name: cast("FactValue", value) for name, value in facts.items() if name in corpus.facts
    }
    for name, value in answered.items():
        if name not in _PAPER_ONLY:
            known.setdefault(name, value)
    return with_privilege(known, asked, around)


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
