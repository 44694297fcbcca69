"""Five real pages in a mesh; two through the real coturn alone; three whom a server carries (T09).

The line is the real one, the talk of each pair the real one: what a practice's pages use.
"""

import signal
from datetime import UTC, datetime

import pytest

from stillroom.kernel import new_id
from stillroom.telehealth.relays import Relays
from stillroom.telehealth.turn import credentials
from tests.telehealth.browsers import chromium, pages, seats, until
from tests.telehealth.capture import decode, found_in
from tests.telehealth.relays import (
    HOST,
    SECRET,
    Tap,
    coturn,
    janus,
    janus_from,
    janus_written,
    tapped,
)
from tests.telehealth.turn_client import through_the_relay

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def served():
    """The pages of these tests."""
    with pages() as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    """Chromium with made-up devices."""
    with chromium() as made:
        yield made


@pytest.fixture(scope="module")
def relay(tmp_path_factory):
    """The real coturn; its port."""
    with coturn(tmp_path_factory.mktemp("coturn")) as port:
        yield port


@pytest.fixture
def gathered(browser, served, line):
    """Make a group of so many, in one room of the line; nobody has said yes to anything."""
    contexts = []

    def gather(many, given=lambda seat: {}, script="", room=None):
        room = room or new_id()
        contexts.append(browser.new_context())
        group = seats(contexts[-1], f"{served}/family.html", many)
        for seat, page in enumerate(group):
            here = {"line": line.address, "ticket": line.ticket(room, seat, many), **given(seat)}
            page.evaluate("given => family.join(...given)", [here, script])
        return group

    yield gather
    for context in contexts:
        context.close()


def the_words(group):
    """What each of them reads, once everybody reads something."""
    return [until(lambda p=page: p.evaluate("family.words()"), "no words") for page in group]


def say_yes(group):
    """Everybody reads the same words, and says so."""
    words = the_words(group)
    assert all(one == words[0] and len(one) == 4 for one in words), words
    for page in group:
        page.evaluate("family.same()")


def see_each_other(group, least):
    """Wait until everybody sees everybody else."""
    for page in group:
        until(lambda p=page: p.evaluate("family.frames()"), "somebody is not seen",
              lambda seen: len(seen) == len(group) - 1 and min(seen.values()) >= least)  # fmt: skip


def test_five_read_one_code_and_then_see_each_other(gathered):
    group = gathered(5)
    the_words(group)
    assert [page.evaluate("family.asked()") for page in group] == [0] * 5  # no camera before yes
    assert {pair for page in group for pair in page.evaluate("family.pairs()")} == {"comparing"}
    assert [page.evaluate("family.frames()") for page in group] == [{}] * 5  # and nobody is shown
    say_yes(group)
    see_each_other(group, least=3)
    for seat, page in enumerate(group):
        others = {str(other): "verified by code" for other in range(5) if other != seat}
        assert page.evaluate("family.outcomes") == others
    group[0].evaluate("family.chat('we begin')")
    until(lambda: group[4].evaluate("family.heard"), "the line was not read", lambda told: told == ["0: we begin"])  # fmt: skip


def test_ten_read_one_code(gathered):
    """45 pairs over one line; nobody has to compare 45 codes."""
    words = the_words(gathered(10))
    assert len(words) == 10
    assert len(set(map(tuple, words))) == 1


def test_a_yes_that_the_line_lost_is_said_again_when_it_is_back(gathered, line):
    group = gathered(3)
    the_words(group)
    line.stop()
    for page in group[:2]:
        page.evaluate("family.same()")
    line.begin_again()
    group[2].evaluate("family.same()")
    see_each_other(group, least=3)


def test_who_does_not_read_the_same_words_ends_their_own_pairs_and_no_others(gathered):
    group = gathered(3)
    the_words(group)
    group[2].evaluate("family.different()")
    for page in group[:2]:
        page.evaluate("family.same()")
    until(lambda: group[0].evaluate("family.frames()"), "the others do not go on",
          lambda seen: seen.get("1", 0) > 3)  # fmt: skip
    assert group[2].evaluate("family.outcomes") == {"0": "stopped words", "1": "stopped words"}
    assert group[2].evaluate("family.asked()") == 0
    assert set(group[0].evaluate("family.frames()")) <= {"1", "2"}
    assert group[0].evaluate("family.frames()").get("2", 0) == 0


def test_two_meet_through_the_relay_alone_and_the_relay_has_nothing_to_see(gathered, relay):
    """All that passes between browsers and relay is kept and searched for what the codec made."""
    with tapped(relay) as tap:
        relays = Relays((f"turn:{HOST}:{tap.port}?transport=udp",), SECRET)
        servers = relays.ice_servers(mark="seat", at=datetime.now(UTC))
        group = gathered(
            2, lambda seat: {"iceServers": servers, "policy": "relay"}, "tap.worker.js#clear"
        )
        say_yes(group)
        see_each_other(group, least=30)
        assert {kind for page in group for kind in page.evaluate("family.kinds()")} == {"relay"}
        until(lambda: len(group[0].evaluate("family.plain")), "no picture was made",
              lambda many: many > 10)  # fmt: skip
        made = [decode(one) for page in group for one in page.evaluate("family.plain")]
        for page in group:
            page.evaluate("family.leave()")
        assert sum(map(len, tap.packets)) > 50_000
        assert found(made, tap) == 0
        # The same search over the same relay has teeth: what is sent in the clear is found.
        through_the_relay(tap.port, credentials(SECRET, mark="a", at=datetime.now(UTC)), made)
        assert found(made, tap) == len(made)


def test_three_whom_a_server_carries_give_each_other_keys_past_it(gathered, tmp_path_factory):
    """The secrets go from browser to browser, over connections that were verified by one code; and
    when the server ends in mid-call and comes back, they go on by themselves, with new ones."""
    folder, room = tmp_path_factory.mktemp("janus"), new_id()
    sfu = janus_written(folder)
    relays = Relays(sfu=sfu)

    def carried(seat):
        ticket = relays.ticket(room, seat=seat, at=datetime.now(UTC))
        return {"carried": {"ticket": ticket, "worker": "framesworker.js"}}

    with janus_from(folder, sfu):
        group = gathered(3, carried, room=room)
        say_yes(group)
        see_each_other(group, least=5)
        assert [page.evaluate("family.troubles") for page in group] == [[], [], []]
    for page in group:
        until(lambda p=page: p.evaluate("family.troubles"), "nobody was told")
        page.evaluate("family.forget()")
    with janus_from(folder, sfu):
        relays.ticket(
            room, seat=0, at=datetime.now(UTC)
        )  # what the page's server does for a fresh one
        see_each_other(group, least=5)


def test_a_server_that_hangs_in_mid_call_is_told_like_one_that_ended(gathered, tmp_path_factory):
    """It is stopped, not ended: no connection is cut, and nothing says that it is gone."""
    room = new_id()
    sfu = janus_written(folder := tmp_path_factory.mktemp("janus"))
    relays = Relays(sfu=sfu)

    def carried(seat):
        ticket = relays.ticket(room, seat=seat, at=datetime.now(UTC))
        return {"carried": {"ticket": ticket, "worker": "framesworker.js"}}

    with janus_from(folder, sfu) as process:
        group = gathered(2, carried, room=room)
        say_yes(group)
        see_each_other(group, least=5)
        process.send_signal(signal.SIGSTOP)
        try:
            for page in group:
                told = until(lambda p=page: p.evaluate("family.troubles"), "nobody was told")
                assert "does not answer" in told[0]
                page.evaluate("family.forget()")
        finally:
            process.send_signal(signal.SIGCONT)
        see_each_other(group, least=5)


def test_no_switch_of_the_page_opens_the_gate_to_the_server(gathered, tmp_path_factory):
    """One browser leaves out the transform. Its person presses sound and camera all the while: nothing
    real is sent, and the page is told why."""
    room = new_id()
    with janus(tmp_path_factory.mktemp("janus")) as sfu:
        relays = Relays(sfu=sfu)

        def carried(seat):
            ticket = relays.ticket(room, seat=seat, at=datetime.now(UTC))
            return {"carried": {"ticket": ticket, "worker": "framesworker.js"}}

        group = gathered(2, carried, room=room)
        the_words(group)
        group[0].evaluate("family.skipTransforms()")
        group[0].evaluate("family.fidget()")
        say_yes(group)
        until(lambda: group[1].evaluate("family.frames()").get("0", -1), "nothing came at all",
              lambda frames: frames >= 0)  # fmt: skip
        told = until(lambda: group[0].evaluate("family.troubles"), "the gate did not stop it")
        assert "sent frames that were not sealed" in told[0]
        assert group[0].evaluate("family.before") == []


def found(made: list[bytes], tap: Tap) -> int:
    """Of how many pictures a piece is on the wire."""
    return found_in(b"\n".join(tap.packets), made)
