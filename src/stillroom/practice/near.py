"""Whose names stand at the head of a chart, from the directory in memory: nothing is opened for it.

For what is computed beside a note while it is written. The caller has asked the gate for the chart.
"""

from dataclasses import dataclass

from stillroom.phi import statements
from stillroom.practice.directory import Directory
from stillroom.practice.models import Chart


@dataclass(frozen=True)
class Near:
    """Words of the holders' names, their given names, and whether the chart is a group's."""

    words: frozenset[str]
    given: tuple[str, ...]
    group: bool


def near(directory: Directory, chart_id: str) -> Near:
    """The names near a chart; none while the directory does not know it."""
    holders = directory.near(chart_id)
    found = statements.fetch_one("SELECT kind FROM practice_chart WHERE id = %s", (chart_id,))
    return Near(
        frozenset(word for words in holders for word in words if word.isalpha()),
        tuple(words[0] for words in holders if words),
        found == (Chart.Kind.GROUP,),
    )
