"""The same instruments scored a second time, by hand and from their printed instructions.

Nothing here reads the scoring files: answers are positions from the top of the printed form,
counted from 0. It is what the rules are held against.
"""

from collections.abc import Sequence

Places = Sequence[int]


def phq9(places: Places) -> tuple[int, str]:
    """0 to 3 an item, added; Kroenke, Spitzer and Williams's five bands."""
    total = 0
    for place in places[:9]:
        total = total + place
    if total >= 20:
        return total, "severe"
    if total >= 15:
        return total, "moderately severe"
    if total >= 10:
        return total, "moderate"
    if total >= 5:
        return total, "mild"
    return total, "minimal"


def gad7(places: Places) -> tuple[int, str]:
    """0 to 3 an item, added; 5, 10, 15."""
    total = sum(places[:7])
    names = ("minimal", "mild", "moderate", "severe")
    return total, names[min(total // 5, 3)]


def who5(places: Places) -> tuple[int, str]:
    """Six answers, the first counting 5; the sum times 4."""
    percent = 4 * sum(5 - place for place in places)
    return percent, "50 or lower: ask further about depression" if percent <= 50 else "above 50"


def dast10(places: Places) -> int:
    """Yes (the first answer) is 1, but for the third question, where no is."""
    points = 0
    for number, place in enumerate(places, start=1):
        said_yes = place == 0
        if number == 3:
            said_yes = not said_yes
        points += 1 if said_yes else 0
    return points


def epds(places: Places) -> int:
    """Questions 1, 2 and 4 count 0 to 3 from the top; all others 3 to 0."""
    return sum(
        place if number in (1, 2, 4) else 3 - place for number, place in enumerate(places, start=1)
    )


def asrs(places: Places) -> bool:
    """Sometimes or more in 1 to 3, often or more in 4 to 6; four of six."""
    shaded = sum(place >= 2 for place in places[:3]) + sum(place >= 3 for place in places[3:6])
    return shaded >= 4


def audit(places: Places) -> int:
    """Ten questions. Never drinking skips 2 to 8; one or two drinks and never six skip 4 to 8."""
    first, second, third = places[0], places[1], places[2]
    total = first
    if first > 0:
        total += second + third
        if second + third > 0:
            total += sum(places[3:8])
    return total + sum((0, 2, 4)[place] for place in places[8:10])


def cssrs(yes: dict[str, bool]) -> str:
    """Lifetime and recent: red for 4, 5 or three months; orange for 3 or ever; yellow for 1, 2."""
    thought = yes["2"]
    if thought and (yes["4"] or yes["5"]):
        return "high (red)"
    if yes["6"] and yes["6b"]:
        return "high (red)"
    if (thought and yes["3"]) or yes["6"]:
        return "moderate (orange)"
    return "low (yellow)" if yes["1"] or yes["2"] else "no item answered with yes"


def mdq(lines: Places, together: bool, problem: int) -> bool:
    """Seven of thirteen, at the same time, moderate (2) or serious (3)."""
    return sum(lines) >= 7 and together and problem >= 2


def pcl5(places: Places) -> tuple[int, bool]:
    """0 to 4 an item; the pattern of DSM-5 counts items at 2 or more."""
    found = [place >= 2 for place in places]
    pattern = (
        any(found[0:5]) and any(found[5:7]) and sum(found[7:14]) >= 2 and sum(found[14:20]) >= 2
    )
    return sum(places), pattern
