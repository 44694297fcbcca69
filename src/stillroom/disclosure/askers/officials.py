"""Police, agencies and boards, coroner, military, researchers.

Sources: 45 CFR 164.512(d), (f), (g), (i), (k), 164.502(a)(2)(ii), 164.514(h), as the corpus has
them (provisions/us/hipaa-law-enforcement.yaml, hipaa-public-purposes.yaml, hipaa-general.yaml).
That an official shows
a badge in person and letterhead in writing is 164.514(h)(2)(ii), from a summary.
"""

from stillroom.disclosure.askers import ways
from stillroom.disclosure.askers.shapes import OF_PROCESS, Asker, Must, Note

_BADGE = Must(
    "identity_verified",
    "The official has not been verified.",
    "Look at the badge and write its number down, or call the agency through a number that you"
    " found yourself.",
    "45 CFR 164.514(h)",
)
_LAW = Must(
    "paper.legal_basis",
    "It does not say on which law it rests. Ask for that in writing.",
    "Look on which law it says that it rests.",
    "45 CFR 164.514(h)",
)
_DEMAND = frozenset({"administrative_demand"})
_OVERSIGHT = frozenset({"oversight"})
_SUSPEND = Note(
    "If they ask that the client's account leave them out for a time, they must say so and for how"
    " long, in writing; said by mouth it holds 30 days.",
    "45 CFR 164.528(a)(2)",
)

OFFICIALS = (
    Asker(
        "police",
        "Police or a prosecutor, without a warrant",
        ("detective", "officer", "sheriff", "fbi", "district attorney", "police"),
        "office",
        "law_enforcement",
        ("none", "letter", "administrative_demand"),
        "law_enforcement",
        fields=frozenset({"return_date", "caption"}),
        musts=(
            _BADGE,
            Must(
                "demand_meets_three_tests",
                "The demand does not show that it is relevant, specific and limited, and that"
                " nothing without names would do.",
                "Look whether the demand shows all three: relevant, specific and limited, and not"
                " answerable without names.",
                "45 CFR 164.512(f)(1)(ii)(C)",
                only=_DEMAND,
            ),
            Must(
                "police_asked_to_identify_or_locate",
                "",
                "Say whether they ask in order to identify or find somebody; then identifiers at"
                " most, nothing of the therapy.",
                "45 CFR 164.512(f)(2)",
            ),
        ),
        checks=("credential", "callback", "letterhead"),
        ways=ways.QUIET,
        notes=(
            Note("You may ask them to come back with process, and you may call counsel first."),
            _SUSPEND,
        ),
    ),
    Asker(
        "licensing_board",
        "A licensing board",
        ("board of psychology", "board of social work", "complaint", "board investigator"),
        "office",
        "licensing_board",
        ("letter", "administrative_demand"),
        "oversight",
        fields=OF_PROCESS - {"court"},
        facts={},
        musts=(
            _BADGE,
            _LAW,
            Must(
                "oversight_of_author",
                "",
                "Say whether it looks into you, who wrote the notes, or into somebody else.",
                "45 CFR 164.512(d); 164.508(a)(2)(ii)",
            ),
        ),
        checks=("letterhead", "callback", "credential"),
        ways=ways.PAYING,
        notes=(
            Note("Tell your liability carrier and counsel before you answer about yourself."),
            _SUSPEND,
        ),
    ),
    Asker(
        "hhs",
        "HHS or its Office for Civil Rights",
        ("ocr", "office for civil rights", "health and human services", "hipaa complaint"),
        "office",
        "hhs",
        ("letter", "administrative_demand"),
        "oversight",
        fields=frozenset({"return_date", "caption"}),
        musts=(
            _BADGE,
            Must(
                "hhs_compliance_inquiry",
                "It does not say that HHS looks into compliance; then this is not the demand that"
                " must be answered.",
                "Look whether it says that HHS looks into this practice's compliance.",
                "45 CFR 164.502(a)(2)(ii)",
            ),
        ),
        checks=("letterhead", "callback", "credential"),
        ways=ways.GENERAL,
        notes=(
            Note(
                "What HHS needs to find out whether the rules were kept must be given. That"
                " books and"
                " records are to be open to it stands in 45 CFR 160.310, which nobody here has"
                " read.",
                "45 CFR 160.310",
                "recalled",
            ),
        ),
    ),
    Asker(
        "health_oversight",
        "Another agency that oversees care or a program",
        ("medicaid", "medicare", "inspector general", "state auditor", "surveyor"),
        "office",
        "health_oversight",
        ("letter", "administrative_demand"),
        "oversight",
        fields=frozenset({"return_date", "caption"}),
        musts=(_BADGE, _LAW),
        checks=("letterhead", "callback", "credential"),
        ways=ways.PAYING,
        notes=(_SUSPEND,),
    ),
    Asker(
        "coroner",
        "A coroner or medical examiner",
        ("medical examiner", "cause of death", "autopsy"),
        "office",
        "coroner",
        ("letter", "none", "administrative_demand"),
        "other",
        fields=frozenset({"return_date"}),
        musts=(
            _BADGE,
            Must(
                "client_deceased",
                "The client has not died; a coroner has no claim.",
                "Say whether the client has died.",
                "45 CFR 164.512(g)(1)",
            ),
        ),
        checks=("credential", "callback", "letterhead"),
        ways=ways.PAYING,
        notes=(
            Note(
                "What that office needs to find who died and of what; psychotherapy notes may be"
                " reached by this paragraph.",
                "45 CFR 164.512(g)(1)",
            ),
        ),
    ),
    Asker(
        "research",
        "A researcher",
        ("study", "irb", "university", "review board", "data set"),
        "office",
        "researcher",
        ("letter",),
        "research",
        fields=frozenset({"return_date"}),
        musts=(
            _BADGE,
            Must(
                "research_waiver_documented",
                "No waiver of a review board came with it; then each client must authorize it.",
                "Look for the waiver of a review board, dated and signed, that says which records.",
                "45 CFR 164.512(i)",
            ),
        ),
        checks=("letterhead", "callback"),
        ways=ways.PAYING,
        notes=(Note("The waiver's own description is the limit.", "45 CFR 164.512(i)"),),
    ),
    Asker(
        "military",
        "A military command",
        ("commander", "army", "navy", "air force", "fitness for duty", "base"),
        "office",
        "military",
        ("letter", "none"),
        "other",
        fields=frozenset({"return_date"}),
        musts=(
            _BADGE,
            Must(
                "military_command_request_published",
                "It does not show that the client serves and that this command and purpose were"
                " published in the Federal Register.",
                "Look whether the client serves, and whether the command and its purpose were"
                " published in the Federal Register.",
                "45 CFR 164.512(k)(1)",
            ),
        ),
        checks=("letterhead", "callback", "credential"),
        ways=ways.PAYING,
        notes=(Note("A veteran is not under command.", "45 CFR 164.512(k)(1)", "recalled"),),
    ),
    Asker(
        "custody",
        "A jail, a prison or an officer who holds the client",
        ("jail", "prison", "corrections", "probation", "detention"),
        "office",
        "correctional",
        ("letter", "none"),
        "treatment",
        musts=(
            _BADGE,
            Must(
                "client_in_custody",
                "The client is not in custody.",
                "Say whether they hold the client now.",
                "45 CFR 164.512(k)(5)",
            ),
            Must(
                "custodian_states_need",
                "They have not said that they need it for care, health, safety or good order.",
                "Ask them to say, in writing, that they need it and what for.",
                "45 CFR 164.512(k)(5)",
            ),
        ),
        checks=("letterhead", "callback", "credential"),
        ways=ways.PAYING,
    ),
)
