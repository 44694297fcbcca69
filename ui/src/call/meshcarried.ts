/* The part of a group's call that a server carries: a sealed room, entered once the first pair is open,
   and each pair's own channel for the secrets (sfuroom.ts).

   Rules: what is sent there is a copy of each track, which the room's gate alone enables: whatever the
   page does with its own devices, nothing real leaves before frames are proven to be sealed. Where the
   server does not answer, or goes in mid-call, it is asked for again until it is there. */
import { CARRIED } from "./mesh";
import type { Pair } from "./meshpair";
import type { Place } from "./peer";
import type { Passed } from "./quality";
import type { SfuTicket } from "./sfu";
import { joinJanus } from "./sfujanus";
import { type Channel, SealedRoom } from "./sfuroom";

/** Where the server is, and the address of the script of frames. `ticket`: none while the server does
   not answer the practice. `fresh` asks the page's server for another, which sees to it that the room
   is there; without it the first is used again. */
export interface CarriedBy {
  ticket: SfuTicket | null;
  worker: string;
  fresh?: () => Promise<SfuTicket | null>;
}

const FIRST = 500;
const LONGEST = 8_000;

interface Hooks {
  ice(): RTCIceServer[];
  stream(): Promise<MediaStream | null>;
  track(seat: number, place: Place, track: MediaStreamTrack): void;
  /** What is wrong, and a sentence: it is away, or nothing may be sent from this browser. */
  trouble(name: "carried" | "unsealed", told: string): void;
  /** It is there again. */
  mended(): void;
}

export class Carried {
  readonly #by: CarriedBy;
  readonly #me: number;
  readonly #hooks: Hooks;
  readonly #pairs = new Map<number, Pair>();
  readonly #channels = new Map<number, Channel>();
  readonly #given = new Map<Place, MediaStreamTrack | null>();
  #room: Promise<SealedRoom | null> | null = null;
  #inside: SealedRoom | null = null;
  #screen: MediaStreamTrack | null = null;
  #sharing: Promise<void> = Promise.resolve();
  #told = false;
  #over = false;

  constructor(by: CarriedBy, me: number, hooks: Hooks) {
    this.#by = by;
    this.#me = me;
    this.#hooks = hooks;
  }

  /** A pair is open. */
  opened(pair: Pair): void {
    this.#pairs.set(pair.seat, pair);
    this.reached(pair.seat);
  }

  /** A pair's channel is there, perhaps before it is open: secrets pass once it is both. */
  reached(seat: number): void {
    const pair = this.#pairs.get(seat);
    if (!pair || this.#channels.has(seat) || !pair.tell(JSON.stringify({ k: "here" }))) return;
    const send = (text: string) => void pair.tell(JSON.stringify({ k: "key", text }));
    const channel: Channel = { seat, send, onmessage: null };
    this.#channels.set(seat, channel);
    this.#room ??= this.#enter(this.#by.ticket);
    void this.#room.then(room => room?.met(channel));
  }

  heard(seat: number, text: string): void {
    this.#channels.get(seat)?.onmessage?.(text);
  }

  parted(seat: number): void {
    this.#pairs.delete(seat);
    if (this.#channels.delete(seat)) void this.#room?.then(room => room?.parted(seat));
  }

  /** What this side gives from now on; what is given while there is no room is given to the next. */
  give(place: Place, track: MediaStreamTrack | null): void {
    this.#given.set(place, track);
    const room = this.#inside;
    if (!room) return;
    if (place === "screen") this.#share(room);
    else room.mute("person", place === "sound" ? "audio" : "video", track === null);
  }

  /** Have the others' pictures sent here, or their sound alone. */
  pictures(on: boolean): void {
    void this.#inside?.pictures(on).catch(() => undefined); // it is gone, and another is on its way
  }

  /** How the line to the server does; null while there is none. */
  async stats(): Promise<RTCStatsReport | null> {
    return (await this.#inside?.stats()) ?? null;
  }

  async arrived(): Promise<Passed | null> {
    return (await this.#inside?.arrived()) ?? null;
  }

  leave(): void {
    this.#over = true;
    void this.#room?.then(room => room?.leave());
  }

  /** Enter, however often it takes; null when this seat left meanwhile. */
  async #enter(ticket: SfuTicket | null): Promise<SealedRoom | null> {
    for (let wait = FIRST; !this.#over; wait = Math.min(wait * 2, LONGEST)) {
      try {
        if (ticket) return await this.#entered(ticket);
        this.#trouble(AWAY);
      } catch (error) {
        this.#trouble(sentence(error));
      }
      await new Promise(resolve => self.setTimeout(resolve, wait));
      ticket = await this.#another();
    }
    return null;
  }

  /** Told once each time that it goes away. */
  #trouble(told: string): void {
    if (!this.#told) this.#hooks.trouble("carried", told);
    this.#told = true;
  }

  async #entered(ticket: SfuTicket): Promise<SealedRoom> {
    const sfu = await joinJanus(ticket);
    const worker = new Worker(this.#by.worker);
    const room = new SealedRoom({
      sfu,
      me: this.#me,
      ice: { iceServers: this.#hooks.ice() },
      worker,
      events: {
        track: (seat, what, track) => this.#hooks.track(seat, placeOf(what, track.kind), track),
        live: () => undefined,
        lost: why => {
          worker.terminate();
          void this.#lost(why);
        },
        stopped: why => this.#hooks.trouble("unsealed", why),
      },
    });
    if (this.#told) this.#hooks.mended();
    this.#told = false;
    this.#inside = room;
    this.#screen = null;
    void this.#publish(room);
    this.#share(room);
    return room;
  }

  /** The server is gone: another room, new secrets, the same pairs. */
  async #lost(why: string): Promise<void> {
    this.#inside = null;
    this.#trouble(why);
    this.#room = this.#another().then(ticket => this.#enter(ticket));
    const room = await this.#room;
    for (const channel of this.#channels.values()) room?.met(channel);
  }

  /** Without a page's server to ask, the first ticket is used again. */
  async #another(): Promise<SfuTicket | null> {
    if (!this.#by.fresh) return this.#by.ticket;
    return this.#by.fresh().catch(() => null);
  }

  async #publish(room: SealedRoom): Promise<void> {
    const stream = await this.#hooks.stream();
    for (const [place, kind] of KINDS) {
      if (this.#given.get(place) === null) room.mute("person", kind, true);
    }
    try {
      if (stream) await room.publish("person", await Promise.all(stream.getTracks().map(copied)));
    } catch (error) {
      room.stop(sentence(error));
    }
  }

  /** One change of the screen after the other. */
  #share(room: SealedRoom): void {
    this.#sharing = this.#sharing
      .then(() => this.#shared(room))
      .catch(error => this.#hooks.trouble("carried", sentence(error)));
  }

  async #shared(room: SealedRoom): Promise<void> {
    const screen = this.#given.get("screen") ?? null;
    if (room !== this.#inside || screen === this.#screen) return;
    if (this.#screen) await room.unpublish("screen");
    this.#screen = screen;
    if (screen) await room.publish("screen", [screen.clone()]);
  }
}

const KINDS = [
  ["sound", "audio"],
  ["camera", "video"],
] as const;

const AWAY = "The server that carries this visit does not answer. This page keeps trying.";

/** A copy for the server; a picture as large as it is for so many. */
async function copied(track: MediaStreamTrack): Promise<MediaStreamTrack> {
  const copy = track.clone();
  if (copy.kind !== "video") return copy;
  const { width, height, frameRate } = CARRIED;
  const size = { width: { max: width }, height: { max: height }, frameRate: { max: frameRate } };
  await copy.applyConstraints(size).catch(() => undefined); // a camera that knows no smaller size
  return copy;
}

function placeOf(what: string, kind: string): Place {
  if (what === "screen") return "screen";
  return kind === "audio" ? "sound" : "camera";
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : "The server that carries the call refused.";
}
