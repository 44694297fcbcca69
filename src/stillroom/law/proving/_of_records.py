"""Theorems about who may receive which records."""

from collections.abc import Callable, Iterator, Sequence

from stillroom.law._provision import Provision
from stillroom.law._vocabulary import ACTS, RECORD_KINDS
from stillroom.law.proving._case import Case
from stillroom.law.proving._formulas import Formula, all_of, any_of, no
from stillroom.law.proving._second import LEVELS, PERMITTED, REQUIRED
from stillroom.law.proving._theorem import Claim, Theorem

NOTES = "psychotherapy_notes"
SUD_NOTES = "sud_counseling_notes"
NO_DOOR = (
    "payer",
    "employer",
    "business_associate",
    "researcher",
    "workers_comp",
    "military",
    "media",
    "collection_agency",
)
"""Recipients for whom 45 CFR 164.508(a)(2) has no door at all."""
DOORS = {
    "us.hipaa.164-502-a-2-ii",
    "us.hipaa.164-508-a-2-i-b",
    "us.hipaa.164-508-a-2-i-c",
    "us.hipaa.164-512-a.psychotherapy-notes",
    "us.hipaa.164-512-d.notes",
    "us.hipaa.164-512-g-1",
    "us.hipaa.164-512-j-1-i",
    "us.hipaa.164-512-j-1-i.disclose",
}
"""What 45 CFR 164.508(a)(2) names: compliance, training, own defense, required by law, oversight of
the author, coroners, a serious and imminent threat."""


GIVES_WAY = {"hipaa": ("state_duty", "access_rights", "minors"), "part2": ()}
"""What 45 CFR 164.512(a) lets another law require; Part 2 gives way to none (42 CFR 2.20)."""


def opens(provision: Provision) -> bool:
    """Whether a provision may let something out without an authorization."""
    return provision.modality in ("permits", "requires")


def of_regime(*regimes: str) -> Callable[[Provision], bool]:
    """Whether a provision is one of these regimes' that may let something out."""
    return lambda provision: provision.regime in regimes and opens(provision)


def opened(case: Case, kinds: Sequence[str], supposed: Formula) -> Iterator[Claim]:
    """That none of the kinds is PERMITTED or more, one claim for each class of kinds."""
    for alike in case.classes:
        kept = tuple(kind for kind in alike if kind in kinds)
        if kept:
            against = all_of([supposed, case.law.stance(kept[0], PERMITTED)])
            yield Claim(kept, against, (case.law,))


def _demands(case: Case, kind: str, regimes: Sequence[str]) -> Formula:
    """That one of these regimes requires the act."""
    chambers = case.law.chambers(kind)
    return any_of(s.level(REQUIRED) for (r, _, _), s in chambers.items() if r in regimes)


def unsigned(case: Case) -> Formula:
    """That nobody has signed any authorization or consent that any provision knows."""
    return case.worlds.suppose(**dict.fromkeys(sorted(case.library.consents), False))


def _payer(case: Case) -> Iterator[Claim]:
    supposed = case.worlds.suppose(recipient="payer", psychotherapy_notes_authorization=False)
    yield from opened(case, [NOTES], supposed)


def _no_door(case: Case) -> Iterator[Claim]:
    supposed = case.worlds.suppose(recipient=NO_DOOR, psychotherapy_notes_authorization=False)
    yield from opened(case, [NOTES], supposed)


def _doors(case: Case) -> Iterator[Claim]:
    """Without their own authorization the notes leave by a door of 164.508(a)(2) alone, or where
    a regime to which HIPAA yields requires it (164.512(a))."""
    law = case.law
    doors = [law.applies(p) for p in law.reaching(NOTES) if p.id in DOORS]
    compelled = _demands(case, NOTES, GIVES_WAY["hipaa"])
    supposed = case.worlds.suppose(psychotherapy_notes_authorization=False)
    yield from opened(case, [NOTES], all_of([supposed, no(any_of([*doors, compelled]))]))


def _sud_notes(case: Case) -> Iterator[Claim]:
    supposed = case.worlds.suppose(
        recipient=[r for r in NO_DOOR if r != "business_associate"],
        part2_program=True,
        sud_counseling_notes_consent=False,
    )
    yield from opened(case, [SUD_NOTES], supposed)


def _part2_tribunal(case: Case) -> Iterator[Claim]:
    supposed = case.worlds.suppose(
        recipient=["court", "party_by_subpoena", "law_enforcement"],
        part2_program=True,
        part2_court_order=False,
    )
    yield from opened(case, ["sud_records", SUD_NOTES], all_of([supposed, unsigned(case)]))


def _not_for_sale(case: Case) -> Iterator[Claim]:
    supposed = case.worlds.suppose(recipient=["media", "employer"], deidentified=False)
    yield from opened(case, RECORD_KINDS, all_of([supposed, unsigned(case)]))


def _floor(case: Case) -> Iterator[Claim]:
    """What HIPAA or Part 2 keeps shut is opened by no other regime, except that HIPAA yields to a
    requirement of those that 164.512(a) lets."""
    law = case.law
    for alike in case.classes:
        chambers = law.chambers(alike[0])
        for key, says in chambers.items():
            if key[0] not in GIVES_WAY:
                continue
            demands = _demands(case, alike[0], GIVES_WAY[key[0]])
            shut = all_of([says.speaks, no(says.at_least[PERMITTED - 1]), no(demands)])
            against = all_of([shut, law.stance(alike[0], PERMITTED)])
            yield Claim(alike, against, (law,))


def _monotone(case: Case) -> Iterator[Claim]:
    """Two worlds that differ in authorizations alone, of which the second has more."""
    consents = sorted(case.library.consents & case.law.mentioned())
    more = all_of(
        any_of([no(case.worlds.yes(name)), case.signed.worlds.yes(name)]) for name in consents
    )
    for alike in case.classes:
        kind = alike[0]
        lower = any_of(
            all_of([case.law.stance(kind, least), no(case.signed.stance(kind, least))])
            for least in LEVELS
        )
        yield Claim(alike, all_of([more, lower]), (case.law, case.signed))


OF_RECORDS = (
    Theorem(
        name="payer-never-gets-notes",
        sentence="No payer ever receives psychotherapy notes without their own authorization.",
        why="A claim is the commonest reason to open a record, and 45 CFR 164.508(a)(2) leaves no "
        "way from a claim to these notes.",
        over="every act by which something leaves, every fact",
        claims=_payer,
    ),
    Theorem(
        name="notes-never-go-to-business",
        sentence="Without their own authorization, psychotherapy notes never go to a payer, an "
        "employer, a business associate, a researcher, workers' compensation, a military command, "
        "the press or a collection agency.",
        why="45 CFR 164.508(a)(2) and (ii) name who may have them; none of these is named, and a "
        "law that compelled one of these disclosures would have to be read before it is obeyed.",
        over="every act by which something leaves, every fact",
        claims=_no_door,
        may_except=of_regime("hipaa"),
    ),
    Theorem(
        name="notes-leave-by-named-doors",
        sentence="Without their own authorization, psychotherapy notes leave only by a door that "
        "45 CFR 164.508(a)(2) names, or where a law on duties, access or minors requires it.",
        why="The notes are left out of the reach of every other permission; this holds it for "
        "permissions that have yet to be written.",
        over="every act by which something leaves, every recipient, every fact",
        limits="The doors: compliance review by HHS, supervised training, the therapist's own "
        "defense, what a law or an order compels, oversight of the author, coroners, and a serious "
        "and imminent threat. Through a door the other regimes still have their say.",
        claims=_doors,
        may_except=of_regime("hipaa"),
    ),
    Theorem(
        name="sud-counseling-notes-never-go-to-business",
        sentence="Without a consent of their own, a Part 2 program's counseling notes never go to "
        "a payer, an employer, a researcher, workers' compensation, a military command, the press "
        "or a collection agency.",
        why="42 CFR 2.31(b) asks for a consent to these notes alone; one for treatment, payment "
        "and operations does not count.",
        over="every act by which something leaves, records that Part 2 protects, every other fact",
        claims=_sud_notes,
        may_except=of_regime("part2"),
    ),
    Theorem(
        name="part2-records-stay-out-of-court",
        sentence="Without consent and without a Part 2 order, records of a Part 2 program reach no "
        "court, no party and no police.",
        why="42 CFR 2.61 to 2.67: a subpoena or an ordinary order is not enough.",
        over="every act by which something leaves, records that Part 2 protects, every other fact",
        claims=_part2_tribunal,
        may_except=of_regime("part2"),
    ),
    Theorem(
        name="press-and-employer-get-nothing",
        sentence="Without an authorization, nothing that names the client goes to the press or to "
        "the client's employer.",
        why="No law that is on file gives either of them a way in.",
        over="every act by which something leaves, every record kind, every fact",
        claims=_not_for_sale,
        may_except=of_regime("hipaa"),
    ),
    Theorem(
        name="federal-floor-holds",
        sentence="What HIPAA or 42 CFR Part 2 keeps shut, no state law opens; except that HIPAA "
        "gives way where a duty, a right of access or a law on minors requires the act.",
        why="45 CFR 160.203 and 164.512(a); 42 CFR 2.20. A state may be stricter, not laxer.",
        over="every act by which something leaves, every record kind, every fact",
        claims=_floor,
    ),
    Theorem(
        name="signing-never-closes-a-door",
        sentence="A further authorization or consent never lowers an answer.",
        why="A client who signs must not lose by it; and the page may say “with the client's "
        "authorization” without asking what else it would change.",
        over="every act, every record kind, every two worlds that differ in authorizations alone",
        claims=_monotone,
        acts=ACTS,
    ),
)
