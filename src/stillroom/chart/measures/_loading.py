"""A FHIR R4 Questionnaire file becomes a `Questionnaire`, or is refused with its line.

Refused: what is no JSON, no Questionnaire, has no title or no items; an item without a linkId, with
one that stands twice, of a type that no measure has, without words; a choice without answers, an
answer with a code that stands twice, a score on some answers of an item and not on others; a
condition on an item that is not there, on an answer that it does not have, or in a circle.

Answers stand in the item (`answerOption`) or once for many items in a contained ValueSet
(`answerValueSet: "#name"`). What an answer counts is FHIR's `ordinalValue` extension.
"""

import re

from stillroom.chart.measures._lines import Node, QuestionnaireBroken, read
from stillroom.chart.measures._shape import CHOICES, WORDED, Gate, Item, Option, Questionnaire, When

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
PAPER = "urn:stillroom:answers-from-paper"
INTERVIEW = "urn:stillroom:asked-by-the-clinician"
SHORT = "urn:stillroom:short-name"
LOINC = "http://loinc.org"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,63}")
_TYPES = CHOICES | WORDED | {"group", "display", "integer"}
_OPERATORS = ("=", "!=", "exists")
_BOOLEAN = (Option("true", "Yes", None), Option("false", "No", None))
MOST_ITEMS = 200


class _Sheet:
    """One file being read: its name, its contained answer lists, the items found so far."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lists: dict[str, tuple[Option, ...]] = {}
        self.items: list[Item] = []
        self.lines: dict[str, int] = {}

    def broken(self, node: Node, says: str, advice: str) -> QuestionnaireBroken:
        return QuestionnaireBroken(self.file, node.line, says, advice)

    def entries(self, node: Node, name: str) -> tuple[Node, ...]:
        """A list of objects in an object; none if it is not there."""
        found = node.value.get(name)
        if found is None:
            return ()
        if not isinstance(found.value, tuple):
            raise self.broken(found, f"“{name}” is no list", "Write it in square brackets.")
        for one in found.value:
            if not isinstance(one.value, dict):
                raise self.broken(one, f"an entry of “{name}” is no object", "Write it in {…}.")
        return tuple(found.value)

    def words(self, node: Node, name: str, *, needed: str = "") -> str:
        """A text in an object; refused if it is missing and `needed` says for what."""
        found = node.value.get(name)
        if found is None or (isinstance(found.value, str) and not found.value.strip()):
            if needed:
                raise self.broken(found or node, f"“{name}” is missing", needed)
            return ""
        if not isinstance(found.value, str):
            raise self.broken(found, f"“{name}” is no text", "Write it in double quotes.")
        return found.value.strip()

    def extension(self, node: Node, url: str) -> Node | None:
        """The extension with this address, of an object."""
        for one in self.entries(node, "extension"):
            if self.words(one, "url") == url:
                return one
        return None


def questionnaire_in(text: str, file: str, *, own: bool = False) -> Questionnaire:
    """The questionnaire that a file holds. `own`: the practice's own, not one that comes with
    Stillroom."""
    root = read(text, file)
    sheet = _Sheet(file)
    if not isinstance(root.value, dict):
        raise sheet.broken(root, "this is no object", "A questionnaire file begins with “{”.")
    kind = sheet.words(root, "resourceType")
    if kind != "Questionnaire":
        raise sheet.broken(
            root.value.get("resourceType", root),
            f"this is {f'a “{kind}”' if kind else 'nothing'} and no FHIR Questionnaire",
            'Begin with "resourceType": "Questionnaire".',
        )
    name = sheet.words(root, "id", needed='Give it a short name: "id": "phq-9".')
    if not _ID.fullmatch(name):
        raise sheet.broken(
            root.value["id"],
            f"“{name}” cannot be its id",
            "Use at most 64 letters, figures, hyphens and dots.",
        )
    title = sheet.words(root, "title", needed='Say what it is called: "title": "…".')
    _read_lists(sheet, root)
    _read_items(sheet, root, ())
    if not any(one.asks for one in sheet.items):
        raise sheet.broken(root, "it asks nothing", 'Write its questions into "item": […].')
    made = Questionnaire(
        id=name,
        title=title,
        short=_short(sheet, root) or title,
        version=sheet.words(root, "version"),
        copyright=sheet.words(root, "copyright"),
        items=tuple(sheet.items),
        loinc=_code(sheet, root),
        paper=_said(sheet, root, PAPER),
        interview=_said(sheet, root, INTERVIEW),
        own=own,
    )
    _check_conditions(sheet, made)
    return made


def _short(sheet: _Sheet, root: Node) -> str:
    found = sheet.extension(root, SHORT)
    return sheet.words(found, "valueString") if found else ""


def _said(sheet: _Sheet, root: Node, url: str) -> bool:
    found = sheet.extension(root, url)
    return found is not None and getattr(found.value.get("valueBoolean"), "value", False) is True


def _code(sheet: _Sheet, node: Node) -> str:
    for one in sheet.entries(node, "code"):
        if sheet.words(one, "system") == LOINC:
            return sheet.words(one, "code", needed='Write the code: "code": "44249-1".')
    return ""


def _read_lists(sheet: _Sheet, root: Node) -> None:
    """The answers that stand once for many items: contained ValueSets."""
    for one in sheet.entries(root, "contained"):
        name = sheet.words(one, "id", needed="Items name this list by its id.")
        compose = one.value.get("compose")
        if compose is None or not isinstance(compose.value, dict):
            raise sheet.broken(
                one,
                f"the list “{name}” has no “compose”",
                "Write answers into compose.include.",
            )
        concepts = [
            concept
            for include in sheet.entries(compose, "include")
            for concept in sheet.entries(include, "concept")
        ]
        sheet.lists[name] = _options(sheet, one, [(node, node) for node in concepts])


def _options(sheet: _Sheet, where: Node, found: list[tuple[Node, Node]]) -> tuple[Option, ...]:
    """Answers from pairs of (the coding, the object that bears the score)."""
    made: list[Option] = []
    for coding, bearer in found:
        code = sheet.words(coding, "code", needed="Each answer has a code.")
        words = sheet.words(coding, "display", needed=f"Say what “{code}” reads.")
        if any(one.code == code for one in made):
            raise sheet.broken(coding, f"the answer “{code}” stands twice", "Give each its own.")
        made.append(Option(code, words, _score(sheet, coding, bearer)))
    if not made:
        raise sheet.broken(where, "there are no answers to choose from", "Write at least one.")
    bare = [nth for nth, one in enumerate(made) if one.score is None]
    if bare and len(bare) < len(made):
        coding = found[bare[0]][0]
        raise sheet.broken(
            coding,
            f"the answer “{made[bare[0]].text}” has no score, and others beside it have one",
            "Give every answer of this question an ordinalValue, or none of them.",
        )
    return tuple(made)


def _score(sheet: _Sheet, coding: Node, bearer: Node) -> int | None:
    found = sheet.extension(coding, ORDINAL) or sheet.extension(bearer, ORDINAL)
    if found is None:
        return None
    value = found.value.get("valueDecimal") or found.value.get("valueInteger")
    number = getattr(value, "value", None)
    if isinstance(number, bool) or not isinstance(number, int | float) or number != int(number):
        raise sheet.broken(found, "the score is no whole number", 'Write it so: "valueDecimal": 2.')
    return int(number)


def _read_items(sheet: _Sheet, parent: Node, above: tuple[Gate, ...]) -> None:
    """Items in the order in which they are asked, groups opened up."""
    for node in sheet.entries(parent, "item"):
        item = _item(sheet, node, above)
        sheet.items.append(item)
        if len(sheet.items) > MOST_ITEMS:
            raise sheet.broken(
                node, f"there are more than {MOST_ITEMS} items", "Divide it into several files."
            )
        if item.asks and sheet.entries(node, "item"):
            raise sheet.broken(
                node,
                f"the question “{item.id}” holds questions",
                "Put them beside it.",
            )
        _read_items(sheet, node, item.gates)


def _item(sheet: _Sheet, node: Node, above: tuple[Gate, ...]) -> Item:
    name = sheet.words(node, "linkId", needed="Give every item its own linkId.")
    if name in sheet.lines:
        raise sheet.broken(
            node.value["linkId"],
            f"the linkId “{name}” stands twice, first on line {sheet.lines[name]}",
            "Give every item its own linkId.",
        )
    sheet.lines[name] = node.line
    kind = sheet.words(node, "type", needed="Say what is asked: choice, integer, text, group …")
    if kind not in _TYPES:
        raise sheet.broken(
            node.value["type"],
            f"Stillroom does not know items of type “{kind}”",
            f"Use one of {', '.join(sorted(_TYPES))}.",
        )
    text = sheet.words(node, "text", needed="" if kind == "group" else "Say what it asks.")
    own = _conditions(sheet, node)
    gate = Gate(own, sheet.words(node, "enableBehavior") == "any")
    required = getattr(node.value.get("required"), "value", None)
    return Item(
        id=name,
        type=kind,
        text=text,
        number=sheet.words(node, "prefix"),
        options=_answers(sheet, node, kind),
        gates=(*above, gate) if own else above,
        loinc=_code(sheet, node),
        optional=required is False,
    )


def _answers(sheet: _Sheet, node: Node, kind: str) -> tuple[Option, ...]:
    if kind == "boolean":
        return _BOOLEAN
    if kind != "choice":
        return ()
    named = sheet.words(node, "answerValueSet")
    if named:
        if named.removeprefix("#") not in sheet.lists:
            raise sheet.broken(
                node.value["answerValueSet"],
                f"there is no list of answers “{named}” in this file",
                "Put the ValueSet into “contained”, and name it with # and its id.",
            )
        return sheet.lists[named.removeprefix("#")]
    pairs: list[tuple[Node, Node]] = []
    for one in sheet.entries(node, "answerOption"):
        coding = one.value.get("valueCoding")
        if coding is None or not isinstance(coding.value, dict):
            raise sheet.broken(
                one, "this answer has no valueCoding", "Write its code and its words in one."
            )
        pairs.append((coding, one))
    return _options(sheet, node, pairs)


def _conditions(sheet: _Sheet, node: Node) -> tuple[When, ...]:
    made: list[When] = []
    for one in sheet.entries(node, "enableWhen"):
        question = sheet.words(one, "question", needed="Name the linkId that it depends on.")
        operator = sheet.words(one, "operator", needed="Say how: =, != or exists.")
        if operator not in _OPERATORS:
            raise sheet.broken(
                one.value["operator"],
                f"Stillroom does not know the condition “{operator}”",
                "Use =, != or exists.",
            )
        made.append(When(question, operator, _answer_of(sheet, one)))
    return tuple(made)


def _answer_of(sheet: _Sheet, node: Node) -> str:
    flag = node.value.get("answerBoolean")
    if flag is not None and isinstance(flag.value, bool):
        return "true" if flag.value else "false"
    coding = node.value.get("answerCoding")
    if coding is None or not isinstance(coding.value, dict):
        raise sheet.broken(
            node,
            "the condition names no answer",
            "Write answerCoding or answerBoolean.",
        )
    return sheet.words(coding, "code", needed="Name the answer by its code.")


def _check_conditions(sheet: _Sheet, made: Questionnaire) -> None:
    for item in made.items:
        at = Node(None, sheet.lines[item.id])
        for when in _whens(item):
            other = made.item(when.item)
            if other is None:
                raise sheet.broken(
                    at,
                    f"“{item.id}” depends on “{when.item}”, which is not in this file",
                    "Name the linkId of a question of this file.",
                )
            if when.operator != "exists" and other.options and other.option(when.answer) is None:
                raise sheet.broken(
                    at,
                    f"“{item.id}” waits for the answer “{when.answer}” to “{other.id}”, "
                    "which that question does not have",
                    "Name one of its codes.",
                )
        if item.id in _needed_by(made, item):
            raise sheet.broken(
                at,
                f"“{item.id}” depends on itself, by way of other questions",
                "Break the circle: some question must be asked without condition.",
            )


def _whens(item: Item) -> list[When]:
    return [when for gate in item.gates for when in gate.parts]


def _needed_by(made: Questionnaire, item: Item) -> set[str]:
    """Every item on which this one depends, near and far."""
    seen: set[str] = set()
    waiting = [one.item for one in _whens(item)]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        other = made.item(name)
        waiting.extend(one.item for one in _whens(other)) if other else None
    return seen
