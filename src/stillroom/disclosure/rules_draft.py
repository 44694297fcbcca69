"""A packet before it is printed: what is picked, what is cut from it, where it goes. Pure, frozen.

A draft holds places and reasons, never the words of a record, so it can lie under the chart's ring
whatever is in the packet. Each record's cuts say on which state of the record they were made
(`mark`); on another state they are refused and not guessed at.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace as changed

import msgspec

from stillroom.chart.documents.facts import FILE_HEADING
from stillroom.chart.releasing import Sheet
from stillroom.disclosure.packet.cuts import CutMisplaced, Reason, Removal, cut, laid_out
from stillroom.disclosure.packet.pages import RecordPage
from stillroom.disclosure.packet.painting import Box, paint_over

_OWN_RECORD = (Reason.PERSON, Reason.MEMBER, Reason.CONTACT, Reason.OUTSIDE)

PDF, FHIR = "pdf", "fhir"
FILES = (PDF, FHIR)
MOST_CUTS = 5000
"""Passages of one record; a page that posts more is not ours."""


class TooManyCuts(CutMisplaced):
    """More passages than a record has."""

    what = "that is more cuts than one record takes"
    usual_advice = "Leave the record out, or write a summary in its place."


class NowhereThere(CutMisplaced):
    """Words were to be cut that the record does not have."""

    what = "those words stand nowhere in what is to leave"
    usual_advice = "Type them as the record has them; a whole word, or several."


class Cuts(msgspec.Struct, frozen=True):
    """What is cut from one record, made on its state `of`."""

    of: str
    removals: tuple[Removal, ...] = ()
    boxes: tuple[Box, ...] = ()

    @property
    def count(self) -> int:
        """How many places were marked."""
        return len(self.removals) + len(self.boxes)


class Draft(msgspec.Struct, frozen=True):
    """What was chosen for the next packet of a matter. `picked` is `None` until somebody chose."""

    version: int = 1
    picked: tuple[str, ...] | None = None
    address: tuple[str, ...] = ()
    files: tuple[str, ...] = (PDF,)
    cuts: Mapping[str, Cuts] = {}
    summaries: tuple[int, ...] = ()
    """Numbers of the matter's steps: summaries that go in place of records."""
    versions: tuple[str, ...] = ()
    """Records of which what was signed before the version in force goes along."""
    versions_asked: str = ""
    """The words in which the request asks for that."""

    def cuts_of(self, record: str, mark: str) -> Cuts:
        """The cuts of a record as it stands; none of those that were made on another state."""
        found = self.cuts.get(record)
        return found if found is not None and found.of == mark else Cuts(mark)

    def outdated(self, record: str, mark: str) -> bool:
        """Whether cuts were made on a state of the record that is not the present one."""
        found = self.cuts.get(record)
        return found is not None and found.count > 0 and found.of != mark

    def with_cuts(self, record: str, cuts: Cuts) -> "Draft":
        """The same with these cuts for a record."""
        if cuts.count > MOST_CUTS:
            raise TooManyCuts
        others = {name: old for name, old in self.cuts.items() if name != record}
        return msgspec.structs.replace(
            self, cuts={**others, record: cuts} if cuts.count else others
        )

    def with_summary(self, number: int, of: Iterable[str]) -> "Draft":
        """The same with a summary, and with the records in whose place it stands."""
        picked = dict.fromkeys((*(self.picked or ()), *of))
        numbers = dict.fromkeys((*self.summaries, number))
        return msgspec.structs.replace(self, picked=tuple(picked), summaries=tuple(numbers))

    def keeping(self, numbers: Iterable[str] | None) -> "Draft":
        """The same with those of its summaries alone that are named; with all for `None`."""
        if numbers is None:
            return self
        named = set(numbers)
        kept = tuple(one for one in self.summaries if str(one) in named)
        return msgspec.structs.replace(self, summaries=kept)

    def with_versions(self, versions: Iterable[str], asked: str) -> "Draft":
        """The same with earlier versions of these records, asked for in these words."""
        named = tuple(dict.fromkeys(versions))
        return msgspec.structs.replace(self, versions=named, versions_asked=asked.strip())

    def chosen(
        self, picked: Iterable[str], address: Iterable[str], files: Iterable[str]
    ) -> "Draft":
        """The same with these records, this address, these files; the pages always go along in
        print, unless only the file for machines is asked for."""
        wanted = tuple(one for one in FILES if one in set(files)) or (PDF,)
        return msgspec.structs.replace(
            self, picked=tuple(picked), address=tuple(address), files=wanted
        )


NOTHING_CHOSEN = Draft()


def encode(draft: Draft) -> bytes:
    """A draft as it is sealed."""
    return msgspec.json.encode(draft)


def decode(words: bytes) -> Draft:
    """A draft again."""
    return msgspec.json.decode(words, type=Draft)


def reasons_for(purpose: str) -> tuple[Reason, ...]:
    """The reasons that are open. A client who asks for her own record cannot be refused a part of
    it because somebody would rather not (45 CFR 164.524(a)(1)-(3)), nor by her own privilege."""
    return _OWN_RECORD if purpose == "client_access" else tuple(Reason)


def mark_of(sheet: Sheet) -> str:
    """On which state of a record cuts are made: its version, and how much was added to it."""
    mark = f"{sheet.signed_at.isoformat()} {len(sheet.contents)} {len(sheet.pages)}"
    return f"{mark} {len(sheet.earlier)}" if sheet.earlier else mark


def trimmed(page: RecordPage, mark: str, draft: Draft) -> RecordPage:
    """A record's page as it leaves. `CutMisplaced` if it changed since it was cut."""
    if draft.outdated(page.id, mark):
        raise CutMisplaced(
            "a record changed since passages of it were cut",
            advice="Nothing was built. Look at its cuts again: an addendum may have come.",
        )
    return applied(page, draft.cuts_of(page.id, mark))


def applied(page: RecordPage, cuts: Cuts) -> RecordPage:
    """A record's page with these cuts made."""
    made = paint_over(cut(page, cuts.removals), cuts.boxes)
    return _without_digest(made) if cuts.boxes else made


def with_removals(cuts: Cuts, new: Iterable[Removal]) -> Cuts:
    """The cuts with more of them; one that stands within another is not kept beside it."""
    added = list(new)
    kept = [old for old in cuts.removals if not any(_within(old, one) for one in added)]
    fresh = [one for one in added if not any(_within(one, old) for old in kept)]
    every = sorted({*kept, *fresh}, key=_in_order)
    return msgspec.structs.replace(cuts, removals=tuple(every))


def _in_order(one: Removal) -> tuple[tuple[int, ...], int, int]:
    return tuple(map(int, one.spot.split("."))), one.start, one.end


def _within(inner: Removal, outer: Removal) -> bool:
    same = inner.spot == outer.spot
    return same and outer.start <= inner.start and inner.end <= outer.end


def without(cuts: Cuts, gone: Iterable[Removal | Box]) -> Cuts:
    """The cuts without some of them; one that is not there is no fault."""
    back = list(gone)
    return msgspec.structs.replace(
        cuts,
        removals=tuple(one for one in cuts.removals if one not in back),
        boxes=tuple(one for one in cuts.boxes if one not in back),
    )


def with_box(cuts: Cuts, box: Box) -> Cuts:
    """The cuts with one more part of a page painted over."""
    every = sorted({*cuts.boxes, box}, key=lambda one: (one.page, one.top, one.left))
    return msgspec.structs.replace(cuts, boxes=tuple(every))


def wherever(page: RecordPage, words: str, why: Reason) -> tuple[Removal, ...]:
    """A removal for each place where these words stand, as whole words and in any case.

    `NowhereThere` when they stand nowhere.
    """
    parts = [re.escape(part) for part in words.split()]
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)", re.IGNORECASE)
    found = [
        Removal(paragraph.spot, *match.span(), why)
        for paragraph in (laid_out(page) if parts else ())
        for match in pattern.finditer(paragraph.words)
    ]
    if not found:
        raise NowhereThere
    return tuple(found)


def whole_of(page: RecordPage, spots: Iterable[str], why: Reason) -> tuple[Removal, ...]:
    """Removals of whole paragraphs; a spot may be a section's number, for all of that part."""
    wanted = list(spots)
    return tuple(
        Removal(one.spot, 0, len(one.words), why)
        for one in laid_out(page)
        if one.spot in wanted or one.spot.split(".")[0] in wanted
    )


def _without_digest(page: RecordPage) -> RecordPage:
    """A document's particulars without size and digest of its original: what is cut could be tried
    against them."""
    says = "Its pages follow as the practice keeps and shows them; parts of them are not enclosed."
    sections = tuple(
        changed(one, passages=(says,)) if one.heading == FILE_HEADING else one
        for one in page.sections
    )
    return changed(page, sections=sections)
