"""T08: Eve has Dov's telephone in her hand. What goes out tells her nothing, and goes only where,
when and how Dov wished it.

Here: messages. The client's own door: `test_t08_borrowed_phone`, and in a browser `tests/journeys/test_own_door`.
"""

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stillroom
from stillroom.access import Act
from stillroom.phi import NotHere
from stillroom.practice import actions_wishes, queries
from stillroom.practice.models import Message as Row
from stillroom.practice.rules_wishes import (
    CHANNELS,
    WRITTEN,
    Reach,
    Way,
    WishUnclear,
    is_never,
    local_to,
    plain,
    require_sound,
    why_not,
)
from stillroom.practice.sending import actions, carriers
from stillroom.practice.sending.queries import written_to
from stillroom.practice.sending.rules import SIZE, SUBJECT, Kind, Message, compose
from tests.cast import NOON, Cast

ZONE = ZoneInfo("America/New_York")
EMAIL = Way("email", "d.h@example.org")
WORDS = (
    "therap",
    "clinic",
    "counsel",
    "session",
    "treatment",
    "health",
    "patient",
    "doctor",
    "halpern",
    "linden",
    "http",
    "www",
)
"""What would tell Eve where this comes from."""

times = st.integers(0, 400 * 24 * 60).map(lambda minutes: NOON + timedelta(minutes=minutes))
hours = st.sampled_from(["", "07:30", "09:00", "12:00", "17:00", "23:59"])
addresses = st.sampled_from(
    [
        "d.h@example.org",
        "D.H@example.org",
        "x@example.com",
        "410-555-0142",
        "+1 (410) 555 0142",
        "443-555-0100",
    ]
)
ways = st.builds(
    Way,
    channel=st.sampled_from(sorted(CHANNELS)),
    to=addresses,
    leave=st.sampled_from(["", "yes", "no"]),
    days=st.lists(st.integers(0, 6), unique=True, max_size=3).map(tuple),
    since=hours,
    until=hours,
)
reaches = st.builds(
    Reach,
    ways=st.lists(ways, max_size=3).map(tuple),
    never=st.lists(addresses, max_size=2).map(tuple),
    nothing=st.sampled_from([False, False, False, True]),
    name=st.sampled_from(["", "D.", "Dov", "Élan Ó Briain"]),
    says_practice=st.booleans(),
    says_when=st.booleans(),
    zone=st.sampled_from(["", "America/Los_Angeles", "Asia/Kolkata"]),
)  # fmt: skip


def sound(reach: Reach) -> bool:
    try:
        require_sound(reach)
    except WishUnclear:
        return False
    return True


@given(reaches.filter(sound), ways, times)
def test_nothing_goes_outside_the_wishes_whatever_is_tried(
    reach: Reach, other: Way, at: datetime
) -> None:
    """Law: what may go is one of the wished ways, written, not a *never*, and inside its hours where
    the client is. Told from the rule by hand, without the rule's own words."""
    for way in (*reach.ways, other):
        if why_not(reach, way, at, ZONE):
            continue
        local = at.astimezone(ZoneInfo(reach.zone) if reach.zone else ZONE)
        clock = f"{local:%H:%M}"
        assert not reach.nothing
        assert way in reach.ways
        assert way.channel in {"email", "text"}
        assert plain(way.to) not in {plain(one) for one in reach.never}
        assert not way.days or local.weekday() in way.days
        assert way.since <= clock
        assert not way.until or clock < way.until


@given(reaches.filter(sound), times)
def test_every_kind_of_message_to_one_client_is_as_long_as_every_other(
    reach: Reach, at: datetime
) -> None:
    when = local_to(reach, at, ZONE)
    written = [compose(reach, EMAIL, kind, "Linden Row Practice", when) for kind in Kind]
    assert {len(one.body.encode()) for one in written} == {SIZE}
    assert {one.subject for one in written} == {SUBJECT}
    mails = {len(carriers.as_mail(one, "note@example.net", at).as_bytes()) for one in written}
    assert len(mails) == 1, "as mail too"


def test_no_message_tells_where_it_comes_from(cast: Cast) -> None:
    """Every message that there is, for a client whose name, practice and care would be told."""
    for kind in Kind:
        for reach in (Reach(), Reach(name="D."), Reach(says_when=True)):
            one = compose(reach, EMAIL, kind, "Linden Row Practice", NOON)
            mail = carriers.as_mail(one, "note@example.net", NOON)
            said = f"{one.subject} {one.body} {mail['From']} {mail['Message-ID'].rpartition('@')[2]}".casefold()
            assert [word for word in WORDS if word in said] == []
    wished = compose(Reach(says_practice=True), EMAIL, Kind.CALL, "Linden Row Practice", None)
    assert "Linden Row Practice" in wished.body, "unless it was wished"
    assert "Linden Row" not in wished.subject


def test_an_hour_is_said_only_to_whoever_wished_it() -> None:
    silent = compose(Reach(), EMAIL, Kind.REMINDER, "", NOON)
    told = compose(Reach(says_when=True), EMAIL, Kind.REMINDER, "", NOON)
    assert "17:00" not in silent.body
    assert "Friday, November 20, 17:00" in told.body


def test_a_number_is_never_used_however_it_is_written() -> None:
    reach = Reach(never=("+1 (410) 555-0142", "D.H@example.org "))
    assert is_never(reach, "410.555.0142")
    assert is_never(reach, "d.h@EXAMPLE.org")
    assert not is_never(reach, "410.555.0143")


@pytest.mark.parametrize(
    "reach",
    [
        Reach(ways=(Way("email", "not an address"),)),
        Reach(ways=(Way("email", "a@b.org\nBcc: eve@example.org"),)),
        Reach(ways=(Way("pigeon", "x"),)),
        Reach(ways=(Way("call", " "),)),
        Reach(ways=(Way("call", "410", since="17:00", until="09:00"),)),
        Reach(ways=(Way("call", "410", since="five"),)),
        Reach(ways=(Way("call", "410", days=(7,)),)),
        Reach(ways=(EMAIL,), never=("D.H@example.org",)),
        Reach(name="A" * 61),
        Reach(name="D.\nThe clinic"),
    ],
)
def test_a_wish_that_could_not_be_obeyed_to_the_letter_is_refused(reach: Reach) -> None:
    with pytest.raises(WishUnclear):
        require_sound(reach)


# Through the gate, the log and the rows


class Out(list[Message]):
    """A carrier that lets us see what left. It asks nothing, like the others."""

    name, channels, hands_on = "seen", frozenset(WRITTEN), True

    def carry(self, message: Message, at: datetime) -> None:
        self.append(message)


def dov(cast: Cast) -> str:
    return queries.chart_head(cast.here("ada"), cast.dov).holders[0].client


def wished(cast: Cast, reach: Reach, who: str = "ada") -> str:
    client = dov(cast)
    actions_wishes.wish(cast.here(who), cast.directory, cast.dov, client, reach)
    return client


def test_before_anybody_asked_nothing_is_sent_and_the_refusal_is_written_down(cast: Cast) -> None:
    out = Out()
    with pytest.raises(actions.NotWished, match="never asked"):
        actions.send(cast.here("ada"), out, cast.dov, dov(cast), EMAIL, Kind.CALL)
    assert out == []
    assert not Row.objects.exists()
    last = list(cast.house.log.entries())[-1]
    assert last.entry.act == Act.MESSAGE_SEND.value


def test_a_message_stands_in_the_log_before_it_leaves_and_can_be_read_again(cast: Cast) -> None:
    client = wished(cast, Reach(ways=(EMAIL,), name="D."), who="cal")
    out = Out()
    sent = actions.send(cast.here("cal"), out, cast.dov, client, EMAIL, Kind.WAITING)
    assert sent.by_itself
    (message,) = out
    assert message.to == "d.h@example.org"
    (line,) = written_to(cast.here("ada"), cast.dov, client)
    assert (line.state, line.written.body) == ("gone", message.body)
    assert message.to.encode() not in bytes(Row.objects.get().sealed)
    with pytest.raises(NotHere):
        actions.send(cast.here("bea"), out, cast.dov, client, EMAIL, Kind.WAITING)
    with pytest.raises(NotHere):
        actions.send(cast.here("ada"), out, cast.dov, cast.fay, EMAIL, Kind.WAITING)
    assert len(out) == 1


def test_a_never_said_a_moment_before_is_obeyed(cast: Cast) -> None:
    client = wished(cast, Reach(ways=(EMAIL,)))
    wished(cast, Reach(ways=(), never=("D.H@EXAMPLE.ORG",)))
    out = Out()
    with pytest.raises(actions.NotWished, match="never be used"):
        actions.send(cast.here("ada"), out, cast.dov, client, EMAIL, Kind.CALL)
    assert out == []
    sheet = queries.chart_head(cast.here("ada"), cast.dov).holders[0].sheet
    assert len(sheet.wishes) == 2, "what held before is still there"


def test_the_default_lets_nothing_leave_by_itself(cast: Cast) -> None:
    text = Way("text", "410-555-0142")
    client = wished(cast, Reach(ways=(text,)))
    sent = actions.send(cast.here("ada"), carriers.Kept(), cast.dov, client, text, Kind.CALL)
    assert not sent.by_itself
    (line,) = written_to(cast.here("cal"), cast.dov, client)
    assert line.state == "kept"
    mails_only = carriers.MailServer("mail.example.net", 587, "note@example.net")
    with pytest.raises(actions.NotWished, match="by this way"):
        actions.send(cast.here("ada"), mails_only, cast.dov, client, text, Kind.CALL)


def test_a_folder_takes_whole_files_and_a_broken_one_says_so(cast: Cast, tmp_path: Path) -> None:
    client = wished(cast, Reach(ways=(EMAIL,)))
    folder = tmp_path / "out"
    carrier = carriers.Folder(folder, "note@example.net")
    with pytest.raises(carriers.NotCarried):
        actions.send(cast.here("ada"), carrier, cast.dov, client, EMAIL, Kind.CALL)
    folder.mkdir()
    actions.send(cast.here("ada"), carrier, cast.dov, client, EMAIL, Kind.CALL)
    (file,) = folder.iterdir()
    mail = message_from_bytes(file.read_bytes())
    assert (mail["To"], mail["Subject"]) == ("d.h@example.org", SUBJECT)
    states = sorted(line.state for line in written_to(cast.here("ada"), cast.dov, client))
    assert states == ["failed", "gone"]


class Server:
    """A mail server's manners, without a network: what was said to it, in order."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    @contextmanager
    def __call__(self, host: str, port: int, timeout: float) -> Iterator["Server"]:
        self.heard.append(f"connect {host}:{port}")
        yield self

    def starttls(self, context: object) -> None:
        self.heard.append("starttls")

    def login(self, user: str, password: str) -> None:
        self.heard.append(f"login {user}")

    def send_message(self, message: object) -> None:
        self.heard.append("message")


def _sign_in(server: Any) -> None:
    server.login("note", "word")


def test_a_mail_server_hears_nothing_before_tls() -> None:
    server = Server()
    carrier = carriers.MailServer(
        "mail.example.net", 587, "note@example.net", _sign_in, connect=server
    )  # type: ignore[arg-type]
    carrier.carry(compose(Reach(), EMAIL, Kind.CALL, "", None), NOON)
    assert server.heard == ["connect mail.example.net:587", "starttls", "login note", "message"]


def test_only_the_carriers_know_how_to_send() -> None:
    """By reading the source: nobody else imports a way out, Django's mail included."""
    root = Path(stillroom.__file__).parent
    ways_out = {"smtplib", "email", "django.core.mail", "http.client", "urllib.request", "requests"}
    for path in sorted(root.rglob("*.py")):
        # The second speaks to the practice's own Janus about rooms, which have no names.
        own = {"practice/sending/carriers.py", "telehealth/sfu_rooms.py"}
        if path.relative_to(root).as_posix() in own:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
            found = [n for n in names if n in ways_out or n.split(".")[0] in {"smtplib", "email"}]
            assert found == [], f"{path} imports {found}"


def test_the_hours_are_hers_and_not_the_practices() -> None:
    way = Way("email", "d.h@example.org", since="09:00", until="17:00")
    west = Reach(ways=(way,), zone="America/Los_Angeles")
    ten_in_new_york = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
    assert "Not at this hour" in why_not(west, way, ten_in_new_york, ZONE)
    assert why_not(west, way, ten_in_new_york + timedelta(hours=3), ZONE) == ""
