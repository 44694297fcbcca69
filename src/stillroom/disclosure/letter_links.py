"""A signed letter to the client behind a link: put there, its address shown, called back.

Rules: only a letter that goes to the client herself, and only where she wishes e-mail (45 CFR
164.522(b)); no word of it is ever the content of a message. It is opened as a packet is, by its
address and four words that go by another way, so only by whoever has both; until then it can be
called back, and that is why it has no two minutes. It needs no line of the account
(164.528(a)(1)(ii)). That it went is a signed step of its matter, in one transaction with its file.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from stillroom.access import Act, Grant, Purpose, Ward
from stillroom.chart import queries as charts
from stillroom.disclosure import letter_going, lettering, links, steps
from stillroom.disclosure.finding import find_matter
from stillroom.disclosure.letters.keeping import LINK, SENT, Sent, SignedLetter, letters_of, written
from stillroom.disclosure.models import LetterDelivery, Link, Matter
from stillroom.disclosure.queries import WholeMatter
from stillroom.disclosure.rules_leaving import (
    DAYS,
    OPENINGS,
    NothingWaits,
    NoWay,
    Plan,
    decode,
    encode,
)
from stillroom.kernel import StillroomError, new_id
from stillroom.phi import Presence, bridge, outward
from stillroom.practice import queries as practice
from stillroom.practice.rules_wishes import EMAIL
from stillroom.practice.sending import posting

State = LetterDelivery.State


class NotHers(StillroomError):
    """A letter to somebody else was to go behind a link."""

    what = "only a letter to the client goes behind a link"
    usual_advice = "Print it and send it; say here how it went. Nothing has left."


class LiesThereAlready(StillroomError):
    """A letter is put behind one link at a time."""

    what = "this letter lies behind a link already, and nobody has opened it"
    usual_advice = "Send its address again, or call it back and put it behind a new one."


@dataclass(frozen=True)
class BehindLink:
    """A letter behind a link, as its page shows it. `plan` is empty once there is nothing to send
    any more, and for whoever may not send it."""

    id: str
    letter: int
    state: str
    sent_at: datetime
    ended_at: datetime | None
    link: links.Standing | None
    plan: Plan | None = None

    @property
    def lives(self) -> bool:
        """Whether somebody may open it still."""
        return self.state == State.LEFT and self.link is not None and not self.link.over

    @property
    def said(self) -> str:
        """What became of it, in a few words."""
        if self.state == State.CALLED_BACK:
            return "called back unopened"
        if self.link is not None and self.link.opened_at is not None:
            return "opened"
        return "not opened yet" if self.lives else "never opened, and over"

    @property
    def can_be_called_back(self) -> bool:
        """Whether nobody has opened it yet."""
        return self.lives and self.link is not None and self.link.opened_at is None


def send(
    presence: Presence,
    whole: WholeMatter,
    letter: SignedLetter,
    to: str,
    *,
    days: int = 7,
    openings: int = 1,
) -> None:
    """Put it behind a link whose address goes to this e-mail address of hers. `NotWished`."""
    if not lettering.goes_to_her(whole, letter):
        raise NotHers
    if lettering.waits(letter):
        raise lettering.NotCosigned
    if days not in DAYS or openings not in OPENINGS or not to.strip():
        raise NoWay(
            "it is not said to which e-mail address, for how long or how often",
            advice="Choose all three; nothing has left.",
        )
    client = lettering.addressed(whole, letter, LINK)
    file = lettering.printed_again(letter).pdf
    plan = Plan(
        LINK,
        letter.kept.letter.to.name,
        to.strip(),
        address=outward.new_address(),
        code=outward.new_code(),
        days=days,
        openings=openings,
    )
    ward, grant = _prepare(presence, whole)

    def note() -> None:
        _require_none_lives(presence, whole, letter)
        row = new_id()
        body = written(Sent(1, letter.number, LINK, plan.where, presence.today, delivery=row))
        made = LetterDelivery.objects.create(
            id=row,
            matter_id=whole.id,
            letter=letter.number,
            sent_by=presence.person,
            sent_at=presence.at,
            sealed=bridge.seal(presence, grant, ward, row, "delivery", 1, encode(plan)),
            entry=steps.add(presence, whole.id, SENT, body).entry,
        )
        links.make(presence, grant, ward, made, plan, file)
        letter_going.note_what_it_tells(presence, whole.id, letter)

    with transaction.atomic():
        letter_going.hold_and_require(presence, whole.id, letter)
        posting.post(presence, whole.chart, client, plan.where, note, by=EMAIL)


def _prepare(presence: Presence, whole: WholeMatter) -> tuple[Ward, Grant]:
    ward = charts.chart_ward(whole.chart)
    grant = bridge.ask(presence, Act.RELEASE_PREPARE, Purpose.RELEASE, ward, cares=whole.cares)
    return ward, grant


def _require_none_lives(presence: Presence, whole: WholeMatter, letter: SignedLetter) -> None:
    rows = LetterDelivery.objects.filter(matter=whole.id, letter=letter.number, state=State.LEFT)
    if any(_as_shown(presence, row).can_be_called_back for row in rows):
        raise LiesThereAlready


def _as_shown(presence: Presence, row: LetterDelivery, plan: Plan | None = None) -> BehindLink:
    link = links.standing(row, presence.at)
    return BehindLink(row.pk, row.letter, row.state, row.sent_at, row.ended_at, link, plan)


def standing(presence: Presence, matter_id: str) -> dict[str, BehindLink]:
    """What became of every letter of a matter that was put behind a link, by delivery. Opens
    nothing; the caller may read the matter."""
    rows = LetterDelivery.objects.filter(matter=matter_id).order_by("entry")
    return {row.pk: _as_shown(presence, row) for row in rows}


def of_letter(presence: Presence, whole: WholeMatter, number: int) -> Sequence[BehindLink]:
    """What became of one letter, oldest first; with the address and the code of what may still be
    opened, for whoever may send it. One entry in the log if any is opened."""
    rows = list(LetterDelivery.objects.filter(matter=whole.id, letter=number).order_by("entry"))
    shown = [_as_shown(presence, row) for row in rows]
    return [
        _as_shown(presence, row, _open(presence, whole, row)) if one.lives else one
        for row, one in zip(rows, shown, strict=True)
    ]


def _open(presence: Presence, whole: WholeMatter, row: LetterDelivery) -> Plan | None:
    ward = charts.chart_ward(whole.chart)
    act = Act.RELEASE_PREPARE
    if not bridge.may(presence, act, Purpose.RELEASE, ward, cares=whole.cares):
        return None
    ward, grant = _prepare(presence, whole)
    details: bridge.Details = {"did": "looked how a letter leaves", "matter": whole.id}
    parts = [(row.pk, "delivery", 1, bytes(row.sealed))]
    return decode(bridge.reveal(presence, grant, ward, parts, details)[0])


def call_back(presence: Presence, matter_id: str, number: int) -> None:
    """Call back a letter that nobody has opened: its file is deleted. `NothingWaits`."""
    matter = find_matter(presence, matter_id, Act.RELEASE_RECALL)
    cares, ward = practice.cares_of(presence.person, matter.chart), Ward(chart=matter.chart)
    grant = bridge.ask(presence, Act.RELEASE_RECALL, Purpose.RELEASE, ward, cares=cares)
    with transaction.atomic():
        Matter.objects.select_for_update().get(pk=matter_id)
        live = Link.objects.select_for_update().filter(
            letter__matter=matter_id, letter__letter=number, letter__state=State.LEFT
        )
        waiting = [one for one in live if one.opened_at is None and one.sealed]
        if not waiting:
            raise NothingWaits("it is too late for that: it was opened, or nothing lies there")
        for link in waiting:
            _take_back(presence, grant, ward, link)


def shut_what_was_written_before(presence: Presence, matter_ids: Iterable[str]) -> int:
    """Call back every letter of these matters that nobody has opened and that was written on what
    stands no more; says how many."""
    rows = LetterDelivery.objects.filter(
        matter__in=list(matter_ids),
        state=State.LEFT,
        link__opened_at=None,
        link__opens__gt=0,
    )
    return sum(_shut(presence, row.matter_id, row.letter) for row in rows)


def _shut(presence: Presence, matter_id: str, number: int) -> bool:
    matter = find_matter(presence, matter_id, Act.MATTER_READ)
    cares = practice.cares_of(presence.person, matter.chart)
    found = letters_of(steps.steps_of(presence, matter, cares))
    (letter,) = (one for one in found if one.number == number)
    if letter_going.held(presence, matter_id, letter) is None:
        return False
    call_back(presence, matter_id, number)
    return True


def _take_back(presence: Presence, grant: Grant, ward: Ward, link: Link) -> None:
    details: bridge.Details = {"did": "called a letter back", "link": link.pk}
    bridge.note(presence, grant, ward, details)
    links.delete_file(link)
    LetterDelivery.objects.filter(pk=link.letter_id).update(
        state=State.CALLED_BACK, ended_at=presence.at
    )
