"""A breach: presumed until something written shows that it was none; who is told by when."""

import re
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.disclosure.breach import (
    FACTORS,
    Decided,
    Delay,
    Event,
    Excepted,
    Factor,
    Letter,
    Report,
    Told,
    clocks,
    missing,
    stand,
    year_end,
)
from stillroom.disclosure.breach.events import decode, encode
from stillroom.disclosure.breach.standing import (
    LetterIncomplete,
    NotWeighed,
    NoWords,
    require,
)

FOUND = date(2026, 11, 20)
REPORT = Report("A printout was left on a train.", "names, diagnoses", FOUND, FOUND, (12, 31), 2, 2,
                "no", "no")  # fmt: skip
NONE = Decided(False, "It was handed back unopened.")


def report(**changes: Any) -> Report:
    return Report(**{name: getattr(REPORT, name) for name in REPORT.__struct_fields__} | changes)


def weighed(low: bool = True) -> list[Event]:
    return [Factor(which, low, "As written.") for which in FACTORS]


def test_it_is_presumed_a_breach_and_only_what_is_written_says_otherwise() -> None:
    assert stand([REPORT]).breach
    assert stand([REPORT, *weighed()]).breach, "weighing decides nothing by itself"
    for factors in product([True, False], repeat=4):
        some = [one for one, here in zip(weighed(), factors, strict=True) if here]
        at = stand([REPORT, *some])
        if all(factors):
            require(at, NONE)
        else:
            with pytest.raises(NotWeighed):
                require(at, NONE)
    with pytest.raises(NotWeighed):
        require(stand([REPORT, *weighed(low=False)]), NONE)
    require(stand([report(secured="yes")]), NONE)
    with pytest.raises(NotWeighed):
        require(stand([report(secured="unknown")]), NONE)
    excepted = Excepted("not retained", "The envelope came back sealed.")
    require(stand([REPORT, excepted]), NONE)
    with pytest.raises(NotWeighed):
        require(stand([REPORT, excepted, Excepted("", "")]), NONE)
    assert not stand([REPORT, excepted, NONE]).breach
    require(stand([REPORT]), Decided(True, "It was read."))


def by(events: list[Event]) -> dict[str, date]:
    return {one.whom: one.by for one in clocks(stand(events))}


def test_clients_are_told_within_sixty_days_of_discovery() -> None:
    assert by([REPORT])["client"] == FOUND + timedelta(days=60)
    assert by([REPORT, Decided(True, "Read.")])["client"] == FOUND + timedelta(days=60)
    assert clocks(stand([REPORT, *weighed(), NONE])) == ()


@pytest.mark.parametrize("people", [1, 499, 500, 501])
@pytest.mark.parametrize("in_one_state", [1, 500, 501])
def test_hhs_and_the_media_by_how_many(people: int, in_one_state: int) -> None:
    told = by([report(people=people, in_one_state=in_one_state)])
    assert told["hhs"] == (FOUND + timedelta(days=60) if people >= 500 else date(2027, 3, 1))
    assert ("media" in told) == (in_one_state > 500)


def test_a_year_ends_with_sixty_days() -> None:
    assert year_end(date(2026, 1, 1)) == date(2027, 3, 1)
    assert year_end(date(2027, 12, 31)) == date(2028, 2, 29)


@given(stated=st.integers(0, 50), lasts=st.integers(0, 200), written=st.booleans())
def test_the_police_delay_notice_and_never_shorten_its_time(
    stated: int, lasts: int, written: bool
) -> None:
    on = FOUND + timedelta(days=stated)
    delay = Delay("Sgt. Doe", written, on, on + timedelta(days=lasts), "An inquiry.")
    (client, hhs) = clocks(stand([REPORT, delay]))
    held = min(lasts, 30) if not written else lasts
    assert client.not_before == on + timedelta(days=held + 1)
    assert client.by == max(FOUND + timedelta(days=60), on + timedelta(days=held))
    assert hhs.by >= client.by


def test_a_duty_is_done_when_everybody_of_it_was_told() -> None:
    one = Told("client", FOUND, "by mail", 12)
    at = stand([REPORT, one])
    assert at.untold == (31,)
    assert not clocks(at)[0].done
    assert clocks(stand([REPORT, one, Told("client", FOUND, "by mail", 31)]))[0].done


LETTER = Letter("What happened.", "Names.", "Watch your mail.", "We looked.", "410-555-0142")


@pytest.mark.parametrize("part", LETTER.__struct_fields__)
def test_a_notice_without_one_of_its_five_contents_is_refused_by_name(part: str) -> None:
    fields = {name: getattr(LETTER, name) for name in LETTER.__struct_fields__}
    letter = Letter(**fields | {part: "  "})
    assert len(missing(letter)) == 1
    with pytest.raises(LetterIncomplete, match=re.escape(missing(letter)[0])):
        require(stand([REPORT]), letter)
    require(stand([REPORT]), LETTER)


@pytest.mark.parametrize(
    "event",
    [REPORT, LETTER, NONE, Excepted("inadvertent", "To a colleague."), *weighed(),
     Told("hhs", FOUND, "online"), Delay("Sgt. Doe", True, FOUND, FOUND, "Words.")],
    ids=lambda event: type(event).__name__,
)  # fmt: skip
def test_what_is_written_is_read_again(event: Event) -> None:
    assert decode(encode(event)) == event


def test_nothing_is_written_without_words() -> None:
    for event in (report(what=" "), Factor("who", True, ""), Decided(True, ""),
                  Told("hhs", FOUND, "")):  # fmt: skip
        with pytest.raises(NoWords):
            require(stand([REPORT]), event)
