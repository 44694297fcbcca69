"""An authorization that a client gives by her own door: written out, held against the law, signed.

Rules: the page that she signs says the three statements and what the state wants said, so they are
there; what no page can do (a witness, a size of type) is not, and then the paper is not taken up:
it would open nothing, and she would think that it does. Her key signs the whole paper, bound to the
chart. Notes that are kept apart are not offered: they need a paper of their own.

Sources: 45 CFR 164.508(b)-(c); what a state adds, `state_forms`.
"""

from dataclasses import dataclass, replace
from datetime import date, tzinfo

from stillroom.consent import actions, papers
from stillroom.consent.queries import KeptPaper
from stillroom.consent.rules import (
    PARTS,
    RECORD_KINDS,
    Authorization,
    Capacity,
    Expiry,
    Party,
    Period,
    Signature,
    Statements,
    defects,
)
from stillroom.consent.state_forms import Asked, Setting, asked_of, standing_of
from stillroom.identity import queries as people
from stillroom.identity.entries import EntryKind
from stillroom.kernel import StillroomError, Trilean, spoken
from stillroom.law import Corpus
from stillroom.phi import Presence
from stillroom.practice.places import place_in
from stillroom.practice.queries_own import OwnChart

OWN = "own"
OFFERED = (
    "progress_notes",
    "treatment_plan",
    "diagnosis",
    "medication",
    "test_results",
    "appointments",
    "billing",
)
_PAPER = EntryKind("authorization by own door")


class PaperLacks(StillroomError):
    """What was written would open nothing."""

    what = "this permission would not count yet"
    usual_advice = "Add what is missing, or do it together with the practice."


@dataclass(frozen=True)
class Wanted:
    """What she wrote. `name` is her signature as she wrote it."""

    to: str
    to_kind: str
    kinds: frozenset[str]
    purpose: str
    ends_on: date | None
    since: date | None
    until: date | None
    name: str


def asks(corpus: Corpus, own: OwnChart, today: date, wanted: Wanted | None = None) -> Asked:
    """What the state wants to see on such a paper."""
    return asked_of(corpus, _setting(own, today, wanted))


def _setting(own: OwnChart, today: date, wanted: Wanted | None) -> Setting:
    to, purpose = (wanted.to_kind, wanted.purpose) if wanted else ("", "")
    hers = place_in(own.sheet.address)
    return Setting(own.stand.place, own.profession, today, to, purpose, (hers,) if hers else ())


def paper_of(
    corpus: Corpus,
    own: OwnChart,
    wanted: Wanted,
    today: date,
    practice: str,
) -> Authorization:
    """The paper, as the page that she signs says it."""
    asked = asks(corpus, own, today, wanted)
    parts = tuple(
        replace(one, there=Trilean.of(bool(PARTS[one.part].prints))) for one in asked.parts
    )
    setting = _setting(own, today, wanted)
    age = own.age_on(today)
    standing = standing_of(corpus, setting, age, alone=Trilean.UNKNOWN)
    kinds = wanted.kinds & RECORD_KINDS & frozenset(OFFERED)
    return Authorization(
        id="",
        holders=own.holders,
        signatures=(
            Signature(own.stand.client, wanted.name, Capacity.CLIENT, today, "", standing, OWN),
        ),
        discloser=practice,
        recipients=(Party(wanted.to, wanted.to_kind),),
        description=", ".join(sorted(spoken(one) for one in kinds)),
        kinds=kinds,
        purposes=frozenset({wanted.purpose}) if wanted.purpose else frozenset(),
        expires=Expiry(on=wanted.ends_on),
        period=Period(wanted.since, wanted.until),
        statements=Statements(Trilean.YES, Trilean.YES, Trilean.YES),
        conditioned=Trilean.NO,
        merged=Trilean.NO,
        state_parts=parts,
        state_ends=asked.ends,
        held_against=setting.places,
    )


def lacking(paper: Authorization, presence: Presence, zone: tzinfo) -> list[str]:
    """Why the paper would open nothing, in sentences."""
    found = [one.says for one in defects(paper, at=presence.at, zone=zone)]
    named = paper.signatures[0].by if paper.signatures else ""
    return found if named else [*found, "Your name is not under it."]


def give(presence: Presence, chart_id: str, paper: Authorization, zone: tzinfo) -> str:
    """Take it up, signed by her key; gives its id. `PaperLacks` names what is missing."""
    missing = lacking(paper, presence, zone)
    if missing or not paper.recipients[0].name:
        raise PaperLacks(advice=" ".join(missing) or "Say who may have it.")
    mark = presence.key.sign(_message(chart_id, paper)).hex()
    (signature,) = paper.signatures
    return actions.take_up(
        presence, chart_id, replace(paper, signatures=(replace(signature, mark=mark),))
    )


def holds(kept: KeptPaper) -> bool:
    """Whether the account by whose door it came signed this very paper with its key."""
    key, paper = people.verifying_key(kept.entered_by), kept.authorization
    if key is None or len(paper.signatures) != 1 or paper.signatures[0].door != OWN:
        return False
    (signature,) = paper.signatures
    bare = replace(paper, signatures=(replace(signature, mark=""),))
    try:
        key.verify(_message(kept.chart, bare), bytes.fromhex(signature.mark))
    except (StillroomError, ValueError):
        return False
    return True


def _message(chart: str, paper: Authorization) -> bytes:
    return _PAPER.message(chart, 1, _PAPER.digest(papers.encode(paper)))
