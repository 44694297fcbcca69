"""The first hour of a practice: its owner, before anybody is there to invite her."""

from base64 import b32encode

from stillroom.access import Role
from stillroom.config.home import NewHome
from stillroom.config.house import compose, now
from stillroom.identity import accounts
from stillroom.identity.accounts import Welcome
from stillroom.vault import split

SHARES, THRESHOLD = 3, 2


def found_owner(made: NewHome, sign_name: str, name: str, passphrase: str) -> Welcome:
    """Make the owner's account and keys in a practice that nobody serves yet."""
    shell = compose(made.home)
    at = now()
    shell.house.unseal(made.server, at=at)
    try:
        roles = {Role.OWNER, Role.ADMINISTRATOR}
        person = accounts.found(shell.house, sign_name, name, roles, at=at)
        return accounts.make_keys(shell.house, person, passphrase, at=at)
    finally:
        shell.house.log.close()


def recovery_shares(made: NewHome) -> list[str]:
    """The recovery key in three shares, two of which open every chart's ring again."""
    shares = split(made.recovery.to_secret(), shares=SHARES, threshold=THRESHOLD)
    return [b32encode(share.to_bytes()).decode("ascii").rstrip("=") for share in shares]
