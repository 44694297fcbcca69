"""The first story, walked: a request for a record goes from arrival to packet."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.harness.leaving import let_two_minutes_pass
from tests.journeys.conftest import Picture, Served, fresh_code, open_palette, sign_in

pytestmark = pytest.mark.journey

PRIVATE = "I notice that I want to rescue him from the hearing."
VERIFIER = Path(__file__).parents[2] / "src" / "stillroom" / "ledger" / "verify_log.py"


def open_dov(page: Page, served: Served) -> str:
    """Dov's chart, found as a therapist finds it; gives its address."""
    page.goto(f"{served.address}/clients")
    page.get_by_role("link", name="Dov Halpern").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dov Halpern")
    return page.url


def write_note(page: Page, chart: str, kind: str, words: dict[str, str]) -> None:
    """Write a note, let it save itself, and sign it."""
    page.goto(chart)
    page.get_by_role("button", name=kind, exact=True).click()
    for name, text in words.items():
        page.get_by_label(name, exact=True).fill(text)
    expect(page.locator("[data-saved]")).to_contain_text("Saved", timeout=15_000)
    page.get_by_role("form", name=kind).get_by_role("button", name="Sign").click()
    expect(page.get_by_role("heading", name="As it was signed")).to_be_visible()


def enter_subpoena(page: Page, chart: str) -> str:
    """Enter the letter; gives the matter's address."""
    page.goto(chart)
    page.get_by_role("link", name="Somebody asks for this record").click()
    page.get_by_label("Who asks").fill("Rex Dunleavy")
    page.get_by_label("They are").select_option("attorney")
    page.get_by_label("By what").select_option("clerk_subpoena")
    page.get_by_label("Signed by").select_option("clerk")
    page.get_by_label("What for").select_option("legal_proceeding")
    page.get_by_label("In which proceeding").select_option("custody")
    page.get_by_label("a state’s").check()
    page.get_by_label("The case").fill("Halpern v. Halpern, DEMO-26-0412")
    page.get_by_label("It asks for, in its own words").fill("the complete file")
    page.get_by_label("progress notes").check()
    page.get_by_label("psychotherapy notes").check()
    page.get_by_role("button", name="See what the law says").click()
    expect(page.locator(".verdict")).to_be_visible()
    return page.url


def answer(page: Page, question: str, reply: str) -> None:
    """Answer the question in the frame by pressing its button."""
    expect(page.locator("form[data-question] .question")).to_contain_text(question)
    page.locator("form[data-question]").get_by_role("button", name=reply, exact=False).first.click()


def enter_authorization(page: Page, served: Served) -> None:
    """Dov has signed: type in what his paper says."""
    page.get_by_label("Signed by Dov Halpern on").fill("2026-11-20")
    page.get_by_label("To whom").fill("Rex Dunleavy")
    page.get_by_label("What, in its own words").fill("progress notes of 2026")
    page.get_by_label("progress notes").check()
    page.get_by_label("What for").select_option("legal_proceeding")
    page.get_by_label("It ends on").fill("2027-05-01")
    for group in (
        "It says that it may be taken back",
        "It says whether care",
        "It says that the rec",
    ):
        page.get_by_role("group", name=group).get_by_label("yes").check()
    for group in ("Treatment, payment or benefits", "It is part of another"):
        page.get_by_role("group", name=group).get_by_label("no", exact=True).check()
    page.get_by_role("button", name="Keep this authorization").click()


def test_a_request_goes_from_arrival_to_packet(
    page: Page, demonstration: Served, picture: Picture, tmp_path: Path
) -> None:
    served = demonstration
    page.goto(f"{served.address}/")
    picture(page, "01-sign-in")
    sign_in(page, served, "ada")
    picture(page, "02-today")
    chart = open_dov(page, served)
    picture(page, "03-chart")
    write_note(
        page,
        chart,
        "Progress note",
        {
            "Data": "Slept six hours on four nights. Letter from the other side's attorney read.",
            "Assessment": "Steady. Worry is about the hearing and not about himself.",
            "Plan": "Talk about what he wants to be told to the court. Monday at ten.",
        },
    )
    picture(page, "04-signed-note")
    write_note(page, chart, "Psychotherapy note", {"Note": PRIVATE})
    matter = enter_subpoena(page, chart)
    expect(page.locator(".verdict")).to_contain_text("may not send this yet")
    expect(page.get_by_role("radio", name="Build a packet")).to_be_disabled()
    picture(page, "05-matter-closed")
    answer(page, "verified who is asking", "Yes")
    page.goto(f"{chart}".rstrip("/"))
    page.get_by_role("link", name="Enter a signed authorization").click()
    enter_authorization(page, served)
    expect(page.get_by_role("complementary")).to_contain_text("Rex Dunleavy")
    page.goto(matter)
    expect(page.get_by_role("radio", name="Build a packet")).to_be_enabled()
    picture(page, "06-matter-open")
    page.get_by_role("radio", name="Build a packet").check()
    page.get_by_label("In your own words").fill(
        "He has signed for the progress notes of this year, and for nothing else."
    )
    page.get_by_role("main").get_by_role("button", name="Sign the decision").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What leaves for Rex Dunleavy")
    assert "psychotherapy" not in page.locator("ul.pick").inner_text().lower()
    expect(page.get_by_role("complementary")).to_contain_text("Psychotherapy notes (")
    picture(page, "07-choose")
    page.get_by_label("Address on the cover letter").fill("12 Inkwell Road\nTowson, MD 21204")
    page.get_by_role("button", name="Print the proof").click()
    expect(page.get_by_text("Nothing has left yet")).to_be_visible()
    picture(page, "08-proof")
    packet = page.url
    release(page, served)
    picture(page, "09-released")
    pdf = page.request.get(f"{packet}/file?save=1").body()
    words = " ".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert "Slept six hours" in " ".join(words.split())
    assert "rescue him" not in words
    page.get_by_role("link", name="The account of disclosures").click()
    expect(page.get_by_role("table")).to_contain_text("Rex Dunleavy")
    picture(page, "10-account")
    an_outsider_verifies(page, served, tmp_path)


def release(page: Page, served: Served) -> None:
    """Release after a fresh proof: the first five minutes after signing in may have passed.

    Its two minutes are let pass.
    """
    page.get_by_role("radio", name="As a plain file").check()
    page.get_by_label("To whom does it go").fill("Rex Dunleavy")
    page.get_by_role("button", name="Release").click()
    asked, leaves = (page.get_by_text(one) for one in ("Once more, who are you?", "On its way"))
    expect(asked.or_(leaves).first).to_be_visible()
    if asked.count():
        person = served.person("ada")
        page.get_by_label("Your passphrase").fill(person.passphrase)
        page.get_by_label("A new code").fill(fresh_code(served, "ada"))
        page.get_by_role("button", name="Go on").click()
        page.get_by_role("radio", name="As a plain file").check()
        page.get_by_label("To whom does it go").fill("Rex Dunleavy")
        page.get_by_role("button", name="Release").click()
    expect(page.get_by_role("heading", name="On its way")).to_be_visible()
    let_two_minutes_pass(served.home)
    page.reload()
    expect(page.get_by_text("It has left.")).to_be_visible()


def an_outsider_verifies(page: Page, served: Served, folder: Path) -> None:
    """The release's entry, checked with one file of the standard library and nothing of ours."""
    number = page.get_by_role("table").get_by_role("link").last.inner_text()
    proof = page.request.get(f"{served.address}/log/{number}/proof?file=1").body()
    checkpoint = page.request.get(f"{served.address}/log/checkpoint").body()
    size = json.loads(proof)["size"]
    (folder / "proof.json").write_bytes(proof)
    (folder / "checkpoint.txt").write_bytes(checkpoint)
    assert size
    key = subprocess.run(
        [sys.executable, "-m", "stillroom.config", "ledger", "key", "--home", str(served.home)],
        capture_output=True,
        check=True,
        text=True,
    ).stdout.strip()
    told = subprocess.run(
        [
            sys.executable,
            "-I",
            str(VERIFIER),
            str(folder / "checkpoint.txt"),
            "--key",
            key,
            "--proof",
            str(folder / "proof.json"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr


def test_a_colleague_finds_nothing_at_all(page: Page, demonstration: Served) -> None:
    sign_in(page, demonstration, "bea")
    page.goto(f"{demonstration.address}/clients")
    page.get_by_label("Find by name").fill("Halpern")
    page.get_by_role("search").get_by_role("button", name="Find").click()
    expect(page.get_by_role("main")).to_contain_text("Nobody that you may know of")
    open_palette(page)
    page.keyboard.type("halpern")
    expect(page.get_by_text("Nothing that you may know of")).to_be_visible()


def test_the_administrator_manages_accounts_and_reads_no_word(
    page: Page, demonstration: Served, picture: Picture
) -> None:
    sign_in(page, demonstration, "max")
    page.goto(f"{demonstration.address}/people")
    expect(page.get_by_role("table")).to_contain_text("Ada Merrow")
    picture(page, "11-people")
    for path in ("/clients", "/matters", "/today", "/log", "/people"):
        text = page.request.get(f"{demonstration.address}{path}").text()
        assert "Dov Halpern" not in text
