"""Clients, and those who stand for them, write by their own door: in the cast's practice, and in a
working day with canaries."""

import re
from typing import TYPE_CHECKING, Any

from stillroom.access import Capacity
from stillroom.correspondence import actions
from stillroom.practice import actions_guests
from stillroom.practice.actions_guests import Stand
from stillroom.practice.queries import chart_head

if TYPE_CHECKING:
    from tests.harness.browser import Browser
    from tests.harness.living import Life

ID = r"([a-z2-7]{26})"


def written_to_ada(cast: Any) -> dict[str, str]:
    """A message of Dov's, and a place for somebody who is to stand for him."""
    ada = cast.here("ada")
    client = chart_head(ada, cast.dov).holders[0].client
    stand = Stand(client, Capacity.PROXY, frozenset({"appointments"}))
    offered = actions_guests.invite(ada, cast.dov, stand)
    thread = actions.write(cast.here("dov"), cast.dov, "Could we begin at four?")
    return {"thread": thread, "stander": offered.person}


def write_by_the_other_door(life: "Life") -> None:
    """Ada lets somebody in; she comes, writes, is answered, and is given less; then it is over."""
    ada, chart = life.served.people["ada"].web, life.ids["chart"]
    guest = _come_in(life)
    messages = f"/my/{chart}/messages"
    form = guest.open(messages).form("/messages")
    assert guest.submit(form, words="").status == 409
    assert guest.submit(form).status == 302
    guest.open(messages)
    guest.open(f"/my/{chart}/standing")
    _answer(life)
    stander = re.search(rf"/proxies/{ID}", ada.open(f"/clients/{chart}/proxies").text)
    assert stander
    one = f"/clients/{chart}/proxies/{stander[1]}"
    days = {
        "seen_on": life.chart.also("2025-08-19"),
        "order_ends": "2037-05-11",
        "ends": "2037-05-10",
    }
    form = ada.open(one).form(one)
    changed = ada.submit(form, do="decide", reach=["messages"], **days)
    assert changed.status == 302, re.findall(r'class="mend".*?</div>', changed.text, re.DOTALL)
    ada.open(f"/clients/{chart}/proxies")
    guest.open(messages)
    guest.post("/my/out", {})
    for do in ("freeze", "thaw"):
        assert ada.post(f"{one}/shut", {"do": do}).status == 302


def _come_in(life: "Life") -> "Browser":
    """From the decision to her first page."""
    ada, chart = life.served.people["ada"].web, life.ids["chart"]
    new = f"/clients/{chart}/proxies/new"
    ada.open(f"/clients/{chart}/proxies")
    looked = ada.submit(ada.open(new).form("/proxies/new"), ground="helper", do="look")
    assert looked.status == 200, looked.text[:600]
    days = {
        "seen_on": life.chart.also("2025-08-17"),
        "order_ends": "2037-05-12",
        "ends": "2037-05-09",
    }
    form = looked.form("/proxies/new")
    refused = ada.submit(form, do="decide", reach=["messages"], **{**days, "seen_on": "2025-02-30"})
    assert refused.status == 409
    # The last day stands in the clear, as that of a cover does.
    reach = ["messages", "progress_notes"]
    done = ada.submit(refused.form("/proxies/new"), do="decide", reach=reach, **days)
    assert done.status == 200, re.findall(r'class="mend".*?</div>', done.text, re.DOTALL)
    found = re.search(r"(/my/place/[\w-]{43})</p><p class=\"digest\">([a-z ]+)<", done.text)
    assert found, done.text[:900]
    place, code = found.groups()
    guest = life.served.browse(life.type_words)
    life.browsers.append(guest)
    passphrase = life.secret.words("guest passphrase")
    form = guest.open(place).form(place)
    assert guest.submit(form, passphrase=passphrase, again=passphrase).status == 403
    told = guest.submit(form, code=code, passphrase=passphrase, again=passphrase)
    named = re.search(r'class="told"><strong>([a-z ]+)<', told.text)
    assert named, told.text[:600]
    form = guest.open("/my/in").form("/my/in")
    assert guest.submit(form).status == 403
    assert guest.submit(form, name=named[1], passphrase=passphrase).status == 302
    guest.open("/my/")
    return guest


def _answer(life: "Life") -> None:
    """Ada reads, answers, settles, takes it into a note; and writes first. Olga says how."""
    ada, olga = life.served.people["ada"].web, life.served.people["olga"].web
    chart = life.ids["chart"]
    ada.open("/today")
    page = ada.open(f"/clients/{chart}/messages")
    thread = life.note_id("thread", page, rf"/messages/{ID}")
    at = f"/messages/{thread}"
    form = ada.open(at).form(at)
    assert ada.submit(form, words="", do="answer").status == 409
    assert ada.submit(form, do="answer", seen="1").status == 302
    assert ada.post(at, {"do": "settle", "seen": "1"}).status == 302
    assert ada.submit(ada.open(at).form(f"{at}/note"), meant="yes").status == 302
    person = re.search(rf'<option value="{ID}"', page.text)
    assert person
    form = page.form(f"/clients/{chart}/messages")
    assert ada.submit(form, person="").status == 409
    assert ada.submit(form, person=person[1]).status == 302
    ada.open("/messages/manner")
    form = olga.open("/messages/manner").form("/messages/manner")
    assert olga.submit(form, words="").status == 409
    said = {"words": "Within two working days.", "spanish": "En dos días hábiles."}
    assert olga.submit(form, **said).status == 302
