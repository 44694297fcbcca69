/** What stands on a whiteboard that has no place of its own: each page in the visit has a copy, and
 * pages that heard the same, in whatever order, show the same.
 *
 * Strokes and wipes go from browser to browser as lines of talk that begin with MARK. A stroke bears how
 * often the board was wiped before it: one of before the last wipe is nothing any more, and one of after
 * a wipe that this page has not heard of wipes it as well. The same stroke twice is one.
 *
 *     3 10,20 11,22      a stroke, after three wipes, on a field of WIDE by HIGH
 *     4 -                wiped, for the fourth time
 *     3 =240 1f0c        what somebody has: how many points after three wipes, and a sum of them
 *     ?                  give me what you have
 *     .                  that was all of it
 *
 * Whoever comes later is told by each what it has, and asks one for it. What is malformed is refused as a
 * whole, and so is what would be more than MOST_POINTS: a page has to hold it, and a line to carry it.
 */
export const MARK = "\u0001board ";
export const WIDE = 1000;
export const HIGH = 625;
/** Points of one line of talk. */
export const LONGEST = 180;
/** Points on one board. At eight letters a point it is handed over in a second on a slow line. */
export const MOST_POINTS = 20_000;
const MOST_WIPES = 1_000_000_000;

export type Point = readonly [number, number];
export interface Have {
  is: "have";
  wipes: number;
  points: number;
  sum: number;
}
export type Said =
  | { is: "stroke"; wipes: number; points: readonly Point[] }
  | { is: "wipe"; wipes: number }
  | Have
  | { is: "ask" }
  | { is: "end" };

export const ofBoard = (said: string): boolean => said.startsWith(MARK.trimEnd());

/** What a line of talk says of the board; null where it cannot be read. */
export function read(said: string): Said | null {
  if (!said.startsWith(MARK)) return null;
  const text = said.slice(MARK.length);
  if (text === "?") return { is: "ask" };
  if (text === ".") return { is: "end" };
  const [, count = "", rest = ""] = /^(\d{1,10}) (.+)$/.exec(text) ?? [];
  const wipes = Number(count);
  if (!count || wipes > MOST_WIPES) return null;
  if (rest === "-") return { is: "wipe", wipes };
  const [, points, sum] = /^=(\d{1,5}) ([0-9a-f]{1,8})$/.exec(rest) ?? [];
  if (points && sum) {
    return { is: "have", wipes, points: Number(points), sum: Number.parseInt(sum, 16) };
  }
  const found = pointsOf(rest);
  return found && { is: "stroke", wipes, points: found };
}

function pointsOf(text: string): Point[] | null {
  const pairs = text.split(" ");
  if (pairs.length > LONGEST) return null;
  const points: Point[] = [];
  for (const pair of pairs) {
    const [, x = "", y = ""] = /^(\d{1,3}),(\d{1,3})$/.exec(pair) ?? [];
    if (!x || Number(y) >= HIGH) return null;
    points.push([Number(x), Number(y)]);
  }
  return points;
}

const drawn = (points: readonly Point[]): string => points.map(([x, y]) => `${x},${y}`).join(" ");

export const ASK = `${MARK}?`;
export const END = `${MARK}.`;

/** What taking something in changed on the page. */
export interface Changed {
  wiped: boolean;
  stroke: readonly Point[] | null;
  /** It was refused: the board is full. */
  full: boolean;
}

export class Strokes {
  #wipes = 0;
  #points = 0;
  #sum = 0;
  readonly #all = new Map<string, readonly Point[]>();

  get all(): readonly (readonly Point[])[] {
    return [...this.#all.values()];
  }

  get have(): Have {
    return { is: "have", wipes: this.#wipes, points: this.#points, sum: this.#sum };
  }

  /** A stroke of one's own, as the line of talk that tells it; null where the board is full. */
  draw(points: readonly Point[]): string | null {
    if (this.take({ is: "stroke", wipes: this.#wipes, points }).full) return null;
    return `${MARK}${this.#wipes} ${drawn(points)}`;
  }

  /** Wipe it; the line of talk that tells it. */
  wipe(): string {
    this.#empty(Math.min(this.#wipes + 1, MOST_WIPES));
    return `${MARK}${this.#wipes} -`;
  }

  /** What was told of a stroke or a wipe. */
  take(said: Said): Changed {
    const changed = { wiped: false, stroke: null, full: false };
    if (said.is !== "stroke" && said.is !== "wipe") return changed;
    if (said.wipes < this.#wipes) return changed;
    const wiped = said.wipes > this.#wipes;
    if (wiped) this.#empty(said.wipes);
    if (said.is === "wipe") return { ...changed, wiped };
    const name = drawn(said.points);
    if (this.#all.has(name)) return { ...changed, wiped };
    if (this.#points + said.points.length > MOST_POINTS) return { ...changed, wiped, full: true };
    this.#all.set(name, said.points);
    this.#points += said.points.length;
    this.#sum = (this.#sum + summed(name)) >>> 0;
    return { wiped, stroke: said.points, full: false };
  }

  /** What this page has, as a line of talk. */
  told(): string {
    return `${MARK}${this.#wipes} =${this.#points} ${this.#sum.toString(16)}`;
  }

  /** All of it, as lines of talk, with an end. */
  whole(): string[] {
    const strokes = [...this.#all.keys()].map(one => `${MARK}${this.#wipes} ${one}`);
    return [`${MARK}${this.#wipes} -`, ...strokes, END];
  }

  /** Whether somebody who has this has what is not here. */
  lacks(theirs: Have): boolean {
    const mine = this.have;
    if (theirs.wipes !== mine.wipes) return theirs.wipes > mine.wipes;
    return theirs.points > 0 && theirs.sum !== mine.sum;
  }

  /** Whether somebody who has this surely has more than is here. */
  behind(theirs: Have): boolean {
    const mine = this.have;
    if (theirs.wipes !== mine.wipes) return theirs.wipes > mine.wipes;
    return theirs.points > mine.points;
  }

  /** Whether somebody who has this has less than is here. */
  leads(theirs: Have): boolean {
    const mine = this.have;
    if (theirs.wipes !== mine.wipes) return theirs.wipes < mine.wipes;
    return theirs.points < mine.points;
  }

  #empty(wipes: number): void {
    this.#wipes = wipes;
    this.#points = this.#sum = 0;
    this.#all.clear();
  }
}

/** FNV-1a: enough to tell that two boards differ, which nobody is to be deceived about. */
function summed(text: string): number {
  let sum = 0x811c9dc5;
  for (let nth = 0; nth < text.length; nth++) {
    sum = Math.imul(sum ^ text.charCodeAt(nth), 0x01000193) >>> 0;
  }
  return sum;
}
