"""How far a typed word is from the beginning of another: letters lost, doubled, swapped, wrong."""


def forgiven(length: int) -> int:
    """How many errors a word of this length may hold: none below 4 letters, 1 to 7, then 2."""
    return 0 if length < 4 else 1 if length < 8 else 2


def closeness(typed: str, word: str, most: int) -> int:
    """The fewest errors by which `typed` is `word` or its beginning; `most` + 1 if there are more.

    Two neighbouring letters swapped count as one error (optimal string alignment).
    """
    before: list[int] = []
    row = list(range(len(word) + 1))
    for nth, letter in enumerate(typed, start=1):
        older, before = before, row
        row = [nth]
        for at, other in enumerate(word, start=1):
            cost = min(before[at] + 1, row[-1] + 1, before[at - 1] + (letter != other))
            if nth > 1 and at > 1 and letter == word[at - 2] and typed[nth - 2] == other:
                cost = min(cost, older[at - 2] + 1)
            row.append(cost)
        if min(row) > most and (nth == 1 or min(before) > most):
            return most + 1
    return min(*row, most + 1)
