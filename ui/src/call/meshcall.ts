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
import { Line, parsed } from "./line";
import type { Media } from "./media";
import { emptyMesh, type Mesh, type MeshEvent, meshAfter } from "./mesh";
import { Carried, type CarriedBy } from "./meshcarried";
import { GroupMedia } from "./meshmedia";
import { type How, Pair } from "./meshpair";
import { GroupTalk } from "./meshtalk";
import type { GroupEvents, GroupOptions } from "./meshtold";
import { certificate } from "./peer";
import { inWords, safetyNumber } from "./sas";
import { Teller } from "./teller";
import type { Message, Stop } from "./verify";

export type { GroupEvents, GroupOptions } from "./meshtold";

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
  readonly #teller = new Teller<GroupEvents>();
  readonly #ready: Promise<[Device, Awaited<ReturnType<typeof certificate>>]>;
  readonly #pairs = new Map<number, Pair>();
  readonly #here = new Set<number>();
  readonly #media: GroupMedia;
  readonly #room: string;
  readonly #me: number;
  #ice: RTCIceServer[];
  #mesh: Mesh;
  #line: Line;
  #talk: GroupTalk | null = null;
  #queue: Promise<void> = Promise.resolve();
  #allowed: Set<number> | null;
  #wanted = false;
  readonly #may = (seat: number) => this.#allowed?.has(seat) ?? true;
  readonly #carried: Carried | null;
  #over = false;

  constructor(options: GroupOptions) {
    const [, room = "", seat = "0", seats = "2"] = options.ticket.split(".");
    this.#options = options;
    this.#room = room;
    this.#me = Number(seat);
    this.#ice = options.iceServers;
    this.#mesh = emptyMesh(this.#me, Number(seats));
    this.#allowed = options.allowed ? new Set(options.allowed) : null;
    this.#media = new GroupMedia(options.media, () => this.#carried, {
      pairs: () => this.#pairs.values(),
      track: (seat, place, track) => this.#emit("track", { seat, place, track }),
      theirs: told => this.#emit("theirs", told),
      soundOnly: told => this.#emit("soundOnly", told),
      weak: told => this.#emit("weak", told),
      trouble: told => this.#emit("trouble", told),
    });
    this.#carried = options.carried ? this.#carriedBy(options.carried) : null;
    this.#ready = Promise.all([device(options.owner), certificate()]);
    this.#line = new Line(
      { address: options.line, ticket: options.ticket, fresh: () => this.#renew() },
      {
        seated: (_, here) => this.#next(() => this.#seated(here)),
        came: one => this.#next(() => this.#present([one])),
        went: one => this.#next(() => this.#went(one)),
        heard: (from, said) => this.#next(() => this.#heard(from, said)),
        gone: coming => coming || this.#trouble("This seat was taken from another window."),
      },
    );
  }

  on<K extends keyof GroupEvents>(event: K, listener: (told: GroupEvents[K]) => void): this {
    this.#teller.on(event, listener);
    return this;
  }

  /** Microphone, camera and screen of this side. */
  get media(): Media {
    return this.#media.own;
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
  set(place: "sound" | "camera", on: boolean): void {
    this.#media.set(place, on);
  }

  /** A line to all with whom the pair is open, kept nowhere. False when it reached nobody. */
  chat(text: string): boolean {
    const told = JSON.stringify({ k: "chat", text: text.slice(0, 4000) });
    return [...this.#pairs.values()].map(pair => pair.tell(told)).some(Boolean);
  }

  /** A line to one seat alone. False when it could not leave. */
  chatTo(seat: number, text: string): boolean {
    const told = JSON.stringify({ k: "chat", text: text.slice(0, 4000) });
    return this.#pairs.get(seat)?.tell(told) ?? false;
  }

  /** Ask a seat to switch its sound off. Its page does so for whoever leads, and says it. */
  hush(seat: number): boolean {
    return this.#pairs.get(seat)?.tell(JSON.stringify({ k: "hush" })) ?? false;
  }

  /** Meet these and nobody else: whoever was let out is gone, whatever ticket she still holds. */
  only(seats: number[]): void {
    this.#next(async () => {
      this.#allowed = new Set(seats);
      for (const seat of [...this.#pairs.keys()]) if (!this.#may(seat)) this.#forget(seat);
      for (const seat of this.#here) {
        if (!this.#may(seat) || this.#pairs.has(seat)) continue;
        await this.#present([seat]);
        this.#pairs.get(seat)?.ask();
      }
    });
  }

  leave(): void {
    this.#over = true;
    for (const pair of this.#pairs.values()) pair.end();
    this.#line.end();
    this.#carried?.leave();
    this.#media.close();
  }

  #next(step: () => Promise<void> | void): void {
    this.#queue = this.#queue.then(() => (this.#over ? undefined : step()));
  }

  // Who is there

  async #seated(here: number[]): Promise<void> {
    this.#here.clear();
    await this.#present(here);
  }

  async #present(seats: number[]): Promise<void> {
    for (const seat of seats) {
      if (seat === this.#me) continue;
      this.#here.add(seat);
      if (!this.#may(seat)) continue;
      await (await this.#pair(seat)).present();
      this.#change({ is: "here", seat });
    }
  }

  #went(seat: number): void {
    this.#here.delete(seat);
    // The line is gone, and the connection may well stand: it tells by itself when it does not.
    if (!this.#pairs.get(seat)?.open) this.#forget(seat);
  }

  #forget(seat: number): void {
    this.#pairs.get(seat)?.end();
    this.#pairs.delete(seat);
    this.#media.forget(seat);
    this.#carried?.parted(seat);
    this.#change({ is: "left", seat });
    this.#next(() => this.#gather());
  }

  async #heard(from: number, said: Message): Promise<void> {
    if (!this.#may(from)) return;
    const pair = await this.#pair(from);
    if (said.t === "want") return this.#want();
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
      back: one => this.#talk?.tellAgain(one.seat),
      open: (one, is) => this.#next(() => (is ? this.#opened(one) : this.#closed(one))),
      cut: () => this.#change({ is: "cut", seat }),
      stopped: (one, why) => this.#stopped(one, why),
      arrived: (one, place, track) => this.#media.take(one, place, track),
      told: (one, text) => this.#told(one, text),
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
    } else {
      if (before) this.#emit("changed", { seat: pair.seat });
      await this.#want();
    }
    await this.#gather();
  }

  /** Some pair does not know the other yet. One seat asks for the code, so that there is one round. */
  async #want(): Promise<void> {
    this.#wanted = true;
    if (this.#me === 0) await this.#gather();
    else if (this.#options.gathering) this.#line.say(0, { t: "want" });
  }

  /** The code of all who are there, once they are proven; or of all there are seats for. */
  async #gather(): Promise<void> {
    if (this.#me !== 0 || !this.#wanted) return;
    const proven = this.#proven();
    const there = this.#mesh.seats.filter(({ pair }) => pair !== "absent" && pair !== "stopped");
    const enough = this.#options.gathering ? there.length : this.#mesh.seats.length;
    if (proven.length === 0 || proven.length < enough) return;
    this.#wanted = false;
    await this.#talk?.begin(proven);
  }

  #hold(pair: Pair, how: How): void {
    pair.hold(how);
    if (pair.how === how) this.#next(() => this.#outcome(pair, how, ""));
  }

  async #outcome(pair: Pair, how: How | "stopped", why: Stop | ""): Promise<void> {
    const [own] = await this.#ready;
    const number = pair.key ? await safetyNumber(own.key, pair.key) : "";
    this.#emit("outcome", { seat: pair.seat, how, why, number });
  }

  async #opened(pair: Pair): Promise<void> {
    this.#change({ is: "verified", seat: pair.seat });
    await this.#media.opened(pair, this.#pairs.size + 1);
    this.#carried?.opened(pair);
    this.#emit("reached", { seat: pair.seat });
  }

  async #closed(pair: Pair): Promise<void> {
    this.#change({ is: "cut", seat: pair.seat });
    this.#carried?.parted(pair.seat);
    await this.#media.closed(pair);
  }

  #stopped(pair: Pair, why: Stop): void {
    const told = SENTENCES[why] ?? "Somebody may stand between the two of you.";
    this.#change({ is: "stopped", seat: pair.seat, why: told });
    this.#next(() => this.#outcome(pair, "stopped", why));
    this.#carried?.parted(pair.seat);
    this.#media.show(pair);
  }

  // What passes

  #told(pair: Pair, text: string): void {
    const { seat } = pair;
    const told = parsed(text);
    if (text === "") {
      this.#carried?.reached(seat);
      this.#media.again();
      if (pair.open) this.#emit("reached", { seat });
    } else if (told?.k === "key") this.#carried?.heard(seat, String(told.text));
    else if (told?.k === "state") this.#media.heard(pair, told);
    else if (!pair.open) return;
    else if (told?.k === "hush" && seat === 0) this.#emit("hushed", null);
    else if (told?.k === "chat") {
      this.#emit("chat", { seat, text: String(told.text).slice(0, 4000) });
    }
  }

  #carriedBy(by: CarriedBy): Carried {
    return new Carried(by, this.#me, {
      ice: () => this.#ice,
      stream: () => this.#media.stream(),
      track: (seat, place, track) => this.#emit("track", { seat, place, track }),
      trouble: (name, says) => this.#emit("trouble", { about: "line", name, says }),
      mended: () => this.#emit("mended", "carried"),
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
    this.#emit("trouble", { about: "line", name: "carried", says });
  }

  #emit<K extends keyof GroupEvents>(event: K, told: GroupEvents[K]): void {
    this.#teller.tell(event, told);
  }
}
