"""Writing a letter in a matter: looked at as it will be printed, signed, kept, and sent.

Rules: what is signed is the very letter that was shown (`seen`); a signed letter is a record of the
chart and a step of its matter, both in the log, and neither is changed. Saying that it was sent is
a step of its own. A letter that tells somebody else that there is a client is a disclosure: its
line goes into the account with that step (45 CFR 164.528); one that tells nothing, or goes to the
client, needs none ((a)(1)(ii)).

A letter that tells nothing is made from the demand and the writer alone. Even the law is asked as
for a stranger, in the place of the writer's licence and not in the chart's (T07, P8).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import cast

import msgspec
from django.db import transaction

from stillroom.access import Act, Purpose, Ward
from stillroom.chart import actions as chart
from stillroom.chart import queries_review
from stillroom.chart.authors import authors_of
from stillroom.disclosure import (
    accounts,
    disputing,
    letter_going,
    queries,
    releasing,
    rules,
    steps,
)
from stillroom.disclosure.coming import coming
from stillroom.disclosure.given import given_out
from stillroom.disclosure.letters import Writer, print_letter
from stillroom.disclosure.letters.disputed import carried, not_answered
from stillroom.disclosure.letters.forms import Lack, LetterForm, Material, Tells
from stillroom.disclosure.letters.keeping import (
    BY_HAND,
    BY_SAYING,
    KIND,
    LINK,
    SENT,
    Kept,
    Sent,
    SignedLetter,
    description,
    letters_of,
    record_fields,
    written,
)
from stillroom.disclosure.letters.kinds import FORMS, tells
from stillroom.disclosure.letters.letter import Letter
from stillroom.disclosure.letters.rights import DECIDES
from stillroom.disclosure.letters.withheld import Withheld
from stillroom.disclosure.models import Departure
from stillroom.disclosure.packet import Letterhead, Printed, ProofChanged, same_as_proof
from stillroom.disclosure.queries import NoProfile, WholeMatter
from stillroom.disclosure.rules import State
from stillroom.disclosure.rules_accounting import AccountingLine
from stillroom.disclosure.rules_options import LETS_BUILD
from stillroom.disclosure.rules_told import state_of
from stillroom.kernel import StillroomError, Trilean, new_id, spoken
from stillroom.law import Corpus, FactValue, Finding, Matter
from stillroom.phi import NotHere, Presence, bridge
from stillroom.practice import queries as practice
from stillroom.practice.sending import posting
from stillroom.practice.sending.actions import NotWished


class LetterLacks(StillroomError):
    """Something that the letter must say is missing, or cannot be so."""

    what = "this letter cannot be signed as it is"
    usual_advice = "Mend what is named beside each field; nothing that you typed is lost."

    def __init__(self, found: Sequence[Lack]) -> None:
        super().__init__()
        self.lacks = tuple(found)


class NotSent(StillroomError):
    """What was said about how a letter was sent cannot be."""

    what = "how it was sent is not said"
    usual_advice = "Say by which way, to whom and on which day; it cannot be before its date."


class NotCosigned(StillroomError):
    """A letter of somebody who works under supervision is not the practice's yet."""

    what = "this letter waits for a co-signature"
    usual_advice = "It is sent once your supervisor has signed it too. Nothing was written down."


@dataclass(frozen=True)
class Draft:
    """A letter as it stands: its data, what it lacks, what it would tell."""

    form: LetterForm
    material: Material
    lacks: tuple[Lack, ...]
    asks: bool = False
    """Whether it may tell somebody else of an entry that the client disputes."""

    @property
    def letter(self) -> Letter:
        """The letter; to be shown even while something is missing. What the client says against an
        entry of which it tells stands in it, after all else."""
        return carried(self.form.make(self.material), self.material)

    @property
    def seen(self) -> str:
        """The digest of the letter, by which signing knows that it is the one that was shown."""
        return sha256(msgspec.json.encode(self.letter, order="deterministic")).hexdigest()

    @property
    def tells(self) -> Tells:
        """What somebody would learn by it."""
        return tells(self.form, self.material)


def writer_of(presence: Presence) -> Writer:
    """Who writes: the practice, the person, and her credential or profession."""
    profile = practice.staff_profile(presence.person)
    line = (profile.credential or spoken(profile.profession)) if profile else ""
    return Writer(Letterhead(presence.house.name), presence.name, line)


def draft(
    presence: Presence,
    corpus: Corpus,
    whole: WholeMatter,
    form_id: str,
    typed: Mapping[str, str],
    chosen: Mapping[str, tuple[str, ...]],
) -> Draft:
    """The letter that these words make, for this matter as it stands now."""
    form = FORMS.get(form_id)
    if form is None:
        raise NotHere
    made = whole.determination
    lines = [one.strip() for one in typed.get("address", "").splitlines()]
    material = Material(
        intake=made.asked.intake,
        writer=writer_of(presence),
        dated=made.around.today,
        address=tuple(one for one in lines if one),
        client=whole.head.full,
        typed=typed,
        chosen=chosen,
        extended=any(one.kept.form == "extension" for one in letters_of(whole.steps)),
        right=made.asker.id,
        span=made.asker.span,
        decided=letter_going.decided(whole.standing),
    )
    told = tells(form, material)
    nothing = told is Tells.NOTHING
    found = _stranger(presence, corpus, whole) if nothing else made.full.findings
    withheld = _withholding(corpus, whole, chosen.get("grounds", ())) if form_id == "denial" else ()
    material = replace(material, findings=tuple(found), withholding=tuple(withheld))
    if form_id == "privilege_log":
        material = replace(material, withheld=tuple(listable(presence, corpus, whole)))
    if form_id == "response":
        material = replace(material, coming=coming(presence, whole))
    asks = not nothing and not _to_her(whole, form, told)
    if asks:
        material = replace(material, disputes=disputing.named(presence, whole.chart))
    return Draft(form, material, (*form.lacks(material), *not_answered(material)), asks)


def _stranger(presence: Presence, corpus: Corpus, whole: WholeMatter) -> Sequence[Finding]:
    """What the law says of the demand alone, where the writer is licensed."""
    profile = practice.staff_profile(presence.person)
    if profile is None or not profile.place:
        raise NoProfile
    matter = Matter(
        "disclose", (profile.place,), profile.profession, whole.determination.around.today
    )
    facts = rules.facts_of_a_stranger(whole.determination.asked.intake)
    known = {name: value for name, value in facts.items() if name in corpus.facts}
    return corpus.opine(matter, cast("dict[str, FactValue]", known)).findings


def listable(presence: Presence, corpus: Corpus, whole: WholeMatter) -> Iterable[Withheld]:
    """The signed records that a privilege log can list, and which of them the demand reaches."""
    bundle = releasing.choices(presence, corpus, whole.id)
    authors = authors_of(presence, whole.chart)
    given = given_out(presence, whole.chart)
    release = whole.determination.release
    sends = any(one.signed.decision in LETS_BUILD for one in whole.standing)
    for choice in bundle.choices:
        one = choice.record
        reached = release.period.holds(one.occurred_on) is not Trilean.NO
        reached = reached and (not release.kinds or one.kind in release.kinds)
        leaves = sends and choice.state is State.CHOSEN
        yield Withheld(
            record=one.id,
            kind=one.kind,
            on=one.occurred_on,
            author=authors[one.id].told if one.id in authors else "",
            title=one.title,
            asked=reached and not leaves,
            given=given.get(one.id, ()),
        )


_GROUND_FACTS = {
    "litigation": "compiled_for_litigation",
    "source": "source_promised_confidentiality",
    "endanger": "harm_if_accessed",
    "other_person": "harm_if_accessed",
    "representative": "harm_if_accessed",
}


def _withholding(corpus: Corpus, whole: WholeMatter, grounds: Sequence[str]) -> Sequence[Finding]:
    """What the law says of withholding on these grounds, the state's additions with it."""
    made = whole.determination
    around = made.around
    facts = {**made.facts, "purpose": "client_access"}
    facts |= {_GROUND_FACTS[one]: Trilean.YES for one in grounds if one in _GROUND_FACTS}
    places = (around.place or "us", *made.asked.elsewhere)
    matter = Matter("withhold", places, around.profession, around.today)
    return corpus.opine(matter, facts).findings


def proof(presence: Presence, made: Draft) -> Printed:
    """The pages as they would be signed at this moment."""
    return print_letter(made.letter, presence.at.replace(microsecond=0))


def sign(presence: Presence, corpus: Corpus, matter_id: str, made: Draft, seen: str) -> int:
    """Sign the letter that was shown: a record in the chart and a step in the matter; gives the
    step's number. `LetterLacks`, or `ProofChanged` if this is not the letter that was seen."""
    if made.lacks:
        raise LetterLacks(made.lacks)
    if made.seen != seen:
        raise ProofChanged(
            "this is no longer the letter that was shown",
            advice="Nothing was signed. Look at it again as it is now, then sign.",
        )
    letter = made.letter
    printed = proof(presence, made)
    with transaction.atomic():
        against = state_of(one.dispute for one in made.material.disputes)
        letter_going.hold_as_seen(presence, matter_id, against, asks=made.asks)
        whole = queries.whole_matter(presence, corpus, matter_id)
        record = chart.begin(presence, whole.chart, "letter", occurred_at=presence.at)
        saved = chart.save_draft(presence, record, record_fields(letter), 1, kind="letter")
        chart.sign(presence, record, saved.version)
        kept = Kept(
            version=1,
            form=made.form.id,
            letter=letter,
            tells=made.tells.value,
            created=presence.at.replace(microsecond=0),
            digest=printed.digest,
            pages=printed.total,
            record=record,
            corrections=whole.corrections,
            asks=made.asks,
            against=against,
            decided=made.material.decided if made.form.id in DECIDES else "",
        )
        step = steps.add(presence, matter_id, KIND, written(kept))
    return step.number


def find(whole: WholeMatter, number: int) -> SignedLetter:
    """A signed letter of a matter by its step, or `NotHere`."""
    for one in letters_of(whole.steps):
        if one.number == number:
            return one
    raise NotHere


def waits(letter: SignedLetter) -> bool:
    """Whether its record waits for a co-signature, or came back with changes to make."""
    record = letter.kept.record
    return queries_review.states_of([record]).get(record) in ("waiting", "returned")


def printed_again(letter: SignedLetter) -> Printed:
    """The very bytes that were signed; `ProofChanged` if they would not be."""
    printed = print_letter(letter.kept.letter, letter.kept.created)
    same_as_proof(printed, letter.kept.digest)
    return printed


def sent(
    presence: Presence, whole: WholeMatter, letter: SignedLetter, way: str, to: str, on: date | None
) -> None:
    """Write down that a letter was sent, and in the account where it told somebody something.

    One that goes to the client goes through the one that sends, and so as she wishes: `NotWished`.
    """
    today = whole.determination.around.today
    if (
        way not in BY_SAYING
        or not to.strip()
        or on is None
        or not letter.kept.letter.dated <= on <= today
    ):
        raise NotSent
    if waits(letter):
        raise NotCosigned
    body = written(Sent(1, letter.number, way, to.strip(), on))

    def note() -> None:
        entry = steps.add(presence, whole.id, SENT, body).entry
        letter_going.note_what_it_tells(presence, whole.id, letter)
        if letter.tells is Tells.OTHERS:
            _account_for(presence, whole, letter, entry, to.strip(), on)

    posted = goes_to_her(whole, letter) and way not in BY_HAND
    client = addressed(whole, letter, way) if posted else ""
    with transaction.atomic():
        letter_going.hold_and_require(presence, whole.id, letter)
        if posted:
            posting.post(presence, whole.chart, client, to.strip(), note)
        else:
            note()


def goes_to_her(whole: WholeMatter, letter: SignedLetter) -> bool:
    """Whether it goes to a client herself."""
    return _to_her(whole, FORMS.get(letter.kept.form), letter.tells)


def _to_her(whole: WholeMatter, form: LetterForm | None, told: Tells) -> bool:
    asked = whole.determination.asked.intake.asker.kind == "client"
    return told is Tells.HERSELF and (asked or (form is not None and form.to_client))


def addressed(whole: WholeMatter, letter: SignedLetter, way: str) -> str:
    """Which holder of the chart it goes to, by post or behind a link; `NotWished` for another way,
    or where several hold the chart and none of them has the name on the letter."""
    if way not in ("post", LINK):
        raise NotWished(
            "nothing was written down as sent. No letter to a client goes as the content of a"
            " message or by fax",
            advice="Put it behind a link, post it where she wishes, or hand it over.",
        )
    holders = whole.head.holders
    named = [one for one in holders if one.sheet.full == letter.kept.letter.to.name]
    found = named or (holders if len(holders) == 1 else ())
    if not found:
        raise NotWished(
            "nothing was written down as sent. It is not known to which of them it goes",
            advice="Hand it over, or write a letter that names one of them.",
        )
    return found[0].client


def _account_for(
    presence: Presence, whole: WholeMatter, letter: SignedLetter, entry: int, to: str, on: date
) -> None:
    """The line of the account: that a letter went, to whom, and none of its words."""
    ward = Ward(chart=whole.chart)
    grant = bridge.ask(presence, Act.MATTER_WRITE, Purpose.TREATMENT, ward, cares=whole.cares)
    intake = whole.determination.asked.intake
    line = AccountingLine(
        on=on,
        recipient=to,
        address=", ".join(letter.kept.letter.to.lines),
        description=description(letter),
        purpose=spoken(intake.purpose) or "to answer a request",
        digest=letter.kept.digest,
    )
    departure = new_id()
    words = accounts.encode_line(line)
    Departure.objects.create(
        id=departure,
        chart=whole.chart,
        left_at=presence.at,
        sealed=bridge.seal(presence, grant, ward, departure, "departure", 1, words),
        entry=entry,
    )
