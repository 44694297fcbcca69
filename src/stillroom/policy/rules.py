"""What makes a policy the practice's, and how its entries read. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from stillroom.kernel import StillroomError, spoken
from stillroom.law import RECORD_KINDS, Corpus, Problem, Provision


class PolicyMistaken(StillroomError):
    """A policy has mistakes; `problems` tells each with its line."""

    what = "this policy cannot be read as it stands"
    usual_advice = "Mend what is told with its line; what you typed is kept below."

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__()


class NothingNew(StillroomError):
    """The policy proposed is the one in force."""

    what = "this is what is in force already"
    usual_advice = "Change what should change, then look again."


class OwnerNeeded(StillroomError):
    """Two administrators do not make the practice's policy."""

    what = "one of the two who make a policy has to be an owner"
    usual_advice = "Ask an owner, who answers for privacy here, to agree."


def require_second(proposer: str, agrees: str, *, alone: bool, owners: frozenset[str]) -> None:
    """Nothing when these two may make a policy; else `OwnerNeeded`.

    Whether they are two is asked before. `alone`: nobody else runs the accounts.
    """
    if not alone and not owners & {proposer, agrees}:
        raise OwnerNeeded


@dataclass(frozen=True)
class Rule:
    """An entry of a policy as it is shown."""

    id: str
    title: str
    says: str
    does: str
    line: int


@dataclass(frozen=True)
class Note:
    """What counsel notes of a provision of the law."""

    provision: str
    citation: str
    title: str
    note: str


_DOES = {
    "forbids": "Forbids",
    "permits_with_authorization": "Allows only with authorization",
    "adds": "Adds a duty or a notice",
}


def rules_of(corpus: Corpus) -> list[Rule]:
    """The entries of the policy over a law, by id."""
    names = sorted((corpus.policy or {}).get("provisions", {}))
    return [_rule(corpus.provisions[name]) for name in names]


def notes_of(corpus: Corpus) -> list[Note]:
    """The notes of the policy over a law, by provision."""
    names = sorted((corpus.policy or {}).get("notes", {}))
    found = [corpus.provisions[name] for name in names]
    return [Note(one.id, one.citation, one.title, one.counsel) for one in found]


def _rule(provision: Provision) -> Rule:
    parts = [
        f"{_DOES[provision.modality]}: {', '.join(sorted(provision.acts))}",
        "everywhere" if provision.place == "us" else f"in {provision.place}",
        _kinds(provision.kinds),
    ]
    if provision.layer != "rule":
        parts.append("as an exception" if provision.layer == "exception" else "whatever else lifts")
    looked = sorted({leaf.fact for one in provision.alternatives for leaf in one})
    parts.append(f"depending on {', '.join(looked)}" if looked else "always")
    told = spoken("; ".join(parts))
    return Rule(provision.id, provision.title, provision.says, f"{told}.", provision.line)


def _kinds(kinds: frozenset[str]) -> str:
    if len(kinds) == len(RECORD_KINDS):
        return "every kind of record"
    return ", ".join(kind for kind in RECORD_KINDS if kind in kinds)
