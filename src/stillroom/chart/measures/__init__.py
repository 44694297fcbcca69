"""Measures: questionnaires as data, scored by rule.

    >>> from stillroom.chart.measures import load, read
    >>> phq = load().measures["phq-9"]
    >>> answers = {str(nth): "LA6569-3" for nth in range(1, 10)}
    >>> reading = read(phq, answers)
    >>> reading.score("total").value, reading.score("total").band.label
    (9, 'mild')
    >>> [one.says for one in reading.signals]
    ['Thoughts of being better off dead or of self-harm, in the last two weeks.']

Pure but for `load`, which reads files.
"""

from stillroom.chart.measures._change import Moved, moved
from stillroom.chart.measures._library import OURS, Library, load, measure_from
from stillroom.chart.measures._lines import QuestionnaireBroken
from stillroom.chart.measures._loading import questionnaire_in
from stillroom.chart.measures._rules import Band, Score, Signal, Source
from stillroom.chart.measures._rules_loading import plain_rules, rules_in
from stillroom.chart.measures._scoring import (
    GradeFound,
    Measure,
    Reading,
    Scored,
    Screened,
    read,
)
from stillroom.chart.measures._shape import Answers, Gate, Item, Option, Questionnaire, When

__all__ = [
    "OURS",
    "Answers",
    "Band",
    "Gate",
    "GradeFound",
    "Item",
    "Library",
    "Measure",
    "Moved",
    "Option",
    "Questionnaire",
    "QuestionnaireBroken",
    "Reading",
    "Score",
    "Scored",
    "Screened",
    "Signal",
    "Source",
    "When",
    "load",
    "measure_from",
    "moved",
    "plain_rules",
    "questionnaire_in",
    "read",
    "rules_in",
]
