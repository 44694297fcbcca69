"""What a questionnaire is once it was read: items with their answers, and when each is asked.

The shape follows FHIR R4's Questionnaire (hl7.org/fhir/R4/questionnaire.html) as far as a measure
needs it: groups, displays, and questions with one answer out of a few (`choice`, `boolean`), a
whole number (`integer`) or words (`string`, `text`). All frozen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Answers = Mapping[str, str]
"""What was chosen, by the item's linkId: an option's code, a whole number, or words. An item that
was not answered is not in it."""

CHOICES = frozenset({"choice", "boolean"})
WORDED = frozenset({"string", "text"})


@dataclass(frozen=True)
class Option:
    """One answer: its code, its words, and what it counts (None: nothing is counted)."""

    code: str
    text: str
    score: int | None


@dataclass(frozen=True)
class When:
    """A condition of FHIR's `enableWhen`: `=` or `!=` a code, or `exists` yes or no."""

    item: str
    operator: str
    answer: str

    def holds(self, answers: Answers) -> bool:
        """R4: `!=` also holds while nothing is answered."""
        given = answers.get(self.item)
        if self.operator == "exists":
            return (given is not None) is (self.answer == "true")
        same = given == self.answer
        return same if self.operator == "=" else not same


@dataclass(frozen=True)
class Gate:
    """Conditions of one item or group, of which all must hold, or any."""

    parts: tuple[When, ...]
    any_of: bool = False


@dataclass(frozen=True)
class Item:
    """A question, or words that stand between questions (`display`, or the head of a group).

    `gates` are its own and those of the groups that it stands in: it is asked if each opens.
    """

    id: str
    type: str
    text: str
    number: str = ""
    options: tuple[Option, ...] = ()
    gates: tuple[Gate, ...] = ()
    loinc: str = ""
    optional: bool = False

    @property
    def asks(self) -> bool:
        """Whether there is anything to answer."""
        return self.type not in ("display", "group")

    def option(self, code: str) -> Option | None:
        """One of its answers by code."""
        return next((one for one in self.options if one.code == code), None)

    @property
    def scores(self) -> tuple[int, ...]:
        """What its answers can count."""
        return tuple(one.score for one in self.options if one.score is not None)


@dataclass(frozen=True)
class Questionnaire:
    """One instrument as it is asked. `paper` when its wording may not be shipped: then the items
    are topics in words of ours, and the answers come from a licensed copy on paper. `interview`
    when it is asked by somebody trained, and not handed over."""

    id: str
    title: str
    short: str
    version: str
    copyright: str
    items: tuple[Item, ...]
    loinc: str = ""
    paper: bool = False
    interview: bool = False
    own: bool = False
    _by_id: Mapping[str, Item] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {one.id: one for one in self.items})

    @property
    def can_be_handed(self) -> bool:
        """Whether a client may answer it alone, as it stands on the screen."""
        return not (self.paper or self.interview)

    def item(self, name: str) -> Item | None:
        """An item by its linkId."""
        return self._by_id.get(name)

    def enabled(self, item: Item, answers: Answers) -> bool:
        """Whether an item is asked, given what was answered."""
        return all(self._opens(gate, answers) for gate in item.gates)

    def _opens(self, gate: Gate, answers: Answers) -> bool:
        held = (one.holds(self._asked(one, answers)) for one in gate.parts)
        return any(held) if gate.any_of else all(held)

    def _asked(self, when: When, answers: Answers) -> Answers:
        """Answers without that of an item which is itself not asked."""
        other = self._by_id.get(when.item)
        if other is None or when.item not in answers or self.enabled(other, answers):
            return answers
        return {name: given for name, given in answers.items() if name != when.item}

    def asked(self, answers: Answers) -> tuple[Item, ...]:
        """The questions that are asked, in order."""
        return tuple(one for one in self.items if one.asks and self.enabled(one, answers))

    def kept(self, answers: Answers) -> dict[str, str]:
        """Only answers to what was asked; a code that is none of the item's is dropped."""
        found: dict[str, str] = {}
        for item in self.asked(answers):
            given = answers.get(item.id, "").strip()
            if not given or (item.options and item.option(given) is None):
                continue
            if item.type == "integer" and not (given.isascii() and given.isdigit()):
                continue
            found[item.id] = given
        return found
