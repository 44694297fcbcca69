"""Where rows live: SQLite in the practice's folder, or PostgreSQL when its address is given.

SQLite: a write-ahead log, durable commits, deleted bytes overwritten, no temporary files on disk,
and a schema that may call nothing unexpected (THREATS.md, GlobaLeaks row).
"""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from stillroom.kernel import StillroomError

_PRAGMAS = (
    "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
    "PRAGMA secure_delete=ON;"
    "PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF; PRAGMA foreign_keys=ON;"
    "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;"
)


class UnknownDatabase(StillroomError):
    """The practice names a database of a kind that Stillroom does not use."""

    what = "that address is of no database that Stillroom uses"
    usual_advice = "Leave it empty for SQLite, or give postgresql://name@host/database."


class DatabaseUnfit(StillroomError):
    """The database cannot be reached, or somebody else's rows are in it."""

    what = "the practice's database cannot be used"
    usual_advice = "Check the address, and that the server runs and lets this program in."


class PasswordInAddress(StillroomError):
    """practice.json holds no secret, and the address stands in it."""

    what = "an address with a password in it would lie in practice.json for all to read"
    usual_advice = "Leave the password out, and put it into a .pgpass file of this account."


def require_plain(address: str) -> None:
    """Nothing when an address may stand in practice.json; else `PasswordInAddress`."""
    if address and _postgres(address)["PASSWORD"]:
        raise PasswordInAddress


def databases(home: Path | None, address: str) -> dict[str, dict[str, Any]]:
    """Django's DATABASES for a home and the database address in practice.json."""
    if address:
        return {"default": _postgres(address)}
    name = str(home / "practice.db") if home else ":memory:"
    options = {"init_command": _PRAGMAS, "transaction_mode": "IMMEDIATE", "timeout": 10}
    return {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name,
            "CONN_MAX_AGE": None,
            "OPTIONS": options,
        }
    }


def _postgres(address: str) -> dict[str, Any]:
    """The parts of an address; what stands after `?` (host, user, sslmode …) is libpq's to read."""
    parts = urlsplit(address)
    if parts.scheme not in ("postgres", "postgresql"):
        raise UnknownDatabase
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": options.pop("user", unquote(parts.username or "")),
        "PASSWORD": options.pop("password", unquote(parts.password or "")),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": options.pop("port", str(parts.port or "")),
        "CONN_MAX_AGE": None,
        "OPTIONS": options,
    }
