"""Lawyers and courts: a letter, a subpoena, discovery, an order, a warrant.

Sources: 45 CFR 164.512(e)(1), (f)(1), 164.508(a)(2), 164.512(a); 42 CFR 2.61-2.67, as the corpus
has them (provisions/us/hipaa-courts.yaml, hipaa-law-enforcement.yaml, part2-courts.yaml). What a
paper of a court must show is read off it in `rules_intake`; here stands what more is to be known.
"""

from stillroom.disclosure.askers import ways
from stillroom.disclosure.askers.shapes import OF_PROCESS, Asker, Must, Note

_WHO = Must(
    "identity_verified",
    "Who sent it has not been verified.",
    "Look who sent it: call back through a number that you found yourself, not the letter's.",
    "45 CFR 164.514(h)",
)
_PRIVILEGE = Note(
    "The privilege is the client's. Claim it for whoever may hold it, until the client waives it or"
    " a court rules.",
)
_PART2 = Note(
    "A subpoena or an ordinary order does not open records of a substance use program; that takes"
    " the patient's consent or an order under 42 CFR part 2.",
    "42 CFR 2.61",
)
_OBJECT = Note(
    "Silence is not an objection. Ask counsel for the form and the day of yours; the time that the"
    " rules of that court allow is not known here.",
)
_CASE = OF_PROCESS | {"assurances"}
_NAMED = Must(
    "paper.limits",
    "The order does not say what is to be produced; then nothing may be, until the court says so.",
    "Look what the order names: that, and nothing beside it, may be produced.",
    "45 CFR 164.512(e)(1)(i)",
)

COURTS = (
    Asker(
        "attorney_letter",
        "A lawyer, by letter or telephone",
        ("attorney", "lawyer", "law firm", "letter of representation", "demand letter"),
        "court",
        "attorney",
        ("letter", "none"),
        fields=frozenset({"proceeding", "caption"}),
        musts=(_WHO,),
        checks=("callback", "letterhead", "known"),
        ways=ways.QUIET,
        notes=(
            Note(
                "A letter commands nothing, however firm. Even the client's own lawyer needs the"
                " client's written authorization.",
                "45 CFR 164.508(a)(1)",
            ),
        ),
    ),
    Asker(
        "subpoena",
        "A lawyer or clerk, by subpoena",
        ("subpoena duces tecum", "records subpoena", "deposition", "testify", "commanded"),
        "court",
        "party_by_subpoena",
        ("clerk_subpoena", "attorney_subpoena"),
        "legal_proceeding",
        fields=_CASE,
        musts=(_WHO,),
        checks=("callback", "court", "letterhead"),
        ways=ways.GENERAL,
        notes=(_PRIVILEGE, _OBJECT, _PART2),
    ),
    Asker(
        "discovery",
        "A party, by a discovery request",
        ("interrogatories", "request for production", "discovery", "notice to produce"),
        "court",
        "party_by_subpoena",
        ("discovery_request",),
        "legal_proceeding",
        fields=_CASE,
        musts=(_WHO,),
        checks=("callback", "letterhead"),
        ways=ways.GENERAL,
        notes=(_PRIVILEGE, _OBJECT, _PART2),
    ),
    Asker(
        "grand_jury",
        "A grand jury, by subpoena",
        ("grand jury", "prosecutor's subpoena"),
        "court",
        "law_enforcement",
        ("grand_jury_subpoena",),
        "law_enforcement",
        fields=OF_PROCESS,
        musts=(
            Must(
                "order_forbids_telling",
                "",
                "Look whether the paper forbids you to tell anyone of it, the client too.",
                "45 CFR 164.512(e)(1)(i), (f)(1)(ii), (k)(2); the order's own words",
            ),
        ),
        checks=("court", "credential", "callback"),
        ways=ways.ORDER,
        notes=(
            Note("Call counsel before you answer; the privilege may still be claimed."),
            _PART2,
        ),
    ),
    Asker(
        "court_order",
        "A court, by an order",
        ("order", "judge", "ordered", "in camera", "motion to compel granted"),
        "court",
        "court",
        ("court_order",),
        "legal_proceeding",
        fields=OF_PROCESS,
        musts=(
            _NAMED,
            Must(
                "order_names_psychotherapy_notes",
                "",
                "Look whether the order itself names psychotherapy notes.",
                "45 CFR 164.512(a); 164.508(a)(2)(ii); 164.103",
            ),
            Must(
                "court_ruled_on_privilege",
                "",
                "Look whether the court has ruled on the privilege, or was never asked.",
            ),
        ),
        checks=("court", "callback"),
        ways=ways.ORDER,
        notes=(
            Note(
                "An order that a judge signed is obeyed, in its words. What it does not name"
                " stays.",
                "45 CFR 164.512(e)(1)(i)",
            ),
            _PART2,
        ),
    ),
    Asker(
        "warrant",
        "An officer, with a search warrant",
        ("search warrant", "raid", "seize", "at the door"),
        "court",
        "law_enforcement",
        ("search_warrant",),
        "law_enforcement",
        fields=OF_PROCESS,
        musts=(
            Must(
                "paper.limits",
                "The warrant does not describe the records; say so, and call counsel before any"
                " drawer opens.",
                "Read which place and which records the warrant names; nothing beside them.",
                "45 CFR 164.512(f)(1)(ii)(A)-(B)",
            ),
        ),
        checks=("credential", "court", "callback"),
        ways=ways.ORDER,
        notes=(
            Note(
                "Do not hinder, and do not consent to more. Ask for a copy, and call counsel now."
            ),
            _PART2,
        ),
    ),
)
