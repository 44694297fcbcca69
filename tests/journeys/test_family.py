"""A father is let in as far as the law lets and a clinician decides; he writes; the son's thread is his own."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from stillroom.config.demonstration import people_of
from tests.journeys.conftest import Picture, Served, sign_in
from tests.journeys.looking import EVERYTHING, findings
from tests.journeys.passing import unused_codes  # noqa: F401 - a fixture
from tests.journeys.test_own_door import in_spanish_and_dark, offered, shape

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("unused_codes")]
PASSPHRASE = "nine grey herons over the reservoir"


def let_in(page: Page, served: Served) -> tuple[str, str, str]:
    """The law is asked, an order is named, and less is given than was ticked."""
    page.goto(f"{served.address}/clients")
    page.get_by_role("link", name="Micah Delgado").first.click()
    page.get_by_role("link", name="Who stands for them").click()
    proxies = page.url
    expect(
        page.get_by_text("Given: appointments; forms and questionnaires; messages.")
    ).to_be_visible()
    page.get_by_role("link", name="Let somebody in").click()
    page.get_by_label("Name", exact=True).fill("Luis Delgado")
    page.get_by_label("What they are to the client").fill("father")
    page.get_by_label("a parent").check()
    page.get_by_role("button", name="Look at the law").click()
    expect(page.get_by_role("heading", name="What the law on file says")).to_be_visible()
    for fact in ("minor_consented_to_care", "parent_agreed_to_confidentiality"):
        page.locator(f"input[name=fact_{fact}][value=no]").check()
    for fact in ("client_emancipated", "representative_endangers"):
        page.locator(f"input[name=fact_{fact}][value=no]").check()
    page.get_by_role("button", name="Look again").last.click()
    page.get_by_label("messages", exact=True).check()
    page.get_by_label("An order about who decides").select_option(
        label="an order: both parents decide"
    )
    page.get_by_role("button", name="Sign, and let them in").click()
    expect(page.get_by_role("alert")).to_contain_text("which paper you saw")
    page.get_by_label("Which paper you saw").fill("Agreement of May 4, 2024")
    page.get_by_label("Why this much, and no more").fill("As his mother: times and messages.")
    page.get_by_role("button", name="Sign, and let them in").click()
    expect(page.locator(".digest")).to_have_count(2)
    place, code = page.locator(".digest").all_inner_texts()
    return place, code, proxies


def come_in(page: Page, place: str, code: str) -> None:
    """At his own telephone, in Spanish and back."""
    page.goto(place)
    assert findings(page, EVERYTHING) == []
    page.get_by_label("The four words").fill(code)
    page.get_by_label("A passphrase of your own").fill(PASSPHRASE)
    page.get_by_label("Once more").fill(PASSPHRASE)
    page.get_by_role("button", name="Make it mine").click()
    assert findings(page, EVERYTHING) == []
    name = page.locator(".told").inner_text()
    page.get_by_role("link", name="Sign in").click()
    sign_in_as_guest(page, name, PASSPHRASE)


def sign_in_as_guest(page: Page, name: str, passphrase: str) -> None:
    page.get_by_label("Your name here").fill(name)
    page.get_by_label("Passphrase").fill(passphrase)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/my/")


def barriers_behind_the_door(page: Page, served: Served) -> list[str]:
    """What axe has to say of every page of whoever is signed in, in English by day and in Spanish by
    night."""
    pages, found = ["/my/"], []
    for path in pages:
        page.goto(f"{served.address}{path}")
        for one in offered(page):
            pages += [one] if shape(one) not in {shape(known) for known in pages} else []
        found += [f"{path}: {one}" for one in findings(page, EVERYTHING)]
    assert len(pages) > 3
    found += in_spanish_and_dark(page, served, pages)
    page.goto(f"{served.address}/my/?language=en")
    return found


def write(page: Page, words: str) -> None:
    page.get_by_role("link", name=re.compile("^Messages$")).click()
    expect(page.get_by_text("In danger now: call 911.")).to_be_visible()
    page.get_by_label("Your message").fill(words)
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text(words)).to_be_visible()


def test_a_father_is_let_in_writes_and_sees_nothing_of_his_sons_messages(
    page: Page, chromium: Browser, demonstration: Served, picture: Picture
) -> None:
    served = demonstration
    sign_in(page, served, "ada")
    place, code, proxies = let_in(page, served)
    picture(page, "60-who-stands-for-a-client")
    phone = chromium.new_context(viewport={"width": 390, "height": 844})
    father = phone.new_page()
    come_in(father, place, code)
    expect(father.get_by_role("heading", name="For Micah, 15")).to_be_visible()
    write(father, "I bring him on Thursday.")
    expect(father.get_by_text("Just us.")).to_have_count(0)
    picture(father, "61-a-proxys-messages")
    assert barriers_behind_the_door(father, served) == []
    father.get_by_role("button", name="Sign out").click()
    young = next(one for one in people_of(served.home) if one.name == "Micah Delgado")
    sign_in_as_guest(father, young.sign_name, young.passphrase)
    assert barriers_behind_the_door(father, served) == []
    father.get_by_role("link", name="Who stands for whom").click()
    expect(father.get_by_role("heading", name="Father")).to_be_visible()
    page.goto(f"{served.address}/today")
    page.get_by_role("link", name=re.compile("^A message from who stands for the client")).click()
    page.get_by_label("Your message").fill("Good. At the usual time.")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("Good. At the usual time.")).to_be_visible()
    page.goto(proxies)
    father_here = page.get_by_role("region", name=re.compile("Luis Delgado"))
    father_here.get_by_role("button", name="Shut their door now").click()
    expect(page.get_by_text("shut", exact=True)).to_be_visible()
    phone.close()
