"""The house's policy, whole, and the gate that keeps it."""

from stillroom.access._gate import Gate
from stillroom.access._rules_care import CARE
from stillroom.access._rules_emergency import EMERGENCY
from stillroom.access._rules_own import OWN
from stillroom.access._rules_practice import PRACTICE
from stillroom.access._rules_release import RELEASE
from stillroom.access._rules_standing import STANDING
from stillroom.access._rules_supervision import SUPERVISION

RULES = (*STANDING, *CARE, *EMERGENCY, *OWN, *PRACTICE, *RELEASE, *SUPERVISION)

gate = Gate(RULES)
"""The one gate of pages, portal, FHIR, export, search, print and command line (P2)."""
