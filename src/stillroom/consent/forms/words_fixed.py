"""Sentences of the limits of confidentiality that no state's law turns. English.

Each is a key, the sentence, and the provisions of the nation that it stands on; none means that it
is the practice's own word. A sentence is left out where nothing that it stands on is law.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple


class Fixed(NamedTuple):
    """A sentence, and what it stands on: provisions by id, any of which carries it."""

    key: str
    words: str
    rests_on: tuple[str, ...] = ()


PRIVATE: Final = (
    Fixed("private.promise", "What you tell us is private. So is the fact that you come here."),
    Fixed(
        "private.rule",
        "We do not share it unless you say yes in writing, or the law lets us or makes us.",
        ("us.hipaa.164-502-a", "us.hipaa.164-508-a-1"),
    ),
    Fixed(
        "private.least",
        "When we do share, we share no more than is needed.",
        ("us.hipaa.164-502-b",),
    ),
    Fixed("private.ask", "This page tells you when that can be. Ask us about any part of it."),
)
DANGER: Final = (
    Fixed(
        "others.federal",
        "The privacy rule of the nation lets us tell what is needed to stop a serious threat "
        "that is near.",
        ("us.hipaa.164-512-j-1-i",),
    ),
    Fixed(
        "others.least",
        "We would tell of the danger, and not of the rest of what you say.",
        ("us.hipaa.164-512-j.limit",),
    ),
)
OTHER_WAY: Final = Fixed(
    "others.care", "There can be other ways to keep people safe, such as more care for you."
)
SELF: Final = (
    Fixed(
        "self.federal",
        "The privacy rule of the nation lets us tell someone who can stop a serious threat that "
        "is near.",
        ("us.hipaa.164-512-j-1-i",),
    ),
    Fixed("self.talk", "You can tell us that you think of dying. We would talk with you first."),
)
CHILD: Final = (
    Fixed(
        "child.federal",
        "The privacy rule of the nation lets us make such a report.",
        ("us.hipaa.164-512-b-1-ii",),
    ),
    Fixed("child.talk", "If we can, we will talk with you before we report."),
)
ADULT: Final = (
    Fixed(
        "adult.federal",
        "If you are the one who was hurt, we will most often tell you that we made a report.",
        ("us.hipaa.164-512-c-2",),
    ),
)
COURT: Final = (
    Fixed("court.tell", "If someone wants your record for a court case, we will try to tell you."),
    Fixed(
        "court.federal",
        "The privacy rule of the nation lets us give what a judge's order asks for, and no more.",
        ("us.hipaa.164-512-e-1-i",),
    ),
)
PAY: Final = (
    Fixed(
        "pay.cash",
        "If you pay for a visit in full and ask us not to tell your health plan, we will not tell "
        "it, so that it can pay or run its work.",
        ("us.hipaa.164-522-a-1-vi",),
    ),
)
TEAM: Final = (
    Fixed("team.advice", "We may ask other therapists for advice. Then we leave out your name."),
)
SUPERVISED: Final = (
    Fixed(
        "supervised.known",
        "Your therapist works with a supervisor. The supervisor may read your record and hear "
        "about your visits, to help and to teach.",
        ("us.hipaa.164-506-c-4.operations", "us.hipaa.164-508-a-2-i-b"),
    ),
    Fixed("supervised.bound", "The supervisor keeps what you say as private as we do."),
    Fixed("supervised.name", "You can ask who the supervisor is, and how to reach that person."),
)
TELEHEALTH: Final = (
    Fixed("telehealth.same", "All that this page says holds for visits by video or phone as well."),
    Fixed(
        "telehealth.where",
        "Tell us at the start of each visit where you are. The law of that place counts too.",
    ),
    Fixed("telehealth.room", "We sit where no one can hear. Please find such a place as well."),
    Fixed(
        "telehealth.record",
        "We do not record our visits. Please do not record them unless we both agree.",
    ),
)
SUD: Final = (
    Fixed(
        "sud.rule",
        "The nation has a law of its own for records of care for alcohol or drug use. We may not "
        "even say that you come here for it, except as that law allows.",
        ("us.part2.2-13",),
    ),
    Fixed(
        "sud.yes",
        "Most sharing of these records needs your written yes. You can take it back in writing.",
        ("us.part2.2-31-a", "us.part2.2-33"),
    ),
    Fixed(
        "sud.court",
        "These records cannot be used against you in court, unless you say yes to that alone or a "
        "judge gives a special order.",
        ("us.part2.2-12-d", "us.part2.2-31-d", "us.part2.2-64"),
    ),
    Fixed(
        "sud.emergency",
        "In a medical crisis we may tell those who treat you what they need to know.",
        ("us.part2.2-51",),
    ),
    Fixed(
        "sud.child",
        "This law does not stop a first report that a child is being abused.",
        ("us.part2.2-12-c-6",),
    ),
    Fixed(
        "sud.crime",
        "It does not stop us from calling the police about a crime here or against our staff.",
        ("us.part2.2-12-c-5",),
    ),
    Fixed(
        "sud.threat",
        "A threat to someone else does not by itself open these records. We may have to ask a "
        "judge, or act without them.",
        ("us.part2.2-63", "us.part2.2-64"),
    ),
    Fixed(
        "sud.notes",
        "Notes on your counseling that are kept apart need a written yes of their own.",
        ("us.part2.2-31-b",),
    ),
)
SUD_MINOR: Final = Fixed(
    "sud.minor",
    "If the law lets you come on your own, only you can say yes to sharing these records, even "
    "with those who pay.",
    ("us.part2.2-14-b",),
)
COUPLE: Final = (
    Fixed("couple.both", "You are both our clients. One record holds what you say together."),
    Fixed(
        "couple.secrets",
        "We do not promise to keep secrets from your partner. If you tell us "
        "something alone, we may ask you to share it.",
    ),
    Fixed(
        "couple.record",
        "We ask both of you to say yes before we give out the record of your visits, unless a "
        "judge orders it.",
        ("us.policy.joint-sessions", "us.policy.joint-sessions-order"),
    ),
    Fixed(
        "couple.partner",
        "Your partner can tell others what you say here. Our promise does not bind your partner.",
    ),
)
GROUP: Final = (
    Fixed("group.promise", "We ask each member to keep private who comes and what is said."),
    Fixed("group.bind", "We cannot make members keep that promise. Others may tell what you say."),
    Fixed(
        "group.record",
        "We ask all who took part to say yes before we give out notes of a group visit, unless a "
        "judge orders it.",
        ("us.policy.joint-sessions", "us.policy.joint-sessions-order"),
    ),
)
MINOR: Final = (
    Fixed("minor.who", "Some of this is for you, and some is for your parent or guardian."),
    Fixed(
        "minor.talk",
        "We will talk with you and your parents about what stays between you and us.",
    ),
    Fixed(
        "minor.danger",
        "If you may be in danger, we may tell a parent or others who can keep you safe.",
        ("us.hipaa.164-512-j-1-i",),
    ),
)
END: Final = (
    Fixed("end.change", "The law can change. Then we will tell you and ask you to sign again."),
    Fixed(
        "end.rights",
        "When you sign, you say that you read this and could ask about it. You give up no right.",
    ),
)

GROUP_NAMED: Final[Mapping[str, str]] = {
    "us-co.crs.13-90-107-joint": "covered",
    "us-dc.code.7-1202": "bound",
    "us-ks.65-5602": "covered",
    "us-mn.ms.595-02": "covered",
    "us-nj.45-14b-28": "covered",
    "us-nm.61-9a-27-group": "covered",
    "us-tn.code.24-1-207": "covered",
    "us-vt.1612": "covered",
    "us-wi.stat.905-04": "covered",
}
"""Provisions whose own words, as the corpus tells them, name group sessions: covered by the rule on
what is kept out of court, or members bound to keep silent. Every other place is not known."""

GROUP_WORDS: Final[Mapping[str, str]] = {
    "covered": "{State} names group visits among what is kept out of court.",
    "bound": "{State} tells group members too to keep what they hear private.",
    "unread": "We do not know if {state} keeps what is said in a group out of court.",
}
