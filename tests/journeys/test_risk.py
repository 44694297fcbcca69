"""Somebody may be in danger: assessed, planned, asked of the law, followed up, carried; by keyboard."""

import io
import re

import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Picture, Served, as_json, sign_in
from tests.journeys.looking import barriers

pytestmark = pytest.mark.journey


def open_chart(page: Page, served: Served, name: str) -> str:
    """A chart, found as a therapist finds it; gives its address."""
    page.goto(f"{served.address}/clients")
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    return page.url


def in_danger(page: Page) -> None:
    """To the five steps, from wherever in the chart."""
    page.get_by_role("link", name="Someone in danger").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Someone may be in danger")
    page.wait_for_load_state("load")  # its steps are begun by keys


def choose(page: Page, question: str, answer: str) -> None:
    """One answer of a question with a few."""
    group = page.get_by_role("group", name=question, exact=True)
    group.get_by_label(answer, exact=True).check()


def saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_contain_text("Saved", timeout=15_000)


def sign(page: Page) -> None:
    page.locator("form[data-autosave]").get_by_role("button", name="Sign").click()
    expect(page.get_by_role("heading", name="As it was signed")).to_be_visible()


def test_from_the_first_word_to_the_follow_up(
    page: Page, demonstration: Served, picture: Picture
) -> None:
    sign_in(page, demonstration, "ada")
    chart = open_chart(page, demonstration, "Dov Halpern")
    expect(page.get_by_role("link", name="Suicide risk: low")).to_be_visible()
    in_danger(page)
    picture(page, "risk-path")

    # One key begins the assessment. It knows the last one, and asks everything of today anew.
    page.keyboard.press("1")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Suicide risk assessment")
    expect(page.get_by_text("Nothing differs so far")).to_be_visible()
    choose(page, "Thoughts", "Wishes not to live, or not to wake up")
    page.get_by_label("In their own words").fill("“If I lose them I do not want to wake up.”")
    choose(page, "Is there a plan?", "No")
    saved(page)
    draft = page.url

    # Signing too early says what is missing, and nothing typed is lost.
    page.locator("form[data-autosave]").get_by_role("button", name="Sign").click()
    expect(page.get_by_role("alert")).to_contain_text("Level, in your judgment is not answered yet")
    expect(page.get_by_label("In their own words")).to_have_value(
        "“If I lose them I do not want to wake up.”"
    )

    # The path has gone on with it, and leads to what is left.
    page.goto(chart)
    in_danger(page)
    expect(page.get_by_role("button", name="Go on: Suicide risk")).to_be_visible()
    page.keyboard.press("5")
    page.wait_for_url(re.compile(r"/records/.*#f-consulted"))
    assert page.url.startswith(draft)
    page.get_by_label("Consulted: whom, when, what was advised").fill("Sol, at two: agrees.")
    choose(page, "Level, in your judgment", "High")
    page.get_by_label("Your reasons for that level").fill("The hearing went against him.")
    page.get_by_label("What was done, and what was not and why").fill("We made the plan anew.")
    page.get_by_label("By when", exact=True).fill("2020-01-02")
    saved(page)
    sign(page)

    # What changed since last time stands beside it; the chart shows it with its date.
    expect(page.locator(".since del").get_by_text("Low", exact=True)).to_be_visible()
    expect(page.locator(".since ins").get_by_text("High", exact=True)).to_be_visible()
    picture(page, "risk-since")
    page.goto(chart)
    expect(page.locator(".flag[data-raised]")).to_contain_text("Suicide risk: high")

    # It stands on Today until somebody says that it is done.
    page.goto(f"{demonstration.address}/today")
    waiting = page.get_by_role("region", name="To follow up")
    line = waiting.get_by_role("listitem").filter(has_text=re.compile(r"January 2(?!\d)"))
    expect(line).to_contain_text("past")
    line.get_by_role("button", name="Done").click()
    expect(
        page.get_by_role("listitem").filter(has_text=re.compile(r"January 2(?!\d)"))
    ).to_have_count(0)


def test_the_plan_is_carried_on_one_page_without_a_name(
    page: Page, demonstration: Served, picture: Picture
) -> None:
    sign_in(page, demonstration, "ada")
    open_chart(page, demonstration, "Dov Halpern")
    in_danger(page)
    page.keyboard.press("4")
    expect(page.get_by_label("What I notice when it begins")).to_have_value(re.compile("The box"))
    choose(page, "What stands at its head when it is printed", "List")
    page.get_by_label("What takes my mind off it, without anybody").fill("Plane one board")
    saved(page)
    sign(page)
    page.get_by_role("link", name="The plan to carry").click()
    expect(page).to_have_title("List")
    picture(page, "risk-plan")
    sheet = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    words = sheet.pages[0].extract_text()
    assert len(sheet.pages) == 1
    assert "Plane one board" in words
    assert "988" in words
    for word in ("Halpern", "Linden", "Stillroom", "Suicide", "safety", "Print"):
        assert word not in words
    page.emulate_media(media="print")
    assert (
        as_json(page, "parseFloat(getComputedStyle(document.querySelector('li')).fontSize)") >= 18
    )


def test_a_threat_is_written_down_once_and_the_law_is_asked_with_it(
    page: Page, demonstration: Served, picture: Picture
) -> None:
    sign_in(page, demonstration, "ada")
    open_chart(page, demonstration, "Teodor Vance")
    in_danger(page)
    page.keyboard.press("2")
    choose(page, "Was a threat communicated to you?", "Yes")
    page.get_by_label("The words as spoken").fill(
        "“Tonight I am going over there and he is going to feel it.”"
    )
    for question, answer in (
        ("Who told you", "The client"),
        ("Was it said in so many words?", "Yes"),
        ("The gravest harm it spoke of", "Death or serious bodily harm"),
        ("The one who would be harmed", "A person who was named"),
        ("Did the client point to the person or the group?", "Yes"),
        ("Does the client seem to mean it?", "Yes"),
        ("Does the client seem able to do it?", "Yes"),
        ("Do you believe that it is serious?", "Yes"),
        ("Do you believe that it is imminent?", "Yes"),
        ("Concern, in your judgment", "Imminent"),
        ("Does someone need care or protection now?", "Yes"),
        ("Must somebody be told, to prevent the danger?", "Yes"),
    ):
        choose(page, question, answer)
    page.get_by_label("Your reasons").fill("He named the man and the hour.")
    page.get_by_label("What was done, and what was not and why").fill("Rang the police at once.")
    saved(page)
    sign(page)
    page.get_by_role("link", name="What does the law ask?").click()
    expect(page.locator(".verdict")).to_be_visible()
    address = page.url
    said = page.get_by_role("region", name="What the record says")
    expect(said).to_contain_text("Do you believe that it is imminent? Yes")
    picture(page, "risk-law")

    # Nothing that was written down is asked again, and nothing stands in the address.
    # One question is left, and its answer settles it.
    question = page.locator("form[data-question] .question")
    expect(question).to_have_text("Did you know that the client is prone to violence?")
    page.keyboard.press("1")
    expect(page.locator(".verdict")).to_have_text("You must give this warning.")
    expect(question).to_have_count(0)
    assert page.url == address
    page.get_by_role("button", name="The police").click()
    expect(page.locator(".verdict + .words")).to_contain_text("If you told the police")


def test_its_pages_have_no_barriers_and_fit_a_telephone(page: Page, demonstration: Served) -> None:
    sign_in(page, demonstration, "ada")
    addresses = [open_chart(page, demonstration, "Teodor Vance")]
    in_danger(page)
    addresses.append(page.url)
    page.keyboard.press("3")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Suspected abuse")
    addresses.append(page.url)
    page.goto(addresses[0])
    page.locator(".flag a").click()
    addresses += [page.url, f"{page.url}/law"]
    open_chart(page, demonstration, "Dov Halpern")
    in_danger(page)
    page.get_by_role("link", name="The plan to carry").click()
    addresses.append(page.url)
    assert barriers(page, addresses) == []
