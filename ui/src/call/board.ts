/** A whiteboard for all in a visit: strokes go from browser to browser as lines of talk, and lie
 * nowhere. Whoever comes later sees what is drawn from then on.
 *
 * A stroke is a line that begins with MARK and holds numbers of 0 to 999 on a field of 1000 by 625:
 * `x,y x,y …`. `wipe` clears all. What is no stroke is no business of the board (`hear` is false).
 */
export const MARK = "\u0001board ";
const WIDE = 1000;
const HIGH = 625;
const MOST = 180; // points in one line of talk

export type Point = readonly [number, number];

/** A stroke as a line of talk. */
export function written(points: readonly Point[]): string {
  return MARK + points.map(([x, y]) => `${x},${y}`).join(" ");
}

/** The points of a line of talk; null when it is none of the board's, empty when it wipes. */
export function stroke(said: string): Point[] | null {
  if (!said.startsWith(MARK.trimEnd())) return null;
  const points: Point[] = [];
  for (const pair of said.slice(MARK.length).split(" ").slice(0, MOST)) {
    const found = /^(\d{1,3}),(\d{1,3})$/.exec(pair);
    if (found) points.push([Number(found[1]), Math.min(Number(found[2]), HIGH)]);
  }
  return points;
}

export class Board {
  readonly #pen: CanvasRenderingContext2D | null;
  #line: Point[] = [];

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly say: (said: string) => boolean,
  ) {
    canvas.width = WIDE;
    canvas.height = HIGH;
    this.#pen = canvas.getContext("2d");
    canvas.addEventListener("pointerdown", event => this.#down(event));
    canvas.addEventListener("pointermove", event => this.#move(event));
    canvas.addEventListener("pointerup", () => this.#up());
    canvas.addEventListener("pointercancel", () => this.#up());
  }

  /** Draw what the other side drew. False when it was no stroke. */
  hear(said: string, mine: boolean): boolean {
    const points = stroke(said);
    if (!points) return false;
    if (!mine) {
      if (points.length) this.#draw(points);
      else this.#clear();
    }
    return true;
  }

  wipe(): void {
    if (this.say(`${MARK}-`)) this.#clear();
  }

  #clear(): void {
    this.#pen?.clearRect(0, 0, WIDE, HIGH);
  }

  #at(event: PointerEvent): Point {
    const box = this.canvas.getBoundingClientRect();
    const scaled = (part: number, most: number) =>
      Math.max(0, Math.min(most - 1, Math.round(part * most)));
    return [
      scaled((event.clientX - box.left) / box.width, WIDE),
      scaled((event.clientY - box.top) / box.height, HIGH),
    ];
  }

  #down(event: PointerEvent): void {
    this.canvas.setPointerCapture(event.pointerId);
    this.#line = [this.#at(event)];
  }

  #move(event: PointerEvent): void {
    if (!this.#line.length) return;
    this.#line.push(this.#at(event));
    this.#draw(this.#line.slice(-2));
    if (this.#line.length >= MOST) this.#send();
  }

  #send(): void {
    this.say(written(this.#line));
    this.#line = this.#line.slice(-1);
  }

  #up(): void {
    if (this.#line.length > 1) this.#send();
    this.#line = [];
  }

  #draw(points: readonly Point[]): void {
    const pen = this.#pen;
    const [first, ...rest] = points;
    if (!pen || !first) return;
    pen.strokeStyle = getComputedStyle(this.canvas).color;
    pen.lineWidth = 3;
    pen.lineCap = pen.lineJoin = "round";
    pen.beginPath();
    pen.moveTo(first[0], first[1]);
    for (const [x, y] of rest) pen.lineTo(x, y);
    pen.stroke();
  }
}
