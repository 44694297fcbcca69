"""On what an answer rests: the strongest kind of check that would carry it by itself.

An answer rests on *text* if it would be the same without every provision on its side that nobody
has read here; on *secondary* if it needs a summary; on *recalled* if it needs what was not looked
up. A second, weaker provision that says the same takes nothing away; a permission that is only
recalled and that the answer cannot do without takes all of it, whatever the duty beside it says.
What stands on the other side is always left standing, so weak law may close a door by itself and
the answer says so.
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from stillroom.law._live import LiveLaw
from stillroom.law._provision import Provision
from stillroom.law._scale import PERMITTED
from stillroom.law._settling import Settled
from stillroom.law._vocabulary import CHECKED
from stillroom.law._weighing import overall, quick


def grounds(settled: Settled) -> str:
    """`text`, `secondary` or `recalled`: the strongest check that carries the lower bound."""
    law, low = settled.law, settled.overall[0]
    reference = _low(settled, 0)
    for rank, check in enumerate(CHECKED):
        weak = (
            one
            for one in law.provisions
            if CHECKED.index(one.checked) > rank and _supports(one, opening=low >= PERMITTED)
        )
        found = _low(settled, _conditions(law, weak))
        if found >= reference if low >= PERMITTED else found <= reference:
            return check
    return CHECKED[-1]


def _supports(provision: Provision, *, opening: bool) -> bool:
    """Whether a provision is on the side of an answer that is open, or of one that is closed."""
    if opening:
        return provision.layer == "exception" or (
            provision.layer == "rule" and provision.modality != "forbids"
        )
    return provision.layer == "bar" or (
        provision.layer == "rule"
        and provision.modality in ("forbids", "permits_with_authorization")
    )


def _conditions(law: LiveLaw, provisions: Iterable[Provision]) -> int:
    """The bits of every condition that belongs to one of these."""
    wanted = {one.id for one in provisions}
    owned = (
        1 << bit for bit, number in law.provision_of.items() if law.provisions[number].id in wanted
    )
    return reduce(or_, owned, 0)


def _low(settled: Settled, without: int) -> int:
    """The lower bound, by the quick way, if these conditions did not hold."""
    reading = settled.reading
    kept = reading._replace(yes=reading.yes & ~without, maybe=reading.maybe & ~without)
    bounds = quick(settled.law, kept, reading.asked)
    return overall([bounds[number] for number in reading.asked])[0]
