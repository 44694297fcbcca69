/** Nobody has touched this page for a while. The wall clock counts, so that a laptop that slept
 * wakes up locked. */

/** Seconds of warning before the lock. */
export const WARNING = 60;

export type Wakefulness = { state: "awake" } | { state: "warn"; left: number } | { state: "lock" };

/** `after` seconds without a touch; both moments in milliseconds. */
export function wakefulness(touchedAt: number, now: number, after: number): Wakefulness {
  const left = Math.ceil(after - (now - touchedAt) / 1_000);
  if (left <= 0) return { state: "lock" };
  return left <= Math.min(WARNING, after / 2) ? { state: "warn", left } : { state: "awake" };
}

/** Told at 60, 30 and 10 seconds: more would be noise to those who listen. */
export function warning(left: number): string {
  const told = left > 30 ? 60 : left > 10 ? 30 : 10;
  return `This page locks in less than ${told} seconds. Touch the page or a key to keep it open; your words are kept either way.`;
}
