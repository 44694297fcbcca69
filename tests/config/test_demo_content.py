"""The demonstration is believable, made up to the last number, and the same every time."""

import hashlib
import os
import re
import subprocess
import sys
import time
from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from stillroom.config.demo import Chart, DemoPractice, Note, practice, sources, stories
from stillroom.config.demo.caseload import colleagues, zones
from stillroom.config.demo.days import closed
from stillroom.kernel import Misuse

SEED = 412
TODAY = date(2026, 11, 24)
OTHER_DAYS = (
    date(2026, 11, 22),  # a Sunday
    date(2026, 11, 28),  # a Saturday
    date(2026, 12, 25),  # a holiday
    date(2027, 1, 2),
    date(2028, 2, 29),
    date(2027, 6, 14),
)
PHONE = re.compile(r"\d{3} 555 01\d\d\Z")


@pytest.fixture(scope="module")
def house() -> DemoPractice:
    return practice(SEED, 60, TODAY)


@pytest.fixture(scope="module")
def charts(house: DemoPractice) -> list[Chart]:
    return list(house.charts())


@pytest.fixture(scope="module")
def signed(house: DemoPractice, charts: list[Chart]) -> list[tuple[Chart, Note]]:
    return [(chart, note) for chart in charts for note in house.notes(chart) if note.signed_at]


def digest(house: DemoPractice) -> str:
    """Everything of a practice, as one number."""
    found = hashlib.sha256()
    for client in house.clients():
        found.update(repr(client).encode())
    for chart in house.charts():
        found.update(repr((chart, house.course(chart))).encode())
    found.update(repr((house.subpoena, house.payer_request, house.authorization)).encode())
    return found.hexdigest()


def local_day(at: datetime, clinician: str) -> date:
    return at.astimezone(ZoneInfo(zones()[clinician])).date()


# --- the same every time


def test_the_same_seed_gives_the_same_bytes_in_another_process(house: DemoPractice) -> None:
    code = (
        "from datetime import date\n"
        "from stillroom.config.demo import practice\n"
        "import hashlib\n"
        "h = practice(412, 60, date(2026, 11, 24)); f = hashlib.sha256()\n"
        "for c in h.clients(): f.update(repr(c).encode())\n"
        "for c in h.charts(): f.update(repr((c, h.course(c))).encode())\n"
        "f.update(repr((h.subpoena, h.payer_request, h.authorization)).encode())\n"
        "print(f.hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    told = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == digest(house)


def test_another_seed_tells_other_people(house: DemoPractice) -> None:
    other = practice(SEED + 1, 200, TODAY)
    same = practice(SEED, 200, TODAY)
    assert [other.client(i).front for i in range(100, 200)] != [
        same.client(i).front for i in range(100, 200)
    ]


def test_a_client_does_not_depend_on_how_many_there_are() -> None:
    assert practice(SEED, 90, TODAY).client(80) == practice(SEED, 5_000, TODAY).client(80)


def test_nobody_is_beyond_the_last_client(house: DemoPractice) -> None:
    with pytest.raises(Misuse):
        house.client(60)


# --- made up, all of it


def test_telephone_and_mail_belong_to_nobody() -> None:
    for client in practice(SEED, 2_000, TODAY).clients():
        front = client.front
        numbers = [front.phone, front.emergency.phone, *(one.phone for one in front.guardians)]
        assert all(PHONE.match(number) for number in numbers), numbers
        assert front.email.endswith(("@example.org", ".example"))
        assert not re.search(r"[^a-z0-9.@-]", front.email), front.email


def test_numbers_in_letters_belong_to_nobody(house: DemoPractice) -> None:
    letters = f"{house.subpoena.words} {house.payer_request.words} {house.threat.phone}"
    for number in re.findall(r"\b\d{3} \d{3} \d{4}\b", letters):
        assert PHONE.match(number)
    assert "DEMO" in house.subpoena.words


def test_minors_and_only_minors_have_guardians() -> None:
    for client in practice(SEED, 2_000, TODAY).clients():
        minor = client.front.age_on(TODAY) < 18
        assert bool(client.front.guardians) is minor, client
        assert all(guardian.authority for guardian in client.front.guardians)


def test_ages_are_as_written_on_any_day() -> None:
    written = sources.cast().clients
    for today in (TODAY, *OTHER_DAYS):
        for client in practice(SEED, len(written), today).clients():
            assert client.front.age_on(today) == written[client.index].age, client.front.name


def test_everybody_is_in_a_story_of_their_age(charts: list[Chart], house: DemoPractice) -> None:
    for chart in charts:
        story = stories.story(chart.story)
        if len(chart.holders) == 1:
            front = house.client(chart.holders[0]).front
            assert story.ages[0] <= front.age_on(TODAY) <= story.ages[1], chart.title
            assert front.pronouns in story.pronouns, chart.title


def test_there_is_a_story_for_everybody() -> None:
    assert len(stories.all_keys()) >= 12
    for chart in practice(SEED, 1_000, TODAY).charts():
        assert chart.story


def test_a_hundred_thousand_front_sheets_take_seconds() -> None:
    many = practice(SEED, 100_000, TODAY)
    start = time.process_time()
    assert sum(1 for _ in many.clients()) == 100_000
    assert time.process_time() - start < 15  # two to three on a quiet machine


# --- the standing cast


def test_ada_and_the_others_are_there(house: DemoPractice) -> None:
    staff = {person.sign_in: person for person in house.staff}
    assert staff["ada"].credential == "PhD, Licensed Psychologist"
    assert staff["ada"].supervisor == "sol"
    assert "supervisor" in staff["sol"].roles
    assert set(staff["cal"].roles) == {"front_desk", "biller"}
    assert staff["max"].roles == ("administrator",)
    roles = {role for person in house.staff for role in person.roles}
    assert roles >= {"owner", "clinician", "supervisor", "front_desk", "biller", "auditor"}
    states = {person.place for person in house.staff if person.place}
    assert states == {"us-md", "us-ca", "us-tx", "us-nv", "us-nc"}


def test_bea_has_nothing_of_dov(house: DemoPractice, charts: list[Chart]) -> None:
    for chart in charts:
        if 0 in chart.holders:
            assert "bea" not in {care.person for care in chart.cares}
            assert all(note.author != "bea" for note in house.notes(chart))


def test_dov_is_as_his_chart_page_tells(house: DemoPractice) -> None:
    chart = house.chart(0)
    assert chart is not None
    course = house.course(chart)
    assert (chart.title, chart.number, chart.diagnoses[0].code) == ("Dov Halpern", 412, "F33.1")
    assert {(care.person, care.capacity) for care in chart.cares} == {
        ("ada", "treating"),
        ("sol", "supervising"),
    }
    scores = [measure.score for measure in course.measures]
    assert scores == [19, 18, 16, 17, 14, 12, 13, 9, 10, 8]
    assert [measure.items[8] for measure in course.measures] == [1, 1, *[0] * 8]
    assert len(course.private_notes) == 3
    assert [paper.labels for paper in course.documents] == [("part2",), ("part2",)]
    assert [plan.written_on for plan in course.plans] == [date(2026, 2, 10), date(2026, 6, 9)]
    assert course.plans[-1].review_by == date(2026, 12, 9)
    today = [one for one in course.sessions if local_day(one.starts_at, "ada") == TODAY]
    assert [(one.state, one.room) for one in today] == [("planned", "room 2")]


def test_the_joint_chart_of_dov_and_eve_is_held_by_both_and_ended(
    house: DemoPractice, charts: list[Chart]
) -> None:
    joint = next(chart for chart in charts if chart.title == "Dov and Eve Halpern")
    assert [house.client(holder).front.given for holder in joint.holders] == ["Dov", "Eve"]
    assert joint.clinician == "renata"
    assert joint.closed_at is not None
    assert len(house.notes(joint)) == 2


def test_the_subpoena_is_a_clerks_and_asks_for_everything(house: DemoPractice) -> None:
    letter = house.subpoena
    assert letter.received_on == TODAY - timedelta(days=1)
    assert letter.answer_by == date(2026, 12, 8)
    assert "the complete file of Dov Halpern, including psychotherapy notes" in letter.words
    assert "deputy clerk" in letter.words
    assert "Place for the signature of a judge: left blank" in letter.words
    assert "notice" not in letter.words.lower()


def test_the_authorization_says_what_the_rule_asks_for(house: DemoPractice) -> None:
    words = house.authorization.words
    for part in ("To whom:", "What:", "For what purpose:", "How long:", "Signed:", "Date:"):
        assert part in words
    assert "take this back" in words
    assert "does not make my treatment" in words
    assert "may pass them on" in words
    assert "Not included: psychotherapy notes" in words
    assert TODAY < house.authorization.expires_on <= TODAY + timedelta(days=365)


def test_the_payer_asks_about_sessions_that_were_held(house: DemoPractice) -> None:
    chart = house.chart(2)
    assert chart is not None
    held = {local_day(one.starts_at, "ada") for one in house.sessions(chart) if one.state == "held"}
    asked = [date(2026, 10, day) for day in (6, 13, 20, 27)]
    assert set(asked) <= held
    for day in asked:
        assert f"{day:%B} {day.day}" in house.payer_request.words


# --- sessions


def test_the_practice_closes_on_sundays_and_holidays() -> None:
    holidays = {
        *(date(2026, 1, 1), date(2026, 1, 19), date(2026, 5, 25), date(2026, 6, 19)),
        *(date(2026, 7, 3), date(2026, 7, 4), date(2026, 9, 7), date(2026, 11, 26)),
        *(date(2026, 11, 27), date(2026, 12, 24), date(2026, 12, 25)),
    }
    year = [date(2026, 1, 1) + timedelta(days=day) for day in range(365)]
    assert {day for day in year if closed(day)} == holidays | {
        day for day in year if day.weekday() == 6
    }
    assert closed(date(2027, 7, 5)), "the fourth is a Sunday"
    assert closed(date(2027, 6, 18)), "the nineteenth is a Saturday"


@pytest.mark.parametrize("today", [TODAY, *OTHER_DAYS])
def test_no_session_falls_on_a_closed_day_or_in_the_wrong_tense(today: date) -> None:
    house = practice(SEED, 80, today)
    for chart in house.charts():
        for one in house.sessions(chart):
            day = local_day(one.starts_at, chart.clinician)
            assert not closed(day)
            assert (one.state == "planned") is (day >= today)
            assert one.ends_at > one.starts_at
        for note in house.notes(chart):
            assert local_day(note.signed_at or note.written_at, note.author) < today
            assert all(local_day(it.signed_at, it.author) < today for it in note.addenda)


def test_nobody_sees_two_clients_at_once() -> None:
    house = practice(SEED, 160, TODAY)
    taken: Counter[tuple[str, datetime]] = Counter()
    for chart in house.charts():
        for one in house.sessions(chart):
            if one.state == "planned":
                minutes = int((one.ends_at - one.starts_at).total_seconds()) // 60
                for step in range(0, minutes, 5):
                    taken[one.clinician, one.starts_at + timedelta(minutes=step)] += 1
    assert [hour for hour, count in taken.items() if count > 1] == []


def test_adas_day_is_the_one_that_was_drawn(house: DemoPractice, charts: list[Chart]) -> None:
    day = sorted(
        (one.starts_at.astimezone(ZoneInfo("America/New_York")).strftime("%H:%M"), chart.title)
        for chart in charts
        for one in house.sessions(chart)
        if one.clinician == "ada" and local_day(one.starts_at, "ada") == TODAY
    )
    assert day == [
        ("09:00", "Fay Okonjo"),
        ("10:00", "Teodor Vance"),
        ("11:00", "Dov Halpern"),
        ("13:00", "Marguerite Sayle"),
        ("14:00", "Imani and Joss Feld"),
        ("15:30", "Ruth Nakagawa"),
        ("16:30", "Juno Albright"),
        ("17:00", "Wren Castellano"),
    ]


def test_codes_agree_with_minutes(house: DemoPractice, charts: list[Chart]) -> None:
    for chart in charts:
        for one in house.sessions(chart):
            if one.state == "held":
                assert one.began_at is not None
                assert one.stopped_at is not None
                span = (one.stopped_at - one.began_at).total_seconds() / 60
                assert span == one.minutes
                low, high = {
                    "90834": (38, 52),
                    "90837": (53, 60),
                    "90791": (45, 80),
                    "90847": (50, 80),
                    "90853": (60, 90),
                }[one.code]
                assert low <= one.minutes <= high


def test_notes_lie_within_the_care_of_their_author(
    house: DemoPractice, charts: list[Chart]
) -> None:
    for chart in charts:
        course = house.course(chart)
        assert len(course.notes) == sum(one.state == "held" for one in course.sessions)
        dated = [(note.author, note.written_at) for note in course.notes]
        dated += [(note.author, note.written_at) for note in course.private_notes]
        dated += [(note.author, note.signed_at) for note in course.notes if note.signed_at]
        for author, at in dated:
            assert any(
                care.person == author
                and care.begins_at <= at
                and (care.ends_at is None or at <= care.ends_at)
                for care in chart.cares
            ), (chart.title, author, at)


def test_a_trainees_notes_are_cosigned_by_her_supervisor(
    signed: list[tuple[Chart, Note]],
) -> None:
    assert colleagues()["priya"].supervisor == "sol"
    for _, note in signed:
        if note.author == "priya" and note.signed_at:
            recent = local_day(note.signed_at, "priya") > TODAY - timedelta(days=6)
            assert recent or note.cosigned_by == "sol"


def test_a_few_notes_are_still_to_be_signed(house: DemoPractice, charts: list[Chart]) -> None:
    open_notes = [
        (chart.title, note.returned)
        for chart in charts
        for note in house.notes(chart)
        if note.signed_at is None
    ]
    assert 3 <= len(open_notes) <= 6
    assert ("Amara Quist", "Name the intervention under A.") in open_notes
