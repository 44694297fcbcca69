"""The words of the consent to care by video and of a group's agreement. English.

Nothing on file here is a state's law of telehealth. The consent says what clients are to know in
any state, and that the rules of the place where the client sits count; it cites nothing that was
not read."""

from typing import Final

from stillroom.consent.forms.words_fixed import Fixed

TELEHEALTH_TITLES: Final = {
    "what": "What it is",
    "good": "What is good and what is hard about it",
    "where": "Where you are",
    "private": "Keeping it private",
    "safe": "If something goes wrong",
    "end": "Your choice",
}
TELEHEALTH: Final = {
    "what": (
        Fixed("what.is", "We meet by video or by phone, and not in one room."),
        Fixed("what.limits", "The same limits of privacy hold as when we meet in person."),
    ),
    "good": (
        Fixed("good.easy", "You need not travel. You can be in a place that feels safe to you."),
        Fixed(
            "good.hard",
            "We see and hear less. A call can break off. Some care works better in one room.",
        ),
    ),
    "where": (
        Fixed("where.tell", "Tell us at the start of each call where you are."),
        Fixed(
            "where.law",
            "The law of the place where you are counts. We may only treat you where "
            "our license lets us.",
        ),
        Fixed(
            "where.unread",
            "We have not read each rule that {state} has on care by video. If we "
            "learn of one that changes this page, we will tell you.",
        ),
    ),
    "private": (
        Fixed("private.room", "We call from a room where no one hears us. Please find one too."),
        Fixed("private.record", "None of us records a call unless we both agree."),
        Fixed(
            "private.risk",
            "No way to call is safe from all harm. We use one that hides the call "
            "from others on its way.",
        ),
    ),
    "safe": (
        Fixed("safe.break", "If a call breaks off, we call you back by phone. Give us a number."),
        Fixed(
            "safe.near",
            "Give us the name of someone near you whom we may call if you are in danger.",
        ),
    ),
    "end": (
        Fixed(
            "end.stop",
            "You can stop at any time and ask to meet in person. It does not change "
            "your right to care.",
        ),
        Fixed("end.ask", "When you sign, you say that you read this and could ask about it."),
    ),
}
GROUP_TITLES: Final = {
    "promise": "What we promise each other",
    "limits": "What the promise cannot do",
    "court": "Courts and records",
    "room": "In the room",
    "end": "Your name",
}
GROUP: Final = {
    "promise": (
        Fixed("promise.who", "I will not tell anyone who is in this group."),
        Fixed(
            "promise.what", "I will not tell anyone what others say here. I may talk about myself."
        ),
        Fixed("promise.after", "This holds after I leave the group as well."),
        Fixed("promise.net", "I will not post about the group, or take pictures or sound."),
    ),
    "limits": (
        Fixed(
            "limits.bind",
            "The therapist is bound to keep this private. Members are bound by their promise.",
        ),
        Fixed(
            "limits.law",
            "The limits of privacy that I signed hold in the group too. I can tell "
            "the group less than I tell my therapist alone.",
        ),
    ),
    "room": (
        Fixed("room.out", "If I meet a member elsewhere, I let that person choose to greet me."),
        Fixed("room.late", "If I want to leave the group, I say so there first, if I can."),
    ),
    "end": (
        Fixed("end.break", "If I break this promise, the therapist may ask me to leave the group."),
        Fixed("end.ask", "When I sign, I say that I read this and could ask about it."),
    ),
}
GROUP_RECORD: Final = Fixed(
    "court.record",
    "Notes of the group are given out only if all who took part say yes, or a judge orders it.",
    ("us.policy.joint-sessions", "us.policy.joint-sessions-order"),
)
