/** The line to the practice's server while a call is set up, and again when it was cut.
 *
 * It shows its ticket first, hears which seats are taken, and passes texts between seats. When it
 * ends it comes back by itself with a fresh ticket, after a quarter of a second, then twice as long
 * each time, up to eight seconds; when the seat was taken from elsewhere it stays away.
 */
import type { Message } from "./verify";

export interface Fresh {
  ticket: string;
}

export interface LineOptions {
  address: string;
  ticket: string;
  /** Asks the page's server for another ticket. Null: it will give none. */
  fresh: () => Promise<Fresh | null>;
}

export interface LineEvents {
  seated(seat: number, here: number[]): void;
  came(seat: number): void;
  went(seat: number): void;
  heard(from: number, said: Message): void;
  /** The line is gone; `coming` says whether it tries again, or the seat was taken elsewhere. */
  gone(coming: boolean): void;
}

const FIRST = 250;
const LONGEST = 8_000;
const REPLACED = 4001;
const BREATH = 25_000;

export class Line {
  #socket: WebSocket | null = null;
  #wait = FIRST;
  #ended = false;
  #pulse = 0;

  constructor(
    private readonly options: LineOptions,
    private readonly events: LineEvents,
  ) {
    this.#open(options.ticket);
  }

  /** Whether something said now would leave. */
  get open(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  say(to: number, say: Message): void {
    if (this.open) this.#socket?.send(JSON.stringify({ to, say }));
  }

  end(): void {
    this.#ended = true;
    window.clearInterval(this.#pulse);
    this.#socket?.close();
  }

  /** Come back at once: somebody is waiting, or the network has returned. */
  again(): void {
    if (!this.#ended && this.#socket === null) void this.#comeBack();
  }

  #open(ticket: string): void {
    const socket = new WebSocket(this.options.address);
    this.#socket = socket;
    socket.onopen = () => socket.send(ticket);
    socket.onmessage = event => this.#read(String(event.data));
    socket.onclose = event => this.#closed(socket, event);
    window.clearInterval(this.#pulse);
    // A proxy takes a quiet line for a dead one; and a dead one is noticed by speaking.
    this.#pulse = window.setInterval(() => this.open && socket.send('{"ping":1}'), BREATH);
  }

  #read(text: string): void {
    const told = parsed(text);
    if (!told) return;
    if (Array.isArray(told.here)) {
      this.#wait = FIRST;
      this.events.seated(Number(told.seat), told.here.map(Number));
    } else if (typeof told.came === "number") this.events.came(told.came);
    else if (typeof told.went === "number") this.events.went(told.went);
    else if (typeof told.from === "number" && isMessage(told.say)) {
      this.events.heard(told.from, told.say);
    }
  }

  #closed(socket: WebSocket, { code }: CloseEvent): void {
    if (this.#socket !== socket) return;
    this.#socket = null;
    window.clearInterval(this.#pulse);
    if (this.#ended) return;
    const coming = code !== REPLACED;
    this.#ended = !coming;
    this.events.gone(coming);
    if (coming) {
      window.setTimeout(() => this.again(), this.#wait);
      this.#wait = Math.min(this.#wait * 2, LONGEST);
    }
  }

  #asking = false;

  async #comeBack(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    let fresh: Fresh | null = null;
    try {
      fresh = await this.options.fresh();
    } finally {
      this.#asking = false;
    }
    if (this.#ended || this.#socket) return;
    if (fresh) this.#open(fresh.ticket);
    else window.setTimeout(() => this.again(), this.#wait);
  }
}

function isMessage(value: unknown): value is Message {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A JSON object, or null. */
export function parsed(text: string): Message | null {
  try {
    const told: unknown = JSON.parse(text);
    return isMessage(told) ? told : null;
  } catch {
    return null;
  }
}
