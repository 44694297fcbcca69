"""WCAG 2.2 AA, as far as a machine can tell: what axe has to say of a page, wide or narrow, light or
dark."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "ui" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"type": "tag", "values": RULES}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
# Dark differs from light in nothing but colours; a narrow page in everything.
VIEWS = {
    1280: [("light", EVERYTHING), ("dark", COLOURS)],
    390: [("light", EVERYTHING)],
}


# What is right is neither gathered nor sent: telling all of it took longer than looking.
LOOK = """only => axe.run(document, {runOnly: only, resultTypes: ["violations"]}).then(found =>
  found.violations.map(one => `${one.id}: ${one.help} (${one.nodes[0].html.slice(0, 120)})`))"""
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def findings(page: Page, only: dict[str, Any] = EVERYTHING) -> list[str]:
    """What axe has to say of the page, a line each. It is loaded once a page."""
    if not page.evaluate("typeof axe == 'object'"):
        page.evaluate(AXE.read_text("utf-8"))
    found: list[str] = page.evaluate(LOOK, only)
    return found


def barriers(page: Page, addresses: Iterable[str]) -> list[str]:
    """What stands in the way on each of these pages in each view, and which is wider than its window."""
    found = []
    for width, views in VIEWS.items():
        page.set_viewport_size({"width": width, "height": 900})
        for address in addresses:
            page.goto(address)
            if page.evaluate(WIDE):
                found.append(f"{address} at {width}: wider than the page")
            for scheme, only in views:
                page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                found += [f"{address} at {width} {scheme}: {line}" for line in findings(page, only)]
    return found
