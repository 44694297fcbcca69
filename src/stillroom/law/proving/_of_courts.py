"""Theorems about papers from courts, and privilege."""

from collections.abc import Iterator

from stillroom.law._provision import Provision
from stillroom.law._vocabulary import RECORD_KINDS
from stillroom.law.proving._case import Case
from stillroom.law.proving._formulas import Formula, all_of, any_of, no
from stillroom.law.proving._law import Law
from stillroom.law.proving._of_records import of_regime, opened, opens, unsigned
from stillroom.law.proving._theorem import Claim, Theorem

SUBPOENAS = ("attorney_subpoena", "clerk_subpoena", "discovery_request")


def _subpoena(case: Case, **further: bool | str) -> Formula:
    """A lawyer's or a clerk's paper for a case in court, and nothing signed by anybody."""
    supposed = case.worlds.suppose(
        instrument=SUBPOENAS,
        recipient="party_by_subpoena",
        before_tribunal=True,
        judge_signed=False,
        part2_court_order=False,
        court_ruled_on_privilege=False,
        own_defense_against_client=False,
        **further,
    )
    return all_of([supposed, unsigned(case)])


def _alone(case: Case) -> Iterator[Claim]:
    supposed = _subpoena(
        case,
        satisfactory_assurances=False,
        qualified_protective_order=False,
        notice_to_client_proven=False,
    )
    yield from opened(case, RECORD_KINDS, supposed)


def _privileged(law: Law, kind: str) -> Formula:
    """That the privilege speaks, and that no exception lets it be broken."""
    speaks = [s.speaks for (regime, _, _), s in law.chambers(kind).items() if regime == "privilege"]
    lifts = [p for p in law.reaching(kind) if _breaks_privilege(p)]
    return all_of([any_of(speaks), *(no(law.applies(p)) for p in lifts)])


def _breaks_privilege(provision: Provision) -> bool:
    return provision.regime == "privilege" and provision.layer == "exception" and opens(provision)


def _privilege_stands(case: Case) -> Iterator[Claim]:
    for alike in case.classes:
        privileged = _privileged(case.law, alike[0])
        yield from opened(case, alike, all_of([_subpoena(case), privileged]))


def _privilege_is_there(case: Case) -> Iterator[Claim]:
    """In a civil case in a state's court, unless an exception of the privilege applies."""
    law = case.law
    supposed = _subpoena(case, proceeding="civil", federal_court=False)
    lifts = [no(law.applies(p)) for p in law.weighing if _breaks_privilege(p)]
    speaks = any_of(
        s.speaks for (r, _, _), s in law.chambers("progress_notes").items() if r == "privilege"
    )
    yield Claim(("progress_notes",), all_of([supposed, *lifts, no(speaks)]), (law,))


OF_COURTS = (
    Theorem(
        name="subpoena-alone-opens-nothing",
        sentence="A subpoena that no judge signed opens no record of any kind, so long as nobody "
        "authorized or consented to it, the privilege is not waived, and there is neither notice "
        "to the client, nor written assurance, nor a protective order.",
        why="45 CFR 164.512(e)(1)(ii). The most frequent mistake in a practice is to obey a paper "
        "because it looks like an order.",
        over="disclose and testify, every record kind, a paper of a lawyer, a clerk or discovery, "
        "sent by a party; every other fact",
        limits="Not the therapist's own defense against the client (164.508(a)(2)(i)(C)), and not "
        "a lawyer who is a business associate or a whistleblower's own (164.502(e), (j)).",
        claims=_alone,
        acts=("disclose", "testify"),
        may_except=of_regime("hipaa", "part2"),
    ),
    Theorem(
        name="subpoena-never-breaks-privilege",
        sentence="Even with notice, assurances and a protective order, a subpoena that no judge "
        "signed opens nothing before a tribunal that a privilege protects, unless an exception of "
        "that privilege applies.",
        why="What HIPAA permits is no answer to a privilege; the two are asked separately.",
        over="disclose and testify, every record kind, every other fact",
        limits="Which exceptions a privilege has is the law of the place; each is a provision "
        "with its citation.",
        claims=_privilege_stands,
        acts=("disclose", "testify"),
    ),
    Theorem(
        name="therapists-have-a-privilege",
        sentence="In every state a privilege answers a subpoena for what was told to a "
        "psychiatrist or a psychologist, in a civil case in a court of the state, unless a named "
        "exception of the privilege applies.",
        why="A privilege that nobody wrote down would leave the theorem before this one empty.",
        over="testify, psychiatrists and psychologists, every state, every other fact",
        limits="Other professions are protected in many states and not in all; the provisions of "
        "each state say so, and where they are silent this theorem makes no claim.",
        claims=_privilege_is_there,
        acts=("testify",),
        professions=("psychiatrist", "psychologist"),
        by_place=True,
        needs_state=True,
    ),
)
