"""What helps calls along: what coturn and Janus are told, what the doctor says of them, settings."""

import stat
from contextlib import nullcontext
from pathlib import Path

import pytest

from stillroom.config import relaying
from stillroom.config.doctor_calls import calls
from stillroom.config.relaying import (
    KEPT,
    RelaySecretsBroken,
    SfuUnclear,
    kept_relay_secrets,
    relay_secrets,
    relays_of,
    sfu_addresses,
)
from stillroom.telehealth import turn_asking
from stillroom.telehealth.relays import Relays, Sfu
from stillroom.telehealth.turn_asking import RelayUnclear
from tests.telehealth.relays import HOST, NOW, SECRET, coturn_from, free_port, janus_from, silent


@pytest.fixture
def told(practice, monkeypatch):
    """What the doctor says about calls with these settings: (well, text)."""

    def examine(turn: str = "", sfu: str = "") -> tuple[bool, str]:
        monkeypatch.setenv("STILLROOM_TURN", turn)
        monkeypatch.setenv("STILLROOM_SFU", sfu)
        found = list(calls(practice.path, NOW()))
        return all(one.well for one in found), " ".join(f"{one.says} {one.advice}" for one in found)

    return examine


def test_coturn_runs_with_what_is_written_and_the_doctor_sees_it(
    say_here, practice, tmp_path, told
):
    port, out = free_port(), tmp_path / "turnserver.conf"
    said = say_here("calls", "turn-config", "--home", practice.path, "--out", out, "--realm",
                    "relay.test", "--port", port, "--listen", HOST, "--allow", f"{HOST}-{HOST}")  # fmt: skip
    assert (said.code, said.err) == (0, "")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert stat.S_IMODE((practice.path / KEPT).stat().st_mode) == 0o600
    secret = kept_relay_secrets(practice.path).turn.expose().decode()
    assert secret not in said.out
    assert len(secret) == 64
    relay = f"turn:{HOST}:{port}?transport=udp"
    with coturn_from(out, tmp_path):
        well, text = told(turn=relay)
        assert (well, "takes this practice's credentials" in text) == (True, True)
        (practice.path / KEPT).unlink()
        kept_relay_secrets(practice.path)
        well, text = told(turn=relay)
        assert (well, "refuses this practice's credentials" in text) == (False, True)


def test_janus_runs_with_what_is_written_and_the_doctor_sees_it(say_here, practice, tmp_path, told):
    folder, rooms = tmp_path / "janus", free_port()
    said = say_here("calls", "sfu-config", "--home", practice.path, "--out", folder)
    assert (said.code, said.err) == (0, "")
    assert {stat.S_IMODE(one.stat().st_mode) for one in folder.iterdir()} == {0o600}
    http = folder / "janus.transport.http.jcfg"
    http.write_text(http.read_text().replace("8088", str(rooms)))
    sockets = folder / "janus.transport.websockets.jcfg"
    sockets.write_text(sockets.read_text().replace("8188", str(free_port())))
    setting = f"wss://calls.example.org/many?rooms=http://{HOST}:{rooms}/janus"
    with janus_from(folder, Sfu("", f"http://{HOST}:{rooms}/janus", SECRET, SECRET)):
        assert told(sfu=setting)[0]
        (practice.path / KEPT).unlink()
        kept_relay_secrets(practice.path)
        well, text = told(sfu=setting)
        assert (well, "refuses us" in text) == (False, True)


def test_the_doctor_names_a_janus_that_hangs_and_one_that_is_not_there(practice, told):
    kept_relay_secrets(practice.path)
    with silent() as rooms:
        well, text = told(sfu=f"wss://calls.example.org/many?rooms={rooms}")
    assert (well, "hangs" in text, "Restart Janus" in text) == (False, True, True)
    nowhere = f"http://{HOST}:{free_port()}/janus"
    well, text = told(sfu=f"wss://calls.example.org/many?rooms={nowhere}")
    assert (well, "does not answer at" in text) == (False, True)


def test_the_doctor_says_what_to_do_where_nothing_answers(practice, told, monkeypatch):
    monkeypatch.setattr(turn_asking, "PATIENCE", 0.05)
    relay = f"turn:{HOST}:{free_port()}?transport=udp"
    well, text = told(turn=relay)
    assert not well
    assert "stillroom calls turn-config" in text
    kept_relay_secrets(practice.path)
    well, text = told(turn=relay)
    assert not well
    assert "does not answer" in text
    assert "firewall" in text
    well, text = told()
    assert well
    assert "directly, or not at all" in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--realm", "r.test", "--certificate", "a.pem"], "go together"),
        (["--realm", "a b"], "letters, figures, dots and hyphens"),
        (["--realm", "r.test", "--allow", "10.0.0.9-10.0.0.1"], "LOWEST-HIGHEST"),
        (["--realm", "r.test", "--listen", "everywhere"], "192.0.2.7"),
        (["--realm", "r.test", "--port", "0"], "1 to 65535"),
    ],
)  # fmt: skip
def test_bad_input_gets_a_sentence_and_writes_nothing(say_here, practice, tmp_path, words, said):
    out = tmp_path / "conf"
    answer = say_here("calls", "turn-config", "--home", practice.path, "--out", out, *words)
    assert (answer.code, said in answer.err) == (2, True), answer.err
    assert not out.exists()
    assert not (practice.path / KEPT).exists()


def test_what_is_there_is_never_written_over(say_here, practice, tmp_path):
    out = tmp_path / "conf"
    out.write_text("mine")
    for word in ("turn-config", "sfu-config"):
        more = ["--realm", "r.test"] if word == "turn-config" else []
        answer = say_here("calls", word, "--home", practice.path, "--out", out, *more)
        assert (answer.code, out.read_text()) == (2, "mine")


def test_the_secrets_are_made_once_and_a_broken_file_is_told(tmp_path):
    assert relay_secrets(tmp_path) is None
    first, again = kept_relay_secrets(tmp_path), kept_relay_secrets(tmp_path)
    kinds = ("turn", "sfu", "rooms")
    values = [getattr(first, kind).expose() for kind in kinds]
    assert values == [getattr(again, kind).expose() for kind in kinds]
    assert len(set(values)) == 3
    for broken in (b"", b"{}", b'{"format":2,"turn":"a","sfu":"b","rooms":"c"}',
                   b'{"format":1,"turn":"","sfu":"b","rooms":"c"}'):  # fmt: skip
        (tmp_path / KEPT).write_bytes(broken)
        with pytest.raises(RelaySecretsBroken):
            relay_secrets(tmp_path)


def test_settings_name_what_is_there(tmp_path):
    relay, many = (
        "turn:h:3478?transport=udp, turns:h",
        "wss://h/many?rooms=http://10.0.0.7:8088/janus",
    )
    assert relays_of(tmp_path, relay, many) == Relays()  # no secret is shared: nothing can be used
    kept_relay_secrets(tmp_path)
    found = relays_of(tmp_path, relay, many)
    assert found.turn == ("turn:h:3478?transport=udp", "turns:h")
    assert found.sfu is not None
    assert (found.sfu.address, found.sfu.rooms) == ("wss://h/many", "http://10.0.0.7:8088/janus")
    (server,) = found.ice_servers(mark="seat-1", at=NOW())
    assert server["urls"] == list(found.turn)
    bare = relays_of(tmp_path, "", "")
    assert (bare.ice_servers(mark="a", at=NOW()), bare.carries_many) == ([], False)


@pytest.mark.parametrize(
    "setting", ["h", "http://h", "ws://h/", "wss://", "wss://h?rooms=file:///etc", "wss://[h"]
)
def test_a_server_for_many_is_reached_over_tls_or_on_this_machine(setting):
    with pytest.raises(SfuUnclear) as refused:
        sfu_addresses(setting)
    assert "wss://" in refused.value.advice
    assert sfu_addresses("ws://localhost:8188") == ("ws://localhost:8188", relaying._ROOMS)


def test_a_relay_that_is_none_is_told():
    with pytest.raises(RelayUnclear):
        relays_of(Path(), "turn:h,stun:h", "")
    with nullcontext():
        assert relays_of(Path("/nowhere"), " , ", "") == Relays()
