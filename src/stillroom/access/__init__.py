"""The gate: who may do what, why, with whose record, now.

    >>> from datetime import UTC, datetime
    >>> from stillroom.access import Act, Actor, Capacity, Care, Label, Purpose, Request, Role, Ward
    >>> from stillroom.access import gate
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    >>> care = Care(datetime(2026, 1, 5, tzinfo=UTC), None, Capacity.TREATING)
    >>> ada = Actor("ada", frozenset({Role.CLINICIAN}), (care,))
    >>> note = Ward("dov", "note-1", frozenset({Label.CLINICAL}), author="ada")
    >>> permit = gate.decide(Request(ada, Act.RECORD_READ, Purpose.TREATMENT, note, noon))
    >>> permit.grant.covers(note, noon)
    True
    >>> bea = Actor("bea", frozenset({Role.CLINICIAN}))
    >>> gate.decide(Request(bea, Act.RECORD_READ, Purpose.TREATMENT, note, noon))
    Deny(reasons=(Reason(rule='no-permit', text='no rule permits this'),))

Reasons are for the log; whoever is refused is told *not found* (P8). `Ask` is a refusal too, and
says what is wanting. The laws of the gate stand in `_gate.py`, the policy in `_rules*.py`, the
reasons for it in docs/decisions/0004-the-gate.md. Pure: no clock, no database.
"""

from stillroom.access._acts import Act
from stillroom.access._decision import Ask, Decision, Deny, Permit, Reason
from stillroom.access._gate import Effect, Gate, Rule
from stillroom.access._grant import Grant
from stillroom.access._request import Actor, Broken, Care, Release, Request, Ward
from stillroom.access._rules import RULES, gate
from stillroom.access._rules_emergency import GLASS_LASTS, SHORTEST_REASON
from stillroom.access._rules_own import REACHES
from stillroom.access._vocabulary import Capacity, Label, Purpose, Role

__all__ = [
    "GLASS_LASTS",
    "REACHES",
    "RULES",
    "SHORTEST_REASON",
    "Act",
    "Actor",
    "Ask",
    "Broken",
    "Capacity",
    "Care",
    "Decision",
    "Deny",
    "Effect",
    "Gate",
    "Grant",
    "Label",
    "Permit",
    "Purpose",
    "Reason",
    "Release",
    "Request",
    "Role",
    "Rule",
    "Ward",
    "gate",
]
