"""The client, and whoever stands in the client's place: access, amendment, accounting, restriction.

Sources: 45 CFR 164.524, 164.526, 164.528, 164.522(a)-(b), 164.502(g), 164.514(h), as the corpus has
them (provisions/us/hipaa-access.yaml, hipaa-family.yaml, hipaa-authorization.yaml).
"""

from stillroom.disclosure.askers import ways
from stillroom.disclosure.askers.shapes import Asker, Must, Note, Span

_ASKED = ("client_request", "letter", "none")
_ACCESS = Span("Give access, or deny it in writing", 30, 30, "45 CFR 164.524(b)(2)")
_AMEND = Span("Answer the request to amend", 60, 30, "45 CFR 164.526(b)(2)")
_ACCOUNT = Span("Give the accounting", 60, 30, "45 CFR 164.528(c)(1)")
_WHO = Must(
    "identity_verified",
    "Who asks has not been verified. Nothing is told before.",
    "Look who asks: somebody you know by face or voice, or with a document.",
    "45 CFR 164.514(h)",
)
_GROUNDS = (
    Must(
        "harm_if_accessed",
        "",
        "Say whether a licensed professional has judged that access endangers somebody. That the"
        " client may be upset is no ground.",
        "45 CFR 164.524(a)(3)",
    ),
    Must(
        "compiled_for_litigation",
        "",
        "Only what was put together for a lawsuit or hearing may be refused for it.",
        "45 CFR 164.524(a)(1)(i)-(ii),(a)(2)(v)",
    ),
    Must(
        "source_promised_confidentiality",
        "",
        "Only what would show who said it, and where a promise was given.",
        "45 CFR 164.524(a)(1)(i)-(ii),(a)(2)(v)",
    ),
)
_FORM = Note(
    "Give it in the form and format asked for where that can readily be done, electronic if it is"
    " kept so. A fee covers copying, supplies, postage and an agreed summary, nothing else.",
    "45 CFR 164.524(c)",
)
_KEPT_APART = Note(
    "Psychotherapy notes are outside this right; what is kept back is named in writing, and"
    " everything else is given.",
    "45 CFR 164.524(a)(1)(i)",
)
_AUTHORITY = Must(
    "personal_representative_verified",
    "Nothing shows that this person may act for the client.",
    "Look at the document that lets this person act: the appointment, the power of attorney, the"
    " letters of the estate.",
    "45 CFR 164.502(g)(1)-(2),(4)",
)

OWN = (
    Asker(
        "access",
        "The client, for a copy of the record",
        ("access", "records request", "my records", "see the file", "copy", "portal"),
        "client",
        "client",
        _ASKED,
        "client_access",
        fields=frozenset({"form"}),
        musts=(_WHO, *_GROUNDS),
        checks=("known", "photo", "callback"),
        span=_ACCESS,
        ways=ways.ACCESS,
        notes=(_FORM, _KEPT_APART),
        wants="a copy",
    ),
    Asker(
        "access_representative",
        "A representative of the client, for the record",
        ("guardian", "power of attorney", "executor", "personal representative", "estate"),
        "client",
        "personal_representative",
        _ASKED,
        "client_access",
        fields=frozenset({"form"}),
        musts=(_WHO, _AUTHORITY, *_GROUNDS),
        checks=("document", "photo", "callback"),
        span=_ACCESS,
        ways=ways.ACCESS,
        notes=(
            Note(
                "If you judge that treating this person as the representative could endanger the"
                " client, you need not.",
                "45 CFR 164.502(g)(5)",
            ),
            _FORM,
            _KEPT_APART,
        ),
        wants="a copy",
    ),
    Asker(
        "amendment",
        "The client, to have the record corrected",
        ("amend", "correct", "change", "wrong", "error in the record"),
        "client",
        "client",
        _ASKED,
        act="inform",
        fields=frozenset({"wish"}),
        facts={"amendment_asked": "yes"},
        musts=(_WHO,),
        checks=("known", "photo", "callback"),
        span=_AMEND,
        ways=ways.AMENDMENT,
        notes=(
            Note(
                "It may be denied only if the record is accurate and complete, was not made here,"
                " is not among those used to make decisions, or is not open to access.",
                "45 CFR 164.526(a)(2)",
                "secondary",
            ),
            Note("A signed record is never changed: an amendment stands beside it, linked."),
        ),
        wants="a correction",
    ),
    Asker(
        "accounting",
        "The client, for an account of who received what",
        ("accounting of disclosures", "who saw", "who got my record"),
        "client",
        "client",
        _ASKED,
        act="inform",
        facts={"accounting_asked": "yes"},
        musts=(
            _WHO,
            Must(
                "accounting_suspended",
                "",
                "Say whether an agency or the police has asked that the accounting be suspended.",
                "45 CFR 164.528(a)(2)",
            ),
        ),
        checks=("known", "photo", "callback"),
        span=_ACCOUNT,
        ways=ways.ACCOUNTING,
        notes=(
            Note(
                "Six years back. Treatment, payment, operations, the client's own access and what"
                " was authorized are not in it; reports of abuse are.",
                "45 CFR 164.528(a)(1),(b),(c)",
            ),
        ),
        wants="an account of disclosures",
    ),
    Asker(
        "restriction",
        "The client, to have something kept from somebody",
        ("restrict", "do not tell", "keep from my insurance", "paid myself", "out of pocket"),
        "client",
        "client",
        _ASKED,
        act="inform",
        fields=frozenset({"wish"}),
        musts=(
            _WHO,
            Must(
                "paid_out_of_pocket",
                "",
                "If so, and the plan is to be kept from knowing, it must be agreed to.",
                "45 CFR 164.522(a)(1)(vi)",
            ),
        ),
        checks=("known", "photo", "callback"),
        ways=ways.RESTRICTION,
        notes=(
            Note(
                "What was paid in full out of pocket must be kept from the plan if the client asks;"
                " any other restriction you may agree to or not.",
                "45 CFR 164.522(a)(1)(vi)",
            ),
        ),
        wants="a restriction",
    ),
    Asker(
        "channel",
        "The client, to be reached by another way or at another place",
        ("confidential communication", "another address", "do not call me at home", "reach me"),
        "client",
        "client",
        _ASKED,
        act="inform",
        fields=frozenset({"wish"}),
        facts={"confidential_channel_asked": "yes"},
        musts=(_WHO,),
        checks=("known", "photo", "callback"),
        ways=ways.CHANNEL,
        notes=(
            Note(
                "What can reasonably be done is done. Do not ask why; another way to reach her and,"
                " where it matters, how she pays is all you may ask for.",
                "45 CFR 164.522(b)",
            ),
        ),
        wants="another way to be reached",
    ),
)
