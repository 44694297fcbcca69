/** Handing the whiteboard over to whoever comes later, from browser to browser, by pairs that are open.
 *
 * Whoever meets somebody says what it has. Who lacks some of it asks one seat, and another where that one
 * says nothing for a while or is gone. A seat that asks is given all, and again only after PAUSE: asking
 * without end costs nobody's line.
 */
import { ASK, type Have, type Said, type Strokes } from "./strokes";

export const PAUSE = 3_000;

export class Handover {
  /** Who is asked, and since when something last came from there. */
  #asked: { seat: number; since: number } | null = null;
  /** Others who have what is lacking. */
  readonly #spare = new Map<number, Have>();
  readonly #given = new Map<number, number>();

  /** `say`: a line of talk to one seat; false where it could not leave. */
  constructor(
    private readonly strokes: Strokes,
    private readonly say: (seat: number, said: string) => boolean,
  ) {}

  /** A pair is open: tell what is here. */
  met(seat: number): void {
    this.say(seat, this.strokes.told());
  }

  /** What a seat told, before it is taken in. `now`: milliseconds. */
  heard(seat: number, said: Said, now: number): void {
    if (said.is === "have") {
      if (this.strokes.lacks(said)) this.#want(seat, said, now);
      if (this.strokes.leads(said)) this.met(seat);
    } else if (said.is === "ask") this.#give(seat, now);
    else if (this.#asked?.seat === seat) {
      if (said.is === "end") this.#next(now);
      else this.#asked.since = now;
    }
  }

  /** Some time went by: who was asked and says nothing is not waited for. */
  passed(now: number): void {
    if (this.#asked && now - this.#asked.since >= PAUSE) this.#next(now);
  }

  /** Whether somebody was asked and has not given all yet. */
  get waits(): boolean {
    return this.#asked !== null;
  }

  #want(seat: number, have: Have, now: number): void {
    if (this.#asked) {
      if (this.#asked.seat !== seat) this.#spare.set(seat, have);
    } else if (this.say(seat, ASK)) this.#asked = { seat, since: now };
  }

  /** Another of those who have more than is here by now. */
  #next(now: number): void {
    this.#asked = null;
    for (const [seat, have] of this.#spare) {
      this.#spare.delete(seat);
      if (this.strokes.behind(have)) this.#want(seat, have, now);
      if (this.#asked) return;
    }
  }

  #give(seat: number, now: number): void {
    const before = this.#given.get(seat);
    if (before !== undefined && now - before < PAUSE) return;
    this.#given.set(seat, now);
    for (const line of this.strokes.whole()) if (!this.say(seat, line)) return;
  }
}
