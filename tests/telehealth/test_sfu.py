"""What lets a seat into a room of Janus: the real one refuses all else, and makes rooms for us alone."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from urllib.request import Request, urlopen

import pytest
from django.http import HttpResponse

from stillroom.config.middleware import headers
from stillroom.desk.calling import call_page
from stillroom.kernel import Misuse, Secret, new_id
from stillroom.telehealth.relays import Relays
from stillroom.telehealth.sfu import LASTS, PLUGIN, pass_for
from stillroom.telehealth.sfu_config import SfuPlace, janus_files
from stillroom.telehealth.sfu_patience import SfuUnreachable
from stillroom.telehealth.sfu_rooms import Found, look, open_room
from tests.telehealth.relays import ADMIN_KEY, HOST, SECRET, free_port, janus

NOW = datetime.now(UTC)
ROOM = "a-room-of-these-tests"


@pytest.fixture(scope="module")
def sfu(tmp_path_factory):
    """The real Janus, as our configuration has it."""
    with janus(tmp_path_factory.mktemp("janus")) as running:
        open_room(running.rooms, SECRET, ADMIN_KEY, room=ROOM, at=NOW)
        yield running


def said(sfu, token, *bodies):
    """What Janus answers: why it let nobody in, or what its plugin said to each body."""

    def ask(path, **message):
        body = json.dumps({**message, "token": token, "transaction": "t"}).encode()
        asked = Request(f"{sfu.rooms}{path}", body, {"Content-Type": "application/json"})
        with urlopen(asked, timeout=5) as reply:
            return json.load(reply)

    session = ask("", janus="create")
    if "data" not in session:
        return session["error"]["reason"]
    here = f"/{session['data']['id']}"
    attached = ask(here, janus="attach", plugin=PLUGIN)
    if "data" not in attached:
        return attached["error"]["reason"]
    handle = f"{here}/{attached['data']['id']}"
    told = [ask(handle, janus="message", body=body) for body in bodies]
    return [one.get("plugindata", {}).get("data", {}) for one in told]


def test_a_room_is_made_once_and_is_there(sfu):
    open_room(sfu.rooms, SECRET, ADMIN_KEY, room=ROOM, at=NOW)
    token = pass_for(SECRET, room=ROOM, at=NOW).token
    (there,) = said(sfu, token, {"request": "exists", "room": ROOM})
    assert there["exists"] is True
    (listed,) = said(sfu, token, {"request": "list"})
    assert listed["list"] == []  # a room is private: nobody learns of it who does not know its name


def test_nobody_else_makes_a_room_or_has_its_packets_sent_elsewhere(sfu):
    token = pass_for(SECRET, room=ROOM, at=NOW).token
    mine = new_id()
    powers = [
        {"request": "create", "room": mine},
        {"request": "rtp_forward", "room": ROOM, "publisher_id": "x", "host": HOST,
         "streams": [{"mid": "0", "port": 9}]},
        {"request": "enable_recording", "room": ROOM, "record": True},
        {"request": "kick", "room": ROOM, "id": "x"},
        {"request": "destroy", "room": ROOM},
        {"request": "edit", "room": ROOM, "new_require_e2ee": False},
    ]  # fmt: skip
    for more in ({}, {"admin_key": "guessed", "secret": "guessed"}):
        for answer in said(sfu, token, *({**power, **more} for power in powers)):
            assert answer["error_code"] in (429, 433), answer  # the secret is missing; it is wrong
    with pytest.raises(SfuUnreachable):
        open_room(sfu.rooms, SECRET, Secret(b"guessed"), room=mine, at=NOW)


FALSE_TOKENS: dict[str, Callable[[], str]] = {
    "none": lambda: "",
    "run out": lambda: pass_for(SECRET, room=ROOM, at=NOW - LASTS - timedelta(minutes=1)).token,
    "of another secret": lambda: pass_for(Secret(b"another"), room=ROOM, at=NOW).token,
    "its time moved": lambda: "9" + pass_for(SECRET, room=ROOM, at=NOW).token[1:],
    "the one of a door": lambda: pass_for(SECRET, room=ROOM, at=NOW).entry,
}


@pytest.mark.parametrize("what", FALSE_TOKENS)
def test_janus_refuses_what_has_run_out_or_was_forged(sfu, what):
    token = FALSE_TOKENS[what]()
    refused = said(sfu, token)
    assert "nauthorized" in refused, (what, refused)


def test_whoever_looks_is_told_well_from_refused(sfu):
    assert look(sfu.rooms, SECRET, at=NOW) is Found.WELL
    assert look(sfu.rooms, Secret(b"another"), at=NOW) is Found.REFUSES


def test_tokens_are_what_janus_reads():
    made = pass_for(Secret(b"north"), room=ROOM, at=datetime(2026, 11, 29, tzinfo=UTC))
    for token, good_for in ((made.token, f"janus,{PLUGIN}"), (made.entry, f"{PLUGIN},room={ROOM}")):
        text, _, signature = token.rpartition(":")
        until = int(datetime(2026, 11, 29, 4, tzinfo=UTC).timestamp())
        assert text == f"{until},{good_for}"
        by_hand = hmac.new(b"north", text.encode(), hashlib.sha1).digest()
        assert base64.b64decode(signature) == by_hand


@pytest.mark.parametrize(
    "room", ["", "short", "a" * 65, "a room of words and", "room,other=1,and-more"]
)
def test_a_room_that_could_say_something_is_a_mistake(room):
    with pytest.raises(Misuse):
        pass_for(SECRET, room=room, at=NOW)


def test_where_janus_is_not_a_sentence_says_what_still_works():
    nowhere = f"http://{HOST}:{free_port()}/janus"
    assert look(nowhere, SECRET, at=NOW) is Found.ABSENT
    with pytest.raises(SfuUnreachable) as told:
        open_room(nowhere, SECRET, ADMIN_KEY, room=ROOM, at=NOW)
    assert "Groups of up to four meet without it" in told.value.advice
    with pytest.raises(Misuse):
        Relays().ticket(ROOM, seat=0, at=NOW)


def test_the_configuration_records_nothing_and_opens_no_second_door():
    files = janus_files(SECRET, ADMIN_KEY, SfuPlace())
    whole = "\n".join(files.values())
    for wanted in ("token_auth = true", "lock_rtp_forward = true", "admin_http = false", "admin_ws = false",
                   'ip = "127.0.0.1"', 'ws_ip = "127.0.0.1"', "libjanus_recordplay.so"):  # fmt: skip
        assert wanted in whole
    assert "rec_dir" not in whole


def test_a_page_of_a_call_may_reach_the_line_and_that_server_and_nothing_else(sfu, rf):
    line = SimpleNamespace(address=lambda host: f"ws://{host}:1/line")

    def policy(relays):
        request = rf.get("/")
        request.shell = SimpleNamespace(line=line, relays=relays)
        answer = headers(lambda asked: call_page(lambda asked: HttpResponse())(asked))(request)
        (connect,) = [
            one for one in answer["Content-Security-Policy"].split("; ") if "connect-src" in one
        ]
        return connect

    assert policy(Relays(sfu=sfu)) == f"connect-src 'self' ws://testserver:1/line {sfu.address}"
    assert policy(Relays()) == "connect-src 'self' ws://testserver:1/line"
