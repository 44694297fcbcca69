"""Time-limited credentials for the relay (TURN): a seat of a call may use it for a while.

The convention is coturn's `use-auth-secret`: the user name is the second at which it ends, a colon
and a mark; the password is HMAC-SHA1 of that name under a secret which this practice and its relay
share, in base64. With these the browser signs in as RFC 8489 (9.2) says. SHA-1 is what the
convention asks for, as an HMAC under a random secret of 256 bits.

The mark is random: the relay, and whoever reads its log, learns of no person, room or chart.
Knowing the secret lets one use the relay's bandwidth; it opens no call.

    credentials(secret, mark=new_id(), at=at)  # Credentials("1796000000:…", "q9…=")
"""

import hmac
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta

from stillroom.kernel import Misuse, Secret

LASTS = timedelta(hours=4)
"""coturn asks again when an allocation is refreshed: they last as long as a session may."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user name and a password for the relay, as a browser's `RTCIceServer` wants them."""

    username: str
    credential: str


def credentials(secret: Secret, *, mark: str, at: datetime) -> Credentials:
    """What opens the relay from `at` for `LASTS`. `mark`: letters, figures, `-` and `_`."""
    if not mark or not mark.isascii() or not mark.replace("-", "").replace("_", "").isalnum():
        raise Misuse("a mark is letters, figures, - and _")
    username = f"{int((at + LASTS).timestamp())}:{mark}"
    digest = hmac.digest(secret.expose(), username.encode("ascii"), "sha1")
    return Credentials(username, b64encode(digest).decode("ascii"))
