"""How hard a Spanish text is to read: the measure of Fernández Huerta, by rule.

    L = 206.84 - 60 * syllables / words - 1.02 * words / sentences

J. Fernández Huerta, Medidas sencillas de lecturabilidad, Consigna 214 (1959), with the correction of
G. Law (2011), as A. Muñoz Fernández tells both at legible.es, whose table says of 60 to 70 "normal,
7º u 8º grado"; that page was read, neither of the two papers was. Syllables are groups of vowels,
parted where two strong ones meet or a weak one bears the stress; the u of que, qui, gue, gui is mute.
"""

import re
from collections.abc import Iterable

EIGHTH = 60.0
"""What a page may reach and not fall below."""
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_ENDS = re.compile(r"[.!?…]+(?:\s|$)")
_MUTE = re.compile(r"(?<=q)u|(?<=g)u(?=[eiéí])")
_VOWELS = re.compile(r"[aeiouáéíóúü]+|(?<=[^aeiouáéíóúü])y$|^y$")
_APART = re.compile(r"(?=[aeoáéó][aeoáéóíú]|[íú][aeoáéó])")


def syllables(word: str) -> int:
    """Syllables of one word, by its spelling."""
    plain = _MUTE.sub("", word.lower())
    return max(1, sum(1 + len(_APART.findall(one)) for one in _VOWELS.findall(plain)))


def ease(texts: Iterable[str]) -> float:
    """The measure of texts read one after another; more is easier."""
    every = list(texts)
    words = [word for text in every for word in _WORD.findall(text)]
    sentences = sum(len(_ENDS.findall(text)) for text in every)
    spoken = sum(map(syllables, words))
    return 206.84 - 60 * spoken / len(words) - 1.02 * len(words) / max(1, sentences)
