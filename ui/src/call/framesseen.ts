/* Which counters of one key were seen: a frame counts once. Frames may come late by up to 128. */

export const WINDOW = 128;

export interface Seen {
  newest: number;
  /** Bit n: `newest - n` was seen. */
  bits: bigint;
}

export const NOTHING_SEEN: Seen = { newest: -1, bits: 0n };
const MASK = (1n << BigInt(WINDOW)) - 1n;

/** What is seen with `counter` in it; null when it was seen before, or is too old to tell. */
export function see(seen: Seen, counter: number): Seen | null {
  const ahead = counter - seen.newest;
  if (ahead > 0) {
    const kept = ahead < WINDOW ? (seen.bits << BigInt(ahead)) & MASK : 0n;
    return { newest: counter, bits: kept | 1n };
  }
  const bit = 1n << BigInt(-ahead);
  if (-ahead >= WINDOW || seen.bits & bit) return null;
  return { newest: seen.newest, bits: seen.bits | bit };
}
