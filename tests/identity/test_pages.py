"""The pages at the door, over HTTP behind the real middleware: in, out, locked, by passkey."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse

from stillroom.desk import cookies
from stillroom.identity.models import Session, WayIn
from stillroom.identity.passkey_body import site_of
from stillroom.phi import LogUnwritable
from tests.cast import PASSPHRASE, Cast
from tests.identity.authenticator import Authenticator, Ceremony
from tests.identity.conftest import Told, code_of, text_of
from tests.web import Visitor, serve

BROWSER = Ceremony(origin="http://testserver", host="testserver")
MINUTE = timedelta(minutes=1)
JSON = {"content_type": "application/json", "headers": {"Accept": "application/json"}}


@pytest.fixture(autouse=True)
def running(staff: Cast) -> None:
    """The practice, served."""
    serve(staff)


def at(staff: Cast, minutes: int) -> Cast:
    """The practice so much later."""
    later = staff.later(minutes=minutes)
    serve(later)
    return later


def ask(visitor: Visitor, path: str, body: dict[str, Any]) -> HttpResponse:
    """What a script of the page asks."""
    return visitor.client.post(path, json.dumps(body), **JSON)  # type: ignore[return-value, arg-type]


def typed(staff: Cast, name: str = "ada", **more: str) -> dict[str, str]:
    return {
        "name": name,
        "passphrase": PASSPHRASE,
        "code": code_of(staff.people[name], staff.at),
        **more,
    }


# Signing in and out


def test_signing_in_gives_one_strict_cookie_and_leads_where_one_wanted(staff: Cast) -> None:
    visitor = Visitor(staff)
    answer = visitor.post("/signin", typed(staff, next="/account"))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account")
    cookie = answer.cookies[cookies.NAME]
    assert cookies.NAME.startswith("__Host-")
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Strict")
    assert cookie["path"] == "/"
    assert not cookie["domain"]
    assert not cookie["expires"]
    assert not cookie["max-age"]
    assert visitor.get("/account").status_code == 200


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"],
)
def test_signing_in_leads_to_no_other_site(staff: Cast, elsewhere: str) -> None:
    answer = Visitor(staff).post("/signin", typed(staff, next=elsewhere))
    assert answer.headers["Location"] == "/today"


def test_whichever_is_wrong_the_page_is_the_same_byte_for_byte(staff: Cast) -> None:
    pages = set()
    for wrong in ({"name": "nobody"}, {"passphrase": PASSPHRASE + "x"}, {"code": "000000"}):
        answer = Visitor(staff).post("/signin", {**typed(staff), **wrong})
        assert answer.status_code == 403
        bare = re.sub(r'(content|value)="[A-Za-z0-9]{64}"', "", text_of(answer))
        pages.add(bare.replace('value="nobody"', 'value="ada"'))
        assert PASSPHRASE not in bare
    assert len(pages) == 1


def test_signing_out_leaves_nothing_to_come_back_to(staff: Cast) -> None:
    visitor = Visitor(staff)
    visitor.post("/signin", typed(staff))
    cookie = visitor.client.cookies[cookies.NAME].value
    answer = visitor.post("/signout")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert answer.cookies[cookies.NAME].value == ""
    assert not Session.objects.exists()
    thief = Visitor(staff)
    thief.client.cookies[cookies.NAME] = cookie
    assert thief.get("/account").headers["Location"].startswith("/signin")


def test_signing_out_of_a_locked_session_ends_it_and_is_written_down(
    staff: Cast, told: Callable[[], list[Told]]
) -> None:
    visitor = Visitor(staff, "ada")
    visitor.post("/lock")
    visitor.post("/signout")
    assert not Session.objects.exists()
    assert (told()[-1].actor, told()[-1].act) == (staff.ada.id, "session:person:end")


@pytest.mark.parametrize("cookie", ["", "x", "%%%", "é", "c2hhcmVkAQ=="])
def test_a_cookie_that_is_none_signs_out_quietly(staff: Cast, cookie: str) -> None:
    visitor = Visitor(staff)
    visitor.client.cookies[cookies.NAME] = cookie
    assert visitor.post("/signout").headers["Location"] == "/signin"
    assert visitor.get("/account").headers["Location"].startswith("/signin")


def test_signing_in_again_ends_the_session_that_the_browser_had(staff: Cast) -> None:
    visitor = Visitor(staff, "bea")
    visitor.post("/signin", typed(staff))
    assert [row.person_id for row in Session.objects.all()] == [staff.ada.id]


def test_a_log_that_cannot_be_written_lets_nobody_in_and_says_it_is_ours(
    staff: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise LogUnwritable

    monkeypatch.setattr(staff.house.log, "append", full)
    for wrong in ({}, {"code": "000000"}, {"name": "nobody"}):
        answer = Visitor(staff).post("/signin", {**typed(staff), **wrong})
        assert answer.status_code == 503
        assert cookies.NAME not in answer.cookies
    assert not Session.objects.exists()


# Locked


def test_every_page_of_a_locked_session_leads_to_the_lock(staff: Cast) -> None:
    visitor = Visitor(staff, "ada")
    later = at(staff, 15)
    answer = visitor.get("/account")
    assert answer.headers["Location"] == "/unlock?next=/account"
    assert ask(visitor, "/preferences/veil", {}).status_code == 423
    assert "Ada Merrow" in text_of(visitor.get("/unlock"))
    back = visitor.post("/unlock", typed(later, next="/account"))
    assert back.headers["Location"] == "/account"
    assert visitor.get("/account").status_code == 200


def test_another_persons_passphrase_does_not_open_my_locked_page(staff: Cast) -> None:
    visitor = Visitor(staff, "ada")
    visitor.post("/lock")
    for how in ({}, JSON):
        body = typed(staff, "max")
        sent = json.dumps(body) if how else body
        answer = visitor.client.post("/unlock", sent, **how)  # type: ignore[arg-type]
        assert answer.status_code == 403
    assert visitor.get("/account").headers["Location"] == "/unlock?next=/account"


def test_another_persons_passkey_does_not_open_my_locked_page(
    staff: Cast, told: Callable[[], list[Told]]
) -> None:
    made = Authenticator()
    keep(Visitor(staff, "max"), made)
    visitor = Visitor(staff, "ada")
    visitor.post("/lock")
    options = json.loads(ask(visitor, "/signin/passkey/options", {"name": "max"}).content)
    credential, prf = made.answer(options, BROWSER)
    answer = ask(visitor, "/unlock", {"credential": credential, "prf": prf})
    assert answer.status_code == 403
    assert "session:person:prove" not in [entry.act for entry in told()]
    assert visitor.get("/account").headers["Location"] == "/unlock?next=/account"


def test_a_page_put_away_is_unlocked_in_place_by_a_script(staff: Cast) -> None:
    visitor = Visitor(staff, "ada")
    visitor.post("/lock")
    answer = ask(visitor, "/unlock", typed(staff))
    assert answer.status_code == 200
    assert json.loads(answer.content)["csrf"]


# Passkeys over HTTP


def keep(visitor: Visitor, made: Authenticator) -> HttpResponse:
    """Register a passkey as the account's page does."""
    options = json.loads(ask(visitor, "/account/passkey/options", {}).content)
    credential, prf = made.make(options, BROWSER)
    body = {"credential": credential, "prf": prf, "label": "Laptop"}
    return ask(visitor, "/account/passkey", body)


def by_passkey(visitor: Visitor, made: Authenticator, to: str, name: str = "") -> HttpResponse:
    """Prove who one is with a passkey, as the doors' pages do."""
    options = json.loads(ask(visitor, "/signin/passkey/options", {"name": name}).content)
    credential, prf = made.answer(options, BROWSER)
    return ask(visitor, to, {"credential": credential, "prf": prf})


def test_a_passkey_signs_in_unlocks_and_proves_again(staff: Cast) -> None:
    made = Authenticator()
    assert json.loads(keep(Visitor(staff, "ada"), made).content) == {"next": "/account"}
    visitor = Visitor(staff)
    answer = by_passkey(visitor, made, "/signin/passkey?next=/account", "ada")
    assert json.loads(answer.content) == {"next": "/account"}
    at(staff, 16)
    answer = by_passkey(visitor, made, "/unlock?next=/account")
    assert json.loads(answer.content)["next"] == "/account"
    at(staff, 24)
    assert "Prove it" in text_of(visitor.get("/account"))
    answer = by_passkey(visitor, made, "/step-up?next=/account")
    assert json.loads(answer.content)["next"] == "/account"
    assert "Make a passkey here" in text_of(visitor.get("/account"))


def test_a_session_for_a_while_is_asked_who_it_is_before_its_passkeys_change(
    staff: Cast,
) -> None:
    visitor = Visitor(staff, "ada")
    keep(visitor, Authenticator())
    passkey = WayIn.objects.get(kind="passkey").pk
    at(staff, 6)
    refused = ask(visitor, "/account/passkey/options", {})
    assert refused.status_code == 403
    assert "fresh sign" in json.loads(refused.content)["message"]
    answer = visitor.post("/account/remove-passkey", {"passkey": passkey})
    assert answer.status_code == 403
    assert 'name="next" value="/account"' in text_of(answer)
    assert WayIn.objects.filter(pk=passkey).exists()


def test_a_passkey_is_removed_on_the_page(staff: Cast) -> None:
    visitor = Visitor(staff, "ada")
    keep(visitor, Authenticator())
    assert "Laptop" in text_of(visitor.get("/account"))
    passkey = WayIn.objects.get(kind="passkey").pk
    assert visitor.post("/account/remove-passkey", {"passkey": passkey}).status_code == 302
    assert "Laptop" not in text_of(visitor.get("/account"))


def test_the_last_but_one_way_in_stays_and_the_page_says_why(staff: Cast) -> None:
    visitor = Visitor(staff, "ada")
    keep(visitor, Authenticator())
    WayIn.objects.filter(person_id=staff.ada.id, kind="words").delete()
    passkey = WayIn.objects.get(kind="passkey").pk
    answer = visitor.post("/account/remove-passkey", {"passkey": passkey})
    assert answer.status_code == 409
    assert "The passkey is still there" in text_of(answer)
    assert "fewer than two ways in" in text_of(answer)
    assert WayIn.objects.filter(pk=passkey).exists()


@pytest.mark.parametrize("passkey", ["", "x", "-1", "²", "9" * 40, "1 OR 1=1"])
def test_a_passkey_that_is_none_is_not_here(staff: Cast, passkey: str) -> None:
    answer = Visitor(staff, "ada").post("/account/remove-passkey", {"passkey": passkey})
    assert answer.status_code == 404


@pytest.mark.parametrize("body", [b"[" * 100_000, b"\xff", b"[]", b"null", b'{"credential": 1}'])
def test_a_script_that_sends_no_credential_is_refused(staff: Cast, body: bytes) -> None:
    for path in ("/signin/passkey", "/account/passkey"):
        answer = Visitor(staff, "ada").client.post(path, body, **JSON)  # type: ignore[arg-type]
        assert answer.status_code == 409
        assert "passkey" in json.loads(answer.content)["message"]


def test_a_passkey_behind_a_proxy_is_bound_to_the_address_that_browsers_show(
    settings: Any, rf: Any
) -> None:
    request = rf.get("/", headers={"host": "testserver"})
    assert site_of(request).origin == "http://testserver"
    settings.CSRF_TRUSTED_ORIGINS = ["https://testserver"]
    assert (site_of(request).host, site_of(request).origin) == ("testserver", "https://testserver")
