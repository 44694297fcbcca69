"""Theorems about courts, threats and reports."""

from collections.abc import Iterator

from stillroom.law._provision import Provision
from stillroom.law._vocabulary import ACTS, RECORD_KINDS
from stillroom.law.proving._case import Case
from stillroom.law.proving._formulas import Formula, all_of, any_of, no
from stillroom.law.proving._of_records import SUD_NOTES, of_regime, opened, opens, unsigned
from stillroom.law.proving._second import REQUIRED, WITH_AUTHORIZATION, Law
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


def _limits(provision: Provision) -> bool:
    """Whether a provision says how much may be told."""
    return any(demand.act.startswith("limit_to") for demand in provision.demands)


def _limited(case: Case) -> Formula:
    return any_of(case.law.applies(p) for p in case.law.provisions if _limits(p))


def _warning_is_least(case: Case) -> Iterator[Claim]:
    """Where no law compels, HIPAA's minimum necessary goes with every warning but one to those
    who treat the client (164.502(b)(2)(i))."""
    treating = case.worlds.one_of("recipient", ["treating_provider", "consultant", "client", "hhs"])
    plain = case.worlds.suppose(law_compels=False, instrument="none")
    supposed = all_of([plain, no(treating), unsigned(case)])
    yield from opened(case, RECORD_KINDS, all_of([supposed, ~_limited(case)]))


def _duty_is_least(case: Case) -> Iterator[Claim]:
    law = case.law
    for alike in case.classes:
        against = all_of([law.stance(alike[0], REQUIRED), ~_limited(case), unsigned(case)])
        yield Claim(alike, against, (law,))


def _warning_and_part2(case: Case) -> Iterator[Claim]:
    supposed = case.worlds.suppose(part2_program=True, part2_court_order=False)
    yield from opened(case, ["sud_records", SUD_NOTES], all_of([supposed, unsigned(case)]))


def _unverified(case: Case) -> Iterator[Claim]:
    """REQUIRED, and FORBIDDEN had only provisions been written whose text was read."""
    read = case.only(lambda provision: provision.checked == "text")
    for alike in case.classes:
        kind = alike[0]
        against = all_of(
            [case.law.stance(kind, REQUIRED), no(read.stance(kind, WITH_AUTHORIZATION))]
        )
        yield Claim(alike, against, (case.law, read))


def _unread(provision: Provision) -> bool:
    return provision.checked != "text" and opens(provision)


def _abused_child(case: Case) -> Formula:
    return case.worlds.suppose(
        suspicion="child_abuse", reasonable_suspicion=True, victim_now_minor=True
    )


def _can_be_required(case: Case) -> Iterator[Claim]:
    required = any_of(case.law.stance(alike[0], REQUIRED) for alike in case.classes)
    yield Claim((), all_of([_abused_child(case), required]), (case.law,), wanted=True)


def _is_required(case: Case) -> Iterator[Claim]:
    supposed = case.worlds.suppose(
        recipient="child_protective_services",
        learned_in_practice=True,
        learned_in_privileged_communication=False,
        adult_survivor=False,
    )
    required = any_of(case.law.stance(alike[0], REQUIRED) for alike in case.classes)
    yield Claim((), all_of([_abused_child(case), supposed, no(required)]), (case.law,))


OF_DUTIES = (
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
    Theorem(
        name="warning-keeps-to-the-least",
        sentence="Wherever a warning is allowed without being compelled by law, a duty to tell no "
        "more than the purpose needs goes with it, unless it goes to one who treats the client.",
        why="45 CFR 164.502(b). A warning reaches the threat, never the treatment history.",
        over="warn, every record kind, no authorization and no paper, every other fact",
        limits="The corpus knows kinds of record and duties, not sentences. That the words of a "
        "warning name the threat and nothing else cannot be proven here; that the duty to keep to "
        "it is always shown can.",
        claims=_warning_is_least,
        acts=("warn",),
    ),
    Theorem(
        name="duty-to-warn-names-its-limit",
        sentence="Wherever a warning is required, some provision that applies says how much may be "
        "told.",
        why="HIPAA's minimum necessary does not bind what another law requires (164.502(b)(2)(v)); "
        "then the duty itself must say where it ends.",
        over="warn, every record kind, no authorization, every other fact",
        limits="The exceptions are duties whose words on file set no such limit. They are a list "
        "for counsel: the limit may stand in a section that is not yet written here.",
        claims=_duty_is_least,
        acts=("warn",),
        may_except=lambda provision: provision.modality == "requires",
    ),
    Theorem(
        name="threat-does-not-open-part2",
        sentence="A threat opens no record of a Part 2 program without consent or a Part 2 order.",
        why="42 CFR Part 2 has no exception for a duty to warn; it must be met without telling "
        "that the client is a patient there.",
        over="warn, records that Part 2 protects, every other fact",
        claims=_warning_and_part2,
        acts=("warn",),
        may_except=of_regime("part2"),
    ),
    Theorem(
        name="unread-law-never-alone-requires",
        sentence="Where the answer is REQUIRED, it would not be FORBIDDEN if all provisions were "
        "struck whose text nobody has read.",
        why="A summary or a memory of the law may move an answer towards care, but should not "
        "alone turn a confidence that must be kept into one that must be broken.",
        over="every act, every record kind, every fact",
        limits="The exceptions are the provisions to be read first. Each is marked on every page "
        "that shows it.",
        claims=_unverified,
        acts=ACTS,
        may_except=_unread,
    ),
    Theorem(
        name="child-abuse-can-always-be-required",
        sentence="In every state, and for every profession, there are facts with which a "
        "reasonable suspicion that a child is abused must be reported.",
        why="42 U.S.C. 5106a asks every state that takes its grants for such a duty; a state in "
        "which it cannot arise has been written wrongly.",
        over="report, every state, every profession",
        claims=_can_be_required,
        acts=("report",),
        needs_state=True,
    ),
    Theorem(
        name="child-abuse-is-required",
        sentence="A reasonable suspicion, come by in practice and not in a privileged "
        "communication, that somebody who is still a child is abused, must be reported to the "
        "agency that takes such reports; whatever the other facts.",
        why="The answer to the gravest question should not hang on what nobody thought to ask.",
        over="report to child protective services, every state, every profession, every other fact",
        claims=_is_required,
        acts=("report",),
        by_place=True,
        needs_state=True,
    ),
)
