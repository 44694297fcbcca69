"""Other professionals, payers, workers' compensation, collectors.

Sources: 45 CFR 164.506, 164.502(b), 164.512(l), 164.522(a)(1), as the corpus has them
(provisions/us/hipaa-treatment-payment.yaml, hipaa-authorization.yaml, hipaa-duties.yaml,
hipaa-public-purposes.yaml).
"""

from stillroom.disclosure.askers import ways
from stillroom.disclosure.askers.shapes import Asker, Must, Note
from stillroom.disclosure.askers.usual import CALL, LEAST, PAID, WHO

CARE = (
    Asker(
        "treating_provider",
        "Another professional who treats the client",
        ("doctor", "psychiatrist", "primary care", "hospital", "new therapist", "referral"),
        "care",
        "treating_provider",
        ("letter", "none"),
        "treatment",
        musts=(
            WHO,
            Must(
                "restriction_agreed",
                "",
                "Say whether you agreed with the client not to share this.",
                "45 CFR 164.522(a)(1)(i)-(v)",
            ),
        ),
        checks=("callback", "known", "letterhead"),
        ways=ways.GENERAL,
        notes=(
            Note(
                "For treatment the federal rule asks for no authorization and no least; your"
                " state's"
                " law and your code may.",
                "45 CFR 164.506(c)(1)-(2)",
            ),
        ),
    ),
    Asker(
        "payer",
        "An insurer or plan, for a claim",
        ("insurance", "claim", "medical necessity", "authorization of sessions", "utilization"),
        "care",
        "payer",
        ("letter", "none"),
        "payment",
        fields=frozenset({"return_date", "claim"}),
        musts=(WHO, PAID),
        checks=CALL,
        ways=ways.PAYING,
        notes=(LEAST,),
    ),
    Asker(
        "payer_audit",
        "A payer, for an audit",
        ("audit", "clawback", "records review", "recoupment", "post-payment"),
        "care",
        "payer",
        ("payer_audit",),
        "payment",
        fields=frozenset({"return_date", "claim"}),
        musts=(
            WHO,
            Must(
                "period",
                "It names no dates of service; ask which claims it is about before anything goes.",
                "Look which dates of service it names; nothing outside them goes.",
                "45 CFR 164.502(b); 164.514(d)",
            ),
            PAID,
        ),
        checks=CALL,
        ways=ways.PAYING,
        notes=(
            LEAST,
            Note(
                "Each note must stand alone. Psychotherapy notes are no part of an audit.",
                "45 CFR 164.508(a)(2)",
            ),
        ),
    ),
    Asker(
        "medical_director",
        "An insurer's medical director, for a peer review",
        (
            "peer to peer",
            "peer review",
            "medical director",
            "doctor of the insurer",
            "disability insurer",
        ),
        "care",
        "payer",
        ("none", "letter"),
        "payment",
        fields=frozenset({"return_date", "claim"}),
        musts=(WHO, PAID),
        checks=("callback", "letterhead"),
        ways=ways.PAYING,
        notes=(
            Note(
                "What is said in such a call is a disclosure too: say the least, and write down"
                " what was said."
            ),
            LEAST,
        ),
    ),
    Asker(
        "workers_comp",
        "Workers' compensation: insurer, board, adjuster",
        ("work injury", "workers comp", "adjuster", "industrial commission"),
        "care",
        "workers_comp",
        ("letter", "administrative_demand"),
        "payment",
        fields=frozenset({"return_date", "claim"}),
        facts={},
        musts=(
            WHO,
            Must(
                "compensation_law_authorizes",
                "Nothing shows that the compensation law of the state authorizes it.",
                "Look which compensation law it names, and whether that authorizes these records.",
                "45 CFR 164.512(l)",
            ),
        ),
        checks=CALL,
        ways=ways.PAYING,
        notes=(Note("About the claimed injury, and no further.", "45 CFR 164.512(l)"),),
    ),
    Asker(
        "collection_agency",
        "A collection agency",
        ("debt", "unpaid bill", "collections"),
        "care",
        "collection_agency",
        ("letter", "none"),
        "payment",
        musts=(
            WHO,
            Must(
                "business_associate_agreement",
                "There is no agreement with this agency; then it gets nothing.",
                "Say whether this practice has a signed agreement with this agency.",
                "45 CFR 164.506(c)(1),(3)",
            ),
        ),
        checks=CALL,
        ways=ways.QUIET,
        notes=(Note("Name, dates and what is owed at most; never why somebody came."), LEAST),
    ),
)
