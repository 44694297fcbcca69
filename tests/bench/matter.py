"""A matter while it is answered: from a press to the page's new part, over HTTP.

A lawyer's subpoena for a client of the demonstration, answered in the page as a therapist does: each
answer is sealed, written into the log, the law is asked again with and without the client's papers,
and the part of the page that hangs on it is rendered and sent.

    python -m tests.bench.section matter
"""

import http.client
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

from tests.bench.demonstrations import SMALL, demonstration, person
from tests.bench.rows import PLACE, QUICK, Row, smaller
from tests.bench.server import Server, get

ROUNDS = 2 if QUICK else 12
LIMIT = 100.0
LETTER = {
    "asker": "Rex Dunleavy",
    "asker_kind": "party_by_subpoena",
    "instrument": "attorney_subpoena",
    "purpose": "legal_proceeding",
    "proceeding": "custody",
    "signed_by": "attorney",
    "kinds": "everything",
}
ANSWERS = (
    ("identity_verified", "yes"),
    ("part2_program", "no"),
    ("satisfactory_assurances", "no"),
    ("notice_to_client_proven", "no"),
    ("objection_pending", "yes"),
    ("objection_pending", "unknown"),
)


def rows() -> list[Row]:
    """The median and the slowest of the answers, each beside the limit."""
    PLACE.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(dir=PLACE, prefix="matter-")).absolute() / "home"
    kept = demonstration(SMALL)
    shutil.copytree(kept, home)
    for end in ("key", "people"):
        shutil.copy(kept.with_name(f"{kept.name}.{end}"), home.with_name(f"{home.name}.{end}"))
    try:
        with Server.of(home) as server:
            spent = _answered(server, home)
    finally:
        shutil.rmtree(home.parent)
    what = "matter: a question answered, the law asked again, the page's part rendered"
    slowest = f"{what}, the slowest of {len(spent)}"
    return [
        smaller(what, "ms", statistics.median(spent), LIMIT, "the limit of 100 ms", "≤ 1"),
        smaller(slowest, "ms", max(spent), LIMIT, "the limit of 100 ms", "≤ 1"),
    ]


def _answered(server: Server, home: Path) -> list[float]:
    cookie = server.sign_in(*person(home, "ada"))
    _, _, page = get(server.port, "/clients", cookie)
    token = re.findall(r'<meta name="csrf" content="([^"]+)"', page)[0]
    chart = re.findall(r'href="/clients/([a-z2-7]{26})"', page)[0]
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    entered = _post(line, server.port, cookie, token, f"/clients/{chart}/matters/new", LETTER)
    matter = (entered.getheader("Location") or "").partition("?")[0]
    if entered.status != 302 or not matter.startswith("/matters/"):
        raise AssertionError(f"the matter was not entered: {entered.status}")
    spent = []
    for nth in range(ROUNDS + 1):
        for fact, value in ANSWERS:
            begun = time.perf_counter()
            given = {"fact": fact, "value": value}
            answer = _post(line, server.port, cookie, token, f"{matter}/answer", given, part=True)
            took = (time.perf_counter() - begun) * 1000
            if answer.status != 200:
                raise AssertionError(f"{fact}: {answer.status}")
            if nth:  # the first round compiles the law of the place, once for a server's life
                spent.append(took)
    line.close()
    return spent


def _post(
    line: http.client.HTTPConnection,
    port: int,
    cookie: str,
    token: str,
    address: str,
    given: Mapping[str, str],
    *,
    part: bool = False,
) -> http.client.HTTPResponse:
    """A form sent on this line, and its answer read to the end."""
    headers = {
        "Cookie": cookie,
        "Content-Type": "application/x-www-form-urlencoded",
        "Origin": f"http://localhost:{port}",
        "Host": f"localhost:{port}",
        **({"HX-Request": "true"} if part else {}),
    }
    body = urlencode({"csrfmiddlewaretoken": token, **given})
    line.request("POST", address, body, headers)
    answer = line.getresponse()
    answer.read()
    return answer
