"""The client's pages for reading, for who opened it, for asking and for taking along (P2, P8, P9, T08, T14)."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from stillroom.access import Capacity
from stillroom.chart import holding
from stillroom.chart.rules_holds import GROUNDS
from stillroom.disclosure import actions, own_taking, queries, rules_opened, rules_own_asking
from stillroom.disclosure.rules import Decision
from stillroom.kernel import Trilean
from stillroom.portal.language import words_of
from stillroom.portal.views.opened import ROLES
from stillroom.practice import actions_glass
from stillroom.practice import queries as practices
from stillroom.practice.actions_guests import Stand
from tests.cast import NOON, Cast, make_cast
from tests.disclosure.story import measured, notes, risks, subpoena
from tests.harness import matrix
from tests.web import Visitor, corpus, serve

pytestmark = pytest.mark.django_db
DAY = NOON.date()


@pytest.fixture(scope="module")
def standing(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Cast, dict[str, str]]]:
    """Dov's record, with notes, risk, measures and a subpoena in it; Dov and Fay by their own doors."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast(tmp_path_factory.mktemp("reading"))
        cast.licensed("ada", credential="")
        note, private = notes(cast)
        ids = {"note": note, "private": private, **risks(cast)}
        measured(cast)
        ids["subpoena"] = actions.enter(cast.here("ada"), cast.dov, subpoena())
        cast.holder("dov")
        cast.holder("fay", by="bea")
        client = practices.chart_head(cast.here("ada"), cast.dov).holders[0].client
        cast.proxy("eva", cast.dov, Stand(client, Capacity.PROXY, frozenset({"account"})))
        yield cast, ids
        cast.house.log.close()
        transaction.set_rollback(True)


@pytest.fixture
def life(standing: tuple[Cast, dict[str, str]]) -> Iterator[tuple[Cast, dict[str, str]]]:
    """The same, undone afterwards (but for the log)."""
    serve(standing[0])
    with transaction.atomic():
        yield standing
        transaction.set_rollback(True)


Life = tuple[Cast, dict[str, str]]


def at(name: str, **parts: str) -> str:
    return reverse(name, kwargs=parts)


def words(answer) -> str:  # type: ignore[no-untyped-def]
    assert answer.status_code == 200, answer.status_code
    text = answer.content.decode()
    assert "<title>My page</title>" in text
    assert len(answer.content) < 60_000
    return text


def test_she_reads_her_record_and_finds_the_plan_for_hard_days_in_one_step(life: Life) -> None:
    cast, ids = life
    dov = Visitor(cast, "dov")
    home = words(dov.get(reverse("portal_home")))
    for room in (
        "portal_safety",
        "portal_records",
        "portal_opened",
        "portal_asking",
        "portal_along",
    ):
        assert at(room, chart_id=cast.dov) in home
    seen = words(dov.get(at("portal_records", chart_id=cast.dov)))
    assert "Progress note" in seen
    assert "PHQ-9: " in seen
    assert "Slept six hours" not in seen, "words stand where one entry is opened"
    assert ids["private"] not in seen
    assert "Psychotherapy note<" not in seen
    assert "Slept six hours" in words(dov.get(at("portal_record", record_id=ids["note"])))
    assert "988" in words(dov.get(at("portal_safety", chart_id=cast.dov)))
    assert "No plan is here yet" in words(dov.get(at("portal_plan", chart_id=cast.dov)))


@pytest.mark.parametrize(
    "kind", ["safety", "records", "opened", "opened_proof", "asking", "along", "plan"]
)
def test_another_client_and_a_proxy_without_reach_are_nowhere(life: Life, kind: str) -> None:
    """T14: Fay changes the identifier; a proxy has the account alone."""
    cast, ids = life
    fay = Visitor(cast, "fay")
    there = fay.get(at(f"portal_{kind}", chart_id=cast.dov))
    nowhere = fay.get(at(f"portal_{kind}", chart_id="a" * 26))
    assert there.status_code == nowhere.status_code == 404
    # The page says where it is; all else is the same, whosever it would be.
    seen, page = matrix.bare(there), matrix.bare(nowhere)
    assert seen[:2] == page[:2]
    assert seen[2].replace(cast.dov.encode(), b"a" * 26) == page[2]
    for record in ("note", "private", "threat"):
        assert fay.get(at("portal_record", record_id=ids[record])).status_code == 404
        eva = Visitor(cast, "eva").get(at("portal_record", record_id=ids[record]))
        assert eva.status_code == 404


def test_what_is_held_is_told_in_the_words_of_its_reason_and_no_others(life: Life) -> None:
    cast, ids = life
    ada, dov = Visitor(cast, "ada"), Visitor(cast, "dov")
    assert (
        "can read this by their own door"
        in ada.get(at("record", record_id=ids["note"])).content.decode()
    )
    page = at("hold", record_id=ids["note"])
    typed = {"ground": "promise", "words": "His sister rang.", "until": str(DAY + timedelta(20))}
    for lacking in typed:
        bad = ada.post(page, {**typed, lacking: ""})
        assert bad.status_code == 409
        assert lacking == "words" or b"His sister rang." in bad.content, "nothing typed is lost"
    assert ada.post(page, typed).status_code == 302
    seen = words(dov.get(at("portal_records", chart_id=cast.dov)))
    assert "It would show who told us something" in seen
    assert "sister" not in seen
    assert "Progress note" not in seen
    assert dov.get(at("portal_record", record_id=ids["note"])).status_code == 404
    held = ada.get(at("holds", chart_id=cast.dov)).content.decode()
    assert "His sister rang." in held
    assert (
        "the client does not read this"
        in ada.get(at("record", record_id=ids["note"])).content.decode()
    )
    (one,) = holding.in_force(cast.dov, DAY)
    assert ada.post(at("hold_end", hold_id=one.id)).status_code == 302
    assert dov.get(at("portal_record", record_id=ids["note"])).status_code == 200


def test_who_opened_it_is_told_with_a_proof_that_an_outsider_checks(
    life: Life, tmp_path: Path
) -> None:
    """P10: the standalone verifier accepts it, and refuses it when one letter is changed."""
    cast, ids = life
    dov = Visitor(cast, "dov")
    words(dov.get(at("portal_record", record_id=ids["note"])))
    actions_glass.lay_by(cast.here("ada"), cast.dov, cast.bea.id)
    actions_glass.break_glass(cast.here("bea"), cast.dov, "His brother rang from the bridge.")
    seen = words(dov.get(at("portal_opened", chart_id=cast.dov)))
    assert f"{cast.ada.name} (clinician) signed an entry" in seen
    assert "You read entries" in seen
    assert "Opened in an emergency" in seen
    assert cast.bea.name in seen
    assert "bridge" not in seen
    for kept in ("Rex", "subpoena", "request", "matter"):
        assert kept not in seen.replace("Ask for", ""), "work on what a court asks is no line here"
    file = dov.get(at("portal_opened_proof", chart_id=cast.dov))
    with zipfile.ZipFile(io.BytesIO(file.content)) as bundle:
        bundle.extractall(tmp_path)
    command = [
        sys.executable,
        "verify_log.py",
        "checkpoint.txt",
        "--key",
        "log-key.txt",
        "--proof",
        "proofs.json",
    ]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    proofs = (tmp_path / "proofs.json").read_text()
    assert "matter:case" not in proofs
    (tmp_path / "proofs.json").write_text(
        proofs.replace("chart:record:sign", "chart:record:read", 1)
    )
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_asking_and_its_answers(life: Life) -> None:
    cast, _ = life
    dov, here = Visitor(cast, "dov"), cast.here("ada")
    page = at("portal_asking", chart_id=cast.dov)
    bad = dov.post(page, {"kind": "", "words": "It was seven hours."})
    assert bad.status_code == 409
    assert b"It was seven hours." in bad.content, "nothing typed is lost"
    assert dov.post(page, {"kind": "amendment", "words": "It was seven hours."}).status_code == 302
    asked = next(one for one in queries.my_matters(here) if one.asker == "Dov Halpern")
    assert "We have it and will answer" in words(dov.get(at("portal_asked", matter_id=asked.id)))
    desk = Visitor(cast, "ada").get(at("matter", matter_id=asked.id)).content.decode()
    assert "It was seven hours." in desk
    assert "Signed in by the client’s own door" in desk
    actions.decide(here, corpus(), asked.id, Decision.DENY, "It is what was said.")
    seen = words(dov.get(at("portal_asked", matter_id=asked.id)))
    assert "You may disagree" in seen
    assert "It is what was said." not in seen
    away = at("portal_disagree", matter_id=asked.id)
    assert dov.post(away, {"words": ""}).status_code == 409
    assert dov.post(away, {"words": "I said seven."}).status_code == 302
    assert (
        "I said seven."
        in Visitor(cast, "ada").get(at("matter", matter_id=asked.id)).content.decode()
    )
    assert Visitor(cast, "fay").get(at("portal_asked", matter_id=asked.id)).status_code == 404


def test_taking_along_waits_is_confirmed_and_asks_once_more_who_is_there(life: Life) -> None:
    """T08, by the pages: whoever holds the telephone gets nothing on the day, nothing unconfirmed, and
    nothing without the passphrase."""
    cast, _ = life
    page = at("portal_along", chart_id=cast.dov)
    dov = Visitor(cast, "dov")
    assert "Ask for the file" in words(dov.get(page))
    assert dov.post(page).status_code == 302
    seen = words(dov.get(page))
    assert "The wait ends on" in seen
    assert "We will ask you whether it was you." in seen
    assert "Fetch the file" not in seen
    (mine,) = own_taking.takings(cast.here("dov"), cast.dov)
    file = at("portal_fetch", matter_id=mine.id)
    assert dov.get(file).status_code == 409, "not on the day"
    after = cast.later(hours=73)
    serve(after)
    unconfirmed = Visitor(after, "dov").get(file)
    assert unconfirmed.status_code == 409, "not before somebody asked her"
    confirmed = own_taking.Confirmed("By the telephone that he called safe.", True, True)
    fresh = cast.here("ada", stepped_up=Trilean.YES)
    own_taking.confirm(fresh, corpus(), mine.id, confirmed)
    serve(cast.later(hours=71))
    assert Visitor(cast.later(hours=71), "dov").get(file).status_code == 409, "the wait goes on"
    here = Visitor(after, "dov")
    serve(cast.later(hours=73, minutes=6))
    asked = here.get(file)
    assert asked.status_code == 403, "a session that is some minutes old is asked who is there"
    assert b"prove_passphrase" in asked.content
    serve(after)
    assert "Fetch the file" in words(Visitor(after, "dov").get(page))
    given = Visitor(after, "dov").get(file)
    assert given.headers["Content-Disposition"] == 'attachment; filename="my-page.zip"'
    with zipfile.ZipFile(io.BytesIO(given.content)) as both:
        endings = sorted(name.rpartition(".")[2] for name in both.namelist())
    assert {"json", "pdf"} <= set(endings)
    assert Visitor(after, "fay").get(file).status_code == 404


def test_every_word_of_ours_that_no_template_holds_is_said_in_spanish() -> None:
    ours = {
        *rules_opened.SAID.values(),
        *rules_opened.WHY.values(),
        *rules_own_asking.STATES.values(),
        *(one.title for one in rules_own_asking.REQUESTS.values()),
        *(one.hint for one in rules_own_asking.REQUESTS.values()),
        *(one.told for one in GROUNDS.values() if one.told),
        *ROLES.values(),
        "Everything, to take along",
        "somebody by this door",
    }
    spanish = words_of("es")
    same = {one for one in ours if spanish.gettext(one) == one}
    assert same <= {"supervisor"}
    told = [NothingAdvice.usual_advice for NothingAdvice in (
        rules_own_asking.NothingAsked, rules_own_asking.TooMany, rules_own_asking.NotNow,
        rules_own_asking.NotReady,
    )]  # fmt: skip
    assert all(spanish.gettext(one) != one for one in told)
