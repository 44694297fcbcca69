"""What goes along with a record because the client disagrees with it. Pure.

Rules (45 CFR 164.526(d), as the provision restates the text read for it; the numbers of its
paragraphs as recalled):
- A correction was denied and the client gave a statement of disagreement: the request, the denial,
  the statement and any rebuttal go along with every later disclosure of the record (d)(5)(i).
- She gave none, and asked that the request and the denial go along: those do (d)(5)(ii). She asked
  for neither: nothing does.
- Which records it is about, a person says, once (d)(4). Until then no packet of that chart is built
  and none leaves: nobody could say of any record that it may go without.
- It goes whole. The rule would let a summary stand for it; here her own words do.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from hashlib import sha256
from itertools import chain

import msgspec

from stillroom.disclosure.askers.amending import STEP, Done, read
from stillroom.disclosure.matters import Asked
from stillroom.disclosure.packet import RecordPage, Section
from stillroom.disclosure.paging import day_words
from stillroom.disclosure.rules_options import Decision
from stillroom.disclosure.steps import Step
from stillroom.kernel import StillroomError

CITATION = "45 CFR 164.526(d)"
_SETTLES = (Decision.ACCEPT.value, Decision.DENY.value)
_HEADINGS = (
    ("denial", "The denial of that request"),
    ("statement", "The client’s statement of disagreement"),
    ("carry", "The client asked that the request and its denial go along"),
    ("rebuttal", "A rebuttal of that statement"),
)


class NotPlaced(StillroomError):
    """A client disagrees, and nobody has said with which records."""

    what = "it is not said which entries a correction that the client disputes is about"
    usual_advice = (
        "Nothing was built or sent. Say on the page of that correction which entries it is about:"
        " the statement goes along with those and with no others (45 CFR 164.526(d))."
    )


class DenialMissing(StillroomError):
    """A client disagrees, and the denial that would go along is not written down."""

    what = "a record in this packet is disputed, and the denial that goes along is not written down"
    usual_advice = (
        "Nothing was built or sent. Write down on the page of that correction what the written"
        " denial says; it goes along with the client’s statement (45 CFR 164.526(d))."
    )


@dataclass(frozen=True, slots=True)
class Dispute:
    """One denied correction that goes along: of which matter, about which records, in which words.

    `records` is `None` until somebody has said which. `said` are heading and words, in the order in
    which they are printed; `denied` is whether the denial is among them, `since` from when on
    something goes along.
    """

    matter: str
    number: str
    records: frozenset[str] | None
    said: tuple[tuple[str, str], ...]
    denied: bool
    since: datetime | None = None

    @property
    def statement(self) -> bool:
        """Whether the client gave a statement, or asked for the request and denial alone."""
        return any(heading.startswith(_HEADINGS[1][1]) for heading, _ in self.said)

    @property
    def sections(self) -> tuple[Section, ...]:
        """What stands after the record's own words."""
        return tuple(Section(heading, (words,)) for heading, words in self.said)


def dispute_of(
    matter: str,
    number: str,
    asked: Asked,
    decisions: Sequence[str],
    steps: Iterable[Step],
    zone: tzinfo,
) -> Dispute | None:
    """What goes along because of one matter; none where nothing does."""
    settled = [one for one in decisions if one in _SETTLES]
    if asked.occasion != "amendment" or settled[-1:] != [Decision.DENY.value]:
        return None
    done = [(step.at, read(step.body)) for step in steps if step.kind == STEP]
    since = min((at for at, one in done if one.what in ("statement", "carry")), default=None)
    if since is None:
        return None
    request = f"The client’s request of {day_words(asked.intake.received_on)} to correct this entry"
    words = asked.letter.strip() or asked.more.get("wish", "") or asked.intake.asks_for
    said = chain.from_iterable(_said(what, head, done, zone) for what, head in _HEADINGS)
    named = [one for _, one in done if one.what == "about"]
    return Dispute(
        matter,
        number,
        frozenset(named[-1].records) if named else None,
        ((request, words.strip() or "Asked by word of mouth."), *said),
        denied=any(one.what == "denial" for _, one in done),
        since=since,
    )


def _said(
    what: str, heading: str, done: Sequence[tuple[datetime, Done]], zone: tzinfo
) -> list[tuple[str, str]]:
    return [
        (f"{heading}, {day_words(at.astimezone(zone))}", one.words)
        for at, one in done
        if one.what == what
    ]


def going_along(disputes: Iterable[Dispute], records: Iterable[str]) -> tuple[Dispute, ...]:
    """The disputes about any of these records. `NotPlaced`, `DenialMissing` where not all is
    known that has to go along."""
    wanted, every = frozenset(records), tuple(disputes)
    if any(one.records is None for one in every):
        raise NotPlaced
    found = tuple(one for one in every if one.records and one.records & wanted)
    if not all(one.denied for one in found):
        raise DenialMissing
    return found


def beside(page: RecordPage, disputes: Iterable[Dispute]) -> RecordPage:
    """A record's page, or that of a summary, with what goes along after its own words. It is put
    there after every cut, so nothing of it can be cut."""
    about = [one for one in disputes if one.records and one.records & set(page.covers)]
    added = tuple(chain.from_iterable(one.sections for one in about))
    return replace(page, sections=(*page.sections, *added)) if added else page


def digest(disputes: Iterable[Dispute], records: Iterable[str]) -> str:
    """What goes along with these records, as one digest; empty where nothing does. A packet keeps
    it and leaves only while it is still this."""
    wanted = frozenset(records)
    found = [
        [one.matter, sorted((one.records or frozenset()) & wanted), one.said]
        for one in disputes
        if one.records and one.records & wanted
    ]
    return sha256(msgspec.json.encode(sorted(found))).hexdigest() if found else ""


def marked(disputes: Iterable[Dispute]) -> Mapping[str, str]:
    """For each disputed record, the sentence that stands beside it where it is chosen."""
    return {
        record: _SAYS[one.statement]
        for one in disputes
        for record in sorted(one.records or frozenset())
    }


_SAYS = {
    True: f"The client’s statement of disagreement goes along with it, {CITATION}.",
    False: f"The client’s request for a correction and its denial go along with it, {CITATION}.",
}
