"""What is said of askers of several groups: who it is, the least, what was paid. Pure data."""

from stillroom.disclosure.askers.shapes import Must, Note

WHO = Must(
    "identity_verified",
    "Who asks has not been verified.",
    "Look who asks: call back through a number that you found yourself, not the letter's.",
    "45 CFR 164.514(h)",
)
LEAST = Note(
    "Only what the purpose reasonably needs; the whole chart only where the whole chart is"
    " specifically justified.",
    "45 CFR 164.502(b); 164.514(d)",
)
PAID = Must(
    "paid_out_of_pocket",
    "",
    "Say whether the client paid for this service in full and asked that the plan not be told.",
    "45 CFR 164.522(a)(1)(vi)",
)
NO_RIGHT = Note(
    "Without the client's written authorization there is nothing to say.", "45 CFR 164.508(a)(1)"
)
CALL = ("callback", "letterhead", "known")
