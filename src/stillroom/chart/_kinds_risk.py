"""The kinds of risk, each from its own module; all lie on the shelf `assessment`."""

from stillroom.chart._kinds_abuse import ABUSE_SUSPICION
from stillroom.chart._kinds_safety_plan import SAFETY_PLAN
from stillroom.chart._kinds_suicide import SUICIDE_RISK
from stillroom.chart._kinds_violence import VIOLENCE_RISK
from stillroom.chart.kinds import Kind

KINDS_HERE: tuple[Kind, ...] = (SUICIDE_RISK, SAFETY_PLAN, VIOLENCE_RISK, ABUSE_SUSPICION)
