"""A client reads her record at a telephone, looks who opened it, asks, and is told to wait."""

import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from stillroom.config.demonstration import people_of
from tests.journeys.conftest import Picture, Served, come_in

pytestmark = pytest.mark.journey


def test_a_client_reads_checks_asks_and_waits(
    chromium: Browser, demonstration: Served, picture: Picture, tmp_path: Path
) -> None:
    dov = next(one for one in people_of(demonstration.home) if "client" in one.roles)
    context = chromium.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("console", lambda said: broken.append(said.text) if said.type == "error" else None)
    come_in(page, demonstration, dov.sign_name)

    page.get_by_role("link", name="What was written down").click()
    expect(page.get_by_role("heading", name="Something is not shown to you now")).to_be_visible()
    picture(page, "own-entries", whole=False)
    page.get_by_role("link", name="Progress note").first.click()
    expect(page.get_by_text(re.compile(r"^Signed by Ada Merrow, "))).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Plan for hard days").click()
    expect(page.get_by_text("call or text 988 at any hour")).to_be_visible()

    page.get_by_role("link", name="My page").click()
    page.get_by_role("link", name="Who opened it, and why").click()
    # What she did last stands first, and that is another story's where one went before this.
    did = re.compile(r"Ada Merrow \(clinician\) (signed|read|looked at|wrote)")
    expect(page.get_by_text(did).first).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save the proof").click()
    saved.value.save_as(tmp_path / "proof.zip")
    with zipfile.ZipFile(tmp_path / "proof.zip") as bundle:
        assert {"proofs.json", "checkpoint.txt", "verify_log.py"} <= set(bundle.namelist())

    page.get_by_role("link", name="My page").click()
    page.get_by_role("link", name="Ask for something").click()
    page.get_by_label("In your words").fill("The medication list is not mine.")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Choose one")
    expect(page.get_by_label("In your words")).to_have_value("The medication list is not mine.")
    page.get_by_label("A correction", exact=True).check()
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_text("We have it and will answer.").first).to_be_visible()

    page.get_by_role("link", name="Take everything along").click()
    page.get_by_role("button", name="Ask for the file").click()
    expect(page.get_by_text("We will ask you whether it was you.")).to_be_visible()
    assert page.title() == "My page"
    context.close()
    assert [one for one in broken if "409" not in one] == []
