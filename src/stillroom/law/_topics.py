"""Topics: the questions that everybody asks of a state, each with its standard case.

The standard case is the clearest one there is: a threat that is explicit, serious and imminent,
from the client, against a person who was named. What a law does not require there, it requires
nowhere. Facts that only one state's law knows are left unknown, so that a tile can say on what the
answer turns. Facts that a corpus does not declare are left out.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from stillroom.kernel import Trilean
from stillroom.law._errors import LawError
from stillroom.law._facts import Fact, Facts, FactValue

_YES, _NO = Trilean.YES, Trilean.NO


@dataclass(frozen=True, slots=True, eq=False)
class Ask:
    """One way of putting the standard case; `to` are words for whoever would be told."""

    to: str
    facts: Facts


@dataclass(frozen=True, slots=True, eq=False)
class Topic:
    """A question to every state.

    `case` is the standard case in a line, `supposes` in full. The state's law is asked in `regimes`
    alone; a requirement counts where it stands in one of them. `keeps` asks for a duty with a span
    of years in place of a stance. `guards`: confidence is the rule, and what could open it comes
    second.
    """

    id: str
    title: str
    case: str
    supposes: str
    act: str
    regimes: tuple[str, ...]
    asks: tuple[Ask, ...]
    keeps: bool = False
    guards: bool = False


_ADULT: dict[str, FactValue] = {
    "client_age": 35,
    "client_authorization": _NO,
    "client_deceased": _NO,
    "client_emancipated": _NO,
    "federal_court": _NO,
    "identity_verified": _YES,
    "joint_chart": _NO,
    "part2_program": _NO,
    "psychotherapy_notes_authorization": _NO,
}
_THREAT: dict[str, FactValue] = {
    **_ADULT,
    "emergency": _YES,
    "intent_and_ability": _YES,
    "professional_judgment_best_interest": _YES,
    "propensity_for_violence_known": _YES,
    "threat_communicated": _YES,
    "threat_communicated_by": "client",
    "threat_explicit": _YES,
    "threat_imminent": _YES,
    "threat_kind": "serious_physical_harm_or_death",
    "threat_serious": _YES,
    "victim": "identified",
    "victim_specified": _YES,
}
_SUSPECTED: dict[str, FactValue] = {
    **_ADULT,
    "learned_in_practice": _YES,
    "reasonable_suspicion": _YES,
    "threat_communicated": _NO,
    "threat_imminent": _NO,
    "threat_kind": "vague",
}
_CHILD: dict[str, FactValue] = {
    **_SUSPECTED,
    "suspicion": "child_abuse",
    "victim_now_minor": _YES,
    "adult_survivor": _NO,
    "child_still_at_risk": _YES,
}
_GROWN: dict[str, FactValue] = {
    **_SUSPECTED,
    "suspicion": "child_abuse",
    "victim_now_minor": _NO,
    "adult_survivor": _YES,
    "child_still_at_risk": _NO,
}
_FRAIL: dict[str, FactValue] = {
    **_SUSPECTED,
    "suspicion": "vulnerable_adult_abuse",
    "adult_is_vulnerable": _YES,
    "harmed_adult_age": 50,
    "victim_now_minor": _NO,
}
_TRIAL: dict[str, FactValue] = {
    **_ADULT,
    "abuse_at_issue_in_proceeding": _NO,
    "before_tribunal": _YES,
    "condition_at_issue": _NO,
    "court_ordered_examination": _NO,
    "court_ruled_on_privilege": _NO,
    "divorce_or_alimony_action": _NO,
    "instrument": "attorney_subpoena",
    "judge_signed": _NO,
    "marital_counseling_given": _NO,
    "privilege_waived": _NO,
    "proceeding": "civil",
    "protective_proceeding": _NO,
    "services_sought_to_commit_crime": _NO,
    "suspicion": "none",
    "threat_communicated": _NO,
    "threat_imminent": _NO,
    "threat_kind": "vague",
    "victim": "none",
}
_SUBPOENA: dict[str, FactValue] = {
    **_TRIAL,
    "recipient": "party_by_subpoena",
    "before_tribunal": _NO,
    "notice_to_client_proven": _NO,
    "purpose": "legal_proceeding",
    "satisfactory_assurances": _NO,
}
_PARENT: dict[str, FactValue] = {
    **_ADULT,
    "client_age": 15,
    "minor_consented_to_care": _YES,
    "parent_agreed_to_confidentiality": _NO,
    "personal_representative_verified": _YES,
    "recipient": "parent",
}
_OWN: dict[str, FactValue] = {
    **_ADULT,
    "instrument": "client_request",
    "purpose": "client_access",
    "recipient": "client",
    "release_harms_clients_health": _NO,
}


def _asks(facts: Facts, **to: str) -> tuple[Ask, ...]:
    """The case put once for each recipient: `law_enforcement="the police"`."""
    return tuple(Ask(words, {**facts, "recipient": one}) for one, words in to.items())


_POLICE = "the police"

TOPICS: Final = (
    Topic(
        "warn",
        "Duty to warn or protect",
        "A named person is seriously threatened",
        "In session a client, known to have been violent, explicitly threatens to kill a person "
        "whom he names, soon; you believe that he means it and can do it.",
        "warn",
        ("state_duty", "state_confidentiality"),
        _asks(_THREAT, potential_victim="the person threatened", law_enforcement=_POLICE),
    ),
    Topic(
        "child",
        "Child abuse and neglect",
        "Abuse of a child is suspected",
        "In your work you come to suspect, with reason, that a child is being abused; the child "
        "is still a minor and still at risk.",
        "report",
        ("state_duty",),
        _asks(_CHILD, child_protective_services="the agency", law_enforcement=_POLICE),
    ),
    Topic(
        "survivor",
        "An adult tells of abuse in childhood",
        "A grown client tells of abuse in childhood",
        "A grown client tells of abuse in childhood; nothing suggests that a child is at risk "
        "today.",
        "report",
        ("state_duty",),
        _asks(_GROWN, child_protective_services="the agency", law_enforcement=_POLICE),
    ),
    Topic(
        "adult",
        "Vulnerable adults",
        "Abuse of a vulnerable adult is suspected",
        "In your work you come to suspect, with reason, that an adult of 50 who cannot protect "
        "herself is being abused.",
        "report",
        ("state_duty",),
        _asks(_FRAIL, adult_protective_services="the agency", law_enforcement=_POLICE),
    ),
    Topic(
        "privilege",
        "Privilege in court",
        "A subpoena to testify, nothing waived or signed",
        "A lawyer's subpoena calls you to testify in a civil case; the client has not put her "
        "condition at issue, has waived nothing and signed nothing, and no judge has ruled.",
        "testify",
        ("privilege",),
        _asks(_TRIAL, court=""),
        guards=True,
    ),
    Topic(
        "subpoena",
        "Confidentiality of the record",
        "A lawyer's subpoena for the record, nothing signed by the client",
        "A lawyer's subpoena asks for an adult's record; no judge signed it, the client signed "
        "nothing, and no proof came that she was told.",
        "disclose",
        ("state_confidentiality",),
        (Ask("", _SUBPOENA),),
        guards=True,
    ),
    Topic(
        "minor",
        "A parent asks about a minor",
        "A parent asks for the record of a client of fifteen who consented alone",
        "A parent asks for the record of a client of 15 who lawfully consented to the care alone "
        "and has signed nothing.",
        "disclose",
        ("minors",),
        (Ask("", _PARENT),),
    ),
    Topic(
        "access",
        "The client's own access",
        "The client asks for the record",
        "An adult asks for her own record; you know who she is, and you see no harm in it.",
        "disclose",
        ("access_rights", "state_confidentiality"),
        (Ask("", _OWN),),
    ),
    Topic(
        "keep",
        "How long a record is kept",
        "The record is to be destroyed on the day treatment ends",
        "The record of an adult whose treatment ended today; may it be destroyed?",
        "destroy",
        ("retention",),
        (Ask("", {**_ADULT, "years_since_last_service": 0}),),
        keeps=True,
    ),
)


def declared(given: Facts, facts: Mapping[str, Fact]) -> dict[str, FactValue]:
    """The standard facts that this corpus declares, with values that it admits."""
    known: dict[str, FactValue] = {}
    for name, value in given.items():
        with suppress(KeyError, LawError):
            known[name] = facts[name].admit(value)
    return known
