"""Slowing down guesses at one name, whether it exists or not (P8).

Rules: a try is counted before it is looked at and forgotten when it was right, so that many guesses
at one moment do not all pass before the first of them is counted; what is counted is kept by a
keyed hash of the name; a day of peace forgets it, so that nobody fills the table for good.
"""

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from stillroom.identity import rules
from stillroom.identity.models import Attempt
from stillroom.identity.refusals import TooManyTries
from stillroom.phi import House


def charge(house: House, name: str, *, at: datetime) -> str:
    """Count one try of a clean name; gives its mark. `TooManyTries` while the name waits."""
    mark = _mark(house, name)
    with transaction.atomic():
        Attempt.objects.filter(closed_until__lt=at - rules.FAILURES_LIVE).delete()
        row, _ = Attempt.objects.select_for_update().get_or_create(pk=mark)
        if rules.is_closed(row.closed_until, at):
            raise TooManyTries
        row.failures += 1
        row.closed_until = at + rules.wait_after(row.failures)
        row.save()
    return mark


def refund(mark: str) -> None:
    """The try was right: nothing is held against the name any more."""
    Attempt.objects.filter(pk=mark).delete()


def _mark(house: House, name: str) -> str:
    key = house.server.derive(b"stillroom sign-in mark v1|" + name.encode())
    return sha256(key.to_secret().expose()).hexdigest()
