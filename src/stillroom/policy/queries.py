"""Reading policies: what is in force, what waits, what was. Each is asked of the gate."""

from dataclasses import dataclass
from datetime import datetime

from stillroom.access import Act, Purpose, Ward
from stillroom.identity import owners
from stillroom.identity import queries as people
from stillroom.phi import NotHere, Presence, Told, bridge
from stillroom.policy.models import Edition, Proposal, Version

_HOUSE = Ward(chart="")


@dataclass(frozen=True)
class AgreedPolicy:
    """A policy as two people made it. `alone`: nobody else could have agreed."""

    number: int
    text: str
    proposed_by: str
    proposed_at: datetime
    agreed_by: str
    agreed_at: datetime
    alone: bool
    entry: int


@dataclass(frozen=True)
class ProposedPolicy:
    """A policy that waits for a second person. `alone`: whoever looks runs the accounts alone."""

    id: str
    text: str
    proposed_by: str
    proposed_at: datetime
    mine: bool
    alone: bool


@dataclass(frozen=True)
class LawInForce:
    """A corpus that came into force. `by_policy`: by a policy, not by another release."""

    number: int
    digest: str
    law: str
    policy: int
    since: datetime
    entry: int
    before: str
    by_policy: bool


def text_in_force() -> str:
    """The words of the policy in force; "" when the practice has none. Asked by the server."""
    found = Version.objects.order_by("-number").values_list("text", flat=True).first()
    return found or ""


def last_digest() -> str:
    """The digest of the corpus that was last in force; "" when none was yet."""
    return Edition.objects.order_by("-number").values_list("digest", flat=True).first() or ""


def require_reader(presence: Presence) -> None:
    """Nothing for whoever may read the policy, else `NotHere`."""
    bridge.ask(presence, Act.POLICY_READ, Purpose.OPERATIONS, _HOUSE)


def require_proposer(presence: Presence) -> None:
    """Nothing for whoever may propose a policy, else `NotHere`."""
    bridge.ask(presence, Act.POLICY_PROPOSE, Purpose.OPERATIONS, _HOUSE)


def may_propose(presence: Presence) -> bool:
    """Whether to show what a proposer needs."""
    return bridge.may(presence, Act.POLICY_PROPOSE, Purpose.OPERATIONS, _HOUSE)


def policies(presence: Presence) -> list[AgreedPolicy]:
    """Every policy that was ever in force, the newest first."""
    require_reader(presence)
    names = people.colleagues(active=False)
    return [_agreed(row, names) for row in Version.objects.order_by("-number")]


def policy(presence: Presence, number: int) -> AgreedPolicy:
    """One of them, or `NotHere`."""
    require_reader(presence)
    row = Version.objects.filter(number=number).first()
    if row is None:
        bridge.refuse(presence, Act.POLICY_READ, str(number))
        raise NotHere
    return _agreed(row, people.colleagues(active=False))


def _agreed(row: Version, names: dict[str, people.Colleague]) -> AgreedPolicy:
    return AgreedPolicy(
        row.number,
        row.text,
        _name(row.proposed_by, names),
        row.proposed_at,
        _name(row.agreed_by, names),
        row.agreed_at,
        row.proposed_by == row.agreed_by,
        row.entry,
    )


def _name(person: str, names: dict[str, people.Colleague]) -> str:
    return names[person].name if person in names else "somebody"


def proposal(presence: Presence) -> ProposedPolicy | None:
    """What waits for a second person, if anything."""
    require_reader(presence)
    row = Proposal.objects.first()
    if row is None:
        return None
    names = people.colleagues(active=False)
    mine = row.proposed_by == presence.person
    alone = owners.runs_accounts_alone(presence.person)
    return ProposedPolicy(
        row.pk, row.text, _name(row.proposed_by, names), row.proposed_at, mine, alone
    )


def editions(presence: Presence) -> list[LawInForce]:
    """Every corpus that came into force here, the newest first."""
    require_reader(presence)
    found: list[LawInForce] = []
    before: Edition | None = None
    for row in Edition.objects.order_by("number"):
        by_policy = before is not None and before.policy != row.policy
        found.append(_law(row, before.digest if before else "", by_policy))
        before = row
    return found[::-1]


def _law(row: Edition, before: str, by_policy: bool) -> LawInForce:
    return LawInForce(
        row.number, row.digest, row.law, row.policy, row.since, row.entry, before, by_policy
    )


def edition(presence: Presence, number: int) -> LawInForce:
    """One of them that followed on another, or `NotHere`."""
    for one in editions(presence):
        if one.number == number and one.before:
            return one
    bridge.refuse(presence, Act.POLICY_READ, str(number))
    raise NotHere


def told_of_log(most: int) -> list[Told]:
    """The entries that the newest policies name."""
    agreed = frozenset({Act.POLICY_AGREE})
    rows = Version.objects.order_by("-entry").values_list("entry", "agreed_by")[:most]
    return [Told(entry, agreed, actor) for entry, actor in rows]
