"""What the doctor hands over: a sentence, and what to do."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `says` and `advice` are whole sentences."""

    well: bool
    says: str
    advice: str = ""


def well(says: str) -> Finding:
    """It stands as it should."""
    return Finding(True, says)


def remark(says: str, advice: str) -> Finding:
    """Nothing is wrong that the doctor could see, and there is something that only people see."""
    return Finding(True, says, advice)


def look(says: str, advice: str) -> Finding:
    """Somebody should do something."""
    return Finding(False, says, advice)
