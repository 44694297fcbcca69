"""The letters of a matter, after its decision."""

from collections.abc import Mapping
from typing import Any

from stillroom.desk._panel import MatterPanel
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure import letter_links
from stillroom.disclosure.letter_going import decided
from stillroom.disclosure.letters.keeping import WAYS, letters_of
from stillroom.disclosure.letters.weighing import held, weighed_of
from stillroom.disclosure.occasions import occasion_of
from stillroom.disclosure.queries import WholeMatter


def _letters(request: DeskRequest, whole: WholeMatter) -> Mapping[str, Any] | None:
    """The signed ones, and the way to write one; nothing where nobody asked."""
    if occasion_of(whole.determination.asked.occasion).side.value == "happened":
        return None
    stands = decided(whole.standing)
    letters, weighed = letters_of(whole.steps), weighed_of(whole.steps)
    return {
        "matter": whole.id,
        "letters": letters,
        "before": {
            one.number
            for one in letters
            if held(one, weighed, whole.corrections, one.kept.against, stands) is not None
        },
        "ways": WAYS,
        "behind": letter_links.standing(request.presence, whole.id),
    }


MATTER_PANELS_HERE: tuple[MatterPanel, ...] = (
    MatterPanel("letters", "after", "desk/panels/letters_matter.html", _letters),
)
