"""What can be done about a danger or a suspicion, in words; and what each duty is: pure.

A *deed* is what a person does and writes down ("told the police"). A duty names acts of the law's
own vocabulary (`discharged_by`, `act` in the provisions); `MET_BY` says which deeds are that act.
Rule: an act that no line here knows is met by no deed by itself; a person then says that it is met.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to do. `do` is said before it is done, `did` after; `to` is whom the law would
    call the recipient, empty where nobody outside is told."""

    id: str
    do: str
    did: str
    to: str = ""


DEEDS: tuple[Deed, ...] = (
    Deed("notify_law_enforcement", "Tell the police", "Told the police", "law_enforcement"),
    Deed(
        "warn_victim",
        "Tell the person threatened",
        "Told the person threatened",
        "potential_victim",
    ),
    Deed(
        "warn_parent_or_guardian",
        "Tell a parent or guardian",
        "Told a parent or guardian",
        "parent",
    ),
    Deed(
        "notify_others_able_to_prevent",
        "Tell somebody able to prevent it",
        "Told somebody able to prevent it",
        "person_able_to_prevent",
    ),
    Deed("notify_family", "Tell the family", "Told the family", "family_involved"),
    Deed(
        "notify_crisis_service",
        "Call a crisis service",
        "Called a crisis service",
        "treating_provider",
    ),
    Deed("report_orally", "Report to the agency by telephone", "Reported to the agency", "agency"),
    Deed("report_in_writing", "Send the written report", "Sent the written report", "agency"),
    Deed(
        "report_state_agency",
        "Report to the state’s agency",
        "Reported to the state’s agency",
        "health_oversight",
    ),
    Deed("tell_in_house", "Tell the head of the institution", "Told the head of the institution"),
    Deed(
        "hospitalize_voluntary",
        "Arrange admission that the client wants",
        "Arranged admission that the client wanted",
        "treating_provider",
    ),
    Deed("hospitalize_involuntary", "Seek commitment", "Sought commitment", "treating_provider"),
    Deed(
        "treatment_plan",
        "Make and write a plan that removes the threat",
        "Made a plan that removes the threat",
    ),
    Deed("second_opinion", "Get a second opinion on the plan", "Got a second opinion"),
    Deed("other_reasonable_precautions", "Take another precaution", "Took another precaution"),
    Deed("tell_client", "Tell the client", "Told the client", "client"),
)
BY_ID: Mapping[str, Deed] = {one.id: one for one in DEEDS}


@dataclass(frozen=True, slots=True)
class Act:
    """An act of the law's vocabulary, and the deeds of which each alone is that act.

    `tried` says that it is owed only as far as it can be done: an attempt in earnest is enough.
    """

    says: str
    deeds: frozenset[str] = frozenset()
    tried: bool = False


def _act(says: str, *deeds: str, tried: bool = False) -> Act:
    return Act(says, frozenset(deeds), tried)


_HOSPITAL = ("hospitalize_voluntary", "hospitalize_involuntary")
_POLICE = "notify_law_enforcement"
_PARENT = "warn_parent_or_guardian"
_OTHER = "other_reasonable_precautions"
MET_BY: Mapping[str, Act] = {
    "contact_county_department": _act("tell the county’s department"),
    "exercise_control_over_patient": _act("use what control you have over the client"),
    "hospitalize_if_appropriate": _act(
        "seek admission if it is called for", *_HOSPITAL, tried=True
    ),
    "hospitalize_inpatient": _act("arrange admission", *_HOSPITAL),
    "hospitalize_involuntary": _act("seek commitment", "hospitalize_involuntary"),
    "hospitalize_voluntary": _act(
        "arrange admission that the client wants", "hospitalize_voluntary"
    ),
    "in_session_therapy": _act("work on it in the session"),
    "notify_appropriate_authorities": _act("tell the proper authorities", _POLICE),
    "notify_client": _act("tell the client", "tell_client"),
    "notify_crisis_service": _act("tell a crisis service", "notify_crisis_service"),
    "notify_family": _act("tell the family", "notify_family"),
    "notify_law_enforcement": _act("tell the police", _POLICE),
    "notify_law_enforcement_if_victim_cannot_be_reached": _act(
        "tell the police, if the person threatened cannot be reached", _POLICE
    ),
    "notify_others_able_to_prevent": _act(
        "tell others able to prevent it", "notify_others_able_to_prevent"
    ),
    "notify_person_responsible_for_place": _act("tell whoever answers for the place"),
    "notify_social_services_and_parent_if_victim_is_minor_or_incompetent": _act(
        "for a minor or one who cannot act for himself, tell social services and a parent"
    ),
    "other_emergency_measures": _act("take other emergency measures"),
    "other_reasonable_precautions": _act("take other reasonable precautions", _OTHER),
    "report_to_designated_employer_clinician": _act("tell the clinician whom your employer named"),
    "report_to_director_of_community_services": _act("tell the director of community services"),
    "report_to_responsible_authority": _act("tell the responsible authority"),
    "restrain_until_police_arrive": _act("keep the client until the police come"),
    "second_opinion": _act("get a second opinion", "second_opinion"),
    "seek_commitment": _act("seek commitment", "hospitalize_involuntary"),
    "treatment_plan": _act("make and write a plan that removes the threat", "treatment_plan"),
    "warn_parent_or_guardian": _act("tell a parent or guardian", _PARENT),
    "warn_parent_or_guardian_if_client_is_minor": _act(
        "tell a parent or guardian, if the client is a minor", _PARENT
    ),
    "warn_parent_or_guardian_if_feasible": _act(
        "tell a parent or guardian, if you can", _PARENT, tried=True
    ),
    "warn_parent_or_guardian_if_victim_is_minor": _act(
        "tell a parent or guardian, if the one threatened is a minor", _PARENT
    ),
    "warn_victim": _act("tell the person threatened", "warn_victim"),
    "warn_victim_if_feasible": _act(
        "tell the person threatened, if you can", "warn_victim", tried=True
    ),
}
_REPORTS = _act("report", "report_orally", "report_in_writing")
_WRITTEN = _act("report in writing", "report_in_writing")
_TELL_POLICE = _act("tell the police", _POLICE)
_IN_HOUSE = _act("tell the head of the institution", "tell_in_house")
_CLIENT = _act("tell the client", "tell_client")
OWN: Mapping[str, Act] = {
    "notify_client": _CLIENT,
    "notify_law_enforcement": _TELL_POLICE,
    "report": _REPORTS,
    "report_child_abuse": _REPORTS,
    "report_for_firearms_check": _TELL_POLICE,
    "report_for_firearms_prohibition": _TELL_POLICE,
    "report_in_writing": _WRITTEN,
    "report_orally": _act("report by telephone", "report_orally"),
    "report_to_local_police": _TELL_POLICE,
    "report_to_state_agency": _act("report to the state’s agency", "report_state_agency"),
    "seek_commitment": _act("seek commitment", "hospitalize_involuntary"),
    "tell_client": _CLIENT,
    "tell_client_first": _CLIENT,
    "tell_head_of_institution": _IN_HOUSE,
    "tell_person_in_charge": _IN_HOUSE,
    "tell_police": _TELL_POLICE,
    "tell_superior": _IN_HOUSE,
    "use_reasonable_care_to_warn": _act("tell the person threatened", "warn_victim"),
    "warn_parent_or_guardian": _act("tell a parent or guardian", _PARENT),
    "written_report": _WRITTEN,
}
"""Duties that name no ways to discharge them: the deeds of which each alone is enough."""


class Sort(Enum):
    """What a duty is, in the hour in which it arises."""

    DO = "do"
    """To be done, and open until it is."""
    TELL_CLIENT = "client"
    """To be said to the client."""
    HOW = "how"
    """A bound on what is told, or a thing to look at before."""
    KEEP = "keep"
    """To be written down; the record, the decision and the account do it."""
    ASK = "ask"
    """To be thought over with somebody."""


_SORTS: Mapping[Sort, str] = {
    Sort.TELL_CLIENT: (
        "give_client_the_choice notify_client tell_client tell_client_first tell_client_of_sharing"
    ),
    Sort.KEEP: (
        "account_for_disclosure document document_agreement document_disclosure document_emergency "
        "document_in_record document_reasons keep_authorization log_disclosure "
        "note_release_in_record record_disclosure weigh_and_document"
    ),
    Sort.ASK: (
        "ask_chief_medical_officer ask_counsel consider_report consult_colleague "
        "consult_defense_counsel look_to_hipaa_and_privilege read_the_section"
    ),
    Sort.HOW: (
        "answer_police attach_consent check_authorization check_part2_consent check_trigger "
        "disclose_only_what_order_names discuss_limits find_best_interest guard_confidence "
        "leave_out_confidential_communications limit_to_emergency limit_to_essential "
        "limit_to_germane limit_to_identifiers limit_to_incident limit_to_involvement "
        "limit_to_minimum limit_to_minimum_necessary limit_to_purpose limit_to_relevant "
        "limit_to_threat name_the_mandate raise_privilege refer_follow_up_to_order report_only "
        "send_redisclosure_notice tell_with_care withhold_identity"
    ),
}
_SORT_OF = {act: sort for sort, acts in _SORTS.items() for act in acts.split()}


def sort_of(act: str) -> Sort:
    """What a duty with this act is. One that is not known here is to be done (never overlooked)."""
    return _SORT_OF.get(act, Sort.DO)
