"""The words of the notice of privacy practices, after 45 CFR 164.520(b). English.

The header is the one that the rule prescribes, as read in a copy of the Code of Federal Regulations
(revised as of October 1, 2004) and in the wording of 2013. The paragraphs on substance use records
follow restatements of the rule of 2024 by law firms; its own text was not read here, and the
practice's page says so. Everything else is our own wording of what the rule asks to be told.
"""

from typing import Final

from stillroom.consent.forms.words_fixed import Fixed

HEADER: Final = (
    "THIS NOTICE DESCRIBES HOW MEDICAL INFORMATION ABOUT YOU MAY BE USED AND DISCLOSED AND HOW YOU "
    "CAN GET ACCESS TO THIS INFORMATION. PLEASE REVIEW IT CAREFULLY."
)
_RULE = ("us.hipaa.164-520",)

TITLES: Final = {
    "header": "Notice of privacy practices",
    "care": "To treat you, to be paid, to run the practice",
    "others": "Other times when we may or must share",
    "state": "Where the law of your state guards you more",
    "sud": "Records of care for alcohol or drug use",
    "yes": "When we need your written yes",
    "rights": "Your rights",
    "duties": "What we must do",
    "complain": "If you think your rights were not kept",
}
CARE: Final = (
    Fixed(
        "care.treat",
        "We may share to treat you. For one, we may talk with your doctor about your medicine.",
        ("us.hipaa.164-506-c-1.treatment",),
    ),
    Fixed(
        "care.pay",
        "We may share to be paid. For one, we may send your health plan the dates of your visits.",
        ("us.hipaa.164-506-c-3.payment",),
    ),
    Fixed(
        "care.run",
        "We may share to run the practice. For one, we may look at records to check the quality "
        "of our work.",
        ("us.hipaa.164-506-c-4.operations",),
    ),
    Fixed(
        "care.helpers",
        "Those who work for us, such as a billing firm, may get what they need. They sign that "
        "they will keep it private.",
        ("us.hipaa.164-502-e",),
    ),
)
OTHERS: Final = (
    Fixed("others.law", "When a law makes us.", ("us.hipaa.164-512-a",)),
    Fixed(
        "others.abuse",
        "To report abuse of a child, and in some cases of an adult.",
        ("us.hipaa.164-512-b-1-ii", "us.hipaa.164-512-c"),
    ),
    Fixed(
        "others.threat",
        "To stop a serious threat to you or someone else that is near.",
        ("us.hipaa.164-512-j-1-i",),
    ),
    Fixed(
        "others.court",
        "For a court, when a judge orders it, or in some cases for a subpoena.",
        ("us.hipaa.164-512-e-1-i", "us.hipaa.164-512-e-1-ii"),
    ),
    Fixed(
        "others.police",
        "For the police, in a few cases that the rule names.",
        ("us.hipaa.164-512-f-1-ii", "us.hipaa.164-512-f-2", "us.hipaa.164-512-f-3"),
    ),
    Fixed(
        "others.health",
        "For public health, and for those who watch over health care.",
        ("us.hipaa.164-512-b-1-i", "us.hipaa.164-512-d"),
    ),
    Fixed(
        "others.hhs",
        "For the federal health department, when it checks that we keep the rule.",
        ("us.hipaa.164-502-a-2-ii",),
    ),
    Fixed(
        "others.family",
        "For family or friends who take part in your care, if you agree or do not object.",
        ("us.hipaa.164-510-b-2",),
    ),
    Fixed(
        "others.few",
        "In a few more cases: for a coroner when someone has died, for research that was "
        "approved, for workers' compensation, for jails, for the armed forces, and for the safety "
        "of the nation.",
        (
            "us.hipaa.164-512-g-1",
            "us.hipaa.164-512-i",
            "us.hipaa.164-512-l",
            "us.hipaa.164-512-k-1",
            "us.hipaa.164-512-k-2",
            "us.hipaa.164-512-k-5",
        ),
    ),
)
STATE: Final = Fixed(
    "state.stricter",
    "Where the law of your state guards you more than this notice says, we follow that law. The "
    "page on the limits of privacy tells you more.",
    _RULE,
)
SUD: Final = (
    Fixed(
        "sud.court",
        "Records of a program for alcohol or drug use, and what is said about them, will not be "
        "used or shown in a civil, criminal, administrative or legislative case against you. That "
        "takes your written yes, or a court order made after you had notice and a chance to be "
        "heard.",
        ("us.part2.2-12-d", "us.hipaa.164-520"),
    ),
    Fixed(
        "sud.order",
        "Such an order needs a subpoena or a paper like it before we must obey.",
        ("us.part2.2-61", "us.hipaa.164-520"),
    ),
    Fixed(
        "sud.rule",
        "A stricter rule holds for these records. Most sharing needs your written yes.",
        ("us.part2.2-13", "us.part2.2-31-a"),
    ),
    Fixed("sud.funds", "We do not use these records to raise money."),
)
YES: Final = (
    Fixed(
        "yes.notes",
        "For most uses of notes that a therapist keeps apart about what you said in therapy.",
        ("us.hipaa.164-508-a-2",),
    ),
    Fixed("yes.market", "To market to you, or to sell what we know of you. We do neither."),
    Fixed(
        "yes.other",
        "For all that this notice does not name.",
        ("us.hipaa.164-508-a-1",),
    ),
    Fixed(
        "yes.back",
        "You can take your yes back in writing. What was shared by then stays shared.",
        ("us.hipaa.164-508-b-5",),
    ),
)
RIGHTS: Final = (
    Fixed(
        "rights.limit",
        "You can ask us to limit what we share. We do not have to agree, but if we do, we keep to "
        "it.",
        ("us.hipaa.164-522-a-1-iii",),
    ),
    Fixed(
        "rights.cash",
        "If you paid for a visit in full, you can ask us not to tell your health plan. To that we "
        "must agree, unless a law makes us tell.",
        ("us.hipaa.164-522-a-1-vi",),
    ),
    Fixed(
        "rights.reach",
        "You can ask us to reach you in another way or at another place. You need not say why.",
        ("us.hipaa.164-522-b",),
    ),
    Fixed(
        "rights.see",
        "You can see your record and get a copy. We act on this within 30 days.",
        ("us.hipaa.164-524-a-1",),
    ),
    Fixed(
        "rights.mend",
        "You can ask us to change what is wrong in your record. We act on this within 60 days.",
        ("us.hipaa.164-526",),
    ),
    Fixed(
        "rights.account",
        "You can ask for a list of those with whom we shared in the last six years. Some kinds of "
        "sharing are not on it.",
        ("us.hipaa.164-528",),
    ),
    Fixed("rights.paper", "You can get this notice on paper at any time.", _RULE),
)
DUTIES: Final = (
    Fixed(
        "duties.keep", "The law makes us keep your record private and give you this notice.", _RULE
    ),
    Fixed(
        "duties.breach",
        "If someone gets to see your record who should not, we must tell you.",
        ("us.hipaa.164-404",),
    ),
    Fixed("duties.follow", "We must do what the notice in force says.", _RULE),
    Fixed(
        "duties.change",
        "We may change this notice, also for what we hold by then. You can get the new one from "
        "us, and we will post it where you see it.",
        _RULE,
    ),
)
COMPLAIN: Final = (
    Fixed(
        "complain.where",
        "You can tell us, or the Secretary of Health and Human Services of the United States. We "
        "will not hold it against you.",
        _RULE,
    ),
    Fixed("complain.who", "To ask or to complain, turn to {contact}, {telephone}.", _RULE),
)
LEADS: Final = {
    "others": Fixed("others.lead", "We may or must also share, without asking you first:"),
    "yes": Fixed("yes.lead", "We ask for your written yes:"),
}
