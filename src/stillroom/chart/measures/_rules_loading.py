"""A scoring file beside a questionnaire becomes `Rules`, or is refused with its line.

Refused besides what is no JSON: a rule over an item that the questionnaire has not or that has no
scores; bands that leave a score out, overlap, or stand out of order; a screen without its words or
its source; a threshold of change with neither points nor SD and reliability.
"""

from typing import Any

from stillroom.chart.measures._lines import Node, QuestionnaireBroken, read
from stillroom.chart.measures._rules import (
    BASES,
    All,
    Band,
    Change,
    Condition,
    Counted,
    Grade,
    Graded,
    Reaches,
    Rules,
    Score,
    Screen,
    Signal,
    Some,
    Source,
)
from stillroom.chart.measures._shape import Questionnaire


class _Page:
    """One scoring file being read, for one questionnaire."""

    def __init__(self, file: str, asks: Questionnaire) -> None:
        self.file, self.asks = file, asks
        self.scores: dict[str, Score] = {}

    def broken(self, node: Node, says: str, advice: str) -> QuestionnaireBroken:
        return QuestionnaireBroken(self.file, node.line, says, advice)

    def part(self, node: Node, name: str, kind: type | tuple[type, ...], what: str) -> Any:
        """A part of an object that must be there and of a kind."""
        found = node.value.get(name) if isinstance(node.value, dict) else None
        if found is None:
            raise self.broken(node, f"“{name}” is missing", f"Write {what}.")
        right = isinstance(found.value, kind) and not (
            isinstance(found.value, bool) and kind is not bool
        )
        if not right:
            raise self.broken(found, f"“{name}” is not right", f"Write {what}.")
        return found.value

    def words(self, node: Node, name: str) -> str:
        return str(self.part(node, name, str, "a text in double quotes")).strip()

    def many(self, node: Node, name: str) -> tuple[Node, ...]:
        if not isinstance(node.value, dict) or name not in node.value:
            return ()
        return tuple(self.part(node, name, tuple, "a list in square brackets"))

    def scored(self, node: Node, name: str) -> str:
        """The linkId of an item that counts."""
        item = self.asks.item(name)
        if item is None:
            raise self.broken(
                node, f"there is no item “{name}” in the questionnaire", "Name one of its linkIds."
            )
        if not item.scores:
            raise self.broken(
                node,
                f"the answers of item “{name}” have no scores",
                "Give each an ordinalValue in the questionnaire, or leave the item out here.",
            )
        return name


def rules_in(text: str, file: str, asks: Questionnaire) -> Rules:
    """The rules that a file holds for a questionnaire."""
    root = read(text, file)
    page = _Page(file, asks)
    name = page.words(root, "measure")
    if name != asks.id:
        raise page.broken(
            root.value["measure"],
            f"these rules are for “{name}”",
            f"Here they must be for “{asks.id}”.",
        )
    for node in page.many(root, "scores"):
        score = _score(page, node)
        page.scores[score.id] = score
    main = page.words(root, "main") if "main" in root.value else ""
    if main and main not in page.scores:
        raise page.broken(
            root.value["main"], f"there is no score “{main}”", "Name one of the scores."
        )
    return Rules(
        measure=name,
        reversed=frozenset(page.scored(one, str(one.value)) for one in page.many(root, "reversed")),
        scores=tuple(page.scores.values()),
        screens=tuple(_screen(page, node) for node in page.many(root, "screens")),
        graded=tuple(_graded(page, node) for node in page.many(root, "graded")),
        signals=tuple(
            Signal(_condition(page, node), page.words(node, "says"))
            for node in page.many(root, "signals")
        ),
        main=main,
    )


def plain_rules(asks: Questionnaire) -> Rules:
    """For a questionnaire without a scoring file: the sum of all that counts, without bands."""
    items = tuple(one.id for one in asks.items if one.scores)
    if not items:
        return Rules(asks.id)
    return Rules(asks.id, scores=(Score("total", "Total", items),), main="total")


def _source(page: _Page, node: Node) -> Source:
    basis = page.words(node, "basis")
    if basis not in BASES:
        raise page.broken(
            node.value["basis"],
            f"“{basis}” is no way to check a source",
            f"Use {', '.join(BASES)}.",
        )
    return Source(page.words(node, "source"), basis)


def _score(page: _Page, node: Node) -> Score:
    items = tuple(page.scored(one, str(one.value)) for one in page.many(node, "items"))
    if not items:
        raise page.broken(node, "this score sums nothing", "Name its items by their linkIds.")
    times = node.value["times"].value if "times" in node.value else 1
    score = Score(
        id=page.words(node, "id"),
        label=page.words(node, "label"),
        items=items,
        times=times,
        lower_is_better=page.words(node, "better") == "lower" if "better" in node.value else True,
        may_miss=node.value["may_miss"].value if "may_miss" in node.value else 0,
        bands=tuple(
            Band(
                page.part(one, "from", int, "the lowest score of the band"),
                page.part(one, "to", int, "the highest score of the band"),
                page.words(one, "label"),
                page.words(one, "short") if "short" in one.value else page.words(one, "label"),
            )
            for one in page.many(node, "bands")
        ),
        source=_source(page, node) if "source" in node.value else None,
        change=_change(page, node.value["change"]) if "change" in node.value else None,
        loinc=page.words(node, "loinc") if "loinc" in node.value else "",
    )
    _check_bands(page, node, score)
    return score


def _check_bands(page: _Page, node: Node, score: Score) -> None:
    """Bands cover every score from the least to the most, once, in order."""
    if not score.bands:
        return
    if score.source is None:
        raise page.broken(node, "the bands have no source", "Say whose they are: source and basis.")
    tables = [item.scores for name in score.items if (item := page.asks.item(name))]
    low = sum(min(one) for one in tables) * score.times
    high = sum(max(one) for one in tables) * score.times
    ahead = low
    for place, band in zip(page.many(node, "bands"), score.bands, strict=True):
        if band.low != ahead or band.high < band.low:
            raise page.broken(
                place,
                f"the band “{band.label}” begins at {band.low}, and {ahead} should come next",
                f"Bands go from {low} to {high} without gap or overlap.",
            )
        ahead = band.high + 1
    if ahead != high + 1:
        raise page.broken(
            page.many(node, "bands")[-1],
            f"the last band ends at {ahead - 1}, and the highest score is {high}",
            f"Bands go from {low} to {high} without gap or overlap.",
        )


def _change(page: _Page, node: Node) -> Change:
    source = _source(page, node)
    number = (int, float)
    if "points" in node.value:
        return Change(source, points=page.part(node, "points", number, "a number of points"))
    sd = page.part(node, "sd", number, "the standard deviation, with “reliability”; or “points”")
    reliability = page.part(node, "reliability", number, "a number under 1")
    if not 0 < reliability < 1 or sd <= 0:
        raise page.broken(
            node, "no threshold follows from this", "SD is above 0, reliability between 0 and 1."
        )
    return Change(source, sd=sd, reliability=reliability)


def _screen(page: _Page, node: Node) -> Screen:
    return Screen(
        page.words(node, "id"),
        page.words(node, "label"),
        _condition(page, node),
        page.words(node, "yes"),
        page.words(node, "no"),
        _source(page, node),
    )


def _graded(page: _Page, node: Node) -> Graded:
    grades = tuple(
        Grade(page.words(one, "label"), _condition(page, one)) for one in page.many(node, "grades")
    )
    if not grades:
        raise page.broken(node, "there are no grades", "Write them, the most severe first.")
    return Graded(
        page.words(node, "id"),
        page.words(node, "label"),
        grades,
        page.words(node, "otherwise"),
        _source(page, node),
    )


def _condition(page: _Page, holder: Node) -> Condition:
    """`when` of an object: {"least": {"9": 1}, "number": 1}, {"score": "total", "least": 10},
    {"all": […]} or {"any": […]}."""
    page.part(holder, "when", dict, "the condition under which it holds")
    return _condition_of(page, holder.value["when"])


def _condition_of(page: _Page, node: Node) -> Condition:
    if not isinstance(node.value, dict):
        raise page.broken(
            node, "a condition is an object", 'Write {"least": {"9": 1}, "number": 1}.'
        )
    for name, kind in (("all", All), ("any", Some)):
        if name in node.value:
            parts = tuple(_condition_of(page, one) for one in page.many(node, name))
            if not parts:
                raise page.broken(node, f"“{name}” of nothing", "Write its conditions.")
            return kind(parts)
    if "score" in node.value:
        score = page.words(node, "score")
        if score not in page.scores:
            raise page.broken(node, f"there is no score “{score}”", "Name one of the scores.")
        return Reaches(score, page.part(node, "least", int, "the least that it must reach"))
    least = page.part(node, "least", dict, "items with the least that each must count")
    items = {page.scored(one, name): one.value for name, one in least.items()}
    number = node.value["number"].value if "number" in node.value else 1
    if not items or any(not isinstance(one, int) for one in items.values()):
        raise page.broken(node, "the condition counts nothing", "Name items and whole numbers.")
    return Counted(items, number)
