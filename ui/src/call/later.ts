/** One thing to be done after a while: asked for again, the while begins anew. */
export class Later {
  #timer = 0;

  constructor(private readonly act: () => void) {}

  get waits(): boolean {
    return this.#timer !== 0;
  }

  /** In so many milliseconds. */
  in(wait: number): void {
    this.stop();
    this.#timer = self.setTimeout(() => {
      this.#timer = 0;
      this.act();
    }, wait);
  }

  stop(): void {
    self.clearTimeout(this.#timer);
    this.#timer = 0;
  }
}
