"""What the page that cuts a record posts: which button, and what it is about. Pure.

A removal travels as `spot:start:end:REASON`, a painted part as
`box:page:left:top:right:bottom:REASON`. What cannot be read, or has a reason that is not open, is
refused in a sentence.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stillroom.disclosure.packet import RecordPage
from stillroom.disclosure.packet.cuts import CutMisplaced, Reason, Removal, cut
from stillroom.disclosure.packet.painting import WHOLE, Box, boxed
from stillroom.disclosure.rules_draft import (
    Cuts,
    wherever,
    whole_of,
    with_box,
    with_removals,
    without,
)

_REMOVAL = re.compile(r"(\d{1,4}\.\d{1,4}\.\d{1,6}):(\d{1,7}):(\d{1,7}):([A-Z]{1,12})", re.ASCII)
_BOX = re.compile(r"box:(\d{1,5}):(\d{1,4}):(\d{1,4}):(\d{1,4}):(\d{1,4}):([A-Z]{1,12})", re.ASCII)


class ReasonNotOpen(CutMisplaced):
    """A cut without a reason, or with one that is not open in this matter."""

    what = "the reason for the cut is missing, or is not open here"
    usual_advice = "Choose one of the reasons that the page offers."


@dataclass(frozen=True)
class Posted:
    """A form that cuts: `does` is the button, `about` what stands behind its colon."""

    does: str
    about: str
    one: Mapping[str, str]
    ticked: Sequence[str]
    reasons: Sequence[Reason]

    def reason(self, name: str | None = None) -> Reason:
        """The reason chosen, or `ReasonNotOpen`."""
        return reason_of(self.one.get("why", "") if name is None else name, self.reasons)


def posted(fields: Mapping[str, str], ticked: Sequence[str], reasons: Sequence[Reason]) -> Posted:
    """A form as it came."""
    does, _, about = fields.get("do", "").partition(":")
    return Posted(does, about, fields, ticked, reasons)


def reason_of(name: str, reasons: Sequence[Reason]) -> Reason:
    """A reason by its name, if it is open."""
    found = next((one for one in reasons if one.name == name), None)
    if found is None:
        raise ReasonNotOpen
    return found


def value_of(one: Removal | Box) -> str:
    """A cut as a page posts it."""
    if isinstance(one, Box):
        places = (one.page, one.left, one.top, one.right, one.bottom)
        return ":".join(("box", *map(str, places), one.why.name))
    return f"{one.spot}:{one.start}:{one.end}:{one.why.name}"


def read_value(text: str, reasons: Sequence[Reason]) -> Removal | Box:
    """A cut again. `CutMisplaced` for what is none."""
    if found := _REMOVAL.fullmatch(text):
        spot, start, end, why = found.groups()
        return Removal(spot, int(start), int(end), reason_of(why, reasons))
    if found := _BOX.fullmatch(text):
        *places, why = found.groups()
        page, left, top, right, bottom = map(int, places)
        return Box(page, left, top, right, bottom, reason_of(why, reasons))
    raise CutMisplaced


def changed(cuts: Cuts, page: RecordPage, form: Posted) -> Cuts:
    """The cuts of a record as a form changes them, each tried on the record's page first."""
    if form.does == "afresh":
        return Cuts(cuts.of)
    if form.does == "back":
        return without(cuts, [read_value(form.about, tuple(Reason))])
    if form.does == "box":
        return with_box(cuts, _box(page, form))
    if form.does == "page":
        number = _number(form.about)
        _on(page, number)
        return with_box(cuts, Box(number, 0, 0, WHOLE, WHOLE, form.reason()))
    new = _removals(page, form)
    cut(page, new)
    return with_removals(cuts, new)


def _removals(page: RecordPage, form: Posted) -> Sequence[Removal]:
    if form.does == "words":
        return wherever(page, form.one.get("words", ""), form.reason())
    if form.does == "whole":
        return whole_of(page, [form.about], form.reason())
    if form.does == "selected":
        return [_selected(form)]
    if form.does == "suggested":
        found = [read_value(one, form.reasons) for each in form.ticked for one in each.split()]
        if found:
            return [one for one in found if isinstance(one, Removal)]
        raise CutMisplaced("nothing was ticked", advice="Tick what is to be cut, then cut it.")
    raise CutMisplaced


def _selected(form: Posted) -> Removal:
    text = ":".join(form.one.get(name, "") for name in ("spot", "start", "end"))
    try:
        found = read_value(f"{text}:{form.reason().name}", form.reasons)
    except ReasonNotOpen:
        raise
    except CutMisplaced:
        raise CutMisplaced(
            "no words were selected",
            advice="Select words in a paragraph first, or type them under Cut these words.",
        ) from None
    assert isinstance(found, Removal)  # noqa: S101 - its form has no box
    return found


def _box(page: RecordPage, form: Posted) -> Box:
    number = _number(form.one.get("page", ""))
    _on(page, number)
    left, top, right, bottom = (
        _number(form.one.get(name, "")) for name in ("left", "top", "right", "bottom")
    )
    return boxed(number, left, top, right, bottom, form.reason())


def _on(page: RecordPage, number: int) -> None:
    if not 1 <= number <= len(page.leaves):
        raise CutMisplaced


def _number(text: str) -> int:
    text = text.strip()
    if text.isascii() and text.isdigit() and len(text) < 6:
        return int(text)
    raise CutMisplaced(
        "where the part begins and ends is not said in numbers",
        advice="Write whole numbers from 0 to 1000, or draw the part on the page.",
    )
