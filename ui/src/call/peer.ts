/** The connection between the two browsers: one RTCPeerConnection, made before anybody is trusted
 * and silent until somebody is.
 *
 * Its certificate is made first, so that its fingerprint can be signed. Three places for media lie
 * ready (sound, camera, screen) with nothing in them: what is attached later needs no renegotiation
 * and is attached by `give` alone. Every description that comes is held against the fingerprint
 * that was signed, before the browser sees it; what differs stops the call.
 * Negotiation is the standard's "perfect negotiation" (WebRTC 1.0, 10.7); seat 1 gives way.
 */
import type { Bytes } from "./bytes";
import { same } from "./bytes";
import type { Message } from "./verify";

export const PLACES = ["sound", "camera", "screen"] as const;
export type Place = (typeof PLACES)[number];

export interface PeerEvents {
  say(message: Message): void;
  arrived(place: Place, track: MediaStreamTrack): void;
  chat(data: string): void;
  chatOpen(): void;
  state(state: RTCPeerConnectionState): void;
  wrong(): void;
}

/** The certificate of this end, and its fingerprint in 32 bytes. */
export async function certificate(): Promise<{ made: RTCCertificate; print: Bytes }> {
  const made = await RTCPeerConnection.generateCertificate({
    name: "ECDSA",
    namedCurve: "P-256",
  } as AlgorithmIdentifier);
  const shown = made.getFingerprints?.().find(one => one.algorithm === "sha-256")?.value;
  const print = shown ? hex(shown) : await printOf(made);
  if (!print) throw new Error("no fingerprint");
  return { made, print };
}

/** Where a browser does not tell the fingerprint of a certificate, its own offer does. */
async function printOf(made: RTCCertificate): Promise<Bytes | null> {
  const asked = new RTCPeerConnection({ certificates: [made] });
  asked.createDataChannel("");
  const { sdp } = await asked.createOffer();
  asked.close();
  return fingerprints(sdp ?? "")[0] ?? null;
}

/** The SHA-256 fingerprints in a description; null stands for any that is not one. */
export function fingerprints(sdp: string): (Bytes | null)[] {
  const lines = sdp.split(/\r?\n/).filter(line => /^a=(fingerprint|crypto):/i.test(line));
  return lines.map(line => {
    const found = /^a=fingerprint:sha-256 ([0-9A-F:]+)$/i.exec(line.trim());
    return found?.[1] ? hex(found[1]) : null;
  });
}

function hex(text: string): Bytes | null {
  const bytes = text.split(":").map(pair => Number.parseInt(pair, 16));
  return bytes.length === 32 && bytes.every(byte => byte >= 0) ? new Uint8Array(bytes) : null;
}

/** Whether a description shows this certificate, and no other. */
export function shows(sdp: string, print: Bytes): boolean {
  const shown = fingerprints(sdp);
  return shown.length > 0 && shown.every(one => one !== null && same(one, print));
}

export class Peer {
  readonly #connection: RTCPeerConnection;
  readonly #talk: RTCDataChannel;
  #making = false;
  #ignoring = false;
  #refused = false;
  #candidates: RTCIceCandidateInit[] = [];
  readonly #given = new Map<Place, MediaStreamTrack | null>();

  constructor(
    made: RTCCertificate,
    iceServers: RTCIceServer[],
    private readonly seat: number,
    private readonly theirs: Bytes,
    private readonly events: PeerEvents,
    policy: RTCIceTransportPolicy = "all",
  ) {
    const connection = new RTCPeerConnection({
      certificates: [made],
      iceServers,
      iceTransportPolicy: policy,
      bundlePolicy: "max-bundle",
    });
    this.#connection = connection;
    this.#talk = connection.createDataChannel("talk", { negotiated: true, id: 0 });
    this.#talk.onmessage = event => events.chat(String(event.data));
    this.#talk.onopen = () => events.chatOpen();
    connection.onnegotiationneeded = () => void this.#offer();
    connection.onicecandidate = ({ candidate }) => {
      if (candidate) events.say({ t: "candidate", candidate: candidate.toJSON() });
    };
    connection.ontrack = ({ transceiver, track }) => {
      const place = PLACES[connection.getTransceivers().indexOf(transceiver)];
      if (place) events.arrived(place, track);
    };
    connection.onconnectionstatechange = () => events.state(connection.connectionState);
    if (seat === 0) this.#layPlaces();
  }

  #layPlaces(): void {
    this.#connection.addTransceiver("audio", { direction: "sendrecv" });
    this.#connection.addTransceiver("video", { direction: "sendrecv" });
    this.#connection.addTransceiver("video", { direction: "sendrecv" });
  }

  async #offer(): Promise<void> {
    if (this.seat === 1 && this.#connection.getTransceivers().length === 0) return;
    try {
      this.#making = true;
      await this.#connection.setLocalDescription();
      this.#tellDescription();
    } catch {
      // Closed meanwhile, or a description came that went before; nothing is owed to anybody.
    } finally {
      this.#making = false;
    }
  }

  /** A description or a candidate from the other side. */
  async hear(message: Message): Promise<void> {
    if (this.#refused || this.#connection.signalingState === "closed") return;
    try {
      if (message.t === "description") {
        await this.#described(message.description as RTCSessionDescriptionInit);
      } else if (message.t === "candidate") {
        await this.#candidate(message.candidate as RTCIceCandidateInit);
      }
    } catch {
      // What cannot be read carries no media; the connection's own state tells what follows.
    }
  }

  async #described(description: RTCSessionDescriptionInit): Promise<void> {
    if (!shows(String(description?.sdp), this.theirs)) {
      this.#refused = true;
      this.events.wrong();
      return;
    }
    const busy = this.#making || this.#connection.signalingState !== "stable";
    this.#ignoring = this.seat === 0 && description.type === "offer" && busy;
    if (this.#ignoring) return;
    await this.#connection.setRemoteDescription(description);
    for (const one of this.#candidates.splice(0)) await this.#connection.addIceCandidate(one);
    if (description.type !== "offer") return;
    for (const one of this.#connection.getTransceivers()) one.direction = "sendrecv";
    await this.#attach();
    await this.#connection.setLocalDescription();
    this.#tellDescription();
  }

  #tellDescription(): void {
    this.events.say({ t: "description", description: this.#connection.localDescription });
  }

  async #candidate(candidate: RTCIceCandidateInit): Promise<void> {
    if (!this.#connection.remoteDescription) this.#candidates.push(candidate);
    else if (!this.#ignoring) await this.#connection.addIceCandidate(candidate);
  }

  /** Attach a track, or take it away. Called for nobody who was not let in. */
  async give(place: Place, track: MediaStreamTrack | null): Promise<void> {
    this.#given.set(place, track);
    await this.#attach();
  }

  /** What was given before its place was there is attached once it is. */
  async #attach(): Promise<void> {
    const places = this.#connection.getTransceivers();
    for (const [place, track] of this.#given) {
      const sender = places[PLACES.indexOf(place)]?.sender;
      if (sender && sender.track !== track) await sender.replaceTrack(track);
    }
  }

  tell(text: string): boolean {
    if (this.#talk.readyState !== "open") return false;
    this.#talk.send(text);
    return true;
  }

  /** Look for another way, with whatever servers there are now. */
  restart(iceServers: RTCIceServer[] | null): void {
    if (this.#connection.signalingState === "closed") return;
    if (iceServers) {
      this.#connection.setConfiguration({ ...this.#connection.getConfiguration(), iceServers });
    }
    // An offer that was lost with the line is told again: a second one would wait for its answer.
    if (this.#connection.signalingState === "have-local-offer") this.#tellDescription();
    else this.#connection.restartIce();
  }

  get state(): RTCPeerConnectionState {
    return this.#connection.connectionState;
  }

  stats(): Promise<RTCStatsReport> {
    return this.#connection.getStats();
  }

  close(): void {
    this.#talk.close();
    this.#connection.close();
  }
}
