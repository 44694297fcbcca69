"""What a row says of the log: so that each can be held against the other (T15)."""

from dataclasses import dataclass

from stillroom.access import Act


@dataclass(frozen=True)
class Told:
    """A row's entry: its number, the acts that it can be of, and who acted (empty: not told)."""

    entry: int
    acts: frozenset[Act]
    actor: str = ""
