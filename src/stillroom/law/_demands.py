"""Reading the duties a provision attaches, and their deadlines."""

import re
from collections.abc import Mapping

from stillroom.law._entry import Entry
from stillroom.law._errors import nearest
from stillroom.law._facts import Fact
from stillroom.law._provision import Deadline, Demand

_FIELDS = ("act", "to", "by", "text", "citation", "discharged_by")
_SPAN = re.compile(r"(\d+) (hours?|days?|business days?|weeks?|months?|years?)\Z")


def parse_demand(entry: Entry, facts: Mapping[str, Fact]) -> Demand:
    """One item of `demands`."""
    entry.only(_FIELDS)
    return Demand(
        act=entry.text("act", needed=True),
        to=entry.text("to"),
        text=entry.text("text", needed=True),
        by=_deadline(entry, facts),
        citation=entry.text("citation"),
        discharged_by=_ways(entry),
    )


def _ways(entry: Entry) -> tuple[tuple[str, ...], ...]:
    """Alternatives, each a list of acts that together discharge the duty."""
    ways = []
    for item in entry.items("discharged_by"):
        acts = item.value if isinstance(item.value, list) else [item]
        ways.append(tuple(str(act.value) for act in acts))
    return tuple(ways)


def _deadline(entry: Entry, facts: Mapping[str, Fact]) -> Deadline | None:
    written = entry.at("by")
    if written.value is None:
        return None
    if not isinstance(written.value, dict):
        words = entry.text("by")
        span = _SPAN.match(words)
        return _span(words, span, "") if span else Deadline(words)
    inner = entry.inner("by")
    inner.only(("within", "of"))
    words = inner.text("within", needed=True)
    of = inner.text("of")
    _check_start(inner, of, facts)
    span = _SPAN.match(words)
    if span is None:
        inner.complain("within", "should be a number and hours, days, business days, weeks, …")
        return Deadline(words, of=of)
    return _span(words, span, of)


def _check_start(inner: Entry, of: str, facts: Mapping[str, Fact]) -> None:
    if of and of not in facts:
        inner.complain("of", f"no fact is called {of}{nearest(of, facts)}")
    elif of and facts[of].type != "date":
        inner.complain("of", f"{of} is no date")


def _span(words: str, span: re.Match[str], of: str) -> Deadline:
    return Deadline(f"within {words}", int(span[1]), span[2].rstrip("s"), of)
