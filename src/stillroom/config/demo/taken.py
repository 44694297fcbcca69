"""The measures of a course as records, answered item by item, in the words of their file."""

from collections.abc import Iterable, Mapping

from stillroom.chart import measured
from stillroom.chart.contents import Content
from stillroom.chart.measures import Measure as Instrument
from stillroom.chart.measures import load
from stillroom.config.demo.records import Measure

_FILES: Mapping[str, str] = {"PHQ-9": "phq-9", "GAD-7": "gad-7", "PCL-5": "pcl-5", "EPDS": "epds"}
_BY = {"portal": "client", "in_session": "asked"}


def taken(measures: Iterable[Measure]) -> Iterable[tuple[Measure, Content]]:
    """Each measure for which there is an instrument, with what is signed of it."""
    library = load().measures
    for one in measures:
        if one.instrument in _FILES:
            instrument = library[_FILES[one.instrument]]
            by = "paper" if instrument.asks.paper else _BY[one.by]
            yield one, measured.content_of(instrument, _answers(instrument, one.items), by)


def _answers(instrument: Instrument, items: tuple[int, ...]) -> dict[str, str]:
    """The answer to each scored item that counts what the course says."""
    score = instrument.rules.main_score
    names = score.items if score is not None else ()
    return {
        name: next(code for code, counts in instrument.counts[name].items() if counts == points)
        for name, points in zip(names, items, strict=True)
    }
