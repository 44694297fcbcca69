"""Words: folded for comparing, and where they stand in the text.

Folding looks at one character at a time, so that every character of the text knows what became of
it: compatibility decomposition, without marks and invisible signs, in small letters; what is no
letter and no figure becomes a space. A few letters that Unicode does not take apart (ø, ł, æ …)
are written as people without that key type them.
"""

import re
import unicodedata

LONGEST = 64
"""Letters of a word that count; whatever follows makes no difference (a pasted key, an address)."""

_AS_TYPED = {
    "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ħ": "h", "ŧ": "t", "ð": "d", "þ": "th",
    "æ": "ae", "œ": "oe", "ŋ": "ng", "ʼ": " ", "\u0640": "",
}  # fmt: skip
_ALONE = re.compile(
    "[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff"
    "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
"""Scripts written without spaces (Thai, Lao, Burmese, Khmer, Kana, Han): each sign is a word."""
_NOTHING = frozenset({"Mn", "Me", "Cf"})
_TONES = re.compile("[\U0001f3fb-\U0001f3ff]")
"""The skin tones of emoji, which belong to the sign before them."""
_PARTS = frozenset({"\u200b", "\u2028", "\u2029"})
_TOO_LONG = re.compile(f"[^ ]{{{LONGEST + 1},}}")


def _fold_character(character: str) -> str:
    return "".join([_fold_part(part) for part in unicodedata.normalize("NFKD", character)])


def _fold_part(part: str) -> str:
    kind = unicodedata.category(part)
    if kind in _NOTHING or _TONES.match(part):
        return " " if part in _PARTS else ""
    if kind == "So" or _ALONE.match(part):
        return f" {part} "
    if kind[0] not in "LN" and kind != "Mc":
        return " "
    small = unicodedata.normalize("NFKD", part.casefold())
    return "".join(
        _AS_TYPED.get(each, each) for each in small if unicodedata.category(each) not in _NOTHING
    )


class _Folding(dict[int, str]):
    """What each character becomes; worked out when it is first met.

    INVARIANT: it holds one short entry for each character of Unicode at most, and no word.
    """

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """The text as it is compared; words in it are parted by spaces."""
    return text.translate(_FOLDING)


def words(text: str) -> list[str]:
    """The words of a text, folded, in order.

    >>> words("L’été, she'd SLEPT; 5 h")
    ['l', 'ete', 'she', 'd', 'slept', '5', 'h']
    """
    folded = fold(text)
    if _TOO_LONG.search(folded):
        return [word[:LONGEST] for word in folded.split()]
    return folded.split()


def came_from(text: str) -> list[int]:
    """For each character of the folded text, the place in the text that it came from."""
    found: list[int] = []
    for at, character in enumerate(text):
        found.extend([at] * len(_FOLDING[ord(character)]))
    return found
