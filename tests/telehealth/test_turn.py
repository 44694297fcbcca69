"""The relay: credentials that end, a real coturn that refuses all others, and nothing behind it."""

import base64
import hashlib
import hmac
import ipaddress
import socket
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillroom.kernel import Misuse, Secret
from stillroom.telehealth import turn_asking
from stillroom.telehealth.turn import LASTS, Credentials, credentials
from stillroom.telehealth.turn_asking import Found, RelayAddress, RelayUnclear, ask, relay_address
from stillroom.telehealth.turn_config import CLOSED, Place, turnserver_conf
from stillroom.telehealth.turn_message import ALLOCATE, BINDING, read
from tests.telehealth.relays import HOST, SECRET, coturn, free_port
from tests.telehealth.turn_client import allocated, may_send_to

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def relay(tmp_path_factory):
    """The real coturn, as our configuration has it."""
    with coturn(tmp_path_factory.mktemp("coturn")) as port:
        yield port


@pytest.mark.parametrize("tcp", [False, True])
def test_coturn_takes_the_credentials_of_this_practice(relay, tcp):
    made = credentials(SECRET, mark="seat-1", at=datetime.now(UTC))
    assert ask(RelayAddress(HOST, relay, tcp=tcp, tls=False), made) is Found.WELL


@pytest.mark.parametrize(
    ("what", "made"),
    [
        ("run out", credentials(SECRET, mark="a", at=NOW - LASTS - timedelta(minutes=1))),
        ("of another secret", credentials(Secret(b"another"), mark="a", at=NOW)),
        ("its time moved", Credentials(f"{2**31 - 1}:a", credentials(SECRET, mark="a", at=NOW).credential)),
        ("no password", Credentials(credentials(SECRET, mark="a", at=NOW).username, "")),
        ("no time", Credentials("a", credentials(SECRET, mark="a", at=NOW).credential)),
    ],
)  # fmt: skip
def test_coturn_refuses_what_has_run_out_or_was_forged(relay, what, made):
    assert ask(RelayAddress(HOST, relay, tcp=False, tls=False), made) is Found.REFUSES


def test_coturn_relays_nothing_to_the_networks_behind_it(relay, tmp_path):
    """A client must not reach the practice's own machines through its relay (403, RFC 8656)."""
    made = credentials(SECRET, mark="a", at=datetime.now(UTC))
    with socket.socket(type=socket.SOCK_DGRAM) as line:
        line.settimeout(3)
        line.connect((HOST, relay))
        signed, answer = allocated(line, made)
        assert answer.addresses["relayed"].startswith(f"{HOST}:")
        for address, refused in [("10.0.0.1", True), ("192.168.1.1", True), ("169.254.169.254", True),
                                 ("224.0.0.1", True), ("9.9.9.9", False)]:  # fmt: skip
            answer = may_send_to(line, signed, address)
            assert (answer == 403) is refused, (address, answer)


def test_a_relay_that_is_not_there_is_silent(monkeypatch):
    monkeypatch.setattr(turn_asking, "PATIENCE", 0.05)
    made = credentials(SECRET, mark="a", at=NOW)
    for tcp in (False, True):
        assert ask(RelayAddress(HOST, free_port(), tcp=tcp, tls=False), made) is Found.SILENT


def test_credentials_are_the_convention_of_coturn():
    made = credentials(Secret(b"north"), mark="k3", at=datetime(2026, 11, 29, tzinfo=UTC))
    ends, _, mark = made.username.partition(":")
    assert (int(ends), mark) == (int(datetime(2026, 11, 29, 4, tzinfo=UTC).timestamp()), "k3")
    by_hand = hmac.new(b"north", made.username.encode(), hashlib.sha1).digest()
    assert made.credential == base64.b64encode(by_hand).decode()


@pytest.mark.parametrize("mark", ["", "Ada Brandt", "a:b", "é", "a\nb"])
def test_a_mark_that_could_say_something_is_a_mistake(mark):
    with pytest.raises(Misuse):
        credentials(SECRET, mark=mark, at=NOW)


def test_no_range_of_a_private_network_is_left_open():
    ranges = [tuple(map(ipaddress.ip_address, one.split("-"))) for one in CLOSED]

    def closed(address):
        found = ipaddress.ip_address(address)
        return any(low <= found <= high for low, high in ranges if low.version == found.version)  # type: ignore[operator]

    private = [
        *ipaddress._IPv4Constants._private_networks,
        *ipaddress._IPv6Constants._private_networks,
    ]  # type: ignore[attr-defined]
    for network in private:
        for address in (network[0], network[-1]):
            assert closed(address) or str(address) == "::", network
    for address in ("::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1", "fe80::1", "100.64.0.1"):
        assert closed(address), address
    for address in ("9.9.9.9", "2620:fe::fe", "1.1.1.1"):
        assert not closed(address)


def test_the_configuration_says_each_thing_once_and_no_more_than_is_known():
    text = turnserver_conf(SECRET, Place(realm="calls.example.org"))
    lines = [line for line in text.splitlines() if not line.startswith(("#", "denied"))]
    assert len(lines) == len(set(lines))
    for wanted in (
        "use-auth-secret",
        "no-cli",
        "no-multicast-peers",
        "fingerprint",
        "no-tls",
        "stale-nonce=600",
    ):
        assert wanted in lines
    assert "allow-loopback-peers" not in lines
    assert "verbose" not in text


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("turn:calls.example.org", RelayAddress("calls.example.org", 3478, False, False)),
        ("turn:h:3479?transport=tcp", RelayAddress("h", 3479, True, False)),
        ("turns:h?transport=tcp", RelayAddress("h", 5349, True, True)),
        ("turn:[::1]:3478?transport=udp", RelayAddress("::1", 3478, False, False)),
    ],
)
def test_relays_are_named_as_browsers_name_them(text, address):
    assert relay_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "stun:h",
        "turn:",
        "turn:h:0",
        "turn:h:99999",
        "turn:a b",
        "turn:h?transport=quic",
        "http://h",
    ],
)
def test_any_other_address_is_answered_with_a_sentence(text):
    with pytest.raises(RelayUnclear) as refused:
        relay_address(text)
    assert "turn:host" in refused.value.advice


@given(data=st.binary(max_size=200), kind=st.sampled_from([BINDING, ALLOCATE]))
@settings(max_examples=200)
def test_whatever_comes_back_is_an_answer_or_none(data, kind):
    transaction = data[8:20].ljust(12, b"\0")
    for answer in (
        data,
        (kind | 0x0110).to_bytes(2, "big") + data[2:4] + b"\x21\x12\xa4\x42" + data[8:],
    ):
        read(answer, kind, transaction)
