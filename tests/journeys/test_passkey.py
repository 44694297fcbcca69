"""A passkey, in Chromium's virtual authenticator: made, used to sign in, to unlock and to prove."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Served, sign_in
from tests.journeys.passing import let_pass, unused_codes  # noqa: F401 - a fixture

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("unused_codes")]

PHONE = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "hasPrf": True,
    "automaticPresenceSimulation": True,
}


class Device:
    """A virtual authenticator in the browser of one page."""

    def __init__(self, context: BrowserContext, page: Page, **other: bool) -> None:
        self._cdp = context.new_cdp_session(page)
        self._cdp.send("WebAuthn.enable")
        made = self._cdp.send("WebAuthn.addVirtualAuthenticator", {"options": {**PHONE, **other}})
        self.id: str = made["authenticatorId"]

    def falls_into_other_hands(self) -> None:
        """From now on it does not believe that it is its owner who touches it."""
        wanted = {"authenticatorId": self.id, "isUserVerified": False}
        self._cdp.send("WebAuthn.setUserVerified", wanted)

    @property
    def credentials(self) -> list[dict[str, Any]]:
        """What is kept on the device."""
        asked = self._cdp.send("WebAuthn.getCredentials", {"authenticatorId": self.id})
        kept: list[dict[str, Any]] = asked["credentials"]
        return kept


def make_passkey(page: Page, served: Served, label: str) -> None:
    """On one's account's page."""
    page.goto(f"{served.address}/account")
    page.get_by_label("Name of this device").fill(label)
    page.get_by_role("button", name="Make a passkey here").click()


def sign_out(page: Page) -> None:
    """By the menu under one's name."""
    page.locator(".who-am-i").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url("**/signin")


def sign_in_by_passkey(page: Page, served: Served, name: str, to: str = "/signin") -> None:
    """Name, and a touch."""
    page.goto(f"{served.address}{to}")
    page.get_by_label("Your name here").fill(name)
    page.get_by_role("button", name="Use a passkey").click()


def test_a_passkey_made_on_the_account_page_opens_the_chart(
    context: BrowserContext, page: Page, demonstration: Served
) -> None:
    device = Device(context, page)
    sign_in(page, demonstration, "ada")
    make_passkey(page, demonstration, "Ada’s laptop")
    expect(page.get_by_role("table", name="Passkeys")).to_contain_text("Ada’s laptop")
    assert len(device.credentials) == 1
    sign_out(page)

    sign_in_by_passkey(page, demonstration, "ada", "/signin?next=/clients")
    page.wait_for_url("**/clients")
    page.get_by_role("link", name="Dov Halpern").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dov Halpern")

    unlock_by_passkey(page)
    prove_by_passkey(page, demonstration)
    remove(page, demonstration, device)


def unlock_by_passkey(page: Page) -> None:
    """The page comes back where it was."""
    page.locator(".who-am-i").click()
    page.get_by_role("button", name="Lock now").click()
    dialog = page.get_by_role("dialog", name="Locked")
    expect(dialog).to_be_visible()
    assert "Halpern" not in page.content()
    dialog.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dov Halpern")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dov Halpern")


def prove_by_passkey(page: Page, served: Served) -> None:
    """Six minutes later the page asks for a fresh proof, takes the passkey's, and goes on."""
    let_pass(served, 6, "proven_at")
    page.goto(f"{served.address}/account")
    expect(page.get_by_role("button", name="Make a passkey here")).to_have_count(0)
    page.get_by_role("main").get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_role("button", name="Make a passkey here")).to_be_visible()


def remove(page: Page, served: Served, device: Device) -> None:
    """A passkey taken away opens nothing, although the device still holds it."""
    page.get_by_role("button", name="Remove Ada’s laptop").click()
    expect(page.get_by_text("None yet. A passkey cannot be phished")).to_be_visible()
    sign_out(page)
    sign_in_by_passkey(page, served, "ada")
    expect(page.locator("[data-passkey-says]")).not_to_be_empty()
    assert page.url.endswith("/signin")
    assert len(device.credentials) == 1


def test_a_device_that_does_not_know_its_owner_signs_nobody_in(
    context: BrowserContext, page: Page, demonstration: Served
) -> None:
    device = Device(context, page)
    sign_in(page, demonstration, "sol")
    make_passkey(page, demonstration, "Sol’s phone")
    expect(page.get_by_role("table", name="Passkeys")).to_contain_text("Sol’s phone")
    sign_out(page)
    device.falls_into_other_hands()
    sign_in_by_passkey(page, demonstration, "sol")
    expect(page.locator("[data-passkey-says]")).to_contain_text("No passkey was used")
    assert page.url.endswith("/signin")


def test_a_key_that_cannot_carry_keys_is_told_so_and_not_kept(
    context: BrowserContext, page: Page, demonstration: Served
) -> None:
    Device(context, page, hasPrf=False)
    sign_in(page, demonstration, "bea")
    make_passkey(page, demonstration, "Old key")
    expect(page.locator("[data-passkey-says]")).to_contain_text("cannot carry your key")
    page.reload()
    expect(page.get_by_text("None yet. A passkey cannot be phished")).to_be_visible()
