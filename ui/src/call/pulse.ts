/** Whether the other side is still heard, asked twice a second over the connection itself.
 *
 * A browser calls a connection "disconnected" after five seconds of nothing; two people wait for
 * each other less long than that. */
const EVERY = 500;
const SILENCE = 2_000;

export class Pulse {
  #timer = 0;
  #heard = 0;

  constructor(
    private readonly beat: () => void,
    private readonly lost: () => void,
  ) {}

  heard(): void {
    this.#heard = performance.now();
  }

  get silent(): boolean {
    return this.#timer !== 0 && performance.now() - this.#heard > SILENCE;
  }

  start(): void {
    this.stop();
    this.heard();
    this.#timer = window.setInterval(() => {
      this.beat();
      if (this.silent) this.lost();
    }, EVERY);
  }

  stop(): void {
    window.clearInterval(this.#timer);
    this.#timer = 0;
  }
}
