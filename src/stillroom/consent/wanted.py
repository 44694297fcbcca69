"""Which forms a chart wants signed, by whom, and why one is due again: for both doors. Pure.

Rules: the setting of a form follows the chart (kind, ages, care team, appointments), and what
somebody ticked when it was last signed stays ticked; a form that is due again stops nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from stillroom.access import Capacity
from stillroom.consent.forms.changes import Change
from stillroom.consent.forms.signers import Signer
from stillroom.consent.queries_forms import Edition, Signing

TITLES: Final[Mapping[str, str]] = {
    "limits": "Limits of confidentiality",
    "notice": "Notice of privacy practices",
    "telehealth": "Consent to care by video",
    "group": "Agreement of the group",
}
TICKED: Final = ("telehealth", "sud")
"""Kinds of work that a person may tick; all others follow from the chart alone."""
TRAINEE: Final = "supervised_trainee"


@dataclass(frozen=True)
class Standing:
    """One signer of one form: her newest signature, if any, and why another is due."""

    signer: Signer
    latest: Signing | None
    due: tuple[Change, ...]

    @property
    def waits(self) -> bool:
        """Whether a signature is wanted of her."""
        return self.latest is None or bool(self.due)


@dataclass(frozen=True)
class Chosen:
    """What a person ticked: more kinds of work, and that a minor consents to the care alone."""

    works: frozenset[str] = frozenset()
    alone: bool = False


def works_of(
    kind: str, team: Iterable[tuple[str, str]], profession: str, *, minor: bool, apart: bool
) -> frozenset[str]:
    """The kinds of work that a chart itself shows. `team` is (person, capacity); `apart`: it meets
    by video or telephone."""
    found = {str(kind)}
    if minor:
        found.add("minor")
    if profession == TRAINEE or any(how == Capacity.SUPERVISING.value for _, how in team):
        found.add("supervised")
    return frozenset(found | ({"telehealth"} if apart else set()))


def forms_for(kind: str, works: frozenset[str]) -> tuple[str, ...]:
    """The forms that such a chart wants, in the order in which they are read."""
    more = [name for name, wanted in (("telehealth", "telehealth" in works),) if wanted]
    return ("limits", "notice", *more, *(["group"] if kind == "group" else []))


def ticked(found: Sequence[Signing], editions: Mapping[str, Edition]) -> Chosen:
    """What was ticked when the limits were last signed. `found` is newest first."""
    for one in found:
        edition = editions.get(one.signed.edition)
        if one.signed.form == "limits" and edition is not None:
            works = frozenset(edition.form.works) & frozenset(TICKED)
            return Chosen(works, one.signed.alone)
    return Chosen()
