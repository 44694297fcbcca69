"""Laws of the rules: they hold for every time, name and number, not only for those of a story."""

import unicodedata
from datetime import datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.identity import rules
from stillroom.identity.refusals import NameMissing, TooFewWaysIn
from stillroom.vault import SharedKey, WrongIdentity
from tests.cast import NOON

SPANS = st.timedeltas(timedelta(days=-2), timedelta(days=2))
MOMENTS = SPANS.map(lambda span: NOON + span)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
# Letters that combine, fold, vanish or come in halves, among plain ones.
NAMES = st.text(st.sampled_from("aAéßıİﬁＡ́̈\u200d\u00ad\ud800\x00\t \u3000zZ1ς"), max_size=90)


@given(st.one_of(NAMES, st.text(max_size=90)))
def test_cleaning_a_name_twice_changes_nothing(typed: str) -> None:
    clean = rules.clean_sign_name(typed)
    assert rules.clean_sign_name(clean) == clean
    assert len(clean) <= 64
    assert clean == clean.strip()
    clean.encode()
    assert not any(unicodedata.category(sign) in ("Cc", "Cs", "Cf") for sign in clean)


@given(st.text(st.characters(codec="ascii"), max_size=60))
def test_case_and_spacing_make_no_other_name(typed: str) -> None:
    assert rules.clean_sign_name(typed.upper()) == rules.clean_sign_name(typed)
    assert rules.clean_sign_name(f" \t{typed}\u200b ") == rules.clean_sign_name(typed)


def test_a_letter_with_its_accent_apart_is_the_same_name() -> None:
    assert (
        rules.clean_sign_name("Rene\u0301e") == rules.clean_sign_name("REN\u00c9E") == "ren\u00e9e"
    )


@pytest.mark.parametrize("typed", ["", "   ", "\u200b", "\x00"])
def test_an_account_has_a_name(typed: str) -> None:
    with pytest.raises(NameMissing):
        rules.require_sign_name(typed)


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_more_failures_never_wait_less(fewer: int, more: int) -> None:
    fewer, more = sorted((fewer, more))
    assert rules.wait_after(fewer) <= rules.wait_after(more) <= timedelta(minutes=15)


def test_the_wait_begins_at_the_fifth_failure_and_doubles_to_a_quarter_of_an_hour() -> None:
    seconds = [rules.wait_after(failures).total_seconds() for failures in range(12)]
    assert seconds == [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900]


@given(MOMENTS, MOMENTS)
def test_no_name_is_closed_longer_than_the_longest_wait(until: datetime, at: datetime) -> None:
    closed = rules.is_closed(until, at)
    assert closed == (at < until <= at + timedelta(minutes=15))
    assert not rules.is_closed(None, at)


@given(MOMENTS, MOMENTS)
def test_a_session_is_open_only_in_its_quarter_of_an_hour(seen: datetime, at: datetime) -> None:
    inside = -timedelta(minutes=1) <= at - seen < timedelta(minutes=15)
    assert rules.is_idle(seen, at) == (not inside)


@given(MOMENTS, MOMENTS)
def test_a_session_is_never_older_than_half_a_day(began: datetime, at: datetime) -> None:
    inside = -timedelta(minutes=1) <= at - began < timedelta(hours=12)
    assert rules.is_over(began, at) == (not inside)


@given(MOMENTS, MOMENTS)
def test_a_proof_is_fresh_for_five_minutes_and_never_from_the_future(
    proven: datetime, at: datetime
) -> None:
    assert rules.is_stepped_up(proven, at) == (timedelta(0) <= at - proven < timedelta(minutes=5))


@given(st.integers(-600, 600), st.integers(-4, 4))
def test_a_code_is_good_one_step_either_way_and_only_if_newer(drift: int, used: int) -> None:
    now = int(NOON.timestamp()) // 30
    shown = NOON + timedelta(seconds=drift)
    of = int(shown.timestamp()) // 30
    step = rules.matching_step(SECRET, pyotp.TOTP(SECRET).at(shown), NOON, now + used)
    good = abs(of - now) <= 1 and of > now + used
    assert step == (of if good else None)


@given(st.text(max_size=40))
def test_no_typed_text_makes_a_code_fail_but_as_wrong(typed: str) -> None:
    step = rules.matching_step(SECRET, typed, NOON, 0)
    assert (step is None) or len(rules.figures(typed)) == 6


def test_a_code_may_be_typed_with_spaces_or_in_wide_figures() -> None:
    code = pyotp.TOTP(SECRET).at(NOON)
    wide = "".join(chr(ord(figure) + 0xFEE0) for figure in code)
    for typed in (f" {code[:3]} {code[3:]}", f"{code[:3]}-{code[3:]}", wide):
        assert rules.matching_step(SECRET, typed, NOON, 0)


def test_neither_the_rows_name_nor_another_cookie_gives_the_sessions_key() -> None:
    mine, other = SharedKey.create().to_secret(), SharedKey.create().to_secret()
    name, key = rules.session_keys(mine)
    other_name, other_key = rules.session_keys(other)
    assert name != other_name
    assert mine.expose().hex() not in name
    sealed = key.wrap(mine, b"")
    with pytest.raises(WrongIdentity):
        other_key.unwrap(sealed, b"")
    with pytest.raises(WrongIdentity):
        SharedKey.from_secret(mine).unwrap(sealed, b"")


@pytest.mark.parametrize("ways", range(5))
def test_nobody_is_left_with_fewer_than_two_ways_in(ways: int) -> None:
    kinds = ["passphrase", "words", "passkey", "passkey"][:ways]
    if ways < 2:
        with pytest.raises(TooFewWaysIn):
            rules.require_ways_left(kinds)
    else:
        rules.require_ways_left(iter(kinds))
