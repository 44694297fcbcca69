"""Writing plans, reviews and diagnoses: with what each begins, and lines added or taken away."""

from collections.abc import Mapping

from stillroom.chart import queries_plan, rules
from stillroom.chart.contents import Answer, Content
from stillroom.chart.icd10cm import catalogue, spelled
from stillroom.chart.kinds import Kind
from stillroom.chart.rules_plan import carried, next_letter, next_number, to_review
from stillroom.chart.sheets import Posted
from stillroom.kernel import StillroomError
from stillroom.phi import Presence


class NoPlan(StillroomError):
    """A review was begun where there is nothing to review."""

    what = "there is no signed plan to review"
    usual_advice = "Write the plan and sign it first."


class NoSuchCode(StillroomError):
    """A code was chosen that the shipped set does not have."""

    what = "there is no such code in the set shipped here"
    usual_advice = "Search again; or write it in a line of your own, and say that you looked it up."


def plan_answers(presence: Presence, chart_id: str) -> tuple[Answer, ...]:
    """With what the next version of the plan begins; the first one, with one free objective."""
    course = queries_plan.plan_course(presence, chart_id)
    if course.plan and course.latest:
        return carried(course.plan, course.latest)
    number = next_number(*course.numbered)
    return (
        Answer("problems", rows=({"letter": "A"},)),
        Answer("objectives", rows=({"number": number, "of": "A"},)),
    )


def review_answers(presence: Presence, chart_id: str) -> tuple[Answer, ...]:
    """With what a review of the plan in force begins, or `NoPlan`."""
    plan = queries_plan.plan_course(presence, chart_id).plan
    if plan is None:
        raise NoPlan
    return to_review(plan)


def diagnoses_answers(presence: Presence, chart_id: str) -> tuple[Answer, ...]:
    """With what a new list of diagnoses begins: what the newest signed one says."""
    _, before = queries_plan.current_diagnoses(presence, chart_id)
    return (before.answer("diagnoses"),) if before else ()


def with_problem(content: Content) -> dict[str, str]:
    """The cells of one more problem, with its letter."""
    at = len(content.answer("problems").rows)
    return {f"problems.{at}.letter": next_letter(content)}


def with_objective(
    presence: Presence, chart_id: str, content: Content, letter: str
) -> dict[str, str]:
    """The cells of one more objective under a problem, with a number that was never used."""
    signed = queries_plan.plan_course(presence, chart_id).numbered
    number = next_number(content, *signed)
    at = len(content.answer("objectives").rows)
    return {f"objectives.{at}.number": number, f"objectives.{at}.of": letter}


def with_code(content: Content, typed: str) -> dict[str, str]:
    """The cells of one more diagnosis, by its code; `NoSuchCode` for what is none."""
    code = catalogue().codes.get(spelled(typed))
    if code is None:
        raise NoSuchCode
    rows = content.answer("diagnoses").rows
    at = len(rows)
    cells = {f"diagnoses.{at}.code": code.code, f"diagnoses.{at}.title": code.title}
    if not any(row.get("principal") for row in rows if not row.get("resolved_on")):
        cells[f"diagnoses.{at}.principal"] = "yes"
    return cells


def with_own_code(content: Content, typed: str) -> dict[str, str]:
    """The cells of one more diagnosis whose code the shipped set does not have."""
    at = len(content.answer("diagnoses").rows)
    return {f"diagnoses.{at}.code": spelled(typed) or typed.strip()}


def without_row(fields: Mapping[str, Posted], table: str, row: int) -> dict[str, Posted]:
    """Posted fields without one row of a table; those after it move up."""
    kept: dict[str, Posted] = {}
    for name, value in fields.items():
        head, _, rest = name.partition(".")
        number, _, column = rest.partition(".")
        if head != table or not number.isdigit():
            kept[name] = value
        elif int(number) != row:
            at = int(number) - (int(number) > row)
            kept[f"{table}.{at}.{column}"] = value
    return kept


def typed(kind: Kind, fields: Mapping[str, Posted]) -> Content:
    """What a page brings as a content, to see how many lines it has."""
    return rules.written(kind, kind.first_form, fields)
