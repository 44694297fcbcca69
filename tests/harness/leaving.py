"""A packet leaves by a link: sent on its way, its two minutes let pass, opened by somebody outside."""

import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from stillroom.disclosure import sending
from stillroom.disclosure.models import Delivery, LetterDelivery, Link, Packet
from stillroom.disclosure.rules_leaving import Wish
from stillroom.kernel import Trilean
from tests.cast import Cast
from tests.harness.served import prove_again
from tests.web import corpus

if TYPE_CHECKING:
    from tests.harness.living import Life

_FORMAT = "%Y-%m-%d %H:%M:%S.%f"


def let_two_minutes_pass(home: Path) -> None:
    """Whatever waits in this practice was sent on its way three minutes earlier."""
    with closing(sqlite3.connect(home / "practice.db", timeout=20)) as database:
        query = "SELECT id, begun_at, leaves_at FROM disclosure_delivery WHERE state = 'waiting'"
        for name, *texts in database.execute(query).fetchall():
            moved = [datetime.fromisoformat(one) - timedelta(minutes=3) for one in texts]
            database.execute(
                "UPDATE disclosure_delivery SET begun_at = ?, leaves_at = ? WHERE id = ?",
                (*(one.strftime(_FORMAT) for one in moved), name),
            )
        database.commit()


def send_by_link(life: "Life", packet: str, asker: str) -> None:
    """Words in every field, and nothing leaves; then the name, and it does, and is opened."""
    ada = life.served.people["ada"].web
    page = ada.open(f"/packets/{packet}")
    assert ada.submit(page.form("/release")).status == 409, "another recipient's name"
    given = {"recipient": asker, "age_key": "", "again": "", "sure": "yes"}
    left = ada.submit(page.form("/release"), **given)
    if left.status == 403:
        assert prove_again(life.served.people["ada"], left).status == 302
        left = ada.submit(page.form("/release"), **given)
    assert left.status == 302, left.text[:800]
    ada.open(f"/packets/{packet}/way")
    let_two_minutes_pass(life.served.home)
    text = unescape(ada.open(f"/packets/{packet}").text)
    address = re.search(r"(/r/[\w-]{43})<", text)
    code = re.search(r'aria-label="The code">([a-z ]+)<', text)
    assert address, text[:2000]
    assert code
    outside = life.served.browse(life.type_words)
    life.browsers.append(outside)
    door = outside.open(address[1]).form(address[1])
    assert outside.submit(door).status == 403, "words that are not the code"
    given = outside.submit(door, code=code[1])
    assert given.body.startswith((b"%PDF", b"PK")), "the pages, or both files in one archive"


def send_and_let_leave(cast: Cast, ids: Mapping[str, str]) -> str:
    """One deed: sent on its way by a link, and looked at two minutes later."""
    ada = cast.here("ada", stepped_up=Trilean.YES)
    sending.begin(ada, corpus(), ids["packet"], Wish("Rex Dunleavy", way="link"))
    return sending.settle(cast.later(minutes=2).here("ada"), corpus(), ids["packet"])


def require_deliveries() -> None:
    """A packet is on its way if and only if a delivery waits; a link stands if and only if it left
    by one; and what was stopped or refused has left nothing."""
    waiting = set(
        Delivery.objects.filter(state=Delivery.State.WAITING).values_list("packet_id", flat=True)
    )
    leaving = set(Packet.objects.filter(state=Packet.State.LEAVING).values_list("pk", flat=True))
    assert waiting == leaving
    gone = {Delivery.State.LEFT.value, Delivery.State.CALLED_BACK.value}
    for row in Delivery.objects.select_related("packet"):
        assert row.state not in gone or row.packet.state == Packet.State.RELEASED
    of_packets, of_letters = Link.objects.filter(letter=None), Link.objects.filter(delivery=None)
    assert set(of_packets.values_list("delivery__state", flat=True)) <= gone
    letters = set(of_letters.values_list("letter_id", flat=True))
    assert letters == set(LetterDelivery.objects.values_list("pk", flat=True))
    called_back = of_letters.filter(letter__state=LetterDelivery.State.CALLED_BACK)
    assert not any(bytes(one.sealed) for one in called_back)
