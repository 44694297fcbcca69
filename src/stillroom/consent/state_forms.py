"""Which parts a state asks for on this paper, and who may sign at which age: the law is asked.

Where the client's place and the chart's differ, the law of each is asked and the paper is held
against all of them: every part that any asks for, every end that any sets, and of who may sign the
strictest. Which of them governs is not decided here, and no section is cited for it.

The data (`state_forms.yaml`) say what a provision wants to see; the engine says whether the
provision applies to this profession, recipient and purpose. What surely does not apply asks
nothing; what may apply asks, because what is not known is not a no (P6).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
import yaml

from stillroom.consent.rules_signers import ADULT, Capacity, Standing
from stillroom.consent.rules_state import StateEnd, StatePart
from stillroom.kernel import Trilean
from stillroom.law import Corpus, FactValue, Finding, Matter

_FILE: Final = Path(__file__).parent / "state_forms.yaml"


class Only(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """To whom a part is limited."""

    professions: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    not_purposes: tuple[str, ...] = ()

    def holds(self, profession: str, recipient: str, purpose: str) -> bool:
        """Whether it is for this paper."""
        return (
            (not self.professions or profession in self.professions)
            and (not self.recipients or recipient in self.recipients)
            and purpose not in self.not_purposes
        )


class PaperForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one provision wants to see on the paper."""

    provision: str
    parts: tuple[str, ...] = ()
    day: bool = False
    within: int | None = None
    only: Only = Only()
    left: str = ""
    signs_from: int | None = None


class Forms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file, read."""

    papers: tuple[PaperForm, ...]
    majority: dict[str, int]


@cache
def forms() -> Forms:
    """The shipped data. A mistake in them is ours and stops us."""
    return msgspec.convert(yaml.safe_load(_FILE.read_text("utf-8")), type=Forms)


@dataclass(frozen=True)
class Setting:
    """Where and by whom the law is asked about a paper. `beside` are places whose law is asked
    too: where the client is, if that is not where the chart is."""

    place: str
    profession: str
    today: date
    recipient: str = ""
    purpose: str = ""
    beside: tuple[str, ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        """Every place whose law is asked, the chart's first."""
        return tuple(dict.fromkeys(one for one in (self.place, *self.beside) if one))


@dataclass(frozen=True)
class Wanted:
    """One provision's wants for this paper, with what it rests on."""

    form: PaperForm
    citation: str
    says: str
    checked: str
    confidence: str
    surely: bool
    place: str = ""


@dataclass(frozen=True)
class Asked:
    """All that a state wants to see on one paper."""

    wanted: tuple[Wanted, ...] = field(default=())

    @property
    def parts(self) -> tuple[StatePart, ...]:
        """What to look for, none of it looked for yet."""
        found: dict[str, list[str]] = {}
        for one in self.wanted:
            for name in one.form.parts:
                found.setdefault(name, []).append(one.citation)
        return tuple(
            StatePart(name, "; ".join(dict.fromkeys(cited)))
            for name, cited in sorted(found.items())
        )

    @property
    def ends(self) -> tuple[StateEnd, ...]:
        """What is said about its end."""
        return tuple(
            StateEnd(one.citation, one.form.day, one.form.within)
            for one in self.wanted
            if one.form.day or one.form.within is not None
        )


def asked_of(corpus: Corpus, setting: Setting) -> Asked:
    """What the law of these places wants to see on a paper. No place known: nothing is asked."""
    if not setting.profession:
        return Asked()
    each = (_asked_in(corpus, replace(setting, place=one, beside=())) for one in setting.places)
    return Asked(tuple(wanted for found in each for wanted in found))


def _asked_in(corpus: Corpus, setting: Setting) -> tuple[Wanted, ...]:
    facts: dict[str, FactValue] = {"client_authorization": Trilean.YES}
    if setting.recipient in corpus.facts["recipient"].values:
        facts["recipient"] = setting.recipient
    if setting.purpose in corpus.facts["purpose"].values:
        facts["purpose"] = setting.purpose
    in_play = {one.provision: one for one in _findings(corpus, setting, facts)}
    return tuple(
        _wanted(form, in_play[form.provision])
        for form in forms().papers
        if form.provision in in_play
        and form.only.holds(setting.profession, setting.recipient, setting.purpose)
    )


def _findings(
    corpus: Corpus, setting: Setting, facts: Mapping[str, FactValue]
) -> tuple[Finding, ...]:
    matter = Matter("disclose", (setting.place,), setting.profession, setting.today)
    opinion = corpus.opine(matter, dict(facts))
    return tuple(one for one in opinion.findings if one.applies is not Trilean.NO)


def _wanted(form: PaperForm, finding: Finding) -> Wanted:
    wants = next((one for one in finding.rule.demands if one.act == "check_authorization"), None)
    return Wanted(
        form=form,
        citation=wants.citation if wants and wants.citation else finding.citation,
        says=wants.text if wants else finding.says,
        checked=finding.rule.checked,
        confidence=finding.rule.confidence,
        surely=finding.applies is Trilean.YES,
        place=finding.place,
    )


def majority(place: str) -> int:
    """The age at which a client signs for herself in any case."""
    return forms().majority.get(place, ADULT)


def standing_of(
    corpus: Corpus,
    setting: Setting,
    age: int | None,
    *,
    alone: Trilean,
    document: str = "",
    capacity: Capacity = Capacity.CLIENT,
) -> Standing:
    """What the law knows of a client of this age: whether a provision lets her decide alone.

    Of several places the one that is strictest for whoever signs: a client herself counts as under
    age where one of them says so; a parent does not sign where one of them says that she is of age.
    """
    places = setting.places or ("",)
    each = [
        _standing_in(corpus, replace(setting, place=one, beside=()), age, alone, document)
        for one in places
    ]
    strict = max if capacity is Capacity.CLIENT else min
    return strict(each, key=_held_back)


def _held_back(one: Standing) -> tuple[int, int]:
    """How little a client may do by herself: of age; signs; decides alone; neither."""
    if not one.minor:
        return (0, one.majority)
    return (1 if one.signs else 2 if one.rule else 3, one.majority)


def _standing_in(
    corpus: Corpus, setting: Setting, age: int | None, alone: Trilean, document: str
) -> Standing:
    of_age = majority(setting.place)
    if age is None or age >= of_age or not setting.place or not setting.profession:
        return Standing(age, of_age, alone, "", document)
    by_form = _signs_alone(corpus, setting, age)
    if by_form:
        return Standing(age, of_age, alone, by_form, document, signs=True)
    return Standing(age, of_age, alone, _decides_alone(corpus, setting, age), document)


def _signs_alone(corpus: Corpus, setting: Setting, age: int) -> str:
    """The citation where a state lets a client of this age sign the paper, whatever the care."""
    for one in asked_of(corpus, setting).wanted:
        if one.form.signs_from is not None and age >= one.form.signs_from:
            return one.citation
    return ""


def _decides_alone(corpus: Corpus, setting: Setting, age: int) -> str:
    """The state's provision on minors that turns on the minor's own consent at this age, if any."""
    facts: dict[str, FactValue] = {
        "recipient": "parent",
        "client_age": age,
        "minor_consented_to_care": Trilean.YES,
    }
    for one in _findings(corpus, setting, facts):
        minors = one.regime == "minors" and one.place == setting.place
        if minors and one.applies is Trilean.YES and "minor_consented_to_care" in one.turned_on:
            return one.citation
    return ""
