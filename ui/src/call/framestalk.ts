/* What the page and the worker of frames say to each other. */

/** A stream through the worker: out of this browser, or in from somebody's seat. */
export interface Stream {
  way: "send" | "receive";
  seat: number;
  track: number;
  /** How often this seat published this before: each time is counted by itself. */
  again?: number;
}

/** What the page says. `secret`: 32 bytes, one seat's of one epoch. */
export type Asked =
  | { say: "send"; seat: number; epoch: number; secret: Uint8Array<ArrayBuffer> }
  | { say: "receive"; seat: number; epoch: number; secret: Uint8Array<ArrayBuffer> }
  | { say: "forget"; seat: number; before: number }
  | { say: "count"; number: number };

/** Frames of one stream: let through; held back for want of a key, as altered or another's, as seen
   before, as of a codec that does not travel sealed. `spent`: milliseconds on those let through. */
export interface Counts {
  passed: number;
  keyless: number;
  wrong: number;
  again: number;
  refused: number;
  spent: number;
}

export const NONE_COUNTED: Counts = {
  passed: 0,
  keyless: 0,
  wrong: 0,
  again: 0,
  refused: 0,
  spent: 0,
};

/** What the worker says: the counts, by stream. */
export interface Told {
  number: number;
  counts: Record<string, Counts>;
}

/** How a stream is called among the counts. */
export function named({ way, seat, track, again }: Stream): string {
  return again ? `${way} ${seat} ${track} ${again}` : `${way} ${seat} ${track}`;
}
