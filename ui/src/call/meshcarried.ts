/* The part of a group's call that a server carries: a sealed room, entered once the first pair is open,
   and each pair's own channel for the secrets (sfuroom.ts). */
import type { Pair } from "./meshpair";
import type { Place } from "./peer";
import type { SfuTicket } from "./sfu";
import { joinJanus } from "./sfujanus";
import { type Channel, SealedRoom } from "./sfuroom";

/** Where the server is, and the address of the script of frames. `fresh` asks the page's server for
   another ticket, which sees to it that the room is there; without it the first is used again. */
export interface CarriedBy {
  ticket: SfuTicket;
  worker: string;
  fresh?: () => Promise<SfuTicket | null>;
}

const FIRST = 500;
const LONGEST = 8_000;

interface Hooks {
  ice(): RTCIceServer[];
  stream(): Promise<MediaStream | null>;
  track(seat: number, place: Place, track: MediaStreamTrack): void;
  /** A sentence. */
  trouble(told: string): void;
}

export class Carried {
  readonly #by: CarriedBy;
  readonly #me: number;
  readonly #hooks: Hooks;
  readonly #pairs = new Map<number, Pair>();
  readonly #channels = new Map<number, Channel>();
  #room: Promise<SealedRoom | null> | null = null;
  #muted = new Set<string>();
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

  async mute(kind: string, off: boolean): Promise<void> {
    if (off) this.#muted.add(kind);
    else this.#muted.delete(kind);
    (await this.#room)?.mute("person", kind, off);
  }

  leave(): void {
    this.#over = true;
    void this.#room?.then(room => room?.leave());
  }

  /** Enter, however often it takes; null when this seat left meanwhile. */
  async #enter(ticket: SfuTicket | null): Promise<SealedRoom | null> {
    for (let wait = FIRST; !this.#over; wait = Math.min(wait * 2, LONGEST)) {
      try {
        return await this.#entered(ticket ?? this.#by.ticket);
      } catch (error) {
        if (wait === FIRST) this.#hooks.trouble(sentence(error));
      }
      await new Promise(resolve => self.setTimeout(resolve, wait));
      ticket = await this.#another();
    }
    return null;
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
        gone: () => undefined,
        live: () => undefined,
        lost: why => {
          worker.terminate();
          void this.#lost(why);
        },
        stopped: why => this.#hooks.trouble(why),
      },
    });
    for (const what of this.#muted) room.mute("person", what, true);
    void this.#publish(room);
    return room;
  }

  /** The server is gone: another room, new secrets, the same pairs. */
  async #lost(why: string): Promise<void> {
    this.#hooks.trouble(why);
    this.#room = this.#another().then(ticket => this.#enter(ticket));
    const room = await this.#room;
    for (const channel of this.#channels.values()) room?.met(channel);
  }

  async #another(): Promise<SfuTicket | null> {
    return (await this.#by.fresh?.().catch(() => null)) ?? null;
  }

  async #publish(room: SealedRoom): Promise<void> {
    const stream = await this.#hooks.stream();
    try {
      if (stream) await room.publish("person", stream.getTracks());
    } catch (error) {
      room.stop(sentence(error));
    }
  }
}

function placeOf(what: string, kind: string): Place {
  if (what === "screen") return "screen";
  return kind === "audio" ? "sound" : "camera";
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : "The server that carries the call refused.";
}
