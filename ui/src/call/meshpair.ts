/* One pair of a group: this seat and one other. It proves itself by the same talk as a call of two
   (verify.ts), over the same line, and then has a connection of its own.

   Rules: nothing is attached to a pair before both of it hold that they know the other; what does not
   hold ends this pair, by name, and no other. */
import { encode } from "../base64url";
import type { Device } from "./devicekey";
import { Later } from "./later";
import { type certificate, Peer, type Place } from "./peer";
import { type Message, type Stop, Talk } from "./verify";

const TRIES = 12;
const LOOK_AGAIN = 1_000;

export type How = "known device" | "verified by code" | "not verified";

export interface PairOptions {
  room: string;
  me: number;
  other: number;
  device: Device;
  certificate: Awaited<ReturnType<typeof certificate>>;
  ice(): RTCIceServer[];
  policy?: RTCIceTransportPolicy;
  say(message: Message): void;
  proven(pair: Pair): void;
  /** The line between the two had been away. */
  back(pair: Pair): void;
  /** Both hold, or no longer. */
  open(pair: Pair, is: boolean): void;
  cut(pair: Pair): void;
  stopped(pair: Pair, why: Stop): void;
  arrived(pair: Pair, place: Place, track: MediaStreamTrack): void;
  told(pair: Pair, text: string): void;
}

export class Pair {
  readonly seat: number;
  how: How | "" = "";
  stop: Stop | "" = "";
  readonly #given: PairOptions;
  readonly #page = encode(crypto.getRandomValues(new Uint8Array(16)));
  #theirPage = "";
  #talk: Talk | null = null;
  #peer: Peer | null = null;
  #theyHold = false;
  #tries = 0;
  readonly #search = new Later(() => this.#look());

  constructor(given: PairOptions) {
    this.#given = given;
    this.seat = given.other;
  }

  /** The other's key once it is proven that they have it and this connection's certificate. */
  get key(): Uint8Array<ArrayBuffer> | null {
    return this.#talk?.proven ? (this.#talk.theirs?.key ?? null) : null;
  }

  get open(): boolean {
    return this.how !== "" && this.#theyHold && !this.stop;
  }

  /** The other seat is there, or there again. */
  async present(): Promise<void> {
    if (this.stop || !this.#first) return;
    if (this.#talk?.proven) this.#given.say({ t: "who", page: this.#page });
    else await this.#begin();
  }

  /** A message of the other seat, one at a time. */
  async hear(said: Message): Promise<void> {
    if (this.stop) return;
    switch (said.t) {
      case "who":
        this.#given.say(this.#talk?.proven ? { t: "still", page: this.#page } : { t: "new" });
        return this.#sayAgain(said);
      case "still":
        if (said.page !== this.#theirPage) return this.#begin();
        this.#look();
        return this.#sayAgain(said);
      case "new":
        return this.#first ? this.#begin() : undefined;
      case "description":
      case "candidate":
        return this.#negotiated(said);
      case "held":
        return this.#held();
      case "stop":
        return this.end("other");
      default:
        return this.#proving(said);
    }
  }

  /** This side holds that it knows the other. */
  hold(how: How): void {
    if (this.stop || !this.#talk?.proven) return;
    const before = this.open;
    this.how = how;
    this.#given.say({ t: "held" });
    if (this.open && !before) this.#given.open(this, true);
  }

  /** Attach a track, or take it away: of a pair that is open alone. */
  async give(place: Place, track: MediaStreamTrack | null): Promise<void> {
    if (this.open || track === null) await this.#peer?.give(place, track);
  }

  /** Say something to the other browser, past the server. False when it could not leave. */
  tell(text: string): boolean {
    return (this.open && this.#peer?.tell(text)) || false;
  }

  /** How this pair's line does. */
  async stats(): Promise<RTCStatsReport | null> {
    return (await this.#peer?.stats()) ?? null;
  }

  /** Ask the lower seat to begin: it may have spoken before it was listened to. */
  ask(): void {
    if (!this.#first && !this.stop) this.#given.say({ t: "new" });
  }

  end(why: Stop | "" = ""): void {
    // The other side is told, so that nobody waits for a pair that will not come about.
    if (why && why !== "other" && !this.stop) this.#given.say({ t: "stop" });
    this.stop ||= why || "other";
    this.#search.stop();
    this.#peer?.close();
    if (why) this.#given.stopped(this, why);
  }

  /** The lower seat speaks first, as seat 0 of a call of two does. */
  get #first(): boolean {
    return this.#given.me < this.seat;
  }

  #held(): void {
    const before = this.open;
    this.#theyHold = true;
    if (this.open && !before) this.#given.open(this, true);
  }

  async #begin(): Promise<void> {
    this.#reset();
    this.#tries += 1;
    if (this.#tries > TRIES) return this.end("order");
    const { room, me, device, certificate: mine } = this.#given;
    const between = [me, this.seat].sort((one, other) => one - other).join(" ");
    const nonce = crypto.getRandomValues(new Uint8Array(32));
    const card = { key: device.key, print: mine.print, nonce };
    const say = (message: Message) => this.#given.say({ ...message, page: this.#page });
    this.#talk = new Talk(`${room} ${between}`, this.#first ? 0 : 1, card, device, say);
    await this.#talk.begin();
  }

  #reset(): void {
    const before = this.open;
    this.#peer?.close();
    this.#peer = null;
    this.#talk = null;
    this.#theyHold = false;
    this.how = "";
    if (before) this.#given.open(this, false);
  }

  /** The line was away: what it may have lost is said again, to the page that was proven alone. */
  #sayAgain({ page }: Message): void {
    if (!this.#talk?.proven || page !== this.#theirPage) return;
    if (this.how) this.#given.say({ t: "held" });
    this.#given.back(this);
  }

  async #proving(said: Message): Promise<void> {
    if (said.t === "commit" && !this.#first) {
      if (this.#talk?.proven && said.page === this.#theirPage) return;
      await this.#begin();
    }
    const talk = this.#talk;
    if (!talk) return this.end("order");
    if (talk.proven) return;
    await talk.hear(said);
    if (talk.stopped) return this.end(talk.stopped);
    this.#theirPage = String(said.page ?? "");
    if (talk.proven && talk.theirs) this.#connect(talk.theirs.print);
  }

  #connect(print: Uint8Array<ArrayBuffer>): void {
    const { certificate: mine, policy } = this.#given;
    this.#peer = new Peer(
      mine.made,
      this.#given.ice(),
      this.#first ? 0 : 1,
      print,
      {
        say: message => this.#given.say(message),
        arrived: (place, track) => this.#given.arrived(this, place, track),
        chat: text => this.#given.told(this, text),
        chatOpen: () => this.#given.told(this, ""),
        state: state => this.#connection(state),
        wrong: () => this.end("fingerprint"),
      },
      policy,
    );
    this.#given.proven(this);
  }

  async #negotiated(said: Message): Promise<void> {
    if (this.#peer) await this.#peer.hear(said);
    else if (said.t === "description") this.end("order");
  }

  #connection(state: RTCPeerConnectionState): void {
    if (state !== "disconnected" && state !== "failed") return;
    this.#given.cut(this);
    this.#search.in(LOOK_AGAIN);
  }

  /** Look for another way; what was proven stays proven. */
  #look(): void {
    const peer = this.#peer;
    if (!peer || this.stop || peer.state === "connected" || peer.state === "closed") return;
    peer.restart(this.#given.ice());
    this.#search.in(LOOK_AGAIN * 3);
  }
}
