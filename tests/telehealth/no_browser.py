"""A second client that is no browser: aiortc and the rules, on the same line, at seat 1."""

import asyncio
import json
import secrets
import threading
from typing import Any

from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack, VideoStreamTrack
from aiortc.sdp import candidate_from_sdp
from cryptography.hazmat.primitives.asymmetric import ec
from mnemonic import Mnemonic
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from stillroom.telehealth import rules_verify as rules
from stillroom.telehealth.rules_verify import Card, Talk
from tests.telehealth.signer import Signer


class NoBrowser:
    """Sits down when made, in a thread of its own; `compared` is set by whoever compared the words."""

    def __init__(self, address: str, ticket: str) -> None:
        self.address, self.ticket = address, ticket
        self._words: list[str] = []
        self._proven = threading.Event()
        self.frames = 0
        self.trouble: BaseException | None = None
        self._loop = asyncio.new_event_loop()
        self._compared = asyncio.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def words(self) -> list[str]:
        """The four words, once both are proven."""
        assert self._proven.wait(15), self.trouble
        return self._words

    def compared(self) -> None:
        """The words were the same."""
        self._loop.call_soon_threadsafe(self._compared.set)

    def wait(self) -> None:
        """Until it has left."""
        self._thread.join(20)
        assert self.trouble is None, self.trouble

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._sit())
        except Exception as error:  # noqa: BLE001 - told by `wait`
            self.trouble = error
        finally:
            self._loop.close()

    async def _sit(self) -> None:
        connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        (certificate,) = connection._RTCPeerConnection__certificates
        shown = next(x.value for x in certificate.getFingerprints() if x.algorithm == "sha-256")
        self._print = bytes.fromhex(shown.replace(":", ""))
        connection.createDataChannel("talk", negotiated=True, id=0)
        watching: list[asyncio.Task[None]] = []
        connection.on(
            "track", lambda track: watching.append(asyncio.create_task(self._watch(track)))
        )
        try:
            async with connect(self.address, compression=None) as line:
                await line.send(self.ticket)
                await self._talk(line, connection)
        finally:
            for one in watching:
                one.cancel()
            await asyncio.gather(*watching, return_exceptions=True)
            await connection.close()

    async def _watch(self, track: Any) -> None:
        while True:
            await track.recv()
            self.frames += track.kind == "video"

    async def _talk(self, line: ClientConnection, connection: RTCPeerConnection) -> None:
        key = Signer(ec.generate_private_key(ec.SECP256R1()))
        card = Card(key.key, self._print, secrets.token_bytes(32))
        talk = Talk(self.ticket.split(".")[1], 1, card)
        holding: asyncio.Task[None] | None = None
        try:
            async for text in line:
                said = json.loads(text).get("say", {})
                if said.get("t") == "description":
                    await self._answer(line, connection, talk, said["description"])
                elif said.get("t") == "candidate":
                    await self._candidate(connection, said["candidate"])
                elif said.get("t") == "bye":
                    return
                elif said.get("t") in ("commit", "reveal"):
                    talk, answers = rules.hear(talk, said, sign=key.sign, check=key.check)
                    for one in answers:
                        await self._say(line, {**one, "page": "no browser"})
                    if talk.proven:
                        book = Mnemonic("english").wordlist
                        self._words = [book[number] for number in rules.code(talk.transcript)]
                        self._proven.set()
                        holding = asyncio.create_task(self._hold(line))
        except ConnectionClosed:
            return
        finally:
            if holding:
                holding.cancel()

    async def _hold(self, line: ClientConnection) -> None:
        await self._compared.wait()
        await self._say(line, {"t": "held"})

    async def _answer(
        self, line: ClientConnection, connection: RTCPeerConnection, talk: Talk, offer: Any
    ) -> None:
        assert talk.theirs is not None
        shown = ":".join(f"{byte:02X}" for byte in talk.theirs.print)
        prints = [x for x in offer["sdp"].splitlines() if x.startswith("a=fingerprint:")]
        assert prints
        assert set(prints) == {f"a=fingerprint:sha-256 {shown}"}
        await connection.setRemoteDescription(RTCSessionDescription(offer["sdp"], "offer"))
        sound, camera = connection.getTransceivers()[:2]
        for place, track in ((sound, AudioStreamTrack()), (camera, VideoStreamTrack())):
            place.sender.replaceTrack(track)
            place.direction = "sendrecv"
        await connection.setLocalDescription(await connection.createAnswer())
        # One fingerprint and no other is what was signed; aiortc writes it by three digests.
        lines = connection.localDescription.sdp.split("\r\n")
        sdp = "\r\n".join(
            x for x in lines if not x.startswith(("a=fingerprint:sha-3", "a=fingerprint:sha-5"))
        )
        await self._say(line, {"t": "description", "description": {"type": "answer", "sdp": sdp}})

    async def _candidate(self, connection: RTCPeerConnection, told: Any) -> None:
        written = told["candidate"].removeprefix("candidate:")
        if not written or " tcp " in written:
            return
        candidate = candidate_from_sdp(written)
        candidate.sdpMid, candidate.sdpMLineIndex = told["sdpMid"], told["sdpMLineIndex"]
        await connection.addIceCandidate(candidate)

    async def _say(self, line: ClientConnection, said: Any) -> None:
        await line.send(json.dumps({"to": 0, "say": said}))
