"""The written report: a form with headings, filled from the record, changed by hand. Pure.

What a state's law has a written report say stands with its provision where somebody read it, and is
shown beside the form. The headings themselves follow what California's forms SS 8572 (children) and
SOC 341 (adults) ask a reporter for, seen in copies and in agencies' instructions; no other state's
form was read, and the form says so (`MARK`). A danger has no written report: a letter does there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stillroom.chart.contents import Answer
from stillroom.disclosure.happened.duties import Owed
from stillroom.kernel import StillroomError

KIND = "written_report"
MOST = 8000
MARK = (
    "These headings follow what two forms of California ask a reporter for, read in copies. What"
    " this state’s own form asks was not read: look at it before you send this."
)


class NothingToReport(StillroomError):
    """A written report without a word."""

    what = "this report says nothing yet"
    usual_advice = "Write at least who may have been harmed, and why you suspect it."


class TooLong(StillroomError):
    """A part of a report that is no longer a part."""

    what = "one part of this report is too long to keep"
    usual_advice = "Keep each part under 8,000 characters; an agency asks for more if it needs it."


@dataclass(frozen=True, slots=True)
class Heading:
    """A part of the form: the fields of the record that fill it, in their order."""

    id: str
    label: str
    fields: tuple[str, ...] = ()


HEADINGS: tuple[Heading, ...] = (
    Heading("to", "To"),
    Heading("reporter", "Who reports: name, profession, how to reach you"),
    Heading("person", "Who may have been harmed: name, age, where they are now", ("person", "age")),
    Heading("family", "Parents, guardians, or who cares for them"),
    Heading("happened", "What happened, when and where", ("when",)),
    Heading("heard", "What was said, and by whom", ("heard",)),
    Heading("seen", "What you saw yourself", ("seen",)),
    Heading("injured", "Injury, and care that is needed now", ("injured",)),
    Heading("alleged", "Who is alleged", ("alleged",)),
    Heading("others", "Others who may be at risk", ("at_risk_words",)),
    Heading("learned", "How and when you learned of it", ("learned",)),
    Heading("orally", "The report by telephone: when, to whom, its number"),
)
_TITLES = {
    "child_abuse": "Report of suspected child abuse or neglect",
    "adult_abuse": "Report of suspected abuse of an adult at risk",
}


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it was kept last. `parts` are by the ids of `HEADINGS`.

    `chosen` are the disputes (by their matters) of which it tells, `along` what goes along in its
    pages for them, `against` the digest of all that the client said when it was kept.
    """

    title: str
    parts: Mapping[str, str]
    chosen: tuple[str, ...] = ()
    along: tuple[tuple[str, str], ...] = ()
    against: str = ""

    @property
    def shown(self) -> tuple[tuple[str, str], ...]:
        """The headings that have words, with them."""
        return tuple(
            (one.label, self.parts[one.id].strip())
            for one in HEADINGS
            if self.parts.get(one.id, "").strip()
        )


def title_of(occasion: str) -> str:
    """What it is called; empty for an occasion that has no written report."""
    return _TITLES.get(occasion, "")


def filled(
    occasion: str, answers: Iterable[Answer], given: Mapping[str, str] | None = None
) -> Report:
    """The form as the record fills it; `given` are parts that something else knows."""
    said = {one.name: one.text.strip() for one in answers}
    parts = {
        one.id: "\n".join(_part(name, said[name]) for name in one.fields if said.get(name))
        for one in HEADINGS
    }
    return Report(title_of(occasion), {**parts, **(given or {})})


def _part(name: str, words: str) -> str:
    return f"Age: {words}" if name == "age" else words


def typed(occasion: str, fields: Mapping[str, str]) -> Report:
    """The form as it came back; raises what to do where it cannot be kept."""
    parts = {one.id: fields.get(f"part.{one.id}", "").strip() for one in HEADINGS}
    if any(len(words) > MOST for words in parts.values()):
        raise TooLong
    if not any(parts[name] for name in ("person", "heard", "seen", "happened")):
        raise NothingToReport
    return Report(title_of(occasion), parts)


def written(one: Report) -> dict[str, Any]:
    """As the body of a step."""
    more = {"chosen": list(one.chosen), "along": list(map(list, one.along)), "against": one.against}
    return {"title": one.title, "parts": dict(one.parts), **(more if one.against else {})}


def read(body: Mapping[str, Any]) -> Report:
    """A report again."""
    return Report(
        str(body["title"]),
        {str(k): str(v) for k, v in body["parts"].items()},
        tuple(map(str, body.get("chosen", ()))),
        tuple((str(heading), str(words)) for heading, words in body.get("along", ())),
        str(body.get("against", "")),
    )


def wanted(every: Sequence[Owed]) -> tuple[Owed, ...]:
    """The duties that want a report in writing, with their own words of what it says."""
    return tuple(one for one in every if one.written)
