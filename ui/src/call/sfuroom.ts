/* A group's call that a server carries and cannot open: keys, connections and the gate together.

   `met` is called for a pair once it is verified, with that pair's own channel (its DTLS fingerprints
   are what was verified); secrets go over these channels alone, never through the server that carries
   the frames. Nothing of a seat is received before its pair is verified. */
import { decode, encode } from "../base64url";
import { type Gate, looked, onlySealedCodecs, SHUT, sentBy } from "./framesgate";
import { type Asked, type Counts, named, type Stream, type Told } from "./framestalk";
import { type Feed, type Sfu, trackOf, type What } from "./sfu";
import { aloneAt, type Deed, type KeyEvent, type Keys, keysAfter, PATIENCE } from "./sfukeys";

const LOOK = 50;
const LOOK_AGAIN = 500;
const ASK_AGAIN = 1000;
const SECRET = 32;

/** A verified pair's own way, from browser to browser. */
export interface Channel {
  seat: number;
  send(text: string): void;
  onmessage: ((text: string) => void) | null;
}

export interface RoomEvents {
  /** Somebody's track: it shows once frames open. */
  track(seat: number, what: What, track: MediaStreamTrack): void;
  gone(seat: number, what: What): void;
  /** The gate has opened: what is sent now is real. */
  live(what: What): void;
  /** The server is gone, a sentence; nothing is sent any more. Another room may be entered. */
  lost(why: string): void;
  /** The room has ended for this reason, a sentence. Nothing is sent any more. */
  stopped(why: string): void;
}

export interface RoomOptions {
  sfu: Sfu;
  me: number;
  ice: RTCConfiguration;
  /** The script of frames: the page's own, from the practice. */
  worker: Worker;
  events: RoomEvents;
}

const UNSEALED =
  "This browser sent frames that were not sealed. Camera and microphone were switched off at once. " +
  "Please use another browser, or meet in a smaller group.";
const OTHER_CODEC =
  "The server that carries the call chose a codec that cannot be sealed. Nothing was sent.";

interface Sender {
  sender: RTCRtpSender;
  media: MediaStreamTrack;
  stream: Stream;
  gate: Gate;
}

interface Outgoing {
  what: What;
  connection: RTCPeerConnection;
  senders: Sender[];
  live: boolean;
  everLive: boolean;
}

/** One seat's part in such a call. */
export class SealedRoom {
  #given: RoomOptions;
  #keys: Keys;
  #channels = new Map<number, Channel>();
  #feeds = new Map<string, Feed>();
  #incoming = new Map<string, RTCPeerConnection>();
  #outgoing = new Map<What, Outgoing>();
  #counts: Counting;
  #clocks = new Set<number>();
  #muted = new Set<string>();
  #over = false;

  constructor(given: RoomOptions) {
    this.#given = given;
    this.#keys = aloneAt(given.me);
    this.#counts = new Counting(given.worker);
    given.sfu.listen({
      feed: feed => {
        this.#feeds.set(feed.id, feed);
        void this.#receive(feed);
      },
      gone: id => this.#drop(id),
      lost: why => {
        if (this.#over) return;
        this.leave();
        given.events.lost(why);
      },
    });
  }

  /** A pair is verified. */
  met(channel: Channel): void {
    this.#channels.set(channel.seat, channel);
    channel.onmessage = text => this.#hear(channel.seat, text);
    this.#step({ is: "joined", seat: channel.seat, secret: fresh() });
    this.#tell(channel.seat, { want: true }); // what came before we listened
    for (const feed of this.#feeds.values()) void this.#receive(feed);
  }

  /** Somebody left, or their pair is no longer verified. */
  parted(seat: number): void {
    this.#channels.delete(seat);
    this.#step({ is: "left", seat, secret: fresh() });
    for (const feed of [...this.#feeds.values()]) if (feed.seat === seat) this.#drop(feed.id);
  }

  /** Send these; they stay disabled until the gate opens. */
  async publish(what: What, tracks: MediaStreamTrack[]): Promise<void> {
    const connection = new RTCPeerConnection(this.#given.ice);
    const senders = tracks.map(media => this.#attach(connection, what, media));
    const outgoing = { what, connection, senders, live: false, everLive: false };
    this.#outgoing.set(what, outgoing);
    await this.#given.sfu.publish(connection, what);
    const answered = connection.currentRemoteDescription?.sdp ?? "";
    if (!onlySealedCodecs(answered)) this.stop(OTHER_CODEC);
    else this.#look(outgoing);
  }

  /** Switch sound or picture off, and on again: on means nothing before the gate opens. */
  mute(what: What, kind: string, off: boolean): void {
    const name = `${what} ${kind}`;
    if (off) this.#muted.add(name);
    else this.#muted.delete(name);
    const outgoing = this.#outgoing.get(what);
    if (outgoing) this.#enable(outgoing);
  }

  /** What passed the worker, by stream. */
  counts(): Promise<Record<string, Counts>> {
    return this.#counts.ask();
  }

  /** End it, for a reason that is told. */
  stop(why: string): void {
    if (this.#over) return;
    this.leave();
    this.#given.events.stopped(why);
  }

  /** End it. */
  leave(): void {
    this.#over = true;
    for (const clock of this.#clocks) self.clearTimeout(clock);
    for (const { senders, connection } of this.#outgoing.values()) {
      for (const { media } of senders) media.enabled = false;
      connection.close();
    }
    for (const connection of this.#incoming.values()) connection.close();
    this.#given.sfu.leave();
  }

  #attach(connection: RTCPeerConnection, what: What, media: MediaStreamTrack): Sender {
    media.enabled = false; // black and silence, until the gate opens
    const stream: Stream = { way: "send", seat: this.#given.me, track: trackOf(what, media.kind) };
    const transceiver = connection.addTransceiver(media, { direction: "sendonly" });
    transceiver.setCodecPreferences(sealedCodecs(media.kind));
    transceiver.sender.transform = new RTCRtpScriptTransform(this.#given.worker, stream);
    return { sender: transceiver.sender, media, stream, gate: SHUT };
  }

  /** Read what was sent, then what was counted; open, shut, or stop. */
  async #look(outgoing: Outgoing): Promise<void> {
    const sent = await Promise.all(
      outgoing.senders.map(async ({ sender }) => sentBy((await sender.getStats()).entries()) ?? 0),
    );
    const counts = await this.#counts.ask();
    if (this.#over) return;
    outgoing.senders.forEach((one, index) => {
      const counted = seen(counts[named(one.stream)]);
      one.gate = looked(one.gate, { sent: sent[index] ?? 0, counted });
    });
    const verdicts = outgoing.senders.map(({ gate }) => gate.verdict);
    if (verdicts.includes("stop")) {
      this.stop(UNSEALED);
      return;
    }
    this.#set(
      outgoing,
      verdicts.every(verdict => verdict === "open"),
    );
    this.#after(outgoing.live ? LOOK_AGAIN : LOOK, () => void this.#look(outgoing));
  }

  #set(outgoing: Outgoing, live: boolean): void {
    const first = live && !outgoing.everLive;
    outgoing.live = live;
    outgoing.everLive ||= live;
    this.#enable(outgoing);
    if (first) this.#given.events.live(outgoing.what);
  }

  /** INVARIANT: nothing is enabled before the gate has opened. */
  #enable({ what, senders, live }: Outgoing): void {
    for (const { media } of senders) {
      media.enabled = live && !this.#over && !this.#muted.has(`${what} ${media.kind}`);
    }
  }

  async #receive(feed: Feed): Promise<void> {
    if (this.#over || this.#incoming.has(feed.id) || !this.#channels.has(feed.seat)) return;
    const connection = new RTCPeerConnection(this.#given.ice);
    this.#incoming.set(feed.id, connection);
    connection.ontrack = ({ receiver, track }) => {
      const number = trackOf(feed.what, track.kind);
      const stream: Stream = { way: "receive", seat: feed.seat, track: number };
      receiver.transform = new RTCRtpScriptTransform(this.#given.worker, stream);
      this.#given.events.track(feed.seat, feed.what, track);
    };
    try {
      await this.#given.sfu.subscribe(connection, feed);
    } catch {
      // Gone between its coming and our asking, or the server is slow: ask again while it is told.
      this.#incoming.delete(feed.id);
      connection.close();
      this.#after(ASK_AGAIN, () => {
        if (this.#feeds.has(feed.id)) void this.#receive(feed);
      });
    }
  }

  #drop(id: string): void {
    const feed = this.#feeds.get(id);
    this.#feeds.delete(id);
    this.#incoming.get(id)?.close();
    this.#incoming.delete(id);
    if (feed) this.#given.events.gone(feed.seat, feed.what);
  }

  #hear(seat: number, text: string): void {
    const event = understood(seat, text);
    if (event) this.#step(event);
  }

  #step(event: KeyEvent): void {
    if (this.#over) return;
    const [next, deeds] = keysAfter(this.#keys, event);
    this.#keys = next;
    for (const deed of deeds) this.#do(deed);
  }

  #do(deed: Deed): void {
    if (deed.do === "give") {
      const secret = encode(deed.key.secret);
      this.#tell(deed.to, { epoch: deed.key.epoch, secret });
    } else if (deed.do === "say held") {
      this.#tell(deed.to, { held: deed.epoch });
    } else if (deed.do === "wait") {
      this.#after(PATIENCE, () => this.#step({ is: "late", epoch: deed.epoch }));
    } else if (deed.do === "forget") {
      this.#ask({ say: "forget", seat: deed.seat, before: deed.before });
    } else if (deed.do === "open under") {
      this.#ask({ say: "receive", seat: deed.seat, ...deed.key });
    } else {
      this.#ask({ say: "send", seat: this.#given.me, ...deed.key });
    }
  }

  #tell(seat: number, message: object): void {
    this.#channels.get(seat)?.send(JSON.stringify(message));
  }

  #ask(asked: Asked): void {
    this.#given.worker.postMessage(asked);
  }

  #after(milliseconds: number, act: () => void): void {
    const clock = self.setTimeout(() => {
      this.#clocks.delete(clock);
      act();
    }, milliseconds);
    this.#clocks.add(clock);
  }
}

/** Questions to the worker about its counts, each answered under its number. */
class Counting {
  #worker: Worker;
  #next = 0;
  #asked = new Map<number, (counts: Record<string, Counts>) => void>();

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.addEventListener("message", ({ data }: MessageEvent<Told>) => {
      this.#asked.get(data.number)?.(data.counts);
      this.#asked.delete(data.number);
    });
  }

  ask(): Promise<Record<string, Counts>> {
    const number = this.#next++;
    return new Promise(resolve => {
      this.#asked.set(number, resolve);
      this.#worker.postMessage({ say: "count", number } satisfies Asked);
    });
  }
}

/** Every frame that came to the worker, let through or not. */
function seen(counts: Counts | undefined): number {
  if (!counts) return 0;
  return counts.passed + counts.keyless + counts.wrong + counts.again + counts.refused;
}

function fresh(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(SECRET));
}

/** Opus, or VP8 with its repair; RED, FEC and every other codec would carry what is not sealed. */
function sealedCodecs(kind: string): RTCRtpCodec[] {
  const all = RTCRtpSender.getCapabilities(kind)?.codecs ?? [];
  const wanted = kind === "video" ? ["video/VP8", "video/rtx"] : ["audio/opus"];
  return all.filter(({ mimeType }) => wanted.includes(mimeType));
}

/** A message of a pair's channel, or null for one that is none of ours. */
function understood(seat: number, text: string): KeyEvent | null {
  try {
    const said = JSON.parse(text) as { [name: string]: unknown };
    if (said.want === true) return { is: "wanted", seat };
    if (isEpoch(said.held)) return { is: "held", seat, epoch: said.held };
    if (!isEpoch(said.epoch) || typeof said.secret !== "string") return null;
    const secret = decode(said.secret);
    if (secret.length !== SECRET) return null;
    return { is: "given", seat, key: { epoch: said.epoch, secret } };
  } catch {
    return null;
  }
}

function isEpoch(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) > 0 && (value as number) < 2 ** 32;
}
