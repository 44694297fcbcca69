"""T06: somebody on the line, or another site in the same browser.

Headers are asked of every answer in the matrix and of every page of a day's work; what needs TLS,
ports and certificates is the host's, and said in docs/operate.
"""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from stillroom.desk import cookies
from tests.cast import Cast
from tests.harness import headers
from tests.harness.browser import Page
from tests.harness.evidence import Evidence
from tests.web import Visitor, serve


def _as_answer(page: Page) -> HttpResponse:
    return HttpResponse(page.body, headers=dict(page.headers.items()))


def test_every_answer_of_a_day_bears_every_header(evidence: Evidence) -> None:
    pages = [*evidence.pages, *evidence.spoilt, *evidence.when_sealed.values()]
    for page in pages:
        if not page.path.startswith("/static/"):
            assert headers.missing(_as_answer(page)) == [], (page.path, page.status)


def test_files_of_the_pages_bear_the_headers_but_may_be_kept(cast: Cast) -> None:
    serve(cast)
    answer = Visitor(cast).get("/static/none.css")
    assert set(headers.missing(answer)) <= {"Cache-Control"}


LEADS_OUT = {"noopener", "noreferrer", "external"}


class _Addresses(HTMLParser):
    """Every address that a page makes a browser ask for, those to which a person may go from it, and
    every script or style within it."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.leads: list[str] = []
        self.inline: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        leads = tag == "a" and set((dict(attrs).get("rel") or "").split()) >= LEADS_OUT
        for name, value in attrs:
            if name == "href" and leads:
                self.leads.append(value or "")
            elif name in ("src", "href", "action", "poster", "data", "srcset", "formaction"):
                self.asked.append(value or "")
            if name == "style" or name.startswith("on"):
                self.inline.append(f"{tag} {name}={value}")
        self._script = tag in ("script", "style") and "src" not in dict(attrs)

    def handle_data(self, data: str) -> None:
        if self._script and data.strip():
            self.inline.append(data[:60])

    def handle_endtag(self, tag: str) -> None:
        self._script = False


def test_no_page_asks_anything_of_another_host(evidence: Evidence) -> None:
    for page in evidence.pages:
        if "html" in page.headers.get("Content-Type", ""):
            read = _Addresses()
            read.feed(page.text)
            elsewhere = [one for one in read.asked if re.match(r"(?i)[a-z+.-]+:|//", one)]
            # An icon of nothing is asked of nobody.
            fine = ("data:image/", "sms:", "tel:")
            assert [one for one in elsewhere if one != "data:," and not one.startswith(fine)] == []
            assert read.inline == [], page.path
            # To the source of a law a person goes by a link that says nothing of where she was.
            assert read.leads == [] or page.path.startswith("/law/"), page.path


@pytest.mark.parametrize("name", ["signin", "today"])
def test_cookies_go_to_this_host_alone_over_tls_alone_and_to_no_script(
    cast: Cast, name: str
) -> None:
    serve(cast)
    member = cast.people["ada"]
    client = Client()
    import pyotp

    from tests.cast import PASSPHRASE

    client.get(reverse("signin"))
    sent = client.post(
        reverse("signin"),
        {
            "name": member.sign_name,
            "passphrase": PASSPHRASE,
            "code": pyotp.TOTP(member.code_secret).at(int(cast.at.timestamp())),
            "next": reverse(name),
        },
    )
    assert sent.status_code == 302
    assert {cookies.NAME, settings.CSRF_COOKIE_NAME} <= set(client.cookies)
    for morsel in client.cookies.values():
        assert morsel.key.startswith("__Host-")
        assert (morsel["secure"], morsel["httponly"]) == (True, True)
        assert (morsel["samesite"], morsel["path"], morsel["domain"]) == ("Strict", "/", "")
    assert client.cookies[cookies.NAME]["max-age"] == "", "gone when the browser closes"


def _forged(cast: Cast) -> Client:
    """Ada's browser on another site's page: it has her cookies, and not the form's mark."""
    seen = Visitor(cast, "ada")
    forged = Client(enforce_csrf_checks=True)
    forged.cookies = seen.client.cookies
    forged.get(reverse("today"))
    return forged


@pytest.mark.parametrize("mark", ["", "A" * 32, "A" * 64])
def test_a_form_sent_by_another_site_does_nothing(cast: Cast, mark: str) -> None:
    serve(cast)
    forged = _forged(cast)
    size = cast.house.log.size
    data = {"given": "Eve", "family": "Added", "csrfmiddlewaretoken": mark}
    answer = forged.post(reverse("admit"), data, headers={"origin": "https://elsewhere.example"})
    assert answer.status_code == 403
    assert headers.missing(answer) == []
    assert cast.house.log.size == size


def test_a_form_with_its_mark_from_another_origin_does_nothing(cast: Cast) -> None:
    serve(cast)
    forged = _forged(cast)
    page = forged.get(reverse("admit")).content.decode()
    mark = re.search(r'name="csrf" content="(\w+)"', page)
    assert mark
    data = {"given": "Eve", "family": "Added", "csrfmiddlewaretoken": mark[1]}
    for origin in ("https://elsewhere.example", "null", "http://testserver.elsewhere.example"):
        answer = forged.post(reverse("admit"), data, headers={"origin": origin})
        assert answer.status_code == 403, origin
    assert (
        forged.post(reverse("admit"), data, headers={"origin": "http://testserver"}).status_code
        == 302
    )


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "testserver.elsewhere.example", "testserver@x"]
)
def test_a_request_for_another_host_is_refused_without_a_word(cast: Cast, host: str) -> None:
    serve(cast)
    answer = Visitor(cast, "ada").get(reverse("today"), headers={"host": host})
    assert answer.status_code == 400
    assert host.encode() not in answer.content
    assert headers.missing(answer) == []


@pytest.mark.parametrize(
    "target",
    ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:x",
     "elsewhere.example", "\\\\elsewhere.example", "/\t/elsewhere.example", "today", "http:///x"],
)  # fmt: skip
def test_signing_in_leads_to_no_other_site(cast: Cast, target: str) -> None:
    serve(cast)
    answer = Visitor(cast, "ada").get(reverse("signin"), data={"next": target})
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("today")


def test_no_answer_lets_another_origin_read_it(evidence: Evidence) -> None:
    for page in evidence.pages:
        assert not [name for name in page.headers if name.lower().startswith("access-control")]
