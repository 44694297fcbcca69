"""How the modality of a provision becomes weights on the scale."""

from stillroom.law._conditions import Alternative, IsYes
from stillroom.law._provision import LEVELS, Provision
from stillroom.law._regimes import Weight


def with_authorization(provision: Provision) -> list[frozenset[Alternative]]:
    """The second condition of permits_with_authorization, if any.

    As an exception it lifts further once authorized; as a rule or bar it holds lower until then.
    """
    if provision.modality != "permits_with_authorization":
        return []
    if provision.layer == "exception":
        return [authorized(provision)]
    refusals = [frozenset([IsYes(name, False)]) for name in provision.authorization]
    return [frozenset(a | r for a in provision.alternatives for r in refusals)]


def authorized(provision: Provision) -> frozenset[Alternative]:
    """The provision's condition together with all its authorizations."""
    signed = frozenset(IsYes(name) for name in provision.authorization)
    return frozenset(a | signed for a in provision.alternatives)


def weights_of(provision: Provision, number: int, second: int) -> list[Weight]:
    """The weights of a provision whose condition is `number` and whose second one is `second`."""
    if not provision.weighs:
        return []
    level = int(LEVELS[provision.modality])
    if provision.modality != "permits_with_authorization":
        return [Weight(number, number, provision.layer, level)]
    lower, upper = (number, second) if provision.layer == "exception" else (second, number)
    return [
        Weight(lower, number, provision.layer, level),
        Weight(upper, number, provision.layer, level + 1),
    ]
