"""Making a policy: one proposes, another agrees, and from then on it is in force.

Rules: a policy with a mistake is not proposed; nobody agrees with herself, unless nobody else runs
the accounts; one of the two is an owner. The corpus under it is kept before the row says that it is
in force (P7), and the entry is in the log before the row (0012). What was agreed never changes.
"""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import Max

from stillroom.access import Act, Purpose, Role, Ward
from stillroom.identity import owners
from stillroom.identity import queries as people
from stillroom.identity.refusals import SamePerson
from stillroom.law import Corpus, overlaid, read_policy
from stillroom.phi import House, NotHere, Presence, bridge
from stillroom.policy.models import Edition, Proposal, Version
from stillroom.policy.queries import text_in_force
from stillroom.policy.rules import NothingNew, PolicyMistaken, require_second

HOUSE = Ward(chart="")


def under(law: Corpus, text: str) -> Corpus:
    """The law under this policy, or `PolicyMistaken` with every mistake and its line."""
    policy = read_policy(law, text)
    if policy.problems:
        raise PolicyMistaken(policy.problems)
    return overlaid(law, policy)


def propose(presence: Presence, law: Corpus, text: str) -> None:
    """Propose a policy; an older proposal gives way. Nothing is in force by it."""
    grant = bridge.ask(presence, Act.POLICY_PROPOSE, Purpose.OPERATIONS, HOUSE)
    under(law, text)
    if text == text_in_force():
        raise NothingNew
    details: bridge.Details = {"did": "proposed a policy", "content": _mark(text)}
    with transaction.atomic():
        bridge.note_house(presence, grant.act, details)
        Proposal.objects.all().delete()
        Proposal.objects.create(text=text, proposed_by=presence.person, proposed_at=presence.at)


def _mark(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def agree(
    presence: Presence, law: Corpus, proposal_id: str, keep: Callable[[Corpus], None]
) -> Corpus:
    """Agree to a proposal, as a second person; gives the law that is in force from now on.

    `SamePerson`, `OwnerNeeded`, or `PolicyMistaken` when the law has changed under the proposal.
    """
    grant = bridge.ask(presence, Act.POLICY_AGREE, Purpose.OPERATIONS, HOUSE)
    row = _proposal(presence, Act.POLICY_AGREE, proposal_id)
    alone = owners.runs_accounts_alone(presence.person)
    if row.proposed_by == presence.person and not alone:
        raise SamePerson
    require_second(row.proposed_by, presence.person, alone=alone, owners=_owners())
    corpus = under(law, row.text)
    keep(corpus)
    with transaction.atomic():
        if not Proposal.objects.select_for_update().filter(pk=row.pk).exists():
            raise NotHere
        number = (Version.objects.aggregate(top=Max("number"))["top"] or 0) + 1
        details: bridge.Details = {
            "did": "agreed to a policy",
            "policy": number,
            "proposed_by": row.proposed_by,
            "content": _mark(row.text),
            "corpus": corpus.digest,
        }
        entry = bridge.note_house(presence, grant.act, details)
        Proposal.objects.filter(pk=row.pk).delete()
        Version.objects.create(
            number=number,
            text=row.text,
            proposed_by=row.proposed_by,
            proposed_at=row.proposed_at,
            agreed_by=presence.person,
            agreed_at=presence.at,
            entry=entry,
        )
        _in_force(corpus, number, presence.at, entry)
    return corpus


def _owners() -> frozenset[str]:
    everybody = people.colleagues().values()
    return frozenset(one.id for one in everybody if Role.OWNER.value in one.roles)


def decline(presence: Presence, proposal_id: str) -> None:
    """Put a proposal aside; the proposer may, and whoever might have agreed."""
    grant = bridge.ask(presence, Act.POLICY_PROPOSE, Purpose.OPERATIONS, HOUSE)
    row = _proposal(presence, Act.POLICY_PROPOSE, proposal_id)
    details: bridge.Details = {"did": "put a policy aside", "content": _mark(row.text)}
    with transaction.atomic():
        bridge.note_house(presence, grant.act, details)
        Proposal.objects.filter(pk=row.pk).delete()


def _proposal(presence: Presence, act: Act, proposal_id: str) -> Proposal:
    row = Proposal.objects.filter(pk=proposal_id).first()
    if row is None:
        bridge.refuse(presence, act, proposal_id)
        raise NotHere
    return row


def _in_force(corpus: Corpus, policy: int, at: datetime, entry: int) -> None:
    highest = Edition.objects.aggregate(top=Max("number"))["top"] or 0
    Edition.objects.create(
        number=highest + 1,
        digest=corpus.digest,
        law=corpus.bare.digest,
        policy=policy,
        since=at,
        entry=entry,
    )


def note_law(house: House, corpus: Corpus, *, at: datetime) -> None:
    """Write down that another corpus is in force than the last time the practice was open."""
    last = Edition.objects.order_by("-number").first()
    if last is not None and last.digest == corpus.digest:
        return
    policy = Version.objects.aggregate(top=Max("number"))["top"] or 0
    details: bridge.Details = {"did": "law came into force", "corpus": corpus.digest}
    with transaction.atomic():
        entry = bridge.note_event(house, "house", Act.LAW_ENACT, details, at=at)
        _in_force(corpus, policy, at, entry)
