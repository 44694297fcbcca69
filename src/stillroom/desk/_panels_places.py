"""The panel of a second place: a client who is elsewhere brings that place's law with her."""

from collections.abc import Mapping
from typing import Any

from stillroom.desk import supposing
from stillroom.desk._panel import MatterPanel
from stillroom.desk.places import name_of, named
from stillroom.desk.reasons import regimes
from stillroom.desk.shell import DeskRequest
from stillroom.desk.visited import visits
from stillroom.disclosure.queries import WholeMatter
from stillroom.law import Matter, states_on_file


def _places(request: DeskRequest, whole: WholeMatter) -> Mapping[str, Any]:
    """Both places' answers when there are two, each with federal law; and the choice of another."""
    corpus, made = request.shell.corpus, whole.determination
    here, elsewhere = made.around.place, made.asked.elsewhere
    offered = named(one for one in states_on_file(corpus) if one != here)
    asked = made.full.matter
    apart = [
        (one, corpus.opine(Matter(asked.act, (one,), asked.profession, asked.on), made.facts))
        for one in ((here, *elsewhere) if elsewhere else ())
    ]
    beside = [(name_of(place), opinion, regimes(opinion)) for place, opinion in apart]
    stricter = supposing.stricter(apart[0][1].stance, apart[1][1].stance) if apart else -1
    return {
        "beside": beside,
        "stricter": stricter,
        "places": offered,
        "elsewhere": elsewhere,
        "visits": [(one.opened_at, name_of(one.place)) for one in visits(request, whole)],
    }


MATTER_PANELS_HERE: tuple[MatterPanel, ...] = (
    MatterPanel("places", "law", "desk/parts/matter_places.html", _places),
)
