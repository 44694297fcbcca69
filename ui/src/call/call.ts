/** A call of two, from the line to the last word.
 *
 *     const call = startCall({ line, ticket, iceServers, fresh, owner, pair, media, report });
 *     call.on("stage", ({ stage, words }) => …);      // what the page shows, at once and then
 *     call.on("track", ({ place, track }) => …);      // sound, camera, screen of the other side
 *     call.on("outcome", ({ how, why, number }) => …);  // what the record keeps; told to `report`
 *     call.same(); call.different(); call.goOn();     // what a person answers
 *
 * Camera and microphone reach the other side only while this side holds that it knows who that is:
 * its device is known, or the two of you compared four words, or a person went on without (and the
 * record says so). See docs/decisions/0035.
 */
import { encode } from "../base64url";
import { post } from "../server";
import type { CallEvents, CallOptions, How, Outcome, Shown, Stage } from "./calling";
import { type Device, device, known, remember } from "./devicekey";
import { Later } from "./later";
import { Line, parsed } from "./line";
import { Media } from "./media";
import { certificate, Peer } from "./peer";
import { Pulse } from "./pulse";
import { Said } from "./said";
import { code, inWords, safetyNumber } from "./sas";
import { Teller } from "./teller";
import { type Message, type Stop, Talk } from "./verify";

const TRIES = 12;
const LOOK_AWAY = 700;
const LOOK_AGAIN = 2_500;

export function startCall(options: CallOptions): Call {
  return new Call(options);
}

export class Call {
  readonly #teller = new Teller<CallEvents>();
  readonly #seat: number;
  readonly #other: number;
  readonly #room: string;
  readonly #page = encode(crypto.getRandomValues(new Uint8Array(16)));
  readonly #ready: Promise<[Device, Awaited<ReturnType<typeof certificate>>]>;
  readonly #line: Line;
  /** What this side gives: microphone, camera, screen, each to be switched. */
  readonly media: Media;
  #met: ReturnType<typeof known>;
  #queue: Promise<void> = Promise.resolve();
  #ice: RTCIceServer[];
  #talk: Talk | null = null;
  #peer: Peer | null = null;
  #theirPage = "";
  #tries = 0;
  #holds = false;
  #theyHold = false;
  #how: How | "" = "";
  #shown: Shown = { stage: "waiting", why: "", words: null, number: "", holds: false };
  #arrived: CallEvents["track"][] = [];
  readonly #said = new Said(this.#teller);
  readonly #search = new Later(() => this.#look());
  readonly #pulse = new Pulse(
    () => this.#tell({ k: "pulse" }),
    () => this.#search.waits || this.#look(),
  );

  constructor(private readonly options: CallOptions) {
    const [, room = "", seat = "0"] = options.ticket.split(".");
    this.#room = room;
    this.#seat = Number(seat);
    this.#other = 1 - this.#seat;
    this.#ice = options.iceServers;
    this.#ready = Promise.all([device(options.owner), certificate()]);
    this.#met = known(options.owner, options.pair);
    this.media = new Media(options.media, {
      give: (place, track) => void this.#peer?.give(place, track),
      tell: message => this.#tell(message),
      stats: () => this.#peer?.stats() ?? null,
      trouble: told => this.#teller.tell("trouble", told),
      soundOnly: told => this.#teller.tell("soundOnly", told),
    });
    this.#line = new Line(
      { address: options.line, ticket: options.ticket, fresh: () => this.#renew() },
      {
        seated: (_, here) => this.#next(() => this.#present(here)),
        came: seat => this.#next(() => this.#present([seat])),
        went: () => this.#next(() => this.#left()),
        heard: (from, said) => this.#next(() => this.#heard(from, said)),
        gone: coming => coming || this.#end(),
      },
    );
  }

  on<K extends keyof CallEvents>(event: K, listener: (told: CallEvents[K]) => void): this {
    this.#teller.on(event, listener);
    if (event === "stage") (listener as (told: Shown) => void)(this.#shown);
    return this;
  }

  get shown(): Shown {
    return this.#shown;
  }

  /** The words are the same on both sides: this device knows the other from now on. */
  same(): void {
    this.#next(async () => {
      const theirs = this.#talk?.proven ? this.#talk.theirs : null;
      if (!theirs) return;
      await remember(this.options.owner, this.options.pair, theirs.key);
      this.#met = known(this.options.owner, this.options.pair);
      await this.#hold("verified by code");
    });
  }

  different(): void {
    this.#next(async () => this.#stop(this.#shown.stage === "changed" ? "changed" : "words"));
  }

  /** Go on without having compared: the record says that nobody verified this call. */
  goOn(): void {
    this.#next(() => this.#hold("not verified"));
  }

  hangUp(): void {
    if (this.#over) return;
    this.#say({ t: "bye" });
    this.#end();
  }

  /** A line of chat, kept nowhere. False when it could not leave. */
  chat(text: string): boolean {
    const line = text.trim().slice(0, 4000);
    if (!line || !this.#open || !this.#tell({ k: "chat", text: line })) return false;
    this.#teller.tell("chat", { text: line, mine: true });
    return true;
  }

  #next(step: () => Promise<void>): void {
    this.#queue = this.#queue.then(() => (this.#over ? undefined : step()));
  }

  get #over(): boolean {
    return this.#shown.stage === "stopped" || this.#shown.stage === "ended";
  }

  get #open(): boolean {
    return this.#holds && this.#theyHold;
  }

  // Who is there

  async #present(seats: number[]): Promise<void> {
    if (seats.some(seat => seat !== this.#other)) return this.#stop("third");
    if (this.#seat !== 0 || seats.length === 0) return;
    // A line that came back is no new call: ask whether it is still the same page over there.
    if (this.#talk?.proven) this.#say({ t: "who", page: this.#page });
    else await this.#begin();
  }

  async #left(): Promise<void> {
    if (!this.#talk?.proven) this.#reset("waiting");
  }

  async #begin(): Promise<boolean> {
    this.#reset("proving");
    if (++this.#tries > TRIES) {
      this.#stop("order");
      return false;
    }
    const [key, { print }] = await this.#ready;
    const nonce = crypto.getRandomValues(new Uint8Array(32));
    const say = (message: Message) => this.#say({ ...message, page: this.#page });
    this.#talk = new Talk(this.#room, this.#seat, { key: key.key, print, nonce }, key, say);
    await this.#talk.begin();
    return true;
  }

  #reset(stage: Stage): void {
    this.#peer?.close();
    this.#pulse.stop();
    this.media.hush();
    this.#peer = this.#talk = null;
    this.#arrived = [];
    this.#said.forget();
    this.#holds = this.#theyHold = false;
    this.#how = "";
    this.#show({ stage, words: null, number: "" });
  }

  // What is heard on the line

  async #heard(from: number, said: Message): Promise<void> {
    if (from !== this.#other) return this.#stop("third");
    switch (said.t) {
      case "who":
        this.#say(this.#talk?.proven ? { t: "still", page: this.#page } : { t: "new" });
        return this.#sayAgain(said);
      case "still":
        if (said.page !== this.#theirPage) return void (await this.#begin());
        this.#look();
        return this.#sayAgain(said);
      case "new":
        return this.#seat === 0 ? void (await this.#begin()) : undefined;
      case "description":
      case "candidate":
        return this.#negotiated(said);
      case "held":
        this.#theyHold = true;
        return this.#openIfHeld();
      case "asks":
        return this.#askWords("words");
      case "bye":
        return said.stopped ? this.#stop("other") : this.#end();
      default:
        return this.#proving(said);
    }
  }

  /** The line was away: what it may have lost is said again, to the page that was proven alone. */
  #sayAgain({ page }: Message): void {
    if (!this.#talk?.proven || page !== this.#theirPage) return;
    if (this.#holds) this.#say({ t: "held" });
    else if (this.#shown.words) this.#say({ t: "asks" });
  }

  async #proving(said: Message): Promise<void> {
    if (said.t === "commit" && this.#seat === 1) {
      if (this.#talk?.proven && said.page === this.#theirPage) return;
      if (!(await this.#begin())) return;
    }
    const talk = this.#talk;
    if (!talk) return this.#stop("order");
    if (talk.proven) return;
    await talk.hear(said);
    if (talk.stopped) return this.#stop(talk.stopped);
    this.#theirPage = String(said.page ?? "");
    // Seat 0 makes its offer while the last proof is on its way; an answer is read only after it.
    if (talk.theirs && !this.#peer) await this.#connect(talk.theirs.print);
    if (talk.proven) await this.#proven(talk);
  }

  async #negotiated(said: Message): Promise<void> {
    if (this.#peer && this.#talk?.proven) await this.#peer.hear(said);
    else if (said.t === "description") this.#stop("order");
  }

  // Who it is

  async #proven(talk: Talk): Promise<void> {
    if (!talk.theirs) return;
    const { key } = talk.theirs;
    const number = await safetyNumber(talk.mine.key, key);
    this.#show({ number });
    const met = await this.#met;
    if (met && encode(met) === encode(key)) return this.#hold("known device");
    await this.#askWords(met ? "changed" : "words");
    this.#say({ t: "asks" });
  }

  async #askWords(stage: "words" | "changed"): Promise<void> {
    const transcript = this.#talk?.proven ? this.#talk.transcript : null;
    if (!transcript || this.#open || this.#shown.stage === "changed") return;
    this.#show({ stage, words: inWords(await code(transcript)) });
  }

  async #hold(how: How): Promise<void> {
    if (!this.#talk?.proven) return;
    if (this.#holds && how !== "verified by code") return;
    const again = this.#holds;
    this.#holds = true;
    this.#how = how;
    this.#show({ holds: true });
    this.media.prepare();
    if (again) this.#report(how, "");
    else this.#say({ t: "held" });
    await this.#openIfHeld();
  }

  /** INVARIANT: nothing of ours is attached before this side holds. */
  async #openIfHeld(): Promise<void> {
    if (!this.#open || !this.#how || this.#shown.stage === "open") return;
    this.#show({ stage: "open" });
    this.#report(this.#how, "");
    this.#letIn();
    this.#teller.tell("reached", null);
    await this.media.open();
  }

  /** INVARIANT: what comes from over there is neither seen nor heard before the call is open. */
  #letIn(): void {
    for (const one of this.#arrived.splice(0)) this.#teller.tell("track", one);
    this.#said.opened();
  }

  #report(how: How, why: Stop | ""): void {
    const outcome: Outcome = { how, why, number: this.#shown.number };
    this.#teller.tell("outcome", outcome);
    if (this.options.report) void post(this.options.report, { ...outcome });
  }

  // The connection

  async #connect(print: Talk["mine"]["print"]): Promise<void> {
    const [, { made }] = await this.#ready;
    this.#peer = new Peer(
      made,
      this.#ice,
      this.#seat,
      print,
      {
        say: message => this.#say(message),
        arrived: (place, track) => {
          this.#arrived.push({ place, track });
          if (this.#open) this.#letIn();
        },
        chat: text => this.#told(text),
        chatOpen: () => {
          this.media.tellState();
          this.#pulse.start();
          if (this.#open) this.#teller.tell("reached", null);
        },
        state: state => this.#connection(state),
        wrong: () => this.#stop("fingerprint"),
      },
      this.options.policy,
    );
  }

  #connection(state: RTCPeerConnectionState): void {
    if (state === "connected") this.#pulse.heard();
    else if (state === "disconnected" || state === "failed") {
      this.#search.in(state === "failed" ? 0 : LOOK_AWAY);
    }
  }

  /** Something came from the other side: the way there holds. */
  #alive(): void {
    this.#pulse.heard();
    if (this.#shown.stage !== "cut") return;
    this.#search.stop();
    this.#show({ stage: "open" });
  }

  /** Look for another way until there is one; what was proven stays proven. */
  #look(): void {
    this.#search.stop();
    const peer = this.#peer;
    if (!peer || this.#over || peer.state === "closed") return;
    if (peer.state === "connected" && !this.#pulse.silent) return;
    if (this.#shown.stage === "open") this.#show({ stage: "cut" });
    if (this.#line.open) peer.restart(this.#ice);
    else this.#line.again();
    this.#search.in(LOOK_AGAIN);
  }

  async #renew(): Promise<{ ticket: string } | null> {
    const renewed = await this.options.fresh().catch(() => null);
    if (renewed?.iceServers) this.#ice = renewed.iceServers;
    return renewed;
  }

  #told(text: string): void {
    this.#alive();
    const told = parsed(text);
    if (told) this.#said.hear(told, this.#open);
  }

  // Ends

  #stop(why: Stop): void {
    if (this.#over) return;
    if (why !== "other") this.#say({ t: "bye", stopped: true });
    this.#finish("stopped", why);
    this.#report("stopped", why);
  }

  #end(): void {
    if (!this.#over) this.#finish("ended", "");
  }

  #finish(stage: Stage, why: Stop | ""): void {
    this.#search.stop();
    this.#pulse.stop();
    this.media.close();
    this.#peer?.close();
    this.#line.end();
    this.#holds = this.#theyHold = false;
    this.#show({ stage, why, words: null });
  }

  #say(message: Message): void {
    this.#line.say(this.#other, message);
  }

  #tell(message: Message): boolean {
    return this.#peer?.tell(JSON.stringify(message)) ?? false;
  }

  #show(changed: Partial<Shown>): void {
    this.#shown = { ...this.#shown, holds: this.#holds, ...changed };
    this.#teller.tell("stage", this.#shown);
  }
}
