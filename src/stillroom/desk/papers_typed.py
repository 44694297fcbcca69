"""A signed authorization as it is typed in, held against what the state asks of it. Pure.

Rule: nothing is filled in. Who the client is and how old, the chart knows; all else stands on the
paper or counts as not there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from stillroom.consent.rules import (
    PRIVATE_KINDS,
    RECORD_KINDS,
    Authorization,
    Capacity,
    Expiry,
    Party,
    Period,
    Signature,
    Statements,
)
from stillroom.consent.state_forms import Asked, Setting, asked_of, majority, standing_of
from stillroom.desk.forms import days, kind_title, trilean
from stillroom.disclosure.letters.blank import Blank
from stillroom.disclosure.matters import Asked as MatterWords
from stillroom.law import Corpus
from stillroom.practice.queries import ChartHead
from stillroom.practice.rules import FrontSheet

PURPOSES = (
    ("legal_proceeding", "a legal proceeding"),
    ("treatment", "treatment"),
    ("payment", "payment"),
    ("education", "education"),
    ("employment", "employment"),
    ("family_involvement", "involving family"),
    ("other", "another purpose"),
)
RECIPIENTS = (
    ("attorney", "an attorney"),
    ("payer", "a payer"),
    ("treating_provider", "another treating provider"),
    ("court", "a court"),
    ("school", "a school"),
    ("employer", "an employer"),
    ("family_involved", "family"),
    ("anyone_else", "somebody else"),
)
CAPACITIES = tuple(
    (one.value, words)
    for one, words in (
        (Capacity.CLIENT, "the client"),
        (Capacity.PARENT, "a parent of the minor"),
        (Capacity.GUARDIAN, "a guardian"),
        (Capacity.REPRESENTATIVE, "a personal representative"),
    )
)


@dataclass(frozen=True)
class Desk:
    """Where a paper is typed in: by whose law, and when. `beside`: the law of which places is
    asked too, because a holder of the chart is there."""

    corpus: Corpus
    place: str
    profession: str
    today: date
    practice: str
    beside: tuple[str, ...] = ()

    def setting(self, typed: Mapping[str, str]) -> Setting:
        """What the law is asked about this paper."""
        return Setting(
            self.place,
            self.profession,
            self.today,
            typed.get("recipient_kind", ""),
            typed.get("purpose", ""),
            self.beside,
        )


def asked_by_state(desk: Desk, typed: Mapping[str, str]) -> Asked:
    """What the state wants to see on the paper as it is typed so far."""
    return asked_of(desk.corpus, desk.setting(typed))


def is_minor(desk: Desk, sheet: FrontSheet) -> bool:
    """Whether the chart knows that the client is under age where the law of this place holds."""
    age = sheet.age_on(desk.today)
    places = (desk.place, *desk.beside)
    return age is not None and age < max(majority(one) for one in places)


def paper_from(
    desk: Desk, head: ChartHead, typed: Mapping[str, str], kinds: Sequence[str]
) -> Authorization:
    """The paper as it was typed in, whatever it lacks."""
    signed = {one.client: days(typed, f"signed_{one.client}") for one in head.holders}
    asked = asked_by_state(desk, typed)
    parts = tuple(
        replace(one, there=trilean(typed.get(f"state_{one.part}"))) for one in asked.parts
    )
    return Authorization(
        id="",
        holders=frozenset(one.client for one in head.holders),
        signatures=tuple(
            _signature(desk, typed, one.client, one.sheet, on)
            for one in head.holders
            if (on := signed[one.client])
        ),
        discloser=typed.get("discloser", desk.practice).strip() or desk.practice,
        recipients=(Party(typed.get("recipient", "").strip(), typed.get("recipient_kind", "")),),
        description=typed.get("description", "").strip(),
        kinds=frozenset(kinds) & RECORD_KINDS,
        purposes=frozenset({typed["purpose"]}) if typed.get("purpose") else frozenset(),
        expires=Expiry(on=days(typed, "expires_on"), event=typed.get("expires_event", "").strip()),
        period=Period(days(typed, "since"), days(typed, "until")),
        statements=Statements(
            trilean(typed.get("may_revoke")),
            trilean(typed.get("conditioning")),
            trilean(typed.get("redisclosure")),
        ),
        conditioned=trilean(typed.get("conditioned")),
        merged=trilean(typed.get("merged")),
        state_parts=parts,
        state_ends=asked.ends,
        held_against=desk.setting(typed).places,
    )


def blank_from(
    desk: Desk, head: ChartHead, typed: Mapping[str, str], kinds: Sequence[str]
) -> Blank:
    """The paper to be printed and signed, from the same choices."""
    paper = paper_from(desk, head, typed, kinds)
    (recipient,) = paper.recipients
    words = ", ".join(kind_title(kind) for kind in sorted(paper.kinds))
    return Blank(
        clients=tuple(one.sheet.full for one in head.holders),
        practice=paper.discloser,
        recipient=recipient,
        recipient_words=dict(RECIPIENTS).get(recipient.kind, ""),
        kinds=paper.kinds,
        kind_words=words,
        description=paper.description,
        purpose=dict(PURPOSES).get(typed.get("purpose", ""), ""),
        expires=paper.expires,
        period=paper.period,
    )


def typed_from_matter(asked: MatterWords) -> tuple[dict[str, str], list[str]]:
    """What a matter says already of the paper that would open it, and the kinds it asks for."""
    intake = asked.intake
    offered = {value for value, _ in RECIPIENTS}
    typed = {
        "recipient": intake.asker.name,
        "recipient_kind": intake.asker.kind if intake.asker.kind in offered else "anyone_else",
        "purpose": intake.purpose if intake.purpose in dict(PURPOSES) else "",
        "since": intake.period.since.isoformat() if intake.period.since else "",
        "until": intake.period.until.isoformat() if intake.period.until else "",
        "beside": asked.elsewhere[0] if asked.elsewhere else "",
    }
    return typed, sorted(intake.kinds - PRIVATE_KINDS)


def _signature(
    desk: Desk, typed: Mapping[str, str], client: str, sheet: FrontSheet, on: date
) -> Signature:
    named = {one.value: one for one in Capacity}
    capacity = named.get(typed.get(f"capacity_{client}", ""), Capacity.CLIENT)
    by = typed.get(f"by_{client}", "").strip()
    return Signature(
        holder=client,
        by=by or (sheet.full if capacity is Capacity.CLIENT else ""),
        capacity=capacity,
        on=on,
        authority=typed.get(f"authority_{client}", "").strip()[:400],
        standing=standing_of(
            desk.corpus,
            desk.setting(typed),
            sheet.age_on(on),
            alone=trilean(typed.get(f"alone_{client}")),
            document=typed.get(f"document_{client}", ""),
            capacity=capacity,
        ),
    )
