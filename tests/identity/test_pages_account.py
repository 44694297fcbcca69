"""Recovery words, one's account's page and the page of people, over HTTP."""

import re

import pyotp
import pytest
from django.test import Client

from stillroom.identity import doors
from stillroom.identity.models import Session, WayIn
from stillroom.vault import new_recovery_words, words_key
from tests.cast import NOON, PASSPHRASE, Cast
from tests.identity.conftest import code_of, text_of
from tests.web import Visitor, serve

NEW = "brass kettle under a walnut tree"


@pytest.fixture(autouse=True)
def running(staff: Cast) -> None:
    """The practice, served."""
    serve(staff)


# Recovery words


@pytest.fixture
def paper(staff: Cast) -> str:
    """Ada's words."""
    words = new_recovery_words()
    sealed = doors.seal_identity(staff.ada.id, staff.ada.key, words_key(words))
    WayIn.objects.filter(person_id=staff.ada.id, kind="words").update(sealed_key=sealed)
    return " ".join(words)


def test_the_words_on_paper_bring_her_back(staff: Cast, paper: str) -> None:
    open_elsewhere = Visitor(staff, "ada")
    visitor = Visitor(staff)
    assert "Use your recovery words" in text_of(visitor.get("/signin"))
    assert "twelve words" in text_of(visitor.get("/signin/words"))
    form = {"name": "ada", "words": paper, "passphrase": NEW, "again": NEW}
    answer = visitor.post("/signin/words", form)
    assert answer.status_code == 200
    assert "data:image/svg+xml" in text_of(answer)
    secret = re.search(r'<p class="digest">([A-Z2-7]{32})</p>', text_of(answer))
    assert secret
    assert secret[1] != staff.ada.code_secret
    assert not set(paper.split()) & set(re.findall(r"(?<=>)[a-z]+(?=<)", text_of(answer)))
    assert open_elsewhere.get("/account").headers["Location"].startswith("/signin")
    assert visitor.get("/account").headers["Location"].startswith("/signin")
    code = pyotp.TOTP(secret[1]).at(NOON)
    assert (
        visitor.post("/signin", {"name": "ada", "passphrase": NEW, "code": code}).status_code == 302
    )


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"again": "another"}, "two passphrases differ"),
        ({"passphrase": "short", "again": "short"}, "shorter than"),
        ({"words": "xyzzy plugh"}, "not in the list"),
        ({"name": "nobody"}, "do not belong together"),
        ({"words": " ".join(["abandon"] * 11 + ["about"])}, "do not belong together"),
    ],
)
def test_a_refused_form_keeps_the_name_and_neither_words_nor_passphrase(
    staff: Cast, paper: str, wrong: dict[str, str], says: str
) -> None:
    form = {"name": "ada", "words": paper, "passphrase": NEW, "again": NEW, **wrong}
    answer = Visitor(staff).post("/signin/words", form)
    page = text_of(answer)
    assert answer.status_code == 403
    assert says in page
    assert f'value="{form["name"]}"' in page
    for secret in (form["words"], NEW):
        assert secret not in page
    assert doors.by_passphrase(staff.house, "ada", PASSPHRASE, code_of(staff.ada), at=NOON)


def test_her_own_browser_forgets_its_session_too(staff: Cast, paper: str) -> None:
    form = {"name": "ada", "words": paper, "passphrase": NEW, "again": NEW}
    assert Visitor(staff, "ada").post("/signin/words", form).headers["Clear-Site-Data"]
    assert "Clear-Site-Data" not in Visitor(staff, "bea").post("/signin/words", form).headers


# One's account


def test_a_new_passphrase_on_the_page(staff: Cast) -> None:
    visitor, other = Visitor(staff, "ada"), Visitor(staff, "ada")
    form = {"old": PASSPHRASE, "passphrase": NEW, "again": NEW}
    answer = visitor.post("/account/passphrase", form)
    assert answer.status_code == 200
    assert "Your passphrase is changed" in text_of(answer)
    assert NEW not in text_of(answer)
    assert other.get("/account").headers["Location"].startswith("/signin")
    assert doors.by_passphrase(staff.house, "ada", NEW, code_of(staff.ada), at=NOON)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"old": NEW}, "not your present passphrase"),
        ({"again": PASSPHRASE}, "two passphrases differ"),
        ({"passphrase": "short", "again": "short"}, "shorter than"),
    ],
)
def test_a_passphrase_that_is_refused_is_told_beside_its_form(
    staff: Cast, wrong: dict[str, str], says: str
) -> None:
    form = {"old": PASSPHRASE, "passphrase": NEW, "again": NEW, **wrong}
    answer = Visitor(staff, "ada").post("/account/passphrase", form)
    page = text_of(answer)
    assert answer.status_code == 409
    assert says in page
    assert not any(secret in page for secret in (PASSPHRASE, NEW))


def test_new_recovery_words_are_shown_once_and_a_refused_passphrase_keeps_the_old(
    staff: Cast, paper: str
) -> None:
    visitor = Visitor(staff, "ada")
    refused = visitor.post("/account/words", {"passphrase": NEW})
    assert refused.status_code == 409
    assert "Your recovery words are as they were" in text_of(refused)
    assert doors.by_words(staff.house, "ada", paper.split(), at=NOON)
    shown = visitor.post("/account/words", {"passphrase": PASSPHRASE})
    words = re.search(r'class="digest">([^<]+)<', shown.content.decode())
    assert words
    assert doors.by_words(staff.house, "ada", words[1].split(), at=NOON)
    assert words[1] not in visitor.get("/account").content.decode()


def test_the_page_shows_her_sessions_and_ends_one_or_all(staff: Cast) -> None:
    visitor, laptop, phone = (Visitor(staff, "ada") for _ in range(3))
    Visitor(staff, "bea")
    page = text_of(visitor.get("/account"))
    others = re.findall(r'name="session" value="([0-9a-f]{64})"', page)
    assert len(others) == 2
    assert page.count("this one") == 1
    visitor.post("/account/end-sessions", {"session": others[0]})
    assert Session.objects.filter(person_id=staff.ada.id).count() == 2
    visitor.post("/account/end-sessions")
    assert Session.objects.filter(person_id=staff.ada.id).count() == 1
    assert Session.objects.filter(person_id=staff.bea.id).count() == 1
    assert visitor.get("/account").status_code == 200
    for gone in (laptop, phone):
        assert gone.get("/account").headers["Location"].startswith("/signin")


@pytest.mark.parametrize(
    "path",
    [
        "/account/passphrase",
        "/account/words",
        "/account/end-sessions",
        "/account/remove-passkey",
        "/account/passkey",
        "/account/passkey/options",
    ],
)
def test_nobody_changes_an_account_without_signing_in_or_without_the_forms_mark(
    staff: Cast, path: str
) -> None:
    assert Visitor(staff).post(path).headers["Location"].startswith("/signin")
    assert Visitor(staff, "ada").get(path).status_code == 405
    strict = Visitor(staff, "ada")
    strict.client = Client(enforce_csrf_checks=True)
    strict.client.cookies = Visitor(staff, "ada").client.cookies
    assert strict.post(path).status_code == 403


# People


def test_the_page_says_that_roles_wait_for_a_second_person(staff: Cast) -> None:
    form = {"name": "Zoe Arden", "sign_name": "zoe", "roles": ["clinician"]}
    page = text_of(Visitor(staff, "max").post("/people/invite", form))
    assert "until a second person agrees" in page
    assert "another owner or administrator has to agree" in page
    assert "Agree</button>" in text_of(Visitor(staff, "olga").get("/people"))


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"name": "Zoe", "sign_name": "ada"}, "somebody already signs in with that name"),
        ({"name": "Zoe", "sign_name": " "}, "a name is missing"),
        ({"name": "", "sign_name": "zoe"}, "a name is missing"),
    ],
)
def test_an_invitation_that_cannot_be_made_keeps_what_was_typed(
    staff: Cast, form: dict[str, str], says: str
) -> None:
    answer = Visitor(staff, "olga").post("/people/invite", form)
    assert answer.status_code == 409
    assert says in text_of(answer).lower()
    assert form["name"] in text_of(answer)


def test_the_page_says_why_an_owner_is_not_closed(staff: Cast) -> None:
    path = f"/people/{staff.olga.id}/close"
    for who, says in (("max", "closed by an owner"), ("olga", "without an owner")):
        answer = Visitor(staff, who).post(path)
        assert answer.status_code == 409
        assert says in text_of(answer)
    assert Visitor(staff, "olga").get("/account").status_code == 200


def test_an_invitation_is_taken_up_on_the_page(staff: Cast) -> None:
    form = {"name": "Zoe Arden", "sign_name": "zoe", "roles": ["clinician"]}
    page = text_of(Visitor(staff, "olga").post("/people/invite", form))
    code = re.search(r'<p class="digest">([0-9a-f]{20})</p>', page)
    assert code
    zoe = Visitor(staff)
    wrong = zoe.post("/welcome", {"code": code[1], "passphrase": NEW, "again": NEW + "x"})
    assert wrong.status_code == 409
    assert "two passphrases differ" in text_of(wrong)
    made = zoe.post("/welcome", {"code": code[1], "passphrase": NEW, "again": NEW})
    assert "Welcome, Zoe Arden" in text_of(made)
    again = zoe.post("/welcome", {"code": code[1], "passphrase": NEW, "again": NEW})
    assert "not open" in text_of(again)
