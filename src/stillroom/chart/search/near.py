"""Spelling mistakes: which words are near to one another.

One change in words of four to seven letters: a letter more, less, other, or two neighbours swapped.
Two changes in longer words, where a swap counts as two. None in shorter words, and none where a
figure stands in the word: 50 mg and 60 mg, the 3rd and the 8th are no mistakes of one another.
"""

_FOUR, _EIGHT = 4, 8


def allowance(word: str) -> int:
    """How many changes a typed word may be away from what it stands for."""
    if len(word) < _FOUR or any(map(str.isnumeric, word)):
        return 0
    return 1 if len(word) < _EIGHT else 2


def may_be_near(word: str) -> bool:
    """Whether a word may be meant by another spelling at all."""
    return len(word) >= _FOUR - 1 and not any(map(str.isnumeric, word))


def is_near(typed: str, word: str) -> bool:
    """Whether `word` may have been meant by what was typed. A word is near to itself."""
    most = allowance(typed)
    if abs(len(typed) - len(word)) > most:
        return False
    if not most or typed == word:
        return typed == word
    if any(map(str.isnumeric, word)):
        return False
    return _within(typed, word, most) or (most == 1 and _swapped(typed, word))


def _within(one: str, other: str, most: int) -> bool:
    """Whether `most` letters more, less or other lead from one word to the other."""
    start = _same_start(one, other)
    one, other = one[start:], other[start:]
    if not one or not other:
        return len(one) + len(other) <= most
    if abs(len(one) - len(other)) > most or not most:
        return False
    return (
        _within(one[1:], other[1:], most - 1)
        or _within(one[1:], other, most - 1)
        or _within(one, other[1:], most - 1)
    )


def _swapped(one: str, other: str) -> bool:
    """Whether two neighbours changed places, and nothing else."""
    at = _same_start(one, other)
    return one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]


def _same_start(one: str, other: str) -> int:
    """How many letters are the same from the start."""
    at = 0
    for mine, others in zip(one, other, strict=False):
        if mine != others:
            break
        at += 1
    return at
