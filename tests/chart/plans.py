"""Plans, reviews and notes for tests, in the words that a page would post."""

from datetime import UTC, datetime

from stillroom.chart._kinds_plan import PLAN_REVIEW, TREATMENT_PLAN
from stillroom.chart.contents import Answer, Content, Section
from stillroom.chart.rules_plan import Signed
from stillroom.chart.rules_thread import Told
from stillroom.chart.sheets import answered

OBJECTIVES = (
    ("1", "A", "Names the low hour and does one planned thing in it", "his record, weekly"),
    ("2", "A", "Sleeps six hours on five nights of seven", "sleep diary"),
    ("3", "B", "Keeps the safety plan within reach; no attempt", "asked each session"),
)


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T15:00").replace(tzinfo=UTC)


def plan(**more: str) -> Content:
    """A plan of two problems and three objectives."""
    fields = {
        "own_words": "I want to be there when the kids are there.",
        "problems.0.letter": "A",
        "problems.0.problem": "Depressed mood since the separation",
        "problems.0.goal": "“Sleep, work, and be with the kids.”",
        "problems.1.letter": "B",
        "problems.1.problem": "A passive wish not to wake",
        "problems.1.goal": "Safe, and sure of it",
        "review_due": "2026-12-09",
        "participation": "together",
        "agreement": "said",
    }
    for nth, (number, letter, words, measure) in enumerate(OBJECTIVES):
        fields |= {
            f"objectives.{nth}.number": number,
            f"objectives.{nth}.of": letter,
            f"objectives.{nth}.objective": words,
            f"objectives.{nth}.measure": measure,
            f"objectives.{nth}.intervention": "Behavioral activation",
            f"objectives.{nth}.state": "working",
        }
    return Content("Sheet", (), None, b"", "", answered(TREATMENT_PLAN, fields | more))


def review(**outcomes: str) -> Content:
    """A review; `o2="met"` says what becomes of objective 2, `w2=` its new words."""
    fields = {
        "necessity": "Symptoms still cost him work.",
        "review_due": "2027-03-09",
        "participation": "together",
        "agreement": "said",
    }
    numbers = sorted(name[1:] for name in outcomes if name[0] == "o")
    for nth, number in enumerate(numbers):
        fields |= {
            f"objectives.{nth}.number": number,
            f"objectives.{nth}.progress": f"progress of {number}",
            f"objectives.{nth}.outcome": outcomes[f"o{number}"],
            f"objectives.{nth}.words": outcomes.get(f"w{number}", ""),
        }
    return Content("Sheet", (), None, b"", "plan_review", answered(PLAN_REVIEW, fields))


def signed(day: str, content: Content, record: str = "") -> Signed:
    return Signed(record or f"r{day}", at(day), "ada", content)


def note(day: str, *objectives: str, response: str = "He slept better.") -> Told:
    """A progress note in DAP that names objectives."""
    sections = (
        Section("Data", f"Session of {day}."),
        Section("Assessment", response),
        Section("Plan", ""),
    )
    answers = (Answer("objectives", chosen=objectives),) if objectives else ()
    return Told(
        f"n{day}", at(day), "Progress note", "ada", Content("DAP", sections, answers=answers)
    )
