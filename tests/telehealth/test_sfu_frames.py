"""A server that carries a group and cannot open it: real Chromium pages, the real Janus (T09).

What Janus has in its hands is seen by letting it forward its packets to us, in the clear of its own
layer: in a control run without sealed frames the picture is there, byte for byte as it was encoded;
with sealed frames no piece of it is.
"""

from datetime import UTC, datetime

import pytest

from stillroom.kernel import new_id
from stillroom.telehealth.relays import Relays
from tests.telehealth.browsers import chromium, pages, seats, until
from tests.telehealth.capture import decode, found_in, held_by_server
from tests.telehealth.relays import janus

pytestmark = pytest.mark.journey
PERSON = "person"


@pytest.fixture(scope="module")
def served():
    """The pages of these tests."""
    with pages() as address:
        yield address


@pytest.fixture(scope="module")
def relays(tmp_path_factory):
    """What a practice with Janus has."""
    with janus(tmp_path_factory.mktemp("janus")) as sfu:
        yield Relays(sfu=sfu)


@pytest.fixture(scope="module")
def browser():
    """Chromium with made-up devices."""
    with chromium() as made:
        yield made


@pytest.fixture
def group(browser, served, relays):
    """Three seats in a room at Janus; nobody has met anybody."""
    context = browser.new_context()
    room = new_id()
    made = seats(context, f"{served}/group.html", 3)
    for seat, page in enumerate(made):
        ticket = relays.ticket(room, seat=seat, at=datetime.now(UTC))
        page.evaluate(
            "([ticket, script]) => group.join(ticket, script)", [ticket, "framesworker.js"]
        )
    yield made
    context.close()


def meet(group, *pairs):
    """These pairs are verified."""
    for one, other in pairs:
        group[one].evaluate("seat => group.met(seat)", other)
        group[other].evaluate("seat => group.met(seat)", one)


def frames(page):
    """Pictures shown, by whose they are."""
    return page.evaluate("group.frames()")


def counts(page):
    """What passed the worker of frames, by stream."""
    return page.evaluate("group.counts()")


def sees(page, seat, least=5):
    """Wait until somebody's pictures come."""
    return until(lambda: frames(page).get(f"{seat} {PERSON}", 0), f"no picture of {seat}",
                 lambda shown: shown >= least)  # fmt: skip


def test_who_holds_the_keys_sees_and_hears_and_who_does_not_decodes_no_frame(group):
    """Seat 2 is let in by the server, gets every packet, and no key; seat 1 gets a wrong one."""
    meet(group, (0, 1))
    group[2].evaluate("group.met(0)")  # it takes seat 0 for verified; seat 0 never gave it a key
    for page in group[:2]:
        page.evaluate("group.publish()")
    sees(group[1], 0)
    sees(group[0], 1)
    assert "live person" in group[0].evaluate("group.told")
    opened = counts(group[1])
    for stream in ("receive 0 0", "receive 0 1"):
        assert opened[stream]["passed"] > 0, opened
        assert opened[stream]["wrong"] == 0, opened
    heard = until(lambda: group[1].evaluate("group.heard()"), "nothing is heard",
                  lambda now: now["energy"] > 0 and now["received"] > 48_000)  # fmt: skip
    assert heard["concealed"] < heard["received"] / 2
    held = until(lambda: counts(group[2]), "nothing came without a key",
                 lambda seen: seen.get("receive 0 1", {}).get("keyless", 0) > 20)  # fmt: skip
    assert held["receive 0 1"]["passed"] == 0
    assert frames(group[2]) == {"0 person": 0}


def test_a_wrong_key_decodes_no_frame(group):
    """The key is not that of the sender: frames come, none opens any more, nothing is shown."""
    meet(group, (0, 1))
    group[0].evaluate("group.publish()")
    sees(group[1], 0)
    group[1].evaluate("group.give(0, 1)")  # another secret, under the very name of the one in use
    held = until(lambda: counts(group[1])["receive 0 1"], "nothing came",
                 lambda seen: seen["wrong"] > 5)  # fmt: skip
    shown = frames(group[1])["0 person"]
    later = until(lambda: counts(group[1])["receive 0 1"], "nothing came",
                  lambda seen: seen["wrong"] > held["wrong"] + 20)  # fmt: skip
    assert later["passed"] == held["passed"]
    assert frames(group[1])["0 person"] <= shown + 1  # the last good one may have been on its way


def test_who_joins_and_who_leaves_changes_the_keys(group):
    """A third sees from then on; who is parted sees nothing more, and the others go on."""
    meet(group, (0, 1))
    group[0].evaluate("group.publish()")
    sees(group[1], 0)
    meet(group, (0, 2), (1, 2))
    sees(group[2], 0)
    group[0].evaluate("group.parted(1)")
    group[2].evaluate("group.parted(1)")
    before = counts(group[1])["receive 0 1"]
    until(lambda: counts(group[1])["receive 0 1"], "seat 1 still opens what comes",
          lambda now: now["keyless"] > before["keyless"] + 20)  # fmt: skip
    still = counts(group[1])["receive 0 1"]["passed"]
    sees(group[2], 0, least=frames(group[2])["0 person"] + 10)
    assert counts(group[1])["receive 0 1"]["passed"] == still


def test_a_browser_that_skips_the_transform_sends_nothing_real(group):
    """The trap: frames leave unsealed and no error is told. The gate sees it and ends the call."""
    meet(group, (0, 1))
    group[0].evaluate("group.skipTransforms()")
    group[0].evaluate("group.publish()")
    told = until(lambda: group[0].evaluate("group.told"), "the gate did not stop it")
    assert told[0].startswith("stopped: This browser sent frames that were not sealed."), told
    assert "live person" not in told
    assert group[0].evaluate("group.enabled()") == []


@pytest.mark.parametrize("sealed", [True, False], ids=["sealed", "in the clear"])
def test_what_the_server_has_in_its_hands(browser, served, relays, sealed):
    """Janus hands us its packets: the encoded pictures are in them only where nothing was sealed."""
    context = browser.new_context()
    (page,) = seats(context, f"{served}/group.html", 1)
    room = new_id()
    ticket = relays.ticket(room, seat=0, at=datetime.now(UTC))
    script = "tap.worker.js" if sealed else "tap.worker.js#clear"
    page.evaluate("([ticket, script]) => group.join(ticket, script)", [ticket, script])
    page.evaluate("group.met(1)")
    page.evaluate("group.publish()")
    everything = held_by_server(relays.sfu, room, packets=150)
    frames_made = [decode(one) for one in page.evaluate("group.plain")]
    context.close()
    assert len(frames_made) > 10
    assert len(everything) > 20_000
    found = [frame for frame in frames_made if frame[100:132] in everything]
    if sealed:
        assert found_in(everything, frames_made) == 0
    else:
        assert len(found) > len(frames_made) // 2
