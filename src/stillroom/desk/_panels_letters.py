"""The letters of a matter, after its decision."""

from collections.abc import Mapping
from typing import Any

from stillroom.desk._panel import MatterPanel
from stillroom.desk.shell import DeskRequest
from stillroom.disclosure import letter_links
from stillroom.disclosure.letters.keeping import WAYS, letters_of
from stillroom.disclosure.occasions import occasion_of
from stillroom.disclosure.queries import WholeMatter


def _letters(request: DeskRequest, whole: WholeMatter) -> Mapping[str, Any] | None:
    """The signed ones, and the way to write one; nothing where nobody asked."""
    if occasion_of(whole.determination.asked.occasion).side.value == "happened":
        return None
    return {
        "matter": whole.id,
        "letters": letters_of(whole.steps),
        "ways": WAYS,
        "behind": letter_links.standing(request.presence, whole.id),
    }


MATTER_PANELS_HERE: tuple[MatterPanel, ...] = (
    MatterPanel("letters", "after", "desk/panels/letters_matter.html", _letters),
)
