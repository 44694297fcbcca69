"""A client's day: she takes up her place, signs in, opens every page of her own, and goes; and what
those who care do about her door meanwhile."""

import re
from typing import TYPE_CHECKING

from tests.harness.browser import Browser
from tests.harness.done_by_clients import do_by_her_own_door
from tests.harness.in_session import visit_from_her_side
from tests.harness.read_by_clients import read_by_her_own_door

if TYPE_CHECKING:
    from tests.harness.living import Life

PAGES = ("/my/", "/my/about", "/my/ways")
"""The pages of her own door. Whoever adds a room opens it here."""


def come_in_by_her_own_door(life: "Life") -> None:
    """Invited, taken up, signed in and out; closed and opened again by those who care."""
    ada, chart = life.served.people["ada"].web, life.ids["chart"]
    at = f"/clients/{chart}/door"
    given = ada.submit(ada.open(at).form("/door"), do="invite")
    assert given.status == 200, given.text[:500]
    address = life.secret.also(_found(r"/my/place/([\w-]{43})", given.text))
    code = life.secret.also(_found(r"<strong>((?:\w+ ){3}\w+)</strong>", given.text))
    dov = life.served.browse(life.type_words)
    life.browsers.append(dov)
    place = f"/my/place/{address}"
    passphrase = life.secret.words("the client's passphrase")
    assert dov.submit(dov.open(place).form(address)).status == 403
    form = dov.open(place).form(address)
    told = dov.submit(form, code=code, passphrase=passphrase, again=passphrase)
    name = life.secret.also(_found(r'class="told"><strong>(.+?)</strong>', told.text))
    assert dov.submit(dov.open("/my/in").form("/my/in")).status == 403
    enter(dov, name, passphrase)
    look_at_everything(dov)
    read_by_her_own_door(life, dov)
    do_by_her_own_door(life, dov)
    visit_from_her_side(life, dov)
    passphrase = change(life, dov, passphrase)
    elsewhere(life, name, passphrase, at)
    close_and_open(life, at)
    assert dov.get("/my/").status == 302, "what was closed is over, also for whoever was inside"


def enter(browser: Browser, name: str, passphrase: str) -> None:
    """Sign in."""
    form = browser.open("/my/in").form("/my/in")
    assert browser.submit(form, name=name, passphrase=passphrase).goes_to == "/my/"


def look_at_everything(dov: Browser) -> None:
    """Every page, in both languages, and the one that names nothing."""
    for language in ("es", "en"):
        assert dov.post("/my/ways/language", {"language": language}).status == 302
        for page in PAGES:
            dov.open(page)
    dov.open("/my/away")
    assert dov.post("/my/here", {}).status == 204
    assert dov.json("/my/in/passkey/options", {}).status == 200
    assert dov.json("/my/ways/passkey/options", {}).status == 200
    assert dov.post("/my/ways/always", {"always": "yes"}).status == 302


def change(life: "Life", dov: Browser, passphrase: str) -> str:
    """Another passphrase, after a wrong one."""
    assert dov.submit(dov.open("/my/ways").form("/my/ways/passphrase")).status == 409
    other = life.secret.words("the client's other passphrase")
    form = dov.open("/my/ways").form("/my/ways/passphrase")
    kept = dov.submit(form, old=passphrase, passphrase=other, again=other)
    assert kept.status == 200
    return other


def elsewhere(life: "Life", name: str, passphrase: str, at: str) -> None:
    """From another browser, which she asks to be known; whoever treats is told, and looks."""
    ada = life.served.people["ada"].web
    phone = life.served.browse(life.type_words)
    life.browsers.append(phone)
    form = phone.open("/my/in").form("/my/in")
    assert phone.submit(form, name=name, passphrase=passphrase, know="yes").status == 302
    assert at in ada.open("/today").text
    assert ada.submit(ada.open(at).form("/door"), do="seen").status == 302
    assert at not in ada.open("/today").text
    phone.open("/my/")
    assert phone.post("/my/leave", {}).goes_to == "/my/away"
    assert phone.get("/my/").status == 302


def close_and_open(life: "Life", at: str) -> None:
    """The front desk closes it; whoever treats opens it again."""
    ada = life.served.people["ada"].web
    cal = life.served.people["cal"].web
    person = cal.open(at).form("/door").values["person"][0]
    assert cal.post(at, {"do": "freeze", "person": person}).status == 302
    assert ada.post(at, {"do": "thaw", "person": person}).status == 302


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found, text[:1500]
    return found[1]
