"""The gate: rules as data, and the one way in which they add up.

The laws it keeps (tests/access/test_laws.py, after the theorems of Cedar's authorizer):

- Forbid beats permit: a rule that forbids and answers yes settles it.
- No permit means no.
- A forbidding rule that does not know, or that fails, never opens. (Cedar skips a failing rule; a
  broken *forbid* then stops forbidding.)
- A permitting rule that does not know, or that fails, does not permit.
- The order of the rules, and a rule given twice, do not matter.
- `decide` is total: it never raises.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from stillroom.access._acts import Act
from stillroom.access._decision import Ask, Decision, Deny, Permit, Reason
from stillroom.access._grant import GATE, Grant
from stillroom.access._request import Actor, Care, Request, Ward
from stillroom.access._vocabulary import Purpose
from stillroom.kernel import Trilean, new_id

YES, NO, UNKNOWN = Trilean.YES, Trilean.NO, Trilean.UNKNOWN
EVERY_ACT = frozenset(Act)
LASTS = timedelta(minutes=5)
"""How long a grant lasts unless its rule says otherwise: long enough for one page."""

_DEFAULT = Reason("no-permit", "no rule permits this")
_UNREADABLE = Reason("unreadable", "the question could not be read")


class Effect(Enum):
    """What a rule does when its test says yes."""

    PERMIT = "permit"
    FORBID = "forbid"


@dataclass(frozen=True, slots=True)
class Rule:
    """One sentence of the house's policy.

    `acts` are those that the rule is about; for any other act it answers no. `wants` names what
    would turn an unknown into an answer. A permitting rule says how long its grant `lasts` and
    whether its use must be reviewed afterwards.
    """

    id: str
    effect: Effect
    test: Callable[[Request], Trilean]
    reason: str
    wants: tuple[str, ...] = ()
    acts: frozenset[Act] = EVERY_ACT
    lasts: timedelta = LASTS
    review: bool = False
    because: Reason = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "because", Reason(self.id, self.reason))


_Rules = tuple[Rule, ...]


class Gate:
    """Every door's gate. The rules are read once; for each act only those about it are asked."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self._forbidding = {act: self._select(act, Effect.FORBID) for act in Act}
        self._permitting = {act: self._select(act, Effect.PERMIT) for act in Act}

    def _select(self, act: Act, effect: Effect) -> _Rules:
        return tuple(r for r in self.rules if r.effect is effect and act in r.acts)

    def decide(self, request: Request) -> Decision:
        """Permit with a grant, deny, or ask for what is wanting. Never raises."""
        try:
            return self._conclude(request)
        except Exception:  # noqa: BLE001 - a question that cannot be read opens nothing
            return Deny((_UNREADABLE,))

    def _conclude(self, request: Request) -> Decision:
        forbids, in_doubt = _ask(self._forbidding[request.act], request, broken=YES)
        if forbids:
            return Deny(_reasons(forbids))
        permits, possible = _ask(self._permitting[request.act], request, broken=NO)
        if permits and not in_doubt:
            return Permit(_grant(request, permits), _reasons(permits))
        if not permits and not possible:
            return Deny((_DEFAULT,))
        # INVARIANT: whoever is asked for more could be permitted, once it is known.
        unknown = in_doubt if permits else (*in_doubt, *possible)
        wanting = tuple(sorted({want for rule in unknown for want in rule.wants}))
        return Ask(wanting, _reasons(unknown)) if wanting else Deny(_reasons(unknown))

    def visible_to(
        self,
        actor: Actor,
        act: Act,
        purpose: Purpose,
        wards: Iterable[tuple[Ward, tuple[Care, ...]]],
        at: datetime,
    ) -> tuple[Ward, ...]:
        """The wards of a list for which `decide` would permit, in the order given.

        `wards` come each with the actor's own care relationships; `actor.cares` is not looked at.
        Gives no grant: whoever then opens something asks for it.
        """
        forbidding, permitting = self._forbidding[act], self._permitting[act]
        seen = []
        for ward, cares in wards:
            here = Actor(actor.person, actor.roles, cares, actor.stepped_up)
            request = Request(here, act, purpose, ward, at)
            forbids, in_doubt = _ask(forbidding, request, broken=YES)
            if not forbids and not in_doubt and _ask(permitting, request, broken=NO)[0]:
                seen.append(ward)
        return tuple(seen)


def _ask(rules: _Rules, request: Request, *, broken: Trilean) -> tuple[list[Rule], list[Rule]]:
    """The rules that say yes, and those that do not know.

    A rule that fails, or gives something that is no answer, counts as `broken`.
    """
    yes: list[Rule] = []
    unknown: list[Rule] = []
    for rule in rules:
        try:
            answer = rule.test(request)
        except Exception:  # noqa: BLE001 - a failing rule is an answer here, and never opens
            answer = broken
        if answer is NO:
            continue
        if answer is UNKNOWN:
            unknown.append(rule)
        elif answer is YES or broken is YES:
            yes.append(rule)
    return yes, unknown


def _reasons(rules: Sequence[Rule]) -> tuple[Reason, ...]:
    """By id, each once, so that order and repetition do not show."""
    if len(rules) == 1:  # nearly always
        return (rules[0].because,)
    return tuple(sorted({rule.because for rule in rules}))


def _grant(request: Request, permits: Sequence[Rule]) -> Grant:
    """A grant no wider than the request; by an ordinary rule if one permits, else to review."""
    review = all(rule.review for rule in permits)
    lasts = max(rule.lasts for rule in permits if rule.review is review)
    return Grant(
        new_id(),
        request.actor.person,
        request.act,
        request.purpose,
        request.ward,
        request.at + lasts,
        review,
        made_by=GATE,
    )
