/** When words are kept: soon after the hands rest, and now and then while they do not. */

/** Milliseconds of rest before a save, and the longest that typing may put it off: with the way to
 * the server, a lid closed in mid-sentence loses three seconds at most. */
export const REST = 1_000;
export const LONGEST = 2_500;

/** The moment for the next save, from the first and the last change not yet kept. */
export function dueAt(firstChange: number, lastChange: number): number {
  return Math.min(lastChange + REST, firstChange + LONGEST);
}

/** How long to wait before trying again after `failures` in a row: 2 s, 4 s … at most a minute. */
export function retryAfter(failures: number): number {
  return Math.min(60_000, 1_000 * 2 ** Math.min(failures, 6));
}
