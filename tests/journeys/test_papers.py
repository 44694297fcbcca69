"""A file becomes a document by keyboard and by drop; is read, printed, saved; nothing stays half."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, Route, expect

from tests.chart import papers
from tests.journeys.conftest import Picture, Served, sign_in
from tests.journeys.looking import findings
from tests.journeys.passing import unused_codes  # noqa: F401 - a fixture

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("unused_codes")]

LINES = "\n".join("She came on most days and worked well in a small group." for _ in range(18))
PAGES = (
    f"Lakeview School\nReport for the autumn term\n\n{LINES}",
    "Attendance: 91 per cent.",
    "End",
)


def payload(data: bytes, name: str = "Lakeview report.pdf") -> FilePayload:
    return {"name": name, "mimeType": "application/pdf", "buffer": data}


def begin(page: Page, served: Served) -> None:
    """A document in the first chart of the list, begun by keyboard."""
    page.goto(f"{served.address}/clients")
    page.get_by_role("main").locator('a[href^="/clients/"]').nth(3).click()
    page.get_by_role("button", name="Document", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=2, name="The file")).to_be_visible()


def fill_in(page: Page, title: str) -> None:
    page.get_by_label("Title").fill(title)
    page.get_by_label("Received from elsewhere").check()
    page.get_by_label("From whom").fill("Lakeview School")


def sign(page: Page) -> None:
    page.get_by_role("main").get_by_role("button", name="Sign").press("Enter")
    expect(page.get_by_role("heading", name="As it was signed")).to_be_visible()


def test_a_report_comes_in_is_read_printed_and_saved(
    page: Page, demonstration: Served, picture: Picture
) -> None:
    sign_in(page, demonstration, "ada")
    begin(page, demonstration)
    chooser = page.get_by_label("Choose a file")
    chooser.set_input_files(payload(papers.with_launch()))
    expect(page.locator("[data-drop-says]")).to_contain_text("starts another program")
    fill_in(page, "School report, autumn")  # what was typed stays through what follows
    chooser.set_input_files(payload(papers.with_script_and(*PAGES)))
    expect(page.get_by_text("Page 1 of 3", exact=True)).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value("School report, autumn")
    expect(page.get_by_text("It carries a script.")).to_be_visible()
    picture(page, "14-document-draft")
    assert findings(page) == []
    sign(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("School report, autumn")
    picture(page, "15-document")
    assert findings(page) == []

    page.get_by_role("link", name="Page 2", exact=True).press("Enter")
    expect(page.get_by_role("img", name="Page 2. Its words stand below.")).to_be_visible()
    page.get_by_text("The words of this page").click()
    expect(page.get_by_text("Attendance: 91 per cent.")).to_be_visible()
    before = page.locator(".page-picture").bounding_box()
    page.get_by_role("link", name="Larger").press("Enter")
    page.wait_for_url("**zoom=2**")
    after = page.locator(".page-picture").bounding_box()
    assert before
    assert after
    assert after["width"] > before["width"] * 1.4
    page.get_by_label("Go to page").fill("3")
    page.get_by_label("Go to page").press("Enter")
    expect(page.get_by_text("Page 3 of 3", exact=True)).to_be_visible()

    page.get_by_role("link", name="Print its pages").click()
    page.get_by_role("link", name="Pages before").click()
    expect(page.locator(".paper-page img")).to_have_count(3)
    assert findings(page) == []
    page.get_by_role("link", name="Back to the document").click()

    page.get_by_role("link", name="The original").click()
    assert findings(page) == []
    page.get_by_role("button", name="Save the original").click()
    expect(page.get_by_role("alert")).to_contain_text("only when you say that you need it")
    page.get_by_label("I need the original itself").check()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the original").click()
    assert saved.value.suggested_filename == "Lakeview report.pdf"
    assert Path(saved.value.path()).read_bytes() == papers.with_script_and(*PAGES)


def drop(page: Page, data: bytes, name: str) -> None:
    """A file let fall anywhere on the page."""
    page.evaluate(
        """([bytes, name]) => {
            const held = new DataTransfer();
            held.items.add(new File([new Uint8Array(bytes)], name));
            const fall = new DragEvent("drop", {dataTransfer: held, bubbles: true, cancelable: true});
            document.querySelector("h1").dispatchEvent(fall);
        }""",
        [list(data), name],
    )


def test_a_photograph_is_dropped_taken_away_and_dropped_again(
    page: Page, demonstration: Served
) -> None:
    sign_in(page, demonstration, "ada")
    begin(page, demonstration)
    drop(page, papers.photograph(), "IMG_0001.HEIC")
    expect(page.locator("[data-drop-says]")).to_contain_text("not what its name says")
    drop(page, papers.photograph(), "IMG_0001.jpg")
    expect(page.get_by_text("The camera wrote into it")).to_be_visible()
    page.get_by_role("button", name="Take this file away").click()
    expect(page.get_by_label("Choose a file")).to_be_visible()
    drop(page, papers.picture(), "drawing.png")
    expect(page.get_by_text("Page 1 of 1", exact=True)).to_be_visible()


def test_what_breaks_off_counts_for_nothing_and_is_told(page: Page, demonstration: Served) -> None:
    """A large file, stopped in the middle, then begun once more; and a document without a file."""
    sign_in(page, demonstration, "ada")
    begin(page, demonstration)
    data = papers.large(5 << 20)
    stop = page.get_by_role("button", name="Stop")

    def halt(route: Route) -> None:
        stop.dispatch_event("click")
        route.continue_()

    page.route(re.compile(r"/file/[a-z2-7]{26}/8$"), halt)
    page.get_by_label("Choose a file").set_input_files(payload(data))
    expect(page.locator("[data-drop-says]")).to_have_text("Stopped. Nothing was kept.")
    page.reload()
    expect(page.get_by_text("It has not come whole.")).to_be_visible()
    fill_in(page, "A large scan")
    page.get_by_role("main").get_by_role("button", name="Sign").click()
    expect(page.get_by_role("alert")).to_contain_text("The file has not come whole")
    expect(page.get_by_label("Title")).to_have_value("A large scan")

    page.unroute_all()
    page.get_by_label("Choose the file once more").set_input_files(payload(data))
    expect(page.get_by_text("Page 1 of 2", exact=True)).to_be_visible()
    sign(page)


def test_a_page_without_scripts_takes_a_file_too(page: Page, demonstration: Served) -> None:
    sign_in(page, demonstration, "ada")
    begin(page, demonstration)
    browser = page.context.browser
    assert browser
    plain = browser.new_context(
        java_script_enabled=False, storage_state=page.context.storage_state()
    )
    quiet = plain.new_page()
    quiet.goto(page.url)
    quiet.get_by_label("Choose a file").set_input_files(payload(papers.pdf()))
    quiet.get_by_role("button", name="Add the file").click()
    expect(quiet.get_by_text("Page 1 of 2", exact=True)).to_be_visible()
    plain.close()


def test_it_works_on_a_telephone(page: Page, demonstration: Served) -> None:
    """At 390 dots nothing runs off the page; a page that is larger is moved about in its room."""
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, demonstration, "ada")
    begin(page, demonstration)
    page.get_by_label("Choose a file").set_input_files(payload(papers.pdf(*PAGES)))
    expect(page.get_by_text("Page 1 of 3", exact=True)).to_be_visible()
    for zoom in (1, 2, 3):
        page.goto(f"{page.url.partition('?')[0]}?page=1&zoom={zoom}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390, zoom
