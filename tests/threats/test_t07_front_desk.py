"""T07, P8: whoever calls or writes to the front desk learns nothing, and nor does the front desk.

Cal writes down a letter about Dov, who is a client, and one about Nell Quill, who never was. What Cal
is answered is the same byte for byte, and so is what comes to lie on the disk, but for its sealing.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from stillroom.disclosure import arriving, queries
from stillroom.disclosure.askers.arrived import Arrived, NamesNobody, concerns, near
from stillroom.disclosure.models import Arrival, Matter
from stillroom.phi import NotHere
from stillroom.phi.models import Ring, Wrap
from stillroom.practice.rules import FrontSheet, fold
from tests.cast import DOV, NOON, Cast, make_cast
from tests.web import Visitor, corpus, serve

pytestmark = pytest.mark.django_db
CAME = date(2026, 11, 20)
LETTER = {"asker": "Rex Dunleavy", "by": "a lawyer", "came_on": "2026-11-20", "letter": "Send all."}


@pytest.fixture(scope="module")
def lived(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any
) -> Iterator[Cast]:
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast(tmp_path_factory.mktemp("frontdesk"))
        cast.licensed("ada", credential="")
        yield cast
        cast.house.log.close()
        transaction.set_rollback(True)


@pytest.fixture
def house(lived: Cast) -> Iterator[Cast]:
    with transaction.atomic():
        serve(lived)
        yield lived
        transaction.set_rollback(True)


def seen(answer: Any) -> tuple[int, dict[str, str], bytes]:
    """All that a person is answered, but for the form's mark and how long the log is."""
    marks = rb'name="csrf(?:middlewaretoken)?" (?:value|content)="[^"]+"'
    body = re.sub(marks, b"mark", answer.content)
    body = re.sub(rb"Log of [\d,]+ entries", b"Log", body)
    return answer.status_code, dict(answer.headers), body


def written(cast: Cast, about: str, born: str = "") -> list[tuple[int, dict[str, str], bytes]]:
    """What the front desk is answered when it writes this down, and on the page after it."""
    cal = Visitor(cast, "cal")
    answer = cal.post("/letters", {**LETTER, "about": about, "born": born})
    return [
        seen(one)
        for one in (answer, cal.get(answer["Location"]), cal.get("/letters"), cal.get("/today"))
    ]


def told(cast: Cast, about: str, born: str = "") -> tuple[Any, ...]:
    """The answers, the entries written, and the shape of what lies on the disk afterwards."""
    with transaction.atomic():
        before = cast.house.log.size
        answers = written(cast, about, born)
        entries = cast.house.log.size - before
        row = Arrival.objects.get()
        wraps = Wrap.objects.filter(ring__ward=row.pk).order_by("recipient")
        disk = (
            [one.recipient for one in wraps],
            [len(bytes(one.sealed)) for one in wraps],
            len(bytes(row.sealed)),
            list(Ring.objects.filter(ward=row.pk).values_list("kind", "author")),
        )
        transaction.set_rollback(True)
    return answers, entries, disk


@pytest.mark.parametrize("born", ["", "1985-03-02"])
def test_the_front_desk_is_answered_alike_for_a_client_and_for_a_stranger(
    house: Cast, born: str
) -> None:
    client, stranger = told(house, "Dov Halpern", born), told(house, "Nel Quillern", born)
    assert client == stranger
    assert client[0][0][0] == 302


def test_whoever_wrote_it_down_can_read_it_no_more(house: Cast) -> None:
    written(house, "Dov Halpern")
    assert arriving.waiting(house.here("cal")) == []
    page = Visitor(house, "cal").get("/letters").content
    assert b"Send all." not in page
    row = Arrival.objects.get()
    assert house.people["cal"].id not in Wrap.objects.filter(ring__ward=row.pk).values_list(
        "recipient", flat=True
    )
    assert b"Halpern" not in bytes(row.sealed)


def test_her_therapist_sees_it_and_takes_it_up_into_a_matter(house: Cast) -> None:
    written(house, "Dov Halpern")
    ada = Visitor(house, "ada")
    assert b"A letter from Rex Dunleavy" in ada.get("/today").content
    assert b"Send all." in ada.get("/letters").content
    arrival = Arrival.objects.get().pk
    entry = f"/clients/{house.dov}/matters/new"
    page = ada.get(f"{entry}?arrived={arrival}").content
    assert b'value="Rex Dunleavy"' in page
    sent = {**LETTER, "arrived": arrival, "occasion": "attorney_letter", "instrument": "letter"}
    address = ada.post(entry, sent)["Location"]
    whole = queries.whole_matter(house.here("ada"), corpus(), address.rsplit("/", 1)[1])
    assert whole.determination.asked.letter == "Send all."
    assert not Arrival.objects.exists()
    assert not Ring.objects.filter(ward=arrival).exists()


@pytest.mark.parametrize("who", ["bea", "sol", "cal", "max", "nan", "olga"])
def test_nobody_else_sees_anything_of_it_or_takes_it_up(house: Cast, who: str) -> None:
    written(house, "Dov Halpern")
    visitor, arrival = Visitor(house, who), Arrival.objects.get().pk
    for path in ("/letters", "/today"):
        page = visitor.get(path).content
        assert b"Send all." not in page
        assert b"Rex Dunleavy" not in page
    chart = house.fay if who == "bea" else house.dov
    assert visitor.get(f"/clients/{chart}/matters/new?arrived={arrival}").status_code == 404
    visitor.post(f"/clients/{chart}/matters/new", {**LETTER, "arrived": arrival, "instrument": "letter",
                 "occasion": "attorney_letter"})  # fmt: skip
    assert Arrival.objects.exists()
    assert not Matter.objects.exists()


def test_a_letter_that_nobody_took_up_is_shown_to_the_owner_after_three_days(house: Cast) -> None:
    written(house, "Nell Quill")
    olga = house.here("olga", at=NOON + timedelta(days=2, hours=23))
    assert arriving.waiting(olga) == []
    later = house.here("olga", at=NOON + timedelta(days=3))
    (one,) = arriving.waiting(later)
    assert one.words.about == "Nell Quill"
    assert one.charts == ()
    for who in ("ada", "cal", "max"):
        with pytest.raises(NotHere):
            arriving.answered(house.here(who, at=NOON + timedelta(days=3)), one.id)
    with pytest.raises(NotHere):
        arriving.answered(olga, one.id)
    arriving.answered(later, one.id)
    assert not Arrival.objects.exists()


@pytest.mark.parametrize(("about", "asker"), [("", "Rex"), ("Dov", " "), ("  ", "")])
def test_a_letter_without_names_is_refused_alike(house: Cast, about: str, asker: str) -> None:
    with pytest.raises(NamesNobody):
        arriving.write_down(house.here("cal"), Arrived(about, asker, CAME))
    assert not Arrival.objects.exists()


# Whom it may be about: generous, as a name in a letter is misspelled


@pytest.mark.parametrize(
    "about",
    ["Dov Halpern", "HALPERN, DOV", "D. Halpern", "Dov Halperin", "Mr Dov Hapern", "dov halpren"],
)
def test_a_name_as_letters_have_it_reaches_her(about: str) -> None:
    assert concerns([about], None, DOV, fold)


@pytest.mark.parametrize(
    "about", ["Halpern", "Eve Halpern", "Dov", "Nell Quill", "Dov Castellane", ""]
)
def test_another_persons_name_does_not(about: str) -> None:
    assert not concerns([about], None, DOV, fold)


def test_half_a_name_with_the_day_of_birth_does(house: Cast) -> None:
    assert concerns(["Halpern"], DOV.born, DOV, fold)
    assert not concerns(["Quill"], DOV.born, DOV, fold)


names = st.text(alphabet="abcdefghij", min_size=4, max_size=9)


@given(names, st.integers(0, 8), st.sampled_from("xyz"))
def test_one_letter_wrong_more_less_or_out_of_place_is_near(
    name: str, at: int, letter: str
) -> None:
    at = min(at, len(name) - 1)
    swapped = name[:at] + name[at : at + 2][::-1] + name[at + 2 :]
    for other in (name[:at] + letter + name[at:], name[:at] + letter + name[at + 1 :], swapped):
        assert near(name, other)
        assert near(other, name)
    assert not near(name, "zzzz" + name)


@given(st.text(max_size=30), st.dates() | st.none())
def test_no_name_breaks_the_comparison(about: str, born: date | None) -> None:
    concerns([about], born, FrontSheet(given="Élan", family="O'Neil-Brandt"), fold)
