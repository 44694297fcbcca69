"""A client's first page, beside the same page in the clear.

python -m tests.bench.section portal
"""

import re
import shutil
from urllib.parse import urlencode

from tests.bench.load import Asker, Target
from tests.bench.pages import CLEAR, CROWD, _prepare, _require_alike, _take_turns
from tests.bench.rows import PLACE, Row, alone, smaller
from tests.bench.server import Server, ask, get

GOAL = "≤ 1.5"
PAGE = "/my/"


def rows() -> list[Row]:
    """Milliseconds until the page has come: alone, and with four who ask at once."""
    folder = PLACE.absolute() / "portal"
    told = _prepare(folder)
    with (
        Server.of(folder) as ours,
        Server.in_the_clear(folder, "/signin") as clear,
        Asker() as asker,
    ):
        cookie = _sign_in(ours.port, told["client_name"], told["passphrase"])
        targets = {
            "ours": Target(ours.port, PAGE, cookie),
            "clear": Target(clear.port, PAGE, told["plain_cookie"]),
        }
        _require_alike(targets)
        found = []
        for crowd, how in ((1, "one connection"), (CROWD, f"{CROWD} connections")):
            heard = _take_turns(targets, crowd, asker)
            ms = [heard[one].median * 1000 for one in ("ours", "clear")]
            found.append(smaller(f"the first page of a client, {how}", "ms", *ms, CLEAR, GOAL))
        size = heard["ours"].size / 1000
        found.append(alone("the first page of a client, before its two files", "kB", size))
    shutil.rmtree(folder)
    folder.with_name(f"{folder.name}.key").unlink()
    return found


def _sign_in(port: int, name: str, passphrase: str) -> str:
    _, headers, body = get(port, "/my/in")
    form = _cookie(headers)
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', body)
    mark = found.group(1) if found else ""
    typed = {"name": name, "passphrase": passphrase, "csrfmiddlewaretoken": mark}
    status, headers, _ = ask(port, "POST", "/my/in", urlencode(typed), form)
    if status != 302:
        raise RuntimeError(f"the client could not sign in: {status}")
    return "; ".join(filter(None, (form, _cookie(headers))))


def _cookie(headers: list[tuple[str, str]]) -> str:
    kept = [value.partition(";")[0] for name, value in headers if name.lower() == "set-cookie"]
    return "; ".join(kept)
