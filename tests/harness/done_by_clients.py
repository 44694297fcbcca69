"""What a client does by her own door: in the cast's practice, and in a working day with canaries."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import TYPE_CHECKING, Any

from stillroom.chart import again, giving, measures
from stillroom.chart.given import Ask
from stillroom.chart.rules_again import Plan
from stillroom.consent import actions_forms, own_signing, queries_forms
from stillroom.consent.own_signing import Own
from stillroom.practice import actions, actions_own, queries_guests
from stillroom.practice.own_asks import CANNOT, Words
from tests.harness.forms_made import form
from tests.harness.offered import offer_and_answer, offered_to_dov

if TYPE_CHECKING:
    from tests.harness.browser import Browser
    from tests.harness.living import Life

ID = r"([a-z2-7]{26})"
LIBRARY = measures.load()


def done_by_dov(cast: Any) -> dict[str, str]:
    """Dov has signed the limits that Ada published for him."""
    ada, dov = cast.here("ada"), cast.here("dov")
    works = ("individual", "supervised", "telehealth")
    made = actions_forms.publish(ada, form("limits", "us-md", "psychologist", *works), policy=0)
    stand = queries_guests.own_stand(dov, cast.dov)
    own = Own("Dov Halpern", cast.at.date(), answers={"friend": "1"})
    signed = own_signing.sign(dov, stand, queries_forms.edition(ada, made), own)
    done = {"own_form": made, "own_signed": signed, "offer": offered_to_dov(cast)}
    return {**done, **_measures(cast, stand.client), **_times(cast)}


def _measures(cast: Any, client: str) -> dict[str, str]:
    """Questions that wait, and others that Dov handed in; he may see their course."""
    ada, dov, phq = cast.here("ada"), cast.here("dov"), LIBRARY.measures["phq-9"]
    first, second = (giving.give(ada, cast.dov, Ask("phq-9", client, True), phq) for _ in range(2))
    giving.save(dov, second, {"1": "LA6569-3"}, phq)
    giving.hand_in(dov, second)
    gad = LIBRARY.measures["gad-7"]
    planned = again.plan(ada, cast.dov, Plan("gad-7", client, by_door=True), 1, gad)
    return {"given_open": first, "given_done": second, "client": client, "planned": planned}


def _times(cast: Any) -> dict[str, str]:
    """Two times of Dov's; about the second he has asked."""
    ada, dov, hour = cast.here("ada"), cast.here("dov"), timedelta(hours=1)
    begins = cast.at + timedelta(days=30)
    first, second = (
        actions.book(ada, cast.dov, ada.person, begins + n * hour, begins + (n + 1) * hour)
        for n in range(2)
    )
    stand = queries_guests.own_stand(dov, cast.dov)
    asked = actions_own.ask(dov, stand, Words(CANNOT, "My boy is ill."), second)
    return {"own_time": first, "own_time_asked": second, "own_ask": asked}


# A working day with canaries


def do_by_her_own_door(life: "Life", dov: "Browser") -> None:
    """Signed in: she signs, answers, shares and takes back, asks about a time, says never."""
    chart = life.ids["chart"]
    _sign(life, dov)
    _answer(life, dov)
    _share(life, dov)
    offer_and_answer(life, dov)
    ada, times = life.served.people["ada"].web, f"/my/{chart}/times"
    page = dov.open(times)
    found = re.findall(rf'href="(/my/time/{ID}/file)"', page.text)
    assert found, page.text[:1500]
    assert dov.get(found[0][0]).status == 200
    asks = next(one for one in page.forms if one.action == f"/my/time/{found[0][1]}")
    assert dov.submit(asks, do="move").status == 302
    assert dov.submit(asks, do="move").status == 409
    reach = dov.open(f"/my/{chart}/reach")
    one, other = (form for form in reach.forms if form.action.endswith("/reach"))
    assert dov.submit(one, words="", do="never").status == 409
    assert dov.submit(one, do="never").status == 302
    assert dov.submit(other, do="ask").status == 302
    done = re.findall(rf"/asked-by-door/{ID}/done", ada.open("/today").text)
    assert len(done) == 3
    assert ada.post(f"/asked-by-door/{done[0]}/done", {}).status == 302


def _sign(life: "Life", dov: "Browser") -> None:
    """Ada publishes what is wanted for her; she signs all of it."""
    ada, chart = life.served.people["ada"].web, life.ids["chart"]
    wanted = re.findall(
        r'href="(/forms/review\?[^"]+)"', ada.open(f"/clients/{chart}/consents").text
    )
    for address in wanted:
        page = ada.open(unescape(address)).form("/forms/review")
        drawn = {name: value for name, value in page.values.items() if name.startswith("s-")}
        whom = {"contact": "Olga", "telephone": "410-555-0100"} if "contact" in page.types else {}
        assert ada.submit(page, **drawn, **whom, do="publish").status == 302
    listed = dov.open(f"/my/{chart}/sign").text
    forms = sorted(set(re.findall(rf"/my/{chart}/sign/[a-z2-7]{{26}}", listed)))
    assert forms, listed[:1500]
    for at in forms:
        form = dov.open(at).form(at)
        assert dov.submit(form, name="").status == 409
        signed = dov.submit(form)
        assert signed.status == 302, signed.text[:800]
        dov.open(signed.goes_to)


def _answer(life: "Life", dov: "Browser") -> None:
    """Two questionnaires: one in her words, one that asks for somebody; Ada signs both."""
    ada, chart = life.served.people["ada"].web, life.ids["chart"]
    for name in ("own-words", "phq-9"):
        form = ada.open(f"/clients/{chart}/measures/{name}").form("/by-door")
        assert ada.submit(form, due_on="soon").status == 409
        # The day by which it is wanted stands in the clear.
        assert ada.submit(form, due_on="2037-05-14", shows="yes").status == 302
    for at in sorted(
        set(re.findall(rf"/my/question/{ID}", dov.open(f"/my/{chart}/questions").text))
    ):
        one = f"/my/question/{at}"
        form = dov.open(f"{one}?q=1").form(one)
        assert dov.submit(form, do="next").status == 302
        if "a-9" in dov.open(one).form(one).types:
            assert dov.post(one, {"a-9": "LA6569-3", "q": "9", "do": "next"}).status == 302
            assert 'href="tel:988"' in dov.open(one).text
        assert dov.submit(dov.open(one).form(one), do="done").status == 302
        dov.open(f"{one}/done")
    for given in sorted(set(re.findall(rf"/given/{ID}", ada.open("/today").text))):
        page = ada.open(f"/given/{given}")
        assert ada.submit(page.form("/keep"), do="keep").status == 302
    assert dov.get(f"/my/{chart}/questions/phq-9").status == 200
    plan = ada.open(f"/clients/{chart}/measures/own-words").form("/again")
    assert ada.submit(plan, often="weeks", weeks="").status == 409
    assert ada.submit(plan, often="weeks", weeks="2", by_door="yes").status == 302
    listed = dov.open(f"/my/{chart}/questions")
    due = next(form for form in listed.forms if "/question/again/" in form.action)
    assert dov.submit(due).status == 302
    assert ada.submit(ada.open(f"/clients/{chart}/measures").form("/end")).status == 302
    dov.open(f"/my/{chart}/questions")


def _share(life: "Life", dov: "Browser") -> None:
    """A permission that lacks something, one that counts and is taken back, and a wish."""
    chart = life.ids["chart"]
    new = f"/my/{chart}/sharing/new"
    form = dov.open(new).form(new)
    days = {
        "ends_on": life.chart.also("2037-05-16"),
        "since": life.chart.also("1987-05-17"),
        "until": life.chart.also("1988-05-18"),
    }
    said = {"to_kind": "attorney", "purpose": "legal_proceeding", **days}
    assert dov.submit(form, **said).status == 409, "nothing is to be shared"
    # A state may say how long a permission holds at most.
    soon = (datetime.now(UTC).date() + timedelta(days=90)).isoformat()
    given = dov.submit(form, kinds=["progress_notes"], **{**said, "ends_on": soon})
    assert given.status == 302, re.findall(r'class="mend".*?<form', given.text, re.DOTALL)
    paper = given.goes_to
    back = dov.open(paper).form("/back")
    assert dov.submit(back).status == 302
    dov.open(paper)
    page = dov.open(f"/my/{chart}/sharing")
    wish = page.form("/sharing/ask")
    assert dov.submit(wish).status == 409
    assert dov.submit(wish, basis="paid").status == 302
    dov.open(f"/my/{chart}/sharing")
