/* One code for a whole group: everybody sees the same four words exactly when everybody sees the same
   keys. Spoken once by one, and said yes to by all; instead of a code for each of 45 pairs.

   Every seat commits to its key and a fresh nonce before any seat reveals its own: whoever stands
   between two of them must choose what it says to each before it knows what the other will say
   (docs/decisions/0036 says why that is enough). Rules:
   - a seat sends its own commitment at once, and reveals only when it holds that of every seat; the
     group is then closed;
   - a revelation that is not what was committed to, a second one that differs, and a commitment from
     a seat that already gave another end it: `broken`, and no code is shown. */

export const NONCE = 32;
export const CODE_BITS = 44;

/** What a seat commits to: its device's public key, as it is signed with in each pair. */
export interface Reveal {
  seat: number;
  key: Uint8Array<ArrayBuffer>;
  nonce: Uint8Array<ArrayBuffer>;
}

export interface GroupCode {
  readonly room: string;
  /** Everybody who is in it, by rising number. */
  readonly seats: readonly number[];
  readonly mine: Reveal;
  readonly committed: ReadonlyMap<number, string>;
  readonly revealed: ReadonlyMap<number, Reveal>;
  readonly broken: boolean;
}

const COMMIT = "stillroom group commitment v1";
const CODE = "stillroom group code v1";

/** The beginning: my own commitment is held. */
export async function beginCode(
  room: string,
  seats: readonly number[],
  mine: Reveal,
): Promise<GroupCode> {
  const committed = new Map([[mine.seat, await commitment(room, seats, mine)]]);
  const revealed = new Map([[mine.seat, mine]]);
  return { room, seats, mine, committed, revealed, broken: false };
}

/** SHA-256 over the room, who is in it, seat, key and nonce, in hexadecimal. */
export async function commitment(
  room: string,
  seats: readonly number[],
  one: Reveal,
): Promise<string> {
  return hex(await digest(COMMIT, room, seats, [one]));
}

/** A seat's commitment was heard. */
export function heardCommitment(state: GroupCode, seat: number, value: string): GroupCode {
  const known = state.committed.get(seat);
  if (known === value) return state;
  if (known !== undefined || !state.seats.includes(seat) || !/^[0-9a-f]{64}$/.test(value)) {
    return { ...state, broken: true };
  }
  return { ...state, committed: new Map([...state.committed, [seat, value]]) };
}

/** Whether I may reveal: I hold a commitment of every seat. */
export function mayReveal(state: GroupCode): boolean {
  return !state.broken && state.committed.size === state.seats.length;
}

/** A seat revealed. It may be ahead of me: its commitment is held, so nothing it says can be chosen.
 * One whose commitment the line lost is not taken: both are told again when the line is back. */
export async function heardReveal(state: GroupCode, one: Reveal): Promise<GroupCode> {
  const known = state.committed.get(one.seat);
  if (known === undefined) return state;
  const right = known === (await commitment(state.room, state.seats, one));
  if (state.broken || !right || one.nonce.length !== NONCE) return { ...state, broken: true };
  return { ...state, revealed: new Map([...state.revealed, [one.seat, one]]) };
}

/** Four numbers below 2048, a word each (44 bits), or null: not all have revealed, or it is broken. */
export async function code(state: GroupCode): Promise<number[] | null> {
  if (state.broken || state.revealed.size !== state.seats.length) return null;
  const all = [...state.revealed.values()].sort((one, other) => one.seat - other.seat);
  const bytes = await digest(CODE, state.room, state.seats, all);
  const bits = bytes.slice(0, 6).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n) >> 4n;
  return [33n, 22n, 11n, 0n].map(shift => Number((bits >> shift) & 2047n));
}

/** Every part is preceded by its length, so that no two lists read alike. */
async function digest(
  what: string,
  room: string,
  seats: readonly number[],
  all: Reveal[],
): Promise<number[]> {
  const words = new TextEncoder();
  const parts = [words.encode(what), words.encode(room), Uint8Array.from(seats)];
  for (const { seat, key, nonce } of all) parts.push(Uint8Array.of(seat), key, nonce);
  const whole = parts.flatMap(part => [part.length >> 8, part.length & 255, ...part]);
  return [...new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(whole)))];
}

function hex(bytes: number[]): string {
  return bytes.map(byte => byte.toString(16).padStart(2, "0")).join("");
}
