"""What is missing before this asker can be answered: the paper's own gaps, then what else to know.

Pure. What the paper lacks of itself (a judge's signature, assurances, dates of care) is read off it
by `rules_intake.missing_from_instrument`; what the asker must show besides is data (`Must`). A
thing that nobody has looked for is missing too, and is told as a thing to look for.
"""

from collections.abc import Mapping
from typing import Any

from stillroom.consent.rules import ANY_TIME
from stillroom.disclosure.askers.shapes import Asker, Must
from stillroom.disclosure.rules_facts import facts_of_a_stranger
from stillroom.disclosure.rules_intake import Gap, Intake, missing_from_instrument
from stillroom.kernel import Trilean

_OF_COURTS = frozenset({"proceeding", "return_date"})


def lacks(asker: Asker, intake: Intake, answers: Mapping[str, Any]) -> tuple[Gap, ...]:
    """All that is missing, each thing once, the paper's own gaps first.

    `answers` are what was answered beside the paper: facts by their JSON values, and what was seen
    on the paper by the names that begin with "paper.".
    """
    of_paper = [one for one in missing_from_instrument(intake) if _fits(asker, one)]
    named = {one.about for one in of_paper}
    more = [
        gap
        for must in asker.musts
        if _asked_of(must, intake) and must.about not in named
        for gap in _gap(must, _known(must.about, intake, answers))
    ]
    return (*of_paper, *more)


def _fits(asker: Asker, gap: Gap) -> bool:
    """The client owes no reason, no dates and no list for the client's own right."""
    own = asker.group == "client"
    return not (own and gap.about in {"period", "purpose", "records_asked"} | _OF_COURTS)


def _asked_of(must: Must, intake: Intake) -> bool:
    return not must.only or intake.instrument in must.only


def _known(about: str, intake: Intake, answers: Mapping[str, Any]) -> Trilean:
    """Whether it is shown. A question that only has to be answered is settled by any answer."""
    if about == "period":
        return Trilean.of(intake.period != ANY_TIME)
    value = facts_of_a_stranger(intake).get(about, answers.get(about))
    if isinstance(value, Trilean):
        return value
    return _SAID.get(value, Trilean.UNKNOWN) if isinstance(value, str | bool) else Trilean.UNKNOWN


_SAID: dict[Any, Trilean] = {
    True: Trilean.YES,
    False: Trilean.NO,
    "yes": Trilean.YES,
    "no": Trilean.NO,
}


def _gap(must: Must, state: Trilean) -> tuple[Gap, ...]:
    cite = must.citation + _CHECKED.get(must.checked, "")
    if state is Trilean.UNKNOWN:
        return (Gap(must.about, must.look, cite, Trilean.UNKNOWN),)
    if state is Trilean.NO and must.lacks:
        return (Gap(must.about, must.lacks, cite),)
    return ()


_CHECKED = {
    "recalled": ", recalled; read it before you lean on it",
    "secondary": ", from a summary",
}
