"""Names that programs use, as people read them."""

import re

_SHORT = {
    "dhhs": "DHHS",
    "dmh": "DMH",
    "hhs": "HHS",
    "hipaa": "HIPAA",
    "idd": "IDD",
    "lps": "LPS",
    "mhpa": "MHPA",
    "nics": "NICS",
    "part2": "Part 2",
    "sud": "SUD",
}
_FOUND = re.compile(rf"\b({'|'.join(_SHORT)})\b")


def spoken(name: str) -> str:
    """A name, or several, without the lines between its words; short forms as they are written.

    >>> spoken("sud_counseling_notes, front_desk")
    'SUD counseling notes, front desk'
    """
    return _FOUND.sub(lambda found: _SHORT[found[0]], name.replace("_", " "))


def capital(text: str) -> str:
    """A sentence's first letter made a capital, and nothing else changed.

    >>> capital(spoken("sud_records of Ada"))
    'SUD records of Ada'
    """
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """A title in the middle of a sentence: its first letter small, unless its first word is none
    that is written small.

    >>> small("Treatment plan"), small("PHQ-9"), small("HHS, in the yearly log")
    ('treatment plan', 'PHQ-9', 'HHS, in the yearly log')
    """
    first = text.split(" ", 1)[0]
    return text if any(one.isupper() for one in first[1:]) else text[:1].lower() + text[1:]
