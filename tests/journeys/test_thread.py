"""A plan is written, a note serves it, a diagnosis is found; the thread and the story tell of it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Picture, Served, press, sign_in
from tests.journeys.passing import unused_codes  # noqa: F401 - a fixture

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("unused_codes")]


def admit(page: Page, served: Served, given: str) -> str:
    """A new client; gives the chart's address."""
    page.goto(f"{served.address}/clients/new")
    page.get_by_label("First name").fill(given)
    page.get_by_label("Family name").fill("Threadgold")
    page.get_by_role("button", name="Admit").click()
    page.get_by_role("link", name=f"{given} Threadgold").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Threadgold")
    return page.url


def sign(page: Page) -> None:
    """Ctrl Enter, and once more where something is to be looked at first."""
    draft = page.url
    press(page, "Control+Enter")
    expect(page.get_by_text("Signed by Ada Merrow").or_(page.locator(".asking"))).to_be_visible()
    if page.locator(".asking").count():
        page.locator("button[name=as_it_is]").press("Enter")
    expect(page.get_by_text("Signed by Ada Merrow")).to_be_visible()
    assert page.url.split("#")[0].removesuffix("/sign") == draft.split("#")[0].removesuffix("/sign")


def write_the_plan(page: Page, chart: str) -> None:
    page.goto(chart)
    page.get_by_role("button", name="Write the plan").press("Enter")
    page.get_by_label("In the client’s own words", exact=True).fill("I want my evenings back.")
    page.get_by_label("What is the matter").fill("Worry that eats the evenings")
    page.get_by_label("Goal, in the client’s words where possible").fill("Two evenings a week.")
    first = page.get_by_role("group", name="1 Objective")
    first.get_by_label("Objective", exact=True).fill("Spends two evenings a week with friends")
    first.get_by_label("What is done").fill("Worry time at five; one invitation a week")
    page.get_by_role("button", name="Add an objective to A").press("Enter")
    second = page.get_by_role("group", name="2 Objective")
    second.get_by_label("Objective", exact=True).fill("Asleep within half an hour, five nights")
    expect(first.get_by_label("Objective", exact=True)).to_have_value(re.compile("two evenings"))
    press(page, "Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("What is done is missing in line 2")
    second.get_by_label("What is done").fill("Stimulus control")
    page.get_by_label("Review due").fill("2033-02-01")
    page.get_by_label("we wrote it together").check()
    page.get_by_label("agrees, as said in session").check()
    sign(page)
    expect(page.get_by_text("I want my evenings back.")).to_be_visible()


def write_a_note(page: Page, chart: str) -> None:
    page.goto(chart)
    page.get_by_role("button", name="Progress note").press("Enter")
    page.get_by_label("Data", exact=True).fill("Went bowling with two colleagues.")
    page.get_by_label("Assessment", exact=True).fill("Less dread than expected.")
    page.get_by_label("Plan", exact=True).fill("One invitation a week.")
    page.get_by_label("1. Spends two evenings").check()
    sign(page)


def find_a_diagnosis(page: Page, chart: str, picture: Picture) -> None:
    page.goto(chart)
    page.get_by_role("button", name="Enter a diagnosis").press("Enter")
    page.wait_for_load_state("load")  # what is typed is sought from here on
    page.get_by_label("Code or words").press_sequentially("genralized anx")
    found = page.get_by_role("button", name="F41.1")
    expect(found).to_be_visible()
    picture(page, "diagnosis")
    page.keyboard.press("ArrowDown")
    expect(found).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_label("Certainty").select_option("provisional")
    sign(page)
    expect(page.get_by_role("main")).to_contain_text("Generalized anxiety disorder")


def test_a_plan_is_written_served_reviewed_and_told(
    page: Page, demonstration: Served, picture: Picture
) -> None:
    sign_in(page, demonstration, "ada")
    chart = admit(page, demonstration, "Iris")
    write_the_plan(page, chart)
    write_a_note(page, chart)
    find_a_diagnosis(page, chart, picture)

    page.goto(f"{chart}/plan")
    first, second = page.locator("#o1"), page.locator("#o2")
    expect(first).to_contain_text("One note")
    expect(first).to_contain_text("Went bowling with two colleagues.")
    expect(first).to_contain_text("Less dread than expected.")
    expect(second).to_contain_text("Untouched since")
    picture(page, "thread")

    page.get_by_role("button", name="Review it").press("Enter")
    for nth, outcome in ((0, "goes on"), (1, "met")):
        part = page.locator("section.part").nth(nth)
        part.get_by_label("Progress").fill(f"As said of {nth}.")
        part.get_by_label(outcome, exact=True).check()
    page.get_by_label("Why care goes on, or ends").fill("The worry is not gone.")
    page.get_by_label("Next review").fill("2033-05-01")
    page.get_by_label("we wrote it together").check()
    page.get_by_label("agrees, as said in session").check()
    sign(page)
    page.goto(f"{chart}/plan")
    expect(page.locator("#o2")).to_contain_text("met")
    expect(page.get_by_text("The last review changed something.")).to_be_visible()

    page.goto(chart)
    page.get_by_role("link", name="The story on one page").click()
    story = page.get_by_role("main")
    for words in (
        "I want my evenings back.",
        "F41.1",
        "Provisional",
        "Went bowling",
        "May 1, 2033",
    ):
        expect(story).to_contain_text(words)
    picture(page, "story")


def test_the_timeline_shows_some_of_it_and_prints_that(page: Page, demonstration: Served) -> None:
    sign_in(page, demonstration, "ada")
    chart = admit(page, demonstration, "Ines")
    write_the_plan(page, chart)
    write_a_note(page, chart)
    page.goto(chart)
    page.get_by_role("complementary").get_by_role("link", name="Spends two evenings").click()
    lines = page.locator(".record > li:not(.month)")
    expect(lines).to_have_count(1)
    expect(lines).to_contain_text("Progress note")
    page.get_by_role("link", name="Show everything").click()
    expect(lines).to_have_count(2)
    page.get_by_text("Show only some of it").click()
    page.get_by_label("Kind").select_option("treatment_plan")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(lines).to_have_count(1)
    page.get_by_role("link", name="Print some of it").click()
    expect(page.get_by_role("checkbox", name="Treatment plan")).to_be_checked()
    page.get_by_role("button", name="Show for printing").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Copy for use inside")
    main = page.get_by_role("main")
    expect(main).to_contain_text("Spends two evenings a week with friends")
    expect(main).not_to_contain_text("Went bowling")
    page.goto(f"{chart}/log")
    expect(page.get_by_role("main")).to_contain_text("read records")


def test_a_dead_code_is_refused_with_the_nearest(page: Page, demonstration: Served) -> None:
    sign_in(page, demonstration, "ada")
    chart = admit(page, demonstration, "Idris")
    page.goto(chart)
    page.get_by_role("button", name="Enter a diagnosis").press("Enter")
    page.wait_for_load_state("load")  # what is typed is sought from here on
    page.get_by_label("Code or words").press_sequentially("F99.Z")
    page.get_by_role("button", name="in a line of your own").press("Enter")
    expect(page.get_by_label("Code", exact=True)).to_have_value("F99.Z")
    page.get_by_label("Code", exact=True).fill("F43.8")
    page.get_by_label("Diagnosis", exact=True).fill("Other reactions to severe stress")
    page.get_by_label("Certainty").select_option("confirmed")
    press(page, "Control+Enter")
    said = page.get_by_role("alert")
    expect(said).to_contain_text("no longer in force")
    expect(said).to_contain_text("F43.81 Prolonged grief disorder")
    expect(page.get_by_label("Code", exact=True)).to_have_value("F43.8")
    page.get_by_label("Code", exact=True).fill("F43.81")
    page.get_by_label("Diagnosis", exact=True).fill("Prolonged grief disorder")
    sign(page)
