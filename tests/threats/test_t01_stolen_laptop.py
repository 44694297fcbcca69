"""T01: the laptop is stolen, switched off or asleep, an hour after somebody signed in on it.

Here: what the server keeps and answers. What Chromium keeps of a page is looked at in
tests/journeys; swap and hibernation are the disk's encryption, which `stillroom doctor` asks for.
"""

from datetime import timedelta

import pytest
from django.urls import reverse

from stillroom.identity import rules
from stillroom.identity.models import Session
from tests.cast import Cast
from tests.harness import matrix
from tests.harness.evidence import Evidence
from tests.web import Visitor, serve

ROWS = matrix.rows()


def test_no_answer_may_be_kept_by_a_browser(evidence: Evidence) -> None:
    kept = [
        page.path
        for page in evidence.pages
        if page.headers["Cache-Control"] != "no-store" and not page.path.startswith("/static/")
    ]
    assert kept == []
    assert len(evidence.pages) > 100


def test_signing_out_tells_the_browser_to_forget(evidence: Evidence) -> None:
    ended = [page for page in evidence.pages if page.path == reverse("signout")]
    assert ended
    for page in ended:
        assert page.headers["Clear-Site-Data"] == '"cache"'


def test_cookies_copied_before_signing_out_open_nothing_after(evidence: Evidence) -> None:
    assert evidence.after_sign_out
    for page in evidence.after_sign_out:
        assert page.goes_to.startswith(reverse("signin")), page.path


def test_a_session_left_alone_is_locked_at_every_address(cast: Cast) -> None:
    serve(cast)
    ada = Visitor(cast, "ada")
    assert ada.get(reverse("chart", kwargs={"chart_id": cast.dov})).status_code == 200
    serve(cast.later(seconds=rules.IDLE.total_seconds()))
    assert (
        ada.get(reverse("chart", kwargs={"chart_id": cast.dov}))
        .headers["Location"]
        .startswith(reverse("unlock"))
    )
    assert bytes(Session.objects.get().sealed_key) == b"", "the key is gone from the row"
    serve(cast.later(seconds=rules.IDLE.total_seconds() + 1))
    assert ada.get(reverse("today")).status_code == 302


def test_moving_the_clock_back_does_not_unlock(cast: Cast) -> None:
    serve(cast)
    ada = Visitor(cast, "ada")
    serve(cast.later(seconds=rules.IDLE.total_seconds()))
    assert ada.get(reverse("today")).status_code == 302
    serve(cast)
    assert ada.get(reverse("today")).headers["Location"].startswith(reverse("unlock"))
    serve(cast.later(seconds=-3600))
    assert ada.get(reverse("today")).status_code == 302


def test_no_session_lives_a_day(cast: Cast) -> None:
    serve(cast)
    ada = Visitor(cast, "ada")
    passed = timedelta(0)
    while passed < rules.LONGEST:
        serve(cast.later(seconds=passed.total_seconds()))
        assert ada.get(reverse("today")).status_code == 200
        passed += rules.IDLE - timedelta(minutes=1)
    serve(cast.later(seconds=passed.total_seconds()))
    assert ada.get(reverse("today")).headers["Location"].startswith(reverse("signin"))


@pytest.mark.parametrize("who", ["nobody", "ada"])
def test_a_machine_that_was_switched_off_answers_sealed_at_every_address(
    evidence: Evidence, who: str
) -> None:
    """With the cookies of somebody who was signed in when it went off, too."""
    asked = {key: page for key, page in evidence.when_sealed.items() if key[0] == who}
    assert {(method, name) for _, method, name in asked} == {(row.method, row.name) for row in ROWS}
    for (_, method, name), page in asked.items():
        if name.startswith("portal_"):
            assert page.status == 503, (method, name)
        elif name != "sealed":
            assert page.goes_to.partition("?")[0] == reverse("sealed"), (method, name)
        assert not any(list(kind.search(name, page.body)) for kind in evidence.life.kinds)


def test_no_key_and_no_word_is_on_the_disk_of_a_server_that_was_killed(evidence: Evidence) -> None:
    assert evidence.on_disk["killed"] == []


def test_an_export_asks_again_who_is_there(cast: Cast) -> None:
    """Step-up before a release; the whole way is walked in the matrix, six minutes later."""
    row = next(row for row in ROWS if row.name == "packet_release, six minutes later")
    assert row.expected["ada"] == "step up"
    assert timedelta(minutes=row.later) > rules.STEP_UP
