/** A whiteboard for all in a visit, as a page shows it: what is drawn goes from browser to browser and
 * lies nowhere; whoever comes later is handed what stands there (strokes.ts, handover.ts).
 */
import { Handover, PAUSE } from "./handover";
import { HIGH, LONGEST, ofBoard, type Point, read, Strokes, WIDE } from "./strokes";

/** Two points of one stroke are at least so far apart: nearer ones show nothing and fill the board. */
const NEAR = 2;

export interface BoardHooks {
  /** The canvas to draw on, shown from now on; null where the page has none. */
  opened(): HTMLCanvasElement | null;
  /** Say a line of talk to all. */
  say(said: string): void;
  /** Say it to one seat; false where it could not leave. */
  to(seat: number, said: string): boolean;
  /** Whether the board takes no more. */
  full(is: boolean): void;
}

export class Board {
  readonly strokes = new Strokes();
  readonly #handover: Handover;
  #canvas: HTMLCanvasElement | null = null;
  #pen: CanvasRenderingContext2D | null = null;
  #line: Point[] = [];
  #waiting = 0;

  constructor(private readonly hooks: BoardHooks) {
    this.#handover = new Handover(this.strokes, hooks.to);
  }

  /** A pair is open: each tells what it has. */
  met(seat: number): void {
    this.#handover.met(seat);
  }

  /** What a seat said. False when it is no business of the board; what cannot be read is dropped. */
  hear(seat: number, text: string): boolean {
    if (!ofBoard(text)) return false;
    const said = read(text);
    if (!said) return true;
    this.#handover.heard(seat, said, performance.now());
    const { wiped, stroke, full } = this.strokes.take(said);
    if (wiped) this.#clear();
    if (stroke && this.#canvas) this.#draw(stroke);
    if (stroke) this.open(); // which draws all that is there, the first time
    if (full) this.hooks.full(true);
    this.#wait();
    return true;
  }

  open(): void {
    if (this.#canvas) {
      this.hooks.opened();
      return;
    }
    const canvas = this.hooks.opened();
    if (!canvas) return;
    this.#canvas = canvas;
    this.#pen = picture(canvas, this.strokes.all);
    canvas.addEventListener("pointerdown", event => this.#down(event));
    canvas.addEventListener("pointermove", event => this.#move(event));
    canvas.addEventListener("pointerup", () => this.#up());
    canvas.addEventListener("pointercancel", () => this.#up());
  }

  wipe(): void {
    this.hooks.say(this.strokes.wipe());
    this.#clear();
  }

  /** Whoever was asked for the board and does not give it is not waited for. */
  #wait(): void {
    if (this.#waiting || !this.#handover.waits) return;
    this.#waiting = window.setTimeout(() => {
      this.#waiting = 0;
      this.#handover.passed(performance.now());
      this.#wait();
    }, PAUSE);
  }

  #clear(): void {
    this.#pen?.clearRect(0, 0, WIDE, HIGH);
    this.hooks.full(false);
  }

  #at(event: PointerEvent, canvas: HTMLCanvasElement): Point {
    const box = canvas.getBoundingClientRect();
    const scaled = (part: number, most: number) =>
      Math.max(0, Math.min(most - 1, Math.round(part * most)));
    return [
      scaled((event.clientX - box.left) / box.width, WIDE),
      scaled((event.clientY - box.top) / box.height, HIGH),
    ];
  }

  #down(event: PointerEvent): void {
    if (!this.#canvas) return;
    this.#canvas.setPointerCapture(event.pointerId);
    this.#line = [this.#at(event, this.#canvas)];
  }

  #move(event: PointerEvent): void {
    const last = this.#line.at(-1);
    if (!this.#canvas || !last) return;
    const next = this.#at(event, this.#canvas);
    if (Math.hypot(next[0] - last[0], next[1] - last[1]) < NEAR) return;
    this.#line.push(next);
    this.#draw([last, next]);
    if (this.#line.length >= LONGEST) this.#send();
  }

  #send(): void {
    const said = this.strokes.draw(this.#line);
    this.#line = this.#line.slice(-1);
    if (said) this.hooks.say(said);
    else this.#refused();
  }

  /** The board is full: what was drawn of this stroke goes again, and a sentence says why. */
  #refused(): void {
    this.#line = [];
    if (this.#canvas) picture(this.#canvas, this.strokes.all);
    this.hooks.full(true);
  }

  #up(): void {
    if (this.#line.length > 1) this.#send();
    this.#line = [];
  }

  #draw(points: readonly Point[]): void {
    if (this.#pen && this.#canvas) stroke(this.#canvas, this.#pen, points);
  }
}

/** These strokes and nothing else on a canvas that nobody draws on. */
export function picture(
  canvas: HTMLCanvasElement,
  strokes: readonly (readonly Point[])[],
): CanvasRenderingContext2D | null {
  canvas.width = WIDE;
  canvas.height = HIGH;
  const pen = canvas.getContext("2d");
  if (pen) for (const points of strokes) stroke(canvas, pen, points);
  return pen;
}

function stroke(
  canvas: HTMLCanvasElement,
  pen: CanvasRenderingContext2D,
  points: readonly Point[],
): void {
  const [first, ...rest] = points;
  if (!first) return;
  pen.strokeStyle = getComputedStyle(canvas).color;
  pen.lineWidth = 3;
  pen.lineCap = pen.lineJoin = "round";
  pen.beginPath();
  pen.moveTo(first[0], first[1]);
  for (const [x, y] of rest) pen.lineTo(x, y);
  pen.stroke();
}
