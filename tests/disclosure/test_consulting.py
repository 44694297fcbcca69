"""A consultation sheet names nobody: what the chart knows is taken out, and kept out."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillroom.disclosure import actions, queries
from stillroom.disclosure.consulting import Known, cleaned, consultations, known_of, still_in
from stillroom.disclosure.consulting import actions as consulting
from stillroom.disclosure.consulting.known import words as name_words
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere
from stillroom.practice.rules import Contact, FrontSheet, fold
from tests.cast import Cast
from tests.disclosure.story import subpoena
from tests.web import corpus

DOV = FrontSheet(
    given="Dov",
    family="Halpern-Ruiz",
    called="Dovi",
    born=date(1987, 4, 3),
    phone="410 555 0187",
    email="dov@example.org",
    address=("22 Quarry Lane", "Towson"),
    member_id="XQ77",
    payer="Chesapeake Mutual",
    emergency=Contact("Mira Stone", "sister", "410 555 0100"),
    guardians=(Contact("Lev Halpern", "father"),),
)
KNOWN = known_of([DOV], intake=subpoena().intake, colleagues=["Ada Merrow"], practice="Linden Row")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Dov Halpern-Ruiz rang.", "the client rang."),
        ("DOVI’s father, Lev, came.", "the client’s father, a guardian, came."),
        ("I spoke with Ruiz and with Halpern.", "I spoke with the client and with the client."),
        ("Mira Stone's number is 410 555 0100.",
         "somebody close to the client's number is [telephone number]."),
        ("Rex Dunleavy asks, in Halpern v. Halpern.",
         "whoever asks asks, in the client v. the client."),
        ("Born April 3, 1987, at 22 quarry lane, Towson 21204.",
         "Born [day], at [address], [address] [number]."),
        ("SSN 219-09-9999, member XQ77, mail dov@example.org.",
         "SSN [number], member [number], mail [e-mail address]."),
        ("On 2026-11-20 and on 9/12/25, at www.example.org/dov.",
         "On [day] and on [day], at [web address]"),
        ("A woman of 94 years, seen at 3pm for 50 min in 2024, on 20 mg.",
         "A woman of ninety or more years, seen at 3pm for 50 min in 2024, on 20 mg."),
        ("Chesapeake wrote to Ada at Linden Row.", "the payer wrote to a colleague at the practice."),
        ("He is 41 and lives in Maryland.", "He is 41 and lives in Maryland."),
    ],
)  # fmt: skip
def test_what_would_say_who_it_is_about_is_replaced(text: str, left: str) -> None:
    assert cleaned(text, KNOWN).text == left


def test_a_name_that_is_a_word_too_is_taken_only_where_it_is_written_as_a_name() -> None:
    will = known_of([FrontSheet(given="Will", family="Young")])
    said = cleaned("Will says he will go while he is young.", will)
    assert said.text == "the client says he will go while he is young."


def test_the_number_of_a_paragraph_is_no_number_of_the_client() -> None:
    cited = "45 CFR 164.512(e)(1)(ii)"
    known = Known({"dov": "the client"}, safe=frozenset({cited, "45 CFR 164.512(e)"}))
    said = f"Dov asks about {cited}; his number is 164512."
    assert cleaned(said, known).text == f"the client asks about {cited}; his number is [number]."


def test_names_of_nobody_on_file_are_shown_and_stay() -> None:
    found = cleaned("He threatened Mr. Petrov, his neighbor.", KNOWN)
    assert found.doubtful == ("Petrov",)
    assert "Petrov" in found.text


NAMES = st.text(st.characters(categories=["L"]), min_size=2, max_size=9).filter(
    lambda one: len(fold(one)) > 1 and fold(one) not in name_words().common_in_names
)


@given(
    given=NAMES,
    family=NAMES,
    before=st.text(max_size=30),
    after=st.text(max_size=30),
)
def test_no_name_of_the_client_stays_whatever_stands_around_it(
    given: str, family: str, before: str, after: str
) -> None:
    known = known_of([FrontSheet(given=given.title(), family=family.title())])
    once = cleaned(f"{before} {given.title()} {after} {family.title()}.", known)
    assert not still_in(once.text, known)
    again = cleaned(once.text, known)
    assert again.text == once.text


def test_several_clients_are_told_apart_from_one() -> None:
    couple = known_of([DOV, FrontSheet(given="Imani", family="Feld")])
    assert cleaned("Imani told Dov.", couple).text == "one of the clients told one of the clients."


@pytest.fixture
def matter(cast: Cast) -> str:
    """Rex's letter about Dov, entered by Ada, a psychologist in Maryland."""
    ada = cast.here("ada")
    cast.licensed("ada")
    return actions.enter(ada, cast.dov, subpoena())


def whole(cast: Cast, matter: str) -> queries.WholeMatter:
    return queries.whole_matter(cast.here("ada"), corpus(), matter)


def test_a_sheet_and_its_answer_stand_in_the_matter(cast: Cast, matter: str) -> None:
    ada = cast.here("ada")
    number = consulting.ask(ada, whole(cast, matter), "lawyer", "May I refuse?", read=False)
    said = "Object, and ask for a ruling."
    consulting.answered(ada, whole(cast, matter), number, "Counsel", said)
    (one,) = consultations(whole(cast, matter).steps)
    assert (one.of_whom, one.text) == ("a lawyer", "May I refuse?")
    assert [(each.who, each.says) for each in one.answers] == [("Counsel", said)]


@pytest.mark.parametrize(
    ("whom", "text", "refusal"),
    [
        ("lawyer", "May I refuse for Dov?", consulting.StillNames),
        ("lawyer", "May I refuse? He rang on April 3.", consulting.StillNames),
        ("lawyer", "He threatened Mr. Petrov.", consulting.NotRead),
        ("lawyer", "  ", consulting.NothingAsked),
        ("gossip", "May I refuse?", consulting.NothingAsked),
        ("lawyer", "May I? " * 4000, consulting.TooLong),
    ],
)
def test_nothing_is_kept_that_names_somebody_or_asks_nobody(
    cast: Cast, matter: str, whom: str, text: str, refusal: type[StillroomError]
) -> None:
    with pytest.raises(refusal):
        consulting.ask(cast.here("ada"), whole(cast, matter), whom, text, read=False)
    assert not whole(cast, matter).steps


def test_a_name_of_nobody_on_file_stays_once_somebody_has_read_it(cast: Cast, matter: str) -> None:
    text = "He threatened Mr. Petrov."
    assert consulting.ask(cast.here("ada"), whole(cast, matter), "ethics", text, read=True) == 1


def test_an_answer_needs_a_sheet_and_words(cast: Cast, matter: str) -> None:
    ada = cast.here("ada")
    with pytest.raises(NotHere):
        consulting.answered(ada, whole(cast, matter), 1, "", "Yes.")
    consulting.ask(ada, whole(cast, matter), "lawyer", "May I refuse?", read=False)
    with pytest.raises(StillroomError, match="answer is empty"):
        consulting.answered(ada, whole(cast, matter), 1, "", " ")


def test_no_chart_is_known_by_nothing() -> None:
    assert cleaned("He is 41.", Known({})).text == "He is 41."
