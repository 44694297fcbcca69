"""Saying to the law what is known: of the paper, of the chart, of the client's own papers.

A fact that nobody knows is left out, and the law then answers for both ways (P6). For a letter that
must not tell whether somebody is a client, ask the law with `facts_of_a_stranger`: the same paper,
nothing of any chart.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, tzinfo

from stillroom.consent.rules import (
    CONSENT_FACTS,
    RECORD_KINDS,
    Authorization,
    Release,
    consent_facts,
    reaches,
)
from stillroom.disclosure.rules_intake import ATTACHMENTS, PROCESS, Intake, Signer
from stillroom.disclosure.rules_opinion import Fact
from stillroom.kernel import Misuse, Trilean

INTAKE_FACTS = ATTACHMENTS | {
    "recipient",
    "instrument",
    "purpose",
    "proceeding",
    "before_tribunal",
    "judge_signed",
    "records_asked",
    "served_on",
}
"""The facts that the paper settles; the chart may not contradict them."""


def facts_of(
    intake: Intake,
    chart: Mapping[str, Fact],
    authorizations: Iterable[Authorization],
    at: datetime,
    zone: tzinfo = UTC,
) -> dict[str, Fact]:
    """All that is known, by the names of the law; unknown facts are absent.

    `chart` are facts of the chart (client_age, joint_chart, part2_program …). One that the paper or
    the client's papers settle is a `Misuse` there: two sources for one fact would be one too many.
    """
    if twice := chart.keys() & (INTAKE_FACTS | CONSENT_FACTS):
        raise Misuse(f"not facts of the chart: {sorted(twice)}")
    signed = consent_facts(authorizations, release_of(intake, chart), at=at, zone=zone)
    return _known({**chart, **facts_of_a_stranger(intake), **signed})


def release_of(intake: Intake, chart: Mapping[str, Fact]) -> Release:
    """The release that the asker wants, to be held against the client's papers."""
    return Release(
        recipient=intake.asker,
        purpose=intake.purpose,
        kinds=intake.asked,
        period=intake.period,
        joint=chart.get("joint_chart") is Trilean.YES,
    )


def papers_by_kind(
    authorizations: Iterable[Authorization], release: Release, at: datetime, zone: tzinfo = UTC
) -> dict[str, Trilean]:
    """For each record kind, whether a paper that counts reaches it: what `by_kind` wants."""
    held = tuple(authorizations)
    return {kind: reaches(held, kind, release, at=at, zone=zone) for kind in sorted(RECORD_KINDS)}


def facts_of_a_stranger(intake: Intake) -> dict[str, Fact]:
    """What the paper alone says: the same whether or not anybody named in it is a client."""
    facts: dict[str, Fact] = {
        "recipient": intake.asker.kind,
        "instrument": intake.instrument,
        "purpose": intake.purpose,
        "proceeding": intake.proceeding,
        "before_tribunal": _before_tribunal(intake),
        "judge_signed": _judge_signed(intake),
        "records_asked": intake.asked,
        "served_on": intake.served_on,
        **intake.attached,
    }
    return _known(facts)


def _before_tribunal(intake: Intake) -> Trilean:
    """Process speaks for a tribunal; no process and no case is none; the rest is not known."""
    if intake.instrument in PROCESS:
        return Trilean.YES
    return Trilean.NO if intake.proceeding == "none" else Trilean.UNKNOWN


def _judge_signed(intake: Intake) -> Trilean:
    if intake.signed_by is None:
        return Trilean.UNKNOWN
    return Trilean.of(intake.signed_by is Signer.JUDGE)


def _known(facts: Mapping[str, Fact]) -> dict[str, Fact]:
    nothing: tuple[Fact, ...] = (None, "", frozenset(), Trilean.UNKNOWN)
    return {name: value for name, value in facts.items() if value not in nothing}
