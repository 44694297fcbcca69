"""The first hour of a practice: its owner, before anybody is there to invite her."""

from base64 import b32encode

from stillroom.access import Role
from stillroom.config.home import NewHome
from stillroom.config.house import house_of, now, open_log
from stillroom.identity import accounts
from stillroom.identity.accounts import Welcome
from stillroom.vault import split

SHARES, THRESHOLD = 3, 2


def found_owner(
    made: NewHome, sign_name: str, name: str, passphrase: str, *, clinician: bool = False
) -> Welcome:
    """Make the owner's account and keys in a practice that nobody serves yet."""
    home, at = made.home, now()
    with open_log(home) as log:
        house = house_of(home, log)
        house.unseal(made.server, at=at)
        roles = {Role.OWNER, Role.ADMINISTRATOR} | ({Role.CLINICIAN} if clinician else set())
        person = accounts.found(house, sign_name, name, roles, at=at)
        return accounts.make_keys(house, person, passphrase, at=at)


def recovery_shares(made: NewHome) -> list[str]:
    """The recovery key in three shares; two of them hold what opens every chart's ring again."""
    shares = split(made.recovery.to_secret(), shares=SHARES, threshold=THRESHOLD)
    return [b32encode(share.to_bytes()).decode("ascii").rstrip("=") for share in shares]
