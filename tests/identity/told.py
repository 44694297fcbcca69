"""One entry of the log, as tests look at it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """Who did what, and the details."""

    actor: str
    act: str
    details: dict[str, object]
