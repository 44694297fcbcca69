/* What the page asks the worker of frames for: how many passed it, of each stream. */
import type { Asked, Counts, Told } from "./framestalk";

/** Questions to the worker about its counts, each answered under its number. */
export class Counting {
  #worker: Worker;
  #next = 0;
  #asked = new Map<number, (counts: Record<string, Counts>) => void>();

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.addEventListener("message", ({ data }: MessageEvent<Told>) => {
      this.#asked.get(data.number)?.(data.counts);
      this.#asked.delete(data.number);
    });
  }

  ask(): Promise<Record<string, Counts>> {
    const number = this.#next++;
    return new Promise(resolve => {
      this.#asked.set(number, resolve);
      this.#worker.postMessage({ say: "count", number } satisfies Asked);
    });
  }
}

/** Every frame that came to the worker, let through or not. */
export function seen(counts: Counts | undefined): number {
  if (!counts) return 0;
  return counts.passed + counts.keyless + counts.wrong + counts.again + counts.refused;
}
