"""Whether an authorization is in force at an instant. Time only; its content is `rules_defects`.

Sources: 45 CFR 164.508(b)(1)-(4) (expired, revoked), 164.508(b)(5) (revocation). The law lets a
practice finish what it began in reliance before a revocation; Stillroom does not use that leave.
"""

from datetime import UTC, date, datetime, tzinfo

from stillroom.consent.rules_form import Authorization
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


def expired(auth: Authorization, at: datetime, zone: tzinfo = UTC) -> Trilean:
    """Whether it has run out. A named day still counts in full, in the practice's own time."""
    ends = auth.expires
    if ends.on is not None and local_day(at, zone) > ends.on:
        return Trilean.YES
    return ends.happened if ends.event else Trilean.NO


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

    INVARIANT: from `revoked_at` on, NO, whatever else is known.
    """
    if not auth.holders or revoked(auth, at):
        return Trilean.NO
    return signed(auth, at, zone) & ~expired(auth, at, zone)
