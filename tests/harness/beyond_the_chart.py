"""A day's steps that open no chart: the calendar, the law library, the practice's policy, and every
door tried with wrong words."""

import re
from typing import TYPE_CHECKING

from tests.harness.in_session import meet_by_video, meet_together

if TYPE_CHECKING:
    from tests.harness.living import Life

_ID = r"([a-z2-7]{26})"


def read_the_law(life: "Life") -> None:
    """The library, searched for words that are a client's, and asked a question with her days."""
    ada = life.served.people["ada"].web
    for path in (
        "/law", "/law/us-md", "/law/us", "/law/provision/us-md.cjp.5-609", "/law/about",
        "/law/compare?a=us-md&b=us-tx", "/law/changes?place=us-nv", "/law/us-md/reading",
    ):  # fmt: skip
        ada.open(path)
    work = ada.open("/account/work").form("/account/work")
    assert ada.submit(work, **{"is-federal_land_or_facility": "no"}).status == 302
    assert ada.submit(ada.open("/law/search").form("/law/search")).status == 200
    sheet = ada.open("/law/ask").form("/law/ask")
    day = life.chart.also("2019-04-23")
    asked = ada.submit(sheet, case="case:minor.0", place="us-md", on=day)
    assert asked.status == 200, asked.text[:800]
    open_again = ada.submit(asked.form("/law/ask"), forget="client_age")
    question = next(form for form in open_again.forms if "fact" in form.types)
    refused = ada.submit(question, fact="client_age")
    assert refused.status == 409, "words for an age"


def try_the_doors(life: "Life") -> None:
    """Wrong names, words and passphrases at every door, each of them a secret of somebody."""
    ada = life.served.people["ada"].web
    door = life.served.browse(life.type_words)
    life.browsers.append(door)
    assert door.submit(door.open("/signin").form("/signin")).status == 403
    for address in ("/signin/words", "/welcome"):
        assert door.submit(door.open(address).form(address)).status >= 400
    again = life.secret.words("new passphrase")
    form = ada.open("/account").form("/account/passphrase")
    assert ada.submit(form, passphrase=again, again=again).status == 409
    assert ada.submit(ada.open("/account").form("/account/words")).status == 409


PHRASES = """
sets:
  - set: walk
    title: The walk
    sections: [Data]
    groups:
      - {id: how, title: Walked, says: "<They> walked <list>.", choices: [slowly, far]}
snippets:
  - {key: bye, says: Until Monday.}
"""
"""Holds no canary: a book of phrases lies in the clear, and its page says that no client is in it."""


def keep_phrases(life: "Life") -> None:
    """The practice's book and a writer's own, first with a mistake, then right."""
    for who, address in (("olga", "/writing"), ("ada", "/account/snippets")):
        web = life.served.people[who].web
        form = web.open(address).form(address)
        assert web.submit(form, text=PHRASES.replace("<list>", "far")).status == 409
        assert web.submit(form, text=PHRASES).status == 302
        web.open(f"{address}?version=1")


POLICY = """
- id: policy.nothing-to-employers
  title: Nothing to employers
  acts: [disclose]
  modality: forbids
  recipients: [employer]
  says: Nothing goes to an employer.
  as_of: 2026-11-22
"""
"""Holds no canary: a policy lies in the clear, and its page says that no client belongs in it."""


def keep_a_policy(life: "Life") -> None:
    """Proposed and agreed to; who runs the accounts alone may do both. Then everybody reads it."""
    olga, ada = life.served.people["olga"].web, life.served.people["ada"].web
    for pressed, status in (("look", 200), ("propose", 302)):
        form = olga.open("/policy/propose").form("/policy/propose")
        assert olga.submit(form, text=POLICY, do=pressed).status in (200, status)
    waiting = olga.open("/policy")
    agree = re.search(r"/policy/proposals/[a-z2-7]{26}/agree", waiting.text)
    assert agree, waiting.text[:800]
    olga.submit(waiting.form(agree[0]))
    olga.open("/policy/versions/1")
    changes = re.search(r"/policy/changes/\d+", olga.open("/policy").text)
    assert changes, "the page of a policy in force leads to what it changed"
    olga.open(changes[0])
    ada.open("/policy")
    ada.open(f"/matters/{life.ids['matter']}/decisions/1")


def keep_a_calendar(life: "Life") -> None:
    """Ada books, is asked and says yes, moves and cancels. Times stand in the clear, no word does."""
    ada, chart = life.served.people["ada"].web, life.ids["chart"]
    found = ada.submit(ada.open("/calendar/new").form("/calendar/new"), q=life.front.tag)
    assert f"/clients/{chart}/book" in found.text
    form = ada.open(f"/clients/{chart}/book").form("/book")
    assert ada.submit(form).status == 409, "words where a billing code should be"
    given = {"day": "2037-03-16", "start": "10:00", "code": "90834"}
    assert ada.submit(form, **given).status == 302
    asked = ada.submit(form, **given)
    assert asked.status == 409
    yes = re.search(r'name="sure" value="([^"]+)"', asked.text)
    assert yes, asked.text[:800]
    assert ada.submit(form, sure=yes[1], **given).status == 302
    meeting = life.note_id("meeting", ada.open("/calendar?day=2037-03-16"), rf"/appointments/{_ID}")
    page = ada.open(f"/appointments/{meeting}")
    moved = ada.submit(page.form(meeting), **{**given, "start": "14:00"})
    assert moved.status == 302, moved.text[:800]
    assert ada.post(f"/appointments/{meeting}/state", {"state": "cancelled"}).status == 302
    ada.open(f"/appointments/{meeting}")
    weekly = {"day": "2037-04-06", "start": "09:00", "code": "90834"}
    assert ada.submit(form, repeat="week", until="2037-04-20", **weekly).status == 302
    first = life.note_id(
        "first of three", ada.open("/calendar?day=2037-04-06"), rf"/appointments/{_ID}"
    )
    page = ada.open(f"/appointments/{first}")
    moved = ada.submit(page.form(first), **{**weekly, "start": "11:00"}, following="yes")
    assert moved.status == 302, moved.text[:800]
    hours = ada.open("/calendar/block").form("/calendar/block")
    assert ada.submit(hours, day="2037-03-17", start="12:00", minutes="60").status == 302
    again = {"repeat": "week", "until": "2037-04-01"}
    assert ada.submit(hours, day="2037-03-18", start="12:00", minutes="60", **again).status == 302
    ada.open("/calendar?day=2037-03-18")
    meet_by_video(life)
    meet_together(life)
