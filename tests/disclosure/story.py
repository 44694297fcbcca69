"""What the first story is made of: a subpoena, the client's paper, two notes."""

from datetime import date

from stillroom.chart import actions as chart
from stillroom.chart import measures, measuring
from stillroom.consent.rules import Authorization, Expiry, Party, Period, Signature, Statements
from stillroom.disclosure.matters import Asked
from stillroom.disclosure.rules import Intake, Signer
from stillroom.kernel import Trilean
from tests.cast import NOON, Cast

REX = Party("Rex Dunleavy", "attorney")
SECRET = "countertransference about the hearing"


def subpoena() -> Asked:
    """A clerk's subpoena for the whole file, without proof of notice."""
    intake = Intake(
        asker=REX,
        received_on=date(2026, 11, 18),
        instrument="attorney_subpoena",
        purpose="legal_proceeding",
        proceeding="custody",
        caption="Halpern v. Halpern",
        signed_by=Signer.ATTORNEY,
        served_on=date(2026, 11, 18),
        return_date=date(2026, 12, 8),
        asks_for="the complete file, including psychotherapy notes",
        kinds=frozenset({"progress_notes", "psychotherapy_notes"}),
        period=Period(date(2026, 1, 1), date(2026, 12, 31)),
    )
    return Asked(intake, "YOU ARE COMMANDED …", {})


def authorization(cast: Cast, event: str = "") -> Authorization:
    """Dov's signed paper, for progress notes to Rex; it may end with an event, if that comes first."""
    head_client = "dov"
    return Authorization(
        id="",
        holders=frozenset({head_client}),
        signatures=(Signature(head_client, "Dov Halpern", on=date(2026, 11, 19)),),
        discloser="Linden Row Practice",
        recipients=(REX,),
        description="progress notes of 2026",
        kinds=frozenset({"progress_notes"}),
        purposes=frozenset({"legal_proceeding"}),
        expires=Expiry(on=date(2027, 5, 1), event=event),
        period=Period(date(2026, 1, 1), date(2026, 12, 31)),
        statements=Statements(Trilean.YES, Trilean.YES, Trilean.YES),
        conditioned=Trilean.NO,
        merged=Trilean.NO,
    )


def notes(cast: Cast) -> tuple[str, str]:
    """A signed progress note and a signed psychotherapy note of Ada's."""
    written = []
    for kind, fields in (
        (
            "progress_note",
            {"Data": "Slept six hours.", "Assessment": "Steadier.", "Plan": "Tuesday."},
        ),
        ("psychotherapy_note", {"Note": SECRET}),
    ):
        record = chart.begin(cast.here("ada"), cast.dov, kind, occurred_at=NOON)
        chart.save_draft(cast.here("ada"), record, fields, 1)
        chart.sign(cast.here("ada"), record, 2)
        written.append(record)
    return written[0], written[1]


def risks(cast: Cast) -> dict[str, str]:
    """A signed violence risk assessment, with a day on which to follow up, and a safety plan; by name."""
    written = {}
    for name, kind, fields in (
        (
            "threat",
            "violence_risk",
            {
                "threat": "yes",
                "statement": "He is going to feel it.",
                "target": "named",
                "level": "high",
                "reasons": "He named the man and the hour.",
                "did_words": "Asked Sol.",
                "follow_up_on": "2026-11-21",
            },
        ),
        ("plan", "safety_plan", {"signs": "I lie awake.", "alone": "Walk to the quarry."}),
    ):
        record = chart.begin(cast.here("ada"), cast.dov, kind, occurred_at=NOON)
        chart.save_draft(cast.here("ada"), record, fields, 1, kind=kind)
        chart.sign(cast.here("ada"), record, 2)
        written[name] = record
    return written


def measured(cast: Cast) -> dict[str, str]:
    """A signed PHQ-9 that asks for an assessment, and one that Dov handed back."""
    ada, phq = cast.here("ada"), measures.load().measures["phq-9"]
    answers = {str(nth): "LA6569-3" for nth in range(1, 10)}
    record = measuring.keep(ada, cast.dov, phq, answers, "asked", occurred_at=NOON)
    occasion = measuring.hand(ada, cast.dov, phq)
    assert measuring.hand_back(cast.house, ada.person, occasion, answers, at=NOON)
    return record, occasion
