"""The standing cast, and hypothesis strategies for anything that may be asked of the gate."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import strategies as st

from stillroom.access import (
    Act,
    Actor,
    Broken,
    Capacity,
    Care,
    Label,
    Purpose,
    Release,
    Request,
    Role,
    Ward,
)
from stillroom.access._fitting import CHART_ACTS, LABELS, PRIVATE_ACTS, PURPOSES
from stillroom.access._vocabulary import OF_STAFF
from stillroom.kernel import Trilean

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
WEEK = timedelta(days=7)
STAFF_ROLES = tuple(role for role in Role if role is not Role.CLIENT)
CARING = tuple(capacity for capacity in Capacity if capacity in OF_STAFF)
OWN_ALONE = frozenset(act for act, fits in PURPOSES.items() if fits == {Purpose.OWN})
"""What only a client does; asked in test_own.py."""
PEOPLE = ("ada", "bea", "sol", "cal", "")
KINDS = (
    "progress_notes",
    "psychotherapy_notes",
    "sud_records",
    "sud_counseling_notes",
    "joint_session_notes",
    "billing",
    "demographics",
)

moments = st.sampled_from([NOW + n * WEEK for n in range(-3, 4)])
people = st.sampled_from(PEOPLE)
trileans = st.sampled_from(Trilean)
cares = st.builds(Care, moments, st.none() | moments, st.sampled_from(Capacity))
care_sets = st.lists(cares, max_size=2).map(tuple)
actors = st.builds(Actor, people, st.frozensets(st.sampled_from(Role)), care_sets, trileans)
wards = st.builds(
    Ward,
    st.sampled_from(["dov", "dov", "fay", ""]),
    st.sampled_from(["", "note-1"]),
    st.frozensets(st.sampled_from(Label), max_size=3),
    people,
    st.frozensets(people, max_size=1),
    st.frozensets(people, max_size=1),
    st.frozensets(people, max_size=1),
    st.booleans(),
)
releases = st.builds(
    Release,
    st.sampled_from(["FORBIDDEN", "WITH_AUTHORIZATION", "PERMITTED", "REQUIRED", "?"]),
    people,
    trileans,
    st.frozensets(st.sampled_from(KINDS), max_size=3),
    st.booleans(),
)
reasons = st.sampled_from(["", "found unconscious at home"])
HOUR = timedelta(hours=1)
GLASS = Broken(NOW - HOUR / 2, NOW + HOUR / 2)
"""Broken half an hour ago, for an hour."""
glasses = st.sampled_from(
    [
        None,
        GLASS,
        Broken(NOW - HOUR, NOW),
        Broken(NOW + HOUR / 2, NOW + HOUR),
        Broken(NOW - HOUR, NOW + WEEK),
    ]
)


def _sorted(words):
    return sorted(words, key=lambda word: word.value)


@st.composite
def likely_requests(draw) -> Request:
    """Questions of the kind that is asked all day; about half of them are permitted."""
    act = draw(st.sampled_from(_sorted(PURPOSES.keys() - OWN_ALONE)))
    fitting = _sorted(LABELS.get(act, ()))
    labels = (
        draw(st.frozensets(st.sampled_from(fitting), min_size=1, max_size=2)) if fitting else ()
    )
    ward = Ward(
        draw(st.sampled_from(["dov", "dov", "dov", ""])) if act not in CHART_ACTS else "dov",
        draw(st.sampled_from(["", "note-1"])),
        frozenset(labels) | ({Label.PRIVATE} if act in PRIVATE_ACTS else frozenset()),
        draw(st.sampled_from(["ada", "ada", "bea"])),
    )
    care = Care(NOW - WEEK, draw(st.none() | moments), draw(st.sampled_from(CARING)))
    actor = Actor(
        "ada",
        draw(st.frozensets(st.sampled_from(STAFF_ROLES), min_size=4)),
        draw(st.sampled_from([(care,), (care,), ()])),
        draw(st.sampled_from([Trilean.YES, Trilean.YES, Trilean.NO])),
    )
    release = draw(st.just(Release("PERMITTED", "ada", Trilean.YES, frozenset(KINDS))) | releases)
    purpose = draw(st.sampled_from(_sorted(PURPOSES[act] - {Purpose.OWN})))
    return Request(actor, act, purpose, ward, NOW, release, draw(reasons), draw(glasses))


def requests() -> st.SearchStrategy[Request]:
    """Anything that may be asked, likely and unlikely."""
    anything = st.builds(
        Request,
        actors,
        st.sampled_from(Act),
        st.sampled_from(Purpose),
        wards,
        st.just(NOW),
        st.none() | releases,
        reasons,
        glasses,
    )
    return st.one_of(likely_requests(), anything)


@pytest.fixture
def ada() -> Actor:
    """Dov's therapist."""
    return Actor("ada", frozenset({Role.CLINICIAN}), (Care(NOW - WEEK, None, Capacity.TREATING),))


@pytest.fixture
def note() -> Ward:
    """Dov's note."""
    return Ward("dov", "note-1", frozenset({Label.CLINICAL}), "ada")
