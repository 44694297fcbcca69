"""T09: the signalling server itself sits between the two of them.

Two real browsers, and a line that lies. It may change what it passes on, bring back what it heard
before, add somebody, leave things out, and speak too early; it may also be somebody else to each of
them, with keys of its own. However it lies: no camera is asked for, no frame is decoded, and what
failed has a name. The person at the keyboard is played by the test: she compares the words.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import Browser

from stillroom.kernel import new_id
from stillroom.telehealth import rules_verify as rules
from stillroom.telehealth.rules_verify import Card, Talk
from tests.playing import launch
from tests.telehealth.crooked import Crooked, Said, honest
from tests.telehealth.signer import Signer
from tests.telehealth.table import FAKE, Desk, Side, Table, desk

pytestmark = pytest.mark.journey
Told = list[tuple[int, Said]]


@pytest.fixture(scope="module")
def here() -> Iterator[tuple[Browser, Desk]]:
    """Chromium, and a page's server whose tickets a lying line does not read."""
    browser = launch(*FAKE)
    with desk(lambda room, seat: f"1.{room}.{seat}.2.0.x") as made:
        yield browser, made
    browser.close()


@pytest.fixture
def line() -> Iterator[Crooked]:
    """A line that is honest until the test has it lie."""
    made = Crooked()
    yield made
    made.close()


@pytest.fixture
def table(here: tuple[Browser, Desk], line: Crooked) -> Iterator[Table]:
    """Two profiles at that line."""
    made = Table(*here, line.address)
    yield made
    made.close()


def stopped(side: Side, *names: str) -> None:
    """It stopped by one of these names; nothing was given, nothing was seen; the record says so."""
    assert side.stage("stopped")["why"] in names
    assert side.nothing_left()
    assert side.outcome()["how"] == "stopped"
    assert side.outcome()["why"] in names


def changed(said: Said, **more: str) -> Said:
    """What was said, with other words in it."""
    return {**said, **more}


# (a) it swaps fingerprints


def test_a_swapped_fingerprint_is_not_what_was_signed(line: Crooked, table: Table):
    other = rules.spell(secrets.token_bytes(32))

    def swap(_: Crooked, seat: int, said: Said) -> Told:
        return [(1 - seat, changed(said, print=other) if said["t"] == "hello" else said)]

    line.mischief = swap
    ada, dov = table.two()
    stopped(dov, "signature")
    stopped(ada, "other", "signature")


def test_a_fingerprint_swapped_in_the_description_alone_stops_before_the_browser_sees_it(
    line: Crooked, table: Table
):
    shown = ":".join(f"{byte:02X}" for byte in secrets.token_bytes(32))

    def swap(_: Crooked, seat: int, said: Said) -> Told:
        if said["t"] != "description":
            return [(1 - seat, said)]
        lines = said["description"]["sdp"].split("\r\n")
        lines = [f"a=fingerprint:sha-256 {shown}" if "a=fingerprint" in x else x for x in lines]
        return [(1 - seat, {**said, "description": {"type": "offer", "sdp": "\r\n".join(lines)}})]

    line.mischief = swap
    ada, dov = table.two()
    stopped(dov, "fingerprint")
    stopped(ada, "other")


class Between:
    """Somebody else to each of them: whole talks of its own on both sides, by the rules.

    Seat 0 makes its offer while its proof is on its way. One who sits between has to hold it until the
    talk with the other has come as far: an offer before a proof would give the game away (`order`).
    """

    def __init__(self, room: str) -> None:
        self.room = room
        self.signer = Signer(ec.generate_private_key(ec.SECP256R1()))
        self.talks: dict[int, Talk] = {}
        self.held: dict[int, Told] = {0: [], 1: []}

    def __call__(self, line: Crooked, seat: int, said: Said) -> Told:
        if said["t"] in ("commit", "hello", "reveal", "proof"):
            told: Told = []
            if said["t"] == "commit":
                self.talks = {to: self._talk(1 - to) for to in (0, 1)}
                self.held = {0: [], 1: []}
                self.talks[1], first = rules.begin(self.talks[1])
                told += [(1, dict(one)) for one in first]
            self.talks[seat], answers = rules.hear(
                self.talks[seat], said, sign=self.signer.sign, check=self.signer.check
            )
            told += [(seat, dict(one)) for one in answers]
            if self.talks[seat].proven:
                told += self.held[seat]
                self.held[seat] = []
            return told
        if said["t"] == "description":
            mine = self.talks[1 - seat].mine.print
            shown = ":".join(f"{byte:02X}" for byte in mine)
            lines = said["description"]["sdp"].split("\r\n")
            lines = [f"a=fingerprint:sha-256 {shown}" if "a=fingerprint" in x else x for x in lines]
            said = {**said, "description": {**said["description"], "sdp": "\r\n".join(lines)}}
        if said["t"] in ("description", "candidate") and not self.talks[1 - seat].proven:
            self.held[1 - seat] += honest(line, seat, said)
            return []
        return honest(line, seat, said)

    def _talk(self, seat: int) -> Talk:
        card = Card(self.signer.key, secrets.token_bytes(32), secrets.token_bytes(32))
        return Talk(self.room, seat, card)


def test_at_a_first_call_somebody_between_makes_the_words_differ(line: Crooked, table: Table):
    room = new_id()
    line.mischief = Between(room)
    ada, dov = table.sit(0, room), table.sit(1, room)
    ada.begin()
    dov.begin()
    assert ada.words() != dov.words()
    ada.page.evaluate("call.different()")
    stopped(ada, "words")
    stopped(dov, "other")


def test_two_who_have_met_are_asked_about_somebody_between(line: Crooked, table: Table):
    table.meet()
    room = new_id()
    line.mischief = Between(room)
    ada = table.sit(0, room, owner="me", pair="us")
    dov = table.sit(1, room, owner="me", pair="us")
    ada.begin()
    dov.begin()
    for side in (ada, dov):
        side.stage("changed")
        assert side.nothing_left()
    ada.page.evaluate("call.different()")
    stopped(ada, "changed")
    stopped(dov, "other")


# (b) it replays


def test_an_old_offer_shows_an_old_certificate(line: Crooked, table: Table):
    table.meet()
    old = next(said for seat, said in line.heard if said["t"] == "description" and seat == 0)

    def replay(_: Crooked, seat: int, said: Said) -> Told:
        return [(1 - seat, old if said["t"] == "description" and seat == 0 else said)]

    line.mischief = replay
    ada, dov = table.two(owner="me", pair="us")
    assert dov.stage("stopped")["why"] == "fingerprint"
    assert ada.stage("stopped")["why"] == "other"
    assert ada.frames() == dov.frames() == 0
    assert dov.outcome()["why"] == "fingerprint"


def test_an_old_talk_belongs_to_an_old_room(line: Crooked, table: Table):
    table.meet()
    old = {said["t"]: said for seat, said in line.heard if seat == 0}
    line.mischief = lambda _, seat, said: [(1 - seat, said if seat else old.get(said["t"], said))]
    ada, dov = table.two(owner="me", pair="us")
    stopped(dov, "commitment")
    stopped(ada, "other")


def test_an_old_signature_is_about_other_nonces(line: Crooked, table: Table):
    table.meet()
    old = next(said["sig"] for _, said in line.heard if said["t"] == "reveal")
    line.mischief = lambda _, seat, said: [
        (1 - seat, changed(said, sig=old) if said["t"] == "reveal" else said)
    ]
    ada, dov = table.two(owner="me", pair="us")
    stopped(dov, "signature")
    stopped(ada, "other")


# (c) it reflects


def test_ones_own_card_reflected_is_known_as_such(line: Crooked, table: Table):
    def reflect(line: Crooked, seat: int, said: Said) -> Told:
        if said["t"] == "commit":
            return [(1, said)]
        if said["t"] == "hello":
            return [(1, {**said, "t": "reveal", "sig": rules.spell(bytes(64))})]
        return []

    line.mischief = reflect
    _, dov = table.two()
    stopped(dov, "reflected")


# (d) it adds somebody


def test_a_third_who_speaks_stops_the_call(line: Crooked, table: Table):
    line.mischief = lambda _, seat, said: [(1 - seat, said)]
    ada, dov = table.two()
    ada.words()
    line.tell(0, {"from": 2, "say": {"t": "who"}})
    stopped(ada, "third")
    stopped(dov, "other")


def test_a_third_who_is_silent_is_seen_coming(line: Crooked, table: Table):
    ada, _ = table.two()
    ada.words()
    line.tell(0, {"came": 2})
    stopped(ada, "third")


# (e) it downgrades, or leaves the signature out


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"v": 0}, "version"),
        ({"v": None}, "version"),
        ({"sig": None}, "signature"),
        ({"sig": ""}, "signature"),
    ],
)
def test_an_older_protocol_or_no_signature_is_no_call(
    line: Crooked, table: Table, change: Said, name: str
):
    at = "reveal" if "sig" in change else "commit"
    line.mischief = lambda _, seat, said: [
        (1 - seat, {**said, **change} if said["t"] == at else said)
    ]
    ada, dov = table.two()
    stopped(dov, name)
    stopped(ada, "other")


def test_a_description_without_a_fingerprint_or_with_keys_in_the_clear_is_refused(
    line: Crooked, table: Table
):
    def strip(_: Crooked, seat: int, said: Said) -> Told:
        if said["t"] == "description":
            lines = said["description"]["sdp"].split("\r\n")
            lines = [
                "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x" if "a=fingerprint" in x else x
                for x in lines
            ]
            said = {**said, "description": {"type": "offer", "sdp": "\r\n".join(lines)}}
        return [(1 - seat, said)]

    line.mischief = strip
    _, dov = table.two()
    stopped(dov, "fingerprint")


# (f) it answers before the commitment


def test_a_card_before_the_commitment_is_refused_on_either_side(line: Crooked, table: Table):
    early = {"t": "hello", "v": 1, "key": "", "print": "", "nonce": ""}
    line.mischief = lambda _, seat, said: []
    room = new_id()
    ada = table.sit(0, room)
    ada.begin()
    ada.until("told.length > 0")
    ada.until("window.call")
    _until(lambda: 0 in line.seats)
    line.tell(0, {"from": 1, "say": early})
    stopped(ada, "order")
    dov = table.sit(1, room)
    dov.begin()
    _until(lambda: 1 in line.seats)
    line.tell(1, {"from": 0, "say": {**early, "t": "reveal"}})
    stopped(dov, "order")


def test_a_card_other_than_the_one_committed_to_is_refused(line: Crooked, table: Table):
    other = rules.spell(secrets.token_bytes(32))
    line.mischief = lambda _, seat, said: [
        (1 - seat, changed(said, nonce=other) if said["t"] == "reveal" else said)
    ]
    _, dov = table.two()
    stopped(dov, "commitment")


def _until(so: Callable[[], bool]) -> None:
    while not so():
        pass


# What the commitment is for

BITS = 20


def _short(transcript: bytes) -> int:
    return int.from_bytes(hashlib.sha256(transcript).digest()[:4], "big") >> (32 - BITS)


def _card() -> Card:
    return Card(secrets.token_bytes(65), secrets.token_bytes(32), secrets.token_bytes(32))


def _code(first: Card, second: Card, commitment: bytes) -> int:
    return _short(Talk("room", 0, first, commitment, second).transcript)


def test_without_the_commitment_somebody_between_finds_a_code_that_is_the_same_on_both_sides():
    """Both nonces known beforehand: some thousand cards on each side meet in the middle."""
    ada, dov = _card(), _card()
    to_ada = {_code(ada, card, b""): card for card in (_card() for _ in range(1 << 12))}
    tries = (_card() for _ in range(1 << 16))
    found = next((card for card in tries if _code(card, dov, b"") in to_ada), None)
    assert found is not None, "the attack that the commitment defeats is a real one"


def test_with_the_commitment_the_same_search_finds_none():
    """Bound before it knows either nonce, it has one card a side and one try; here a thousand."""
    met = 0
    for _ in range(1000):
        mine, answer = _card(), _card()
        bound = rules.commitment("room", mine)
        ada, dov = _card(), _card()
        theirs = rules.commitment("room", ada)
        met += _code(ada, answer, theirs) == _code(mine, dov, bound)
    assert met <= 1, "one try in a million each"
