"""What coturn is told: credentials that end, no way into the networks behind it, little written.

A relay sends where its users ask. So every range that is not the open internet is closed to it (the
special-purpose addresses of RFC 6890 and its registries), or a client could reach the practice's
own machines through it. Multicast, relaying over TCP, the telnet console, statistics and discovery
(RFC 5780) are off. Each user name may have a few allocations at a time, each a share of bandwidth.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stillroom.kernel import Secret

CLOSED = (
    "0.0.0.0-0.255.255.255",
    "10.0.0.0-10.255.255.255",
    "100.64.0.0-100.127.255.255",
    "127.0.0.0-127.255.255.255",
    "169.254.0.0-169.254.255.255",
    "172.16.0.0-172.31.255.255",
    "192.0.0.0-192.0.0.255",
    "192.0.2.0-192.0.2.255",
    "192.88.99.0-192.88.99.255",
    "192.168.0.0-192.168.255.255",
    "198.18.0.0-198.19.255.255",
    "198.51.100.0-198.51.100.255",
    "203.0.113.0-203.0.113.255",
    "240.0.0.0-255.255.255.255",
    "::1-::1",
    "::ffff:0:0-::ffff:ffff:ffff",
    "64:ff9b::-64:ff9b::ffff:ffff",
    "100::-100::ffff:ffff:ffff:ffff",
    "2001::-2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
    "2002::-2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "fc00::-fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "fe80::-febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
)
"""Ranges to which nothing is relayed, as coturn writes them. `::` it refuses by itself; as the
beginning of a range it would mean every IPv4 address too (seen in 4.6.1)."""

PER_USER = 24
"""Allocations at a time: ten in a group are nine connections, each perhaps over two addresses."""
MOST_BYTES = 500_000
"""A second and allocation, each way: about 4 Mbit."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where this relay stands. `allow`: closed ranges that are wanted all the same."""

    realm: str
    port: int = 3478
    tls_port: int = 5349
    listen: tuple[str, ...] = ()
    external: str = ""
    certificate: Path | None = None
    certificate_key: Path | None = None
    relayed: tuple[int, int] = (49152, 65535)
    allow: tuple[str, ...] = ()


def turnserver_conf(secret: Secret, place: Place) -> str:
    """The text of turnserver.conf. It holds the secret: for coturn's user alone to read."""
    return "\n".join(_lines(secret, place)) + "\n"


def _lines(secret: Secret, place: Place) -> Iterator[str]:
    yield "# Written by stillroom calls turn-config. It holds a secret: let coturn's user alone"
    yield "# read it. What the lines mean is in docs/operate and in coturn's own turnserver.conf."
    yield f"realm={place.realm}"
    yield "use-auth-secret"
    yield f"static-auth-secret={secret.expose().decode('ascii')}"
    yield "stale-nonce=600"
    yield "fingerprint"
    yield f"listening-port={place.port}"
    yield from (f"listening-ip={address}" for address in place.listen)
    yield from (f"relay-ip={address}" for address in place.listen)
    if place.external:
        yield f"external-ip={place.external}"
    yield from _tls(place)
    yield f"min-port={place.relayed[0]}"
    yield f"max-port={place.relayed[1]}"
    yield f"user-quota={PER_USER}"
    yield f"max-bps={MOST_BYTES}"
    yield from ("no-cli", "no-multicast-peers", "no-tcp-relay", "no-rfc5780")
    yield from ("no-stun-backward-compatibility", "no-software-attribute")
    yield from ("log-file=stdout", "simple-log")
    if any(one.startswith(("127.", "::1")) for one in place.allow):
        yield "allow-loopback-peers"
    yield from (f"allowed-peer-ip={wanted}" for wanted in place.allow)
    yield from (f"denied-peer-ip={closed}" for closed in CLOSED)


def _tls(place: Place) -> Iterator[str]:
    """TLS where there is a certificate; without one, neither TLS nor DTLS is offered."""
    if place.certificate and place.certificate_key:
        yield f"tls-listening-port={place.tls_port}"
        yield f"cert={place.certificate}"
        yield f"pkey={place.certificate_key}"
        yield from ("no-tlsv1", "no-tlsv1_1", "no-dtls")
    else:
        yield from ("no-tls", "no-dtls")
