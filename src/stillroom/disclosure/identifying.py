"""Writing down how it was found out who asks, as a step of the matter.

Rules: a check is a signed step and the law's fact `identity_verified` together, or neither; the
latest check stands. As the law forbids sending while that fact is not yes (45 CFR 164.514(h)), a
check that fails shuts the door again, also for a packet already built: releasing asks anew.
"""

from collections.abc import Iterable

from django.db import transaction

from stillroom.access import Act, Purpose, Ward
from stillroom.disclosure import actions, steps
from stillroom.disclosure.askers import identity
from stillroom.disclosure.askers.identity import Check
from stillroom.disclosure.finding import find_matter
from stillroom.disclosure.steps import Step
from stillroom.law import Corpus
from stillroom.phi import Presence, bridge
from stillroom.practice import queries as practice


def check(presence: Presence, corpus: Corpus, matter_id: str, made: Check) -> Step:
    """Keep one check as a step. `NothingChecked` where it says too little."""
    row = find_matter(presence, matter_id, Act.MATTER_WRITE)
    cares = practice.cares_of(presence.person, row.chart)
    bridge.ask(presence, Act.MATTER_WRITE, Purpose.TREATMENT, Ward(chart=row.chart), cares=cares)
    body = identity.body(made)
    with transaction.atomic():
        step = steps.add(presence, matter_id, identity.STEP, body)
        value = "yes" if made.verified else "no"
        actions.answer(presence, corpus, matter_id, "identity_verified", value)
    return step


def checks_of(taken: Iterable[Step]) -> list[tuple[Step, Check]]:
    """The checks among the steps of a matter, in their order."""
    return [(one, identity.read(one.body)) for one in taken if one.kind == identity.STEP]
