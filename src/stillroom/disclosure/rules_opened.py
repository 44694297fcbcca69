"""Who opened a record and why, in the words that its client reads. Pure.

Rules: each entry of the log that is about care is shown, by whom and of what class; what a client
is not to learn here is no line: work on matters (a report, a letter of a court), what is held, and
what left by another rule than her own wish or her care. What left so stands in the account that she
may ask for, where an agency's statement can hold a line back for its time (45 CFR 164.528(a)(2));
the page says so always, so that the sentence tells nothing. What lies under a private note's ring
is not in it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from stillroom.access import Act

SAID: Mapping[str, str] = {
    Act.RECORD_READ.value: "read entries",
    Act.RECORD_WRITE.value: "wrote on an entry",
    Act.RECORD_SIGN.value: "signed an entry",
    Act.RECORD_COSIGN.value: "looked at an entry as a supervisor",
    Act.RECORD_RETURN.value: "looked at an entry as a supervisor",
    Act.CARE_BEGIN.value: "brought a colleague into your care",
    Act.CARE_END.value: "ended a colleague’s part in your care",
    Act.CARE_LEAVE.value: "left your care",
    Act.GUEST_INVITE.value: "gave somebody a way in by this door, or ended it",
    Act.GUEST_READ.value: "looked at who comes in by this door",
    Act.GLASS_PREPARE.value: "laid a key by for an emergency, or saw to it",
    Act.RING_TURN.value: "made a new key for your record",
    Act.PLACE_WRITE.value: "changed whose law applies",
    Act.RESTRICTION_WRITE.value: "wrote down what you asked to keep back",
    Act.THREAD_READ.value: "read messages",
    Act.THREAD_WRITE.value: "wrote a message",
    Act.CALL_CHECK.value: "looked after a call",
    Act.CALL_JOIN.value: "came into a call",
    Act.CALL_OPEN.value: "opened a call",
    Act.CONSENT_END.value: "wrote down whether a permission is over",
    Act.CONSENT_READ.value: "looked at what you signed",
    Act.CONSENT_REVOKE.value: "took a permission back",
    Act.CONSENT_WRITE.value: "kept something that was signed",
    Act.LEDGER_READ.value: "looked at who opened this record",
    Act.OWN_ANSWER.value: "answered a form",
    Act.OWN_ASK.value: "asked for something, or looked at how it stands",
    Act.OWN_TAKE.value: "took the record along",
}
"""What is shown, by act, in words marked for translation. An act without words here is no line."""

WHY: Mapping[str, str] = {
    "treatment": "for your care",
    "supervision": "to supervise your care",
    "emergency": "in an emergency",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """One entry of the log: its number, when, by whom, its act, and why if it says so."""

    index: int
    at: datetime
    actor: str
    act: str
    why: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page: on a day somebody did this so often, last at a moment."""

    day: date
    at: datetime
    actor: str
    said: str
    why: str
    count: int
    entries: tuple[int, ...]


def lines(seen: Iterable[Seen], zone: tzinfo) -> tuple[Line, ...]:
    """The lines, newest first; the same person's same act on one day is one of them."""
    groups: dict[tuple[date, str, str, str], list[Seen]] = {}
    for one in seen:
        if one.act in SAID:
            day = one.at.astimezone(zone).date()
            why = WHY.get(one.why, "")
            groups.setdefault((day, one.actor, SAID[one.act], why), []).append(one)
    made = [
        Line(
            day,
            max(one.at for one in group),
            actor,
            said,
            why,
            len(group),
            tuple(sorted(one.index for one in group)),
        )
        for (day, actor, said, why), group in groups.items()
    ]
    return tuple(sorted(made, key=lambda one: (one.at, one.entries), reverse=True))
