/* A group's call that a server carries and cannot open: keys, connections and the gate together.

   `met` is called for a pair once it is verified, with that pair's own channel (its DTLS fingerprints
   are what was verified); secrets go over these channels alone, never through the server that carries
   the frames. Nothing of a seat is received before its pair is verified. */
import { decode, encode } from "../base64url";
import { Counting, seen } from "./framescount";
import { type Gate, looked, onlySealedCodecs, SHUT, sentBy } from "./framesgate";
import { type Asked, type Counts, named, type Stream } from "./framestalk";
import { type Passed, passed } from "./quality";
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
  #published = 0;
  #pictures = true;
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
      gone: id => {
        this.#feeds.delete(id);
        this.#drop(id);
      },
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
    // The feed stays known: when the pair is verified again it is received again.
    for (const { id, seat: of } of this.#feeds.values()) if (of === seat) this.#drop(id);
  }

  /** Send these; they stay disabled until the gate opens. They are the room's own from here on:
   * nothing else may enable them, and it stops them at the end. */
  async publish(what: What, tracks: MediaStreamTrack[]): Promise<void> {
    const connection = new RTCPeerConnection(this.#given.ice);
    // What was counted of an earlier one proves nothing of this one.
    const again = this.#published++;
    const senders = tracks.map(media => this.#attach(connection, what, media, again));
    const outgoing = { what, connection, senders, live: false, everLive: false };
    this.#outgoing.set(what, outgoing);
    await this.#given.sfu.publish(connection, what);
    const answered = connection.currentRemoteDescription?.sdp ?? "";
    if (!onlySealedCodecs(answered)) this.stop(OTHER_CODEC);
    else this.#look(outgoing);
  }

  /** Send this no longer; others keep what they hold of it, and get no more. */
  async unpublish(what: What): Promise<void> {
    const outgoing = this.#outgoing.get(what);
    if (!outgoing) return;
    this.#outgoing.delete(what);
    shut(outgoing);
    await this.#given.sfu.unpublish(what);
  }

  /** Have pictures of the others sent here, or their sound alone. */
  async pictures(on: boolean): Promise<void> {
    this.#pictures = on;
    const people = [...this.#incoming.keys()].map(id => this.#feeds.get(id));
    await Promise.all(people.map(feed => feed && this.#choose(feed)));
  }

  /** How the line does for what is sent; null while nothing is. */
  async stats(): Promise<RTCStatsReport | null> {
    return (await this.#outgoing.get("person")?.connection.getStats()) ?? null;
  }

  /** What came of all that was sent here, since it was entered. */
  async arrived(): Promise<Passed> {
    const reports = [...this.#incoming.values()].map(connection => connection.getStats());
    return passed(await Promise.all(reports));
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
    for (const outgoing of this.#outgoing.values()) shut(outgoing);
    for (const connection of this.#incoming.values()) connection.close();
    this.#given.sfu.leave();
  }

  #attach(
    connection: RTCPeerConnection,
    what: What,
    media: MediaStreamTrack,
    again: number,
  ): Sender {
    media.enabled = false; // black and silence, until the gate opens
    const track = trackOf(what, media.kind);
    const stream: Stream = { way: "send", seat: this.#given.me, track, again };
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
    if (this.#over || this.#outgoing.get(outgoing.what) !== outgoing) return;
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
      if (!this.#pictures) await this.#choose(feed);
    } catch {
      // Gone between its coming and our asking, or the server is slow: ask again while it is told.
      if (this.#incoming.get(feed.id) === connection) this.#drop(feed.id);
      this.#after(ASK_AGAIN, () => {
        if (this.#feeds.has(feed.id)) void this.#receive(feed);
      });
    }
  }

  /** A screen is what somebody wants to show: it comes as long as anything does. */
  async #choose(feed: Feed): Promise<void> {
    if (feed.what === "person") await this.#given.sfu.pictures(feed, this.#pictures);
  }

  #drop(id: string): void {
    const connection = this.#incoming.get(id);
    if (!connection) return;
    connection.close();
    this.#incoming.delete(id);
    this.#given.sfu.unsubscribe(id);
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

function shut({ senders, connection }: Outgoing): void {
  for (const { media } of senders) {
    media.enabled = false;
    media.stop();
  }
  connection.close();
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
