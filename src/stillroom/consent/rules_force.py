"""Whether an authorization is in force at an instant. Time only; its content is `rules_defects`.

Sources: 45 CFR 164.508(b)(1)-(4) (expired, revoked), 164.508(b)(5) (revocation). The law lets a
practice finish what it began in reliance before a revocation; Stillroom does not use that leave.

A paper may end with an event (164.508(c)(1)(v)). It is over when the practice *knows* that the
event has come (164.508(b)(2)(i), read in a public copy): what a practice knows of itself is a plain
yes or no, so until somebody says that it has come, it has not. 42 CFR 2.31 as recalled says *has
expired*, without a word of knowing: with program records the paper's force is unknown, and opens
nothing, but on the day on which somebody has looked and said that the event has not come.
"""

from datetime import UTC, date, datetime, tzinfo

from stillroom.consent.rules_form import PART2_KINDS, Authorization
from stillroom.kernel import Misuse, Trilean, every


def local_day(at: datetime, zone: tzinfo) -> date:
    """The calendar day of an instant where the practice is. Naive datetimes are a `Misuse`."""
    if at.utcoffset() is None:
        raise Misuse("time must be an aware datetime")
    return at.astimezone(zone).date()


def revoked(auth: Authorization, at: datetime) -> bool:
    """Whether it has been taken back by then; the instant of revocation counts as after."""
    if at.utcoffset() is None:
        raise Misuse("time must be an aware datetime")
    return auth.revoked_at is not None and at >= auth.revoked_at


def ended(auth: Authorization, at: datetime) -> bool:
    """Whether somebody had said by then that its event has come; that instant counts as after."""
    if at.utcoffset() is None:
        raise Misuse("time must be an aware datetime")
    return auth.ended_at is not None and at >= auth.ended_at


def expired(auth: Authorization, at: datetime, zone: tzinfo = UTC) -> Trilean:
    """Whether it has run out. A named day still counts in full, in the practice's own time."""
    ends, today = auth.expires, local_day(at, zone)
    if (ends.on is not None and today > ends.on) or ended(auth, at):
        return Trilean.YES
    return _event_came(auth, today) if ends.event else Trilean.NO


def _event_came(auth: Authorization, today: date) -> Trilean:
    """Nobody has said that it has; what follows for this paper on this day."""
    if auth.expires.happened is not Trilean.UNKNOWN:
        return auth.expires.happened
    looked = auth.looked_on == today
    return Trilean.NO if looked or not auth.kinds & PART2_KINDS else Trilean.UNKNOWN


def signed(auth: Authorization, at: datetime, zone: tzinfo = UTC) -> Trilean:
    """Whether every holder's signature stands on it, dated no later than that day.

    An undated signature leaves it unknown; a missing one is a plain no.
    """
    return every(_signed_for(auth, holder, local_day(at, zone)) for holder in sorted(auth.holders))


def _signed_for(auth: Authorization, holder: str, day: date) -> Trilean:
    days = [one.on for one in auth.signatures if one.holder == holder]
    if any(on is not None and on <= day for on in days):
        return Trilean.YES
    return Trilean.UNKNOWN if None in days else Trilean.NO


def in_force(auth: Authorization, at: datetime, zone: tzinfo = UTC) -> Trilean:
    """Signed by all, not revoked, not run out, at this instant. No holders at all is a no.

    INVARIANT: from `revoked_at` on, and from `ended_at` on, NO, whatever else is known.
    """
    if not auth.holders or revoked(auth, at):
        return Trilean.NO
    return signed(auth, at, zone) & ~expired(auth, at, zone)
