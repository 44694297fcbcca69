"""What Janus is told: one plugin, signed tokens, rooms made by the practice alone, no recording.

Four files of its configuration folder. Its API listens to this machine only: browsers come to its
WebSocket through the program that speaks TLS, the practice makes rooms over HTTP. The admin
API is off; nobody can have a room's packets forwarded elsewhere without the key that makes rooms.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from stillroom.kernel import Secret

_PLUGINS = (
    "audiobridge", "duktape", "echotest", "lua", "nosip", "recordplay", "sip", "streaming",
    "textroom", "videocall", "voicemail",
)  # fmt: skip
_TRANSPORTS = ("mqtt", "nanomsg", "pfunix", "rabbitmq")
_FOLDERS = Path("/usr/lib/x86_64-linux-gnu/janus")


@dataclass(frozen=True, slots=True)
class SfuPlace:
    """Where Janus stands. `libraries`: the folder of its plugins and transports."""

    websocket_port: int = 8188
    rooms_port: int = 8088
    address: str = "127.0.0.1"
    media_ports: tuple[int, int] = (20000, 40000)
    public: str = ""
    only: str = ""
    libraries: Path = _FOLDERS


def janus_files(secret: Secret, admin_key: Secret, place: SfuPlace) -> Mapping[str, str]:
    """Name and text of each file; two hold secrets: for Janus's user alone to read."""
    return {
        "janus.jcfg": _core(secret, place),
        "janus.plugin.videoroom.jcfg": _block(
            "general",
            admin_key=admin_key.expose().decode("ascii"),
            lock_rtp_forward=True,
            string_ids=True,
        ),
        "janus.transport.websockets.jcfg": _block(
            "general", json="compact", ws=True, ws_port=place.websocket_port, ws_ip=place.address,
            wss=False,
        ) + _block("admin", admin_ws=False, admin_wss=False),
        "janus.transport.http.jcfg": _block(
            "general", json="compact", base_path="/janus", http=True, port=place.rooms_port,
            ip=place.address, https=False,
        ) + _block("admin", admin_http=False, admin_https=False),
    }  # fmt: skip


def _core(secret: Secret, place: SfuPlace) -> str:
    nat = {"nice_debug": False}
    if place.public:
        nat["nat_1_1_mapping"] = place.public  # type: ignore[assignment]
    if place.only:
        nat["ice_enforce_list"] = place.only  # type: ignore[assignment]
    first, last = place.media_ports
    return (
        "# Written by stillroom calls sfu-config. It holds a secret: let Janus's user alone\n"
        "# read it.\n"
        + _block(
            "general",
            plugins_folder=str(place.libraries / "plugins"),
            transports_folder=str(place.libraries / "transports"),
            debug_level=2,
            token_auth=True,
            token_auth_secret=secret.expose().decode("ascii"),
            hide_dependencies=True,
        )
        + _block("media", rtp_port_range=f"{first}-{last}")
        + _block("nat", **nat)
        + _block("plugins", disable=",".join(f"libjanus_{one}.so" for one in _PLUGINS))
        + _block("transports", disable=",".join(f"libjanus_{one}.so" for one in _TRANSPORTS))
    )


def _block(name: str, **settings: str | int | bool) -> str:
    """A block of libconfig."""
    lines = "".join(f"\t{key} = {_value(value)}\n" for key, value in settings.items())
    return f"{name}: {{\n{lines}}}\n"


def _value(value: str | int | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
