"""What every part stands on: yes/no/unknown, secrets, identifiers, errors.

Pure: no framework, no clock, no disk. Everything here may be used anywhere.

    >>> from stillroom.kernel import Trilean, every
    >>> every([Trilean.YES, Trilean.UNKNOWN])
    <Trilean.UNKNOWN: 'unknown'>
    >>> bool(Trilean.UNKNOWN)
    Traceback (most recent call last):
    TypeError: yes, no or unknown is no truth value; compare with Trilean.YES or Trilean.NO
"""

from stillroom.kernel._errors import Misuse, StillroomError, where
from stillroom.kernel._ids import is_id, new_id, spell
from stillroom.kernel._secret import Secret
from stillroom.kernel._spoken import capital, small, spoken
from stillroom.kernel._trilean import Trilean, every, some

__all__ = [
    "Misuse",
    "Secret",
    "StillroomError",
    "Trilean",
    "capital",
    "every",
    "is_id",
    "new_id",
    "small",
    "some",
    "spell",
    "spoken",
    "where",
]
