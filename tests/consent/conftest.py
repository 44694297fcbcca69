"""A paper without a fault, and ways to spoil it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from stillroom.consent.rules import (
    Authorization,
    Expiry,
    Party,
    Period,
    Release,
    Signature,
    Statements,
)
from stillroom.kernel import Trilean

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
REX = Party("Rex Dunleavy", "attorney")
SOUND = Authorization(
    id="a1",
    holders=frozenset({"dov"}),
    signatures=(Signature("dov", "Dov Halpern", on=date(2026, 11, 1)),),
    discloser="Linden Row Practice",
    recipients=(REX,),
    description="Progress notes and treatment plan of 2026",
    kinds=frozenset({"progress_notes", "treatment_plan"}),
    purposes=frozenset({"legal_proceeding"}),
    expires=Expiry(on=date(2027, 5, 1)),
    period=Period(date(2026, 1, 1), date(2026, 12, 31)),
    statements=Statements(Trilean.YES, Trilean.YES, Trilean.YES),
    conditioned=Trilean.NO,
    merged=Trilean.NO,
)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def rex() -> Party:
    return REX


@pytest.fixture
def to_rex() -> Release:
    return Release(REX, "legal_proceeding")


@pytest.fixture
def paper() -> Callable[..., Authorization]:
    """`paper()` is sound; `paper(kinds=…)` differs in what is named."""

    def spoiled(**changes: Any) -> Authorization:
        return replace(SOUND, **changes)

    return spoiled
