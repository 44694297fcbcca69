"""The whiteboard of a visit in a browser: what is drawn on one page, and whether another shows it."""

from playwright.sync_api import Page

SLOW = 90_000
"""Milliseconds: several pages with pictures may share one machine."""
STANDS = """named => {
  // How much is drawn, and where its middle is; the colour is each page's own.
  const canvas = document.querySelector(named ?? "canvas[data-board]");
  const { width, height } = canvas;
  const dots = canvas.getContext("2d").getImageData(0, 0, width, height).data;
  let [many, x, y] = [0, 0, 0];
  for (let nth = 0; nth < width * height; nth++) {
    if (dots[nth * 4 + 3] < 128) continue;
    many += 1;
    x += nth % width;
    y += Math.floor(nth / width);
  }
  return many ? [many, x / many, y / many] : [0, 0, 0];
}"""
ALIKE = f"""wanted => {{
  // A line of short strokes and one long stroke differ by a few dots at its edges.
  const [many, x, y] = ({STANDS})();
  const near = (one, other, most) => Math.abs(one - other) <= most;
  return near(many, wanted[0], wanted[0] / 20) && near(x, wanted[1], 3) && near(y, wanted[2], 3);
}}"""


def draw(page: Page) -> None:
    """Two strokes on the whiteboard, opened if it is not."""
    page.get_by_role("button", name="Whiteboard").click()
    canvas = page.locator("canvas[data-board]")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    for left in (0.1, 0.5):
        page.mouse.move(box["x"] + box["width"] * left, box["y"] + box["height"] * 0.2)
        page.mouse.down()
        page.mouse.move(
            box["x"] + box["width"] * (left + 0.3), box["y"] + box["height"] * 0.7, steps=12
        )
        page.mouse.up()


def drawn_on(page: Page, canvas: str = "canvas[data-board]") -> list[float]:
    """What stands on a page's board."""
    found: list[float] = page.evaluate(STANDS, canvas)
    assert found[0] > 0
    return found


def stands_on(page: Page, wanted: list[float]) -> None:
    """The same stands on this page's board, by and by."""
    page.wait_for_function(ALIKE, arg=wanted, timeout=SLOW)


def nothing_on(page: Page) -> None:
    """The board is blank, by and by."""
    stands_on(page, [0, 0, 0])
