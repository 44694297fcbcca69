"""Every page of the day that can be looked at, by somebody who may."""

import re
from typing import TYPE_CHECKING

from tests.harness.beyond_the_chart import (
    keep_a_policy,
    keep_phrases,
    read_the_law,
    try_the_doors,
)

if TYPE_CHECKING:
    from tests.harness.living import Life


def look_around(life: "Life") -> None:
    """Every page that can be looked at, by somebody who may."""
    ada, olga = life.served.people["ada"].web, life.served.people["olga"].web
    chart = life.ids["chart"]
    for path in (
        "/", "/signin", "/today", "/clients", "/clients/new",
        f"/clients/{chart}", f"/clients/{chart}?from=2", f"/clients/{chart}/account",
        f"/clients/{chart}/log", "/matters", f"/matters/{life.ids['matter']}", "/log",
        "/account", "/styleguide", *(f"/records/{life.ids[name]}" for name in ("note", "draft")),
    ):  # fmt: skip
        ada.open(path)
    ada.post("/clients", {"q": life.front.tag})
    own = re.search(r"/log/\d+/proof", ada.open("/log").text)
    assert own
    ada.open(own[0])
    ada.json("/find", {"q": life.front.tag})
    for path in ("/log", "/log?before=9", "/log/5/proof?file=1", "/log/checkpoint", "/people"):
        olga.open(path)
    keep_phrases(life)
    keep_a_policy(life)
    read_the_law(life)
    try_the_doors(life)
    assert ada.json("/preferences/veil", {"veil": "names"}).status == 200
    assert ada.json("/account/passkey/options", {}).status == 200
    assert ada.get("/unlock").status == 302
