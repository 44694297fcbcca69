"""The kind of a measure that was taken: its instrument is the form, its words are two sections."""

from stillroom.chart.kinds import Kind

RESULT, ANSWERS = "Result", "Answers"
MEASURE = Kind(
    "measure",
    "Measure",
    {"Measure": (RESULT, ANSWERS)},
    shelf="assessment",
    names_form=True,
)
KINDS_HERE: tuple[Kind, ...] = (MEASURE,)
