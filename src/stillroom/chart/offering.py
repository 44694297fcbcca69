"""What a page offers in the fields of a kind, where it depends on the client's chart.

A field whose options stand in the chart (the plan's objectives) has a provider here; a feature adds
its own to `PROVIDERS`. Without one, or with nothing to offer, the field is not shown.

    kind = offered(presence, chart_id, PROGRESS_NOTE, content)
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from stillroom.chart._kinds_session import BESIDE
from stillroom.chart.contents import Content
from stillroom.chart.kinds import Field, Kind, Options
from stillroom.chart.queries_plan import current_diagnoses, objective_options
from stillroom.phi import Presence

Provider = Callable[[Presence, str], Options]

PROVIDERS: Mapping[str, Provider] = {"objectives": objective_options}
"""By the field's name: who gives the (value, label) pairs for one chart."""


def options_for(presence: Presence, chart_id: str, field: str) -> Options:
    """The (value, label) pairs to choose from in a field for this chart; none without provider."""
    provider = PROVIDERS.get(field)
    return tuple(provider(presence, chart_id)) if provider else ()


def offered(presence: Presence, chart_id: str, kind: Kind, content: Content) -> Kind:
    """The kind as a page asks it for this chart: options filled in, fields without any left out.

    What was chosen and is no longer offered stays choosable, so that nothing is lost unseen.
    """

    def shown(field: Field) -> Field | None:
        if field.name in BESIDE:
            return None
        if field.type != "choices" or field.options:
            return field
        options = options_for(presence, chart_id, field.name)
        known = {value for value, _ in options}
        chosen = content.answer(field.name).chosen
        options += tuple(
            (one, f"{one} (no longer in the plan)") for one in chosen if one not in known
        )
        return replace(field, options=options) if options else None

    parts = (
        replace(part, fields=tuple(one for one in map(shown, part.fields) if one))
        for part in kind.sheet
    )
    return replace(kind, sheet=tuple(part for part in parts if part.fields))


def diagnosis_treated(presence: Presence, chart_id: str) -> str:
    """The chart's principal diagnosis, if one is confirmed and holds; "" leaves the choice open."""
    listed, _ = current_diagnoses(presence, chart_id)
    sure = [one for one in listed.lines if one.standing] if listed else []
    first = next((one for one in sure if one.principal and one.certainty == "confirmed"), None)
    return f"{first.code} {first.title}".strip() if first else ""


def said(presence: Presence, chart_id: str, content: Content, field: str = "objectives") -> str:
    """What was chosen in such a field, in the words that stand there now; a line for each."""
    chosen = content.answer(field).chosen
    labels = dict(options_for(presence, chart_id, field)) if chosen else {}
    return "\n".join(labels[one] for one in chosen if one in labels)
