/** A call of several: couples, families, groups. Every pair is verified by itself or by one code for
 * all, and has a connection of its own; above what a mesh carries, a server passes sealed frames on.
 *
 *     const group = startGroup({ line, ticket, iceServers, fresh, owner, pairs, media });
 *     group.on("seats", mesh => …);             // who is there, and how far each pair is (mesh.ts)
 *     group.on("words", words => …);            // the code of the group, to be said aloud by one
 *     group.on("track", ({ seat, place, track }) => …);
 *     group.same(); group.different(); group.goOn();
 *
 * INVARIANT: what is mine reaches a seat, and theirs is shown, only while that pair is open: its keys
 * are proven, and both of it hold that they know the other. See docs/decisions/0036.
 */
import { encode } from "../base64url";
import { type Device, device, known, remember } from "./devicekey";
import { Line } from "./line";
import { emptyMesh, type Mesh, type MeshEvent, meshAfter, quality } from "./mesh";
import { Carried, type CarriedBy } from "./meshcarried";
import { type How, Pair } from "./meshpair";
import { GroupTalk } from "./meshtalk";
import { certificate, PLACES, type Place } from "./peer";
import { inWords, type Words } from "./sas";
import type { Message, Stop } from "./verify";

export interface GroupOptions {
  line: string;
  /** For the line: names room, seat and how many seats there are. */
  ticket: string;
  iceServers: RTCIceServer[];
  fresh: () => Promise<{ ticket: string; iceServers?: RTCIceServer[] } | null>;
  /** Whose key is kept in this browser; empty when none is to be kept. */
  owner: string;
  /** For each seat a name of the two that stays the same from call to call and says nothing. */
  pairs: Record<number, string>;
  media: () => Promise<MediaStream>;
  policy?: RTCIceTransportPolicy;
  /** Where a server is to carry it: its ticket, and the address of the script of frames. */
  carried?: CarriedBy;
}

export interface GroupEvents {
  seats: Mesh;
  words: Words | null;
  track: { seat: number; place: Place; track: MediaStreamTrack };
  outcome: { seat: number; how: How | "stopped"; why: Stop | "" };
  chat: { seat: number; text: string };
  trouble: string;
}

type Listener<K extends keyof GroupEvents> = (told: GroupEvents[K]) => void;

export function startGroup(options: GroupOptions): Group {
  return new Group(options);
}

const SENTENCES: Partial<Record<Stop, string>> = {
  words: "The words were not the same.",
  fingerprint: "The connection is not the one that was signed.",
  other: "They ended it.",
};

export class Group {
  readonly #options: GroupOptions;
  readonly #listeners = new Map<string, ((told: never) => void)[]>();
  readonly #ready: Promise<[Device, Awaited<ReturnType<typeof certificate>>]>;
  readonly #pairs = new Map<number, Pair>();
  readonly #arrived = new Map<number, Map<Place, MediaStreamTrack>>();
  readonly #given = new Map<Place, MediaStreamTrack | null>();
  readonly #room: string;
  readonly #me: number;
  #ice: RTCIceServer[];
  #mesh: Mesh;
  #line: Line;
  #talk: GroupTalk | null = null;
  #queue: Promise<void> = Promise.resolve();
  #stream: Promise<MediaStream | null> | null = null;
  readonly #carried: Carried | null;
  #over = false;

  constructor(options: GroupOptions) {
    const [, room = "", seat = "0", seats = "2"] = options.ticket.split(".");
    this.#options = options;
    this.#room = room;
    this.#me = Number(seat);
    this.#ice = options.iceServers;
    this.#mesh = emptyMesh(this.#me, Number(seats));
    this.#carried = options.carried ? this.#carriedBy(options.carried) : null;
    this.#ready = Promise.all([device(options.owner), certificate()]);
    this.#line = new Line(
      { address: options.line, ticket: options.ticket, fresh: () => this.#renew() },
      {
        seated: (_, here) => this.#next(() => this.#present(here)),
        came: one => this.#next(() => this.#present([one])),
        went: one => this.#next(() => this.#went(one)),
        heard: (from, said) => this.#next(() => this.#heard(from, said)),
        gone: coming => coming || this.#trouble("This seat was taken from another window."),
      },
    );
  }

  on<K extends keyof GroupEvents>(event: K, listener: Listener<K>): this {
    const all = this.#listeners.get(event) ?? [];
    this.#listeners.set(event, [...all, listener as (told: never) => void]);
    return this;
  }

  get mesh(): Mesh {
    return this.#mesh;
  }

  /** Compare one code for all who are there and proven. Anybody may ask for it. */
  compare(): void {
    this.#next(async () => this.#talk?.begin(this.#proven()));
  }

  /** All see the same words: every pair that is in the code is known from now on. */
  same(): void {
    this.#next(async () => {
      for (const seat of this.#talk?.agreed() ?? []) {
        const pair = this.#pairs.get(seat);
        if (!pair?.key) continue;
        await remember(this.#options.owner, this.#options.pairs[seat] ?? "", pair.key);
        this.#hold(pair, "verified by code");
      }
      this.#emit("words", null);
    });
  }

  different(): void {
    this.#next(async () => {
      for (const pair of this.#pairs.values()) if (!pair.open) pair.end("words");
      this.#emit("words", null);
    });
  }

  /** Go on without having compared: each outcome says so. */
  goOn(): void {
    this.#next(async () => {
      for (const pair of this.#pairs.values()) if (!pair.how) this.#hold(pair, "not verified");
    });
  }

  /** Switch the own sound or picture off, and on again. */
  async set(place: "sound" | "camera", on: boolean): Promise<void> {
    const kind = place === "sound" ? "audio" : "video";
    const track = (await this.#stream)?.getTracks().find(one => one.kind === kind) ?? null;
    if (this.#carried) await this.#carried.mute(kind, !on);
    else await this.#give(place, on ? track : null);
  }

  /** A line to all with whom the pair is open, kept nowhere. */
  chat(text: string): void {
    const told = JSON.stringify({ k: "chat", text: text.slice(0, 4000) });
    for (const pair of this.#pairs.values()) pair.tell(told);
  }

  leave(): void {
    this.#over = true;
    for (const pair of this.#pairs.values()) pair.end();
    this.#line.end();
    this.#carried?.leave();
    void this.#stream?.then(stream => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    });
  }

  #next(step: () => Promise<void> | void): void {
    this.#queue = this.#queue.then(() => (this.#over ? undefined : step()));
  }

  // Who is there

  async #present(seats: number[]): Promise<void> {
    for (const seat of seats) {
      if (seat === this.#me) continue;
      await (await this.#pair(seat)).present();
      this.#change({ is: "here", seat });
    }
  }

  #went(seat: number): void {
    // The line is gone, and the connection may well stand: it tells by itself when it does not.
    if (!this.#pairs.get(seat)?.open) this.#forget(seat);
  }

  #forget(seat: number): void {
    this.#pairs.get(seat)?.end();
    this.#pairs.delete(seat);
    this.#arrived.delete(seat);
    this.#change({ is: "left", seat });
  }

  async #heard(from: number, said: Message): Promise<void> {
    const pair = await this.#pair(from);
    if (said.t === "group") await this.#talk?.hear(from, said, this.#proven());
    else if (said.t === "bye") this.#forget(from);
    else await pair.hear(said);
  }

  async #pair(seat: number): Promise<Pair> {
    const [own, made] = await this.#ready;
    this.#talk ??= new GroupTalk(this.#room, this.#me, own.key, {
      say: (to, message) => this.#line.say(to, { ...message, t: "group" }),
      key: one => this.#pairs.get(one)?.key ?? null,
      words: numbers => this.#emit("words", numbers && inWords(numbers)),
    });
    const there = this.#pairs.get(seat);
    if (there) return there;
    const pair = new Pair({
      room: this.#room,
      me: this.#me,
      other: seat,
      device: own,
      certificate: made,
      ice: () => this.#ice,
      ...(this.#options.policy ? { policy: this.#options.policy } : {}),
      say: message => this.#line.say(seat, message),
      proven: one => this.#next(() => this.#met(one)),
      open: (one, is) => this.#next(() => (is ? this.#opened(one) : this.#closed(one))),
      cut: () => this.#change({ is: "cut", seat }),
      stopped: (_, why) => this.#stopped(seat, why),
      arrived: (_, place, track) => this.#take(seat, place, track),
      told: (_, text) => this.#told(seat, text),
    });
    this.#pairs.set(seat, pair);
    return pair;
  }

  #proven(): number[] {
    return [...this.#pairs.values()].filter(pair => pair.key).map(({ seat }) => seat);
  }

  // How far a pair is

  async #met(pair: Pair): Promise<void> {
    this.#change({ is: "compare", seat: pair.seat });
    await this.#talk?.again(this.#proven());
    const { owner, pairs } = this.#options;
    const before = await known(owner, pairs[pair.seat] ?? "");
    if (before && pair.key && encode(before) === encode(pair.key)) {
      this.#hold(pair, "known device");
    } else if (this.#proven().length === this.#mesh.seats.length && this.#isFirst()) {
      await this.#talk?.begin(this.#proven());
    }
  }

  /** One asks for the code when all are there; later, or with some absent, a person does. */
  #isFirst(): boolean {
    return this.#me === 0;
  }

  #hold(pair: Pair, how: How): void {
    pair.hold(how);
    if (pair.how === how) this.#emit("outcome", { seat: pair.seat, how, why: "" });
  }

  async #opened(pair: Pair): Promise<void> {
    this.#change({ is: "verified", seat: pair.seat });
    this.#showIfOpen(pair.seat);
    this.#stream ??= this.#ask();
    if (this.#carried) return this.#carried.opened(pair);
    const stream = await this.#stream;
    for (const track of stream?.getTracks() ?? []) {
      const place = track.kind === "audio" ? "sound" : "camera";
      if (!this.#given.has(place)) this.#given.set(place, track);
    }
    for (const [place, track] of this.#given) await pair.give(place, track);
    await this.#fit(stream);
  }

  async #closed(pair: Pair): Promise<void> {
    this.#change({ is: "cut", seat: pair.seat });
    this.#showIfOpen(pair.seat);
    this.#carried?.parted(pair.seat);
    for (const place of PLACES) await pair.give(place, null);
  }

  #stopped(seat: number, why: Stop): void {
    const told = SENTENCES[why] ?? "Somebody may stand between the two of you.";
    this.#change({ is: "stopped", seat, why: told });
    this.#emit("outcome", { seat, how: "stopped", why });
    this.#carried?.parted(seat);
    this.#showIfOpen(seat);
  }

  // What passes

  async #ask(): Promise<MediaStream | null> {
    try {
      return await this.#options.media();
    } catch {
      this.#trouble("Camera and microphone could not be used. You hear and see the others.");
      return null;
    }
  }

  async #give(place: Place, track: MediaStreamTrack | null): Promise<void> {
    this.#given.set(place, track);
    for (const pair of this.#pairs.values()) await pair.give(place, track);
  }

  /** The own picture is as large as so many connections carry. */
  async #fit(stream: MediaStream | null): Promise<void> {
    const { width, height, frameRate } = quality(this.#pairs.size + 1);
    const camera = stream?.getVideoTracks()[0];
    await camera
      ?.applyConstraints({
        width: { max: width },
        height: { max: height },
        frameRate: { max: frameRate },
      })
      .catch(() => undefined); // a camera that knows no smaller size goes on as it is
  }

  #take(seat: number, place: Place, track: MediaStreamTrack): void {
    if (this.#carried) return;
    const arrived = this.#arrived.get(seat) ?? new Map<Place, MediaStreamTrack>();
    this.#arrived.set(seat, arrived.set(place, track));
    this.#showIfOpen(seat);
  }

  /** What comes before the pair is open is neither seen nor heard. */
  #showIfOpen(seat: number): void {
    const is = this.#pairs.get(seat)?.open === true;
    for (const [place, track] of this.#arrived.get(seat) ?? []) {
      track.enabled = is;
      if (is) this.#emit("track", { seat, place, track });
    }
  }

  #told(seat: number, text: string): void {
    const told = parsed(text);
    if (text === "") this.#carried?.reached(seat);
    else if (told?.k === "key") this.#carried?.heard(seat, String(told.text));
    else if (told?.k === "chat" && this.#pairs.get(seat)?.open) {
      this.#emit("chat", { seat, text: String(told.text).slice(0, 4000) });
    }
  }

  #carriedBy(by: CarriedBy): Carried {
    return new Carried(by, this.#me, {
      ice: () => this.#ice,
      stream: async () => (await this.#stream) ?? null,
      track: (seat, place, track) => this.#emit("track", { seat, place, track }),
      trouble: told => this.#trouble(told),
    });
  }

  async #renew(): Promise<{ ticket: string } | null> {
    const renewed = await this.#options.fresh().catch(() => null);
    if (renewed?.iceServers) this.#ice = renewed.iceServers;
    return renewed;
  }

  #change(event: MeshEvent): void {
    this.#mesh = meshAfter(this.#mesh, event);
    this.#emit("seats", this.#mesh);
  }

  #trouble(says: string): void {
    this.#emit("trouble", says);
  }

  #emit<K extends keyof GroupEvents>(event: K, told: GroupEvents[K]): void {
    for (const one of this.#listeners.get(event) ?? []) (one as Listener<K>)(told);
  }
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const told: unknown = JSON.parse(text);
    return typeof told === "object" && told !== null ? (told as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
