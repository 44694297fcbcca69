"""What helps calls along: whether relay and server for many answer, and take what we give them.

The doctor asks each relay for an allocation, as a browser would, and gives it back. A relay that
answers from here may still be shut from outside: that is said, for nobody can see it from here.
"""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from stillroom.config.doctor_finding import Finding, look, remark, well
from stillroom.config.relaying import (
    RelaySecrets,
    relay_addresses,
    relay_secrets,
    sfu_addresses,
)
from stillroom.kernel import new_id
from stillroom.telehealth import sfu_rooms
from stillroom.telehealth.rules_several import AMONG_THEMSELVES, MOST
from stillroom.telehealth.turn import credentials
from stillroom.telehealth.turn_asking import Found, ask, relay_address

_NO_SECRETS = "Run stillroom calls turn-config and sfu-config; both programs need what they write."


def calls(path: Path, at: datetime) -> Iterator[Finding]:
    """All about calls. `at` is now."""
    turn = relay_addresses(os.environ.get("STILLROOM_TURN", ""))
    many = sfu_addresses(os.environ.get("STILLROOM_SFU", ""))
    shared = relay_secrets(path)
    if shared is None and (turn or many):
        yield look("A relay for calls is named, and no secret is shared with it.", _NO_SECRETS)
        return
    if not turn:
        yield remark(
            "No relay is named for calls: they go directly, or not at all.",
            "If some clients' networks do not let a call through, set up coturn; see docs/operate.",
        )
    if shared is not None:
        yield from (_relay(one, shared, at) for one in turn)
        if many:
            yield _many(many[1], shared, at)
    if not many:
        yield remark(
            f"No server for many is named: by video {AMONG_THEMSELVES} members meet a clinician, "
            f"and no more. Each browser sends its picture to every other.",
            f"For groups of up to {MOST}, set up Janus; see docs/operate/relays.md.",
        )


def _relay(text: str, shared: RelaySecrets, at: datetime) -> Finding:
    found = ask(relay_address(text), credentials(shared.turn, mark=new_id(), at=at))
    if found is Found.WELL:
        return remark(
            f"The relay {text} answers, and takes this practice's credentials.",
            "Try it once from outside as well: a firewall lets pass what it is asked from here.",
        )
    if found is Found.OPEN:
        return look(
            f"The relay {text} lets anybody use it.",
            "Give it the file that stillroom calls turn-config writes, and nothing besides.",
        )
    if found is Found.REFUSES:
        return look(
            f"The relay {text} refuses this practice's credentials.",
            "Write its configuration again, and compare the clocks of both machines.",
        )
    return look(
        f"The relay {text} does not answer.",
        "See that coturn runs there, and that the firewalls between let its ports pass.",
    )


def _many(rooms: str, shared: RelaySecrets, at: datetime) -> Finding:
    found = sfu_rooms.look(rooms, shared.sfu, at=at)
    if found is sfu_rooms.Found.WELL:
        return well("The server that carries calls of many answers, and takes our tokens.")
    if found is sfu_rooms.Found.SILENT:
        return look(
            f"The server that carries calls of many hangs: {rooms} takes a connection and says "
            "nothing.",
            "Restart Janus. Until then a visit of more than five shows no pictures; its pages say "
            "so and go on by themselves.",
        )
    if found is sfu_rooms.Found.REFUSES:
        return look(
            f"The server that carries calls of many answers at {rooms} and refuses us.",
            "Give it the folder that stillroom calls sfu-config writes, and compare the clocks of "
            "both machines.",
        )
    return look(
        f"The server that carries calls of many does not answer at {rooms}.",
        "See that Janus runs with the folder that stillroom calls sfu-config wrote.",
    )
