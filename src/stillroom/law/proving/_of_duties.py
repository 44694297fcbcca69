"""Theorems about threats and reports."""

from collections.abc import Iterator

from stillroom.law._provision import Provision
from stillroom.law._vocabulary import ACTS, RECORD_KINDS
from stillroom.law.proving._case import Case
from stillroom.law.proving._formulas import Formula, all_of, any_of, no
from stillroom.law.proving._of_records import SUD_NOTES, of_regime, opened, opens, unsigned
from stillroom.law.proving._second import REQUIRED, WITH_AUTHORIZATION
from stillroom.law.proving._theorem import Claim, Theorem


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
