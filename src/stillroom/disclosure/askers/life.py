"""Family, school, work, the press, and everybody else.

Sources: 45 CFR 164.502(g)(3), 164.510(b), 164.508(a)(1), as the corpus has them
(provisions/us/hipaa-family.yaml, hipaa-authorization.yaml).
"""

from stillroom.disclosure.askers import ways
from stillroom.disclosure.askers.shapes import Asker, Must, Note
from stillroom.disclosure.askers.usual import CALL, NO_RIGHT, WHO

LIFE = (
    Asker(
        "parent",
        "A parent or guardian of a minor",
        ("mother", "father", "mom", "dad", "stepparent", "custody"),
        "life",
        "parent",
        ("letter", "client_request", "none"),
        "client_access",
        musts=(
            WHO,
            Must(
                "law_permits_parent_access",
                "",
                "Say whether the law of this state lets this parent have it; look at any"
                " custody order.",
                "45 CFR 164.502(g)(3)(i)-(ii)",
            ),
            Must(
                "minor_consented_to_care",
                "",
                "Say whether the minor consented to this care alone, as the law lets minors do.",
                "45 CFR 164.502(g)(3)(i)-(ii)",
            ),
        ),
        checks=("photo", "document", "known"),
        ways=ways.GENERAL,
        notes=(
            Note(
                "Talk with the minor first where you can. A custody order may change who is the"
                " parent here."
            ),
        ),
    ),
    Asker(
        "family",
        "Family or a friend, while the client lives",
        ("wife", "husband", "partner", "sister", "brother", "friend", "spouse"),
        "life",
        "family_involved",
        ("none", "letter"),
        "family_involvement",
        musts=(
            Must(
                "involved_in_care",
                "This person takes no part in the client's care; then there is nothing to say.",
                "Say whether this person takes part in the client's care or its payment.",
                "45 CFR 164.510(b)(1)-(2)",
            ),
            Must(
                "client_objected",
                "",
                "Say whether the client has objected.",
                "45 CFR 164.510(b)(1)-(2)",
            ),
        ),
        checks=("known", "callback"),
        ways=ways.QUIET,
        notes=(Note("You may always listen. Hearing somebody tells them nothing."),),
    ),
    Asker(
        "family_after_death",
        "Family, after the client's death",
        ("widow", "widower", "death", "died", "funeral", "condolence"),
        "life",
        "family_involved",
        ("none", "letter"),
        "family_involvement",
        facts={"client_deceased": "yes"},
        musts=(
            Must(
                "involved_in_care",
                "This person took no part in the client's care; whoever acts for the estate may"
                " ask.",
                "Say whether this person took part in the client's care or its payment.",
                "45 CFR 164.510(b)(5)",
            ),
            Must(
                "client_objected",
                "",
                "Say whether the client ever said that this person should not know.",
                "45 CFR 164.510(b)(5)",
            ),
        ),
        checks=("known", "callback", "document"),
        ways=ways.GENERAL,
        notes=(
            Note(
                "What bears on that person's part in the care, not the history of the therapy. The"
                " executor of the estate asks as a representative.",
                "45 CFR 164.510(b)(5)",
            ),
        ),
    ),
    Asker(
        "school",
        "The client's school",
        ("teacher", "school counselor", "principal", "iep", "college", "dean"),
        "life",
        "school",
        ("letter", "none"),
        "education",
        musts=(WHO,),
        checks=CALL,
        ways=ways.QUIET,
        notes=(
            NO_RIGHT,
            Note("What a school keeps may be open to a parent there.", "", "recalled"),
        ),
    ),
    Asker(
        "employer",
        "The client's employer",
        ("boss", "human resources", "hr", "fitness", "leave", "fmla"),
        "life",
        "employer",
        ("letter", "none"),
        "employment",
        musts=(WHO,),
        checks=CALL,
        ways=ways.QUIET,
        notes=(
            NO_RIGHT,
            Note("A note that somebody was here on a day tells that they come here."),
        ),
    ),
    Asker(
        "press",
        "The press",
        ("reporter", "journalist", "newspaper", "media", "podcast", "blogger"),
        "life",
        "media",
        ("none", "letter"),
        "other",
        musts=(),
        checks=(),
        ways=ways.QUIET,
        notes=(
            Note(
                "Say the same words whoever is named: we do not speak of anybody who may or may"
                " not come here."
            ),
            NO_RIGHT,
        ),
    ),
    Asker(
        "request",
        "Somebody else",
        ("other", "anyone", "landlord", "clergy", "stranger"),
        "life",
        "",
        (),
        fields=frozenset(
            {
                "proceeding",
                "caption",
                "court",
                "served_on",
                "return_date",
                "signed_by",
                "assurances",
                "purpose",
            }
        ),
        musts=(WHO,),
        checks=("callback", "photo", "letterhead", "document", "known", "credential", "court"),
        ways=ways.GENERAL,
    ),
)
