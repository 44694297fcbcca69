"""What an authorization reaches, and which facts the client's papers give to the law.

Scope (kind, day of care, recipient, purpose) is kept apart from validity and force, and joined in
`releases`, the one question to ask before a record is chosen under an authorization.

Sources: 45 CFR 164.508(a)(1) (stay inside its terms), 164.508(a)(2), 42 CFR 2.31.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from stillroom.consent.rules_defects import validity
from stillroom.consent.rules_force import in_force
from stillroom.consent.rules_form import (
    ANY_TIME,
    JOINT_SESSION_NOTES,
    ORDINARY_KINDS,
    PRIVATE_KINDS,
    PSYCHOTHERAPY_NOTES,
    RECORD_KINDS,
    SUD_COUNSELING_NOTES,
    SUD_RECORDS,
    Authorization,
    Party,
    Period,
)
from stillroom.kernel import Trilean, some


def covers(auth: Authorization, kind: str, occurred_on: date | None, recipient: Party) -> Trilean:
    """Whether its words reach a record of this kind and day for this recipient. Scope only."""
    return _reaches_kind(auth, kind) & auth.period.holds(occurred_on) & names(auth, recipient)


def _reaches_kind(auth: Authorization, kind: str) -> Trilean:
    """The kinds it lists; a private kind only if it lists nothing else."""
    alone = kind not in PRIVATE_KINDS or auth.kinds == {kind}
    return Trilean.of(kind in auth.kinds and alone)


def names(auth: Authorization, recipient: Party) -> Trilean:
    """Whether it names this recipient: the same name, or a class to which the recipient belongs.

    A like kind under another name stays unknown: only a person can say that "R. Dunleavy" is
    Rex Dunleavy, by asking again with the name as the paper has it.
    """
    return some(alike(party, recipient) for party in auth.recipients)


def alike(written: Party, asked: Party) -> Trilean:
    """Whether two ways to say a recipient mean the same one, as far as words tell."""
    if not _plain(written.name):
        return Trilean.of(bool(written.kind) and written.kind == asked.kind)
    if _plain(written.name) == _plain(asked.name):
        return Trilean.of(not (written.kind and asked.kind) or written.kind == asked.kind)
    alike = not (written.kind and asked.kind) or written.kind == asked.kind
    return Trilean.UNKNOWN if alike and _plain(asked.name) else Trilean.NO


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def serves(auth: Authorization, purpose: str) -> Trilean:
    """Whether the release is for a purpose that the paper names.

    A purpose that is not known, or a paper that says only "other", leaves it unknown.
    """
    if purpose and purpose in auth.purposes:
        return Trilean.YES
    return Trilean.UNKNOWN if not purpose or "other" in auth.purposes else Trilean.NO


def standing(auth: Authorization, *, at: datetime, zone: tzinfo = UTC) -> Trilean:
    """Whether the paper counts at this instant: in force, and nothing wrong with it."""
    return in_force(auth, at, zone) & validity(auth, at=at, zone=zone)


@dataclass(frozen=True, slots=True)
class Release:
    """What is about to happen: to whom, for what, of which days of care, for whose chart."""

    recipient: Party
    purpose: str
    kinds: frozenset[str] = frozenset()
    period: Period = ANY_TIME
    joint: bool = False


def releases(
    auth: Authorization,
    kind: str,
    occurred_on: date | None,
    release: Release,
    *,
    at: datetime,
    zone: tzinfo = UTC,
) -> Trilean:
    """Whether this record may leave in this release at this instant, as far as the paper decides.

    It counts, it reaches the record, it names the recipient and the purpose. Only YES opens.
    """
    scope = covers(auth, kind, occurred_on, release.recipient) & serves(auth, release.purpose)
    return standing(auth, at=at, zone=zone) & scope


def reaches(
    auths: Iterable[Authorization],
    kind: str,
    release: Release,
    *,
    at: datetime,
    zone: tzinfo = UTC,
) -> Trilean:
    """Whether some paper that counts reaches records of a kind somewhere in the asked days."""
    return some(
        standing(auth, at=at, zone=zone)
        & _reaches_kind(auth, kind)
        & Trilean.of(auth.period.overlaps(release.period))
        & names(auth, release.recipient)
        & serves(auth, release.purpose)
        for auth in auths
    )


def consent_facts(
    auths: Iterable[Authorization], release: Release, *, at: datetime, zone: tzinfo = UTC
) -> dict[str, Trilean]:
    """The facts that the client's papers settle, by the names that the law uses.

    `client_authorization` is YES as soon as one asked kind is reached; the law then speaks of all
    kinds, so whoever selects records must ask `releases` again for each. Where private notes alone
    are asked for, the paper for them is the client's authorization. No asked kinds means that
    nobody has said what is asked. `all_participants_authorize` is given for joint charts only.
    """
    held = tuple(auths)
    asked = release.kinds or RECORD_KINDS

    def any_of(wanted: Iterable[str]) -> Trilean:
        return some(reaches(held, kind, release, at=at, zone=zone) for kind in sorted(wanted))

    facts = {
        "client_authorization": any_of(asked & ORDINARY_KINDS or asked & PRIVATE_KINDS),
        "psychotherapy_notes_authorization": any_of({PSYCHOTHERAPY_NOTES}),
        "part2_consent": any_of({SUD_RECORDS}),
        "sud_counseling_notes_consent": any_of({SUD_COUNSELING_NOTES}),
    }
    if release.joint:
        facts["all_participants_authorize"] = any_of({JOINT_SESSION_NOTES})
    return facts


CONSENT_FACTS = frozenset(
    {
        "client_authorization",
        "psychotherapy_notes_authorization",
        "part2_consent",
        "sud_counseling_notes_consent",
        "all_participants_authorize",
    }
)
