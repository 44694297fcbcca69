/** How a file is parted to be sent: one portion after another, the last one marked. */

export interface Portion {
  from: number;
  to: number;
  last: boolean;
}

/** An empty file is one empty portion, so that the server is the one to say so. */
export function portions(size: number, step: number): Portion[] {
  const found: Portion[] = [];
  for (let from = 0; from === 0 || from < size; from += step) {
    found.push({ from, to: Math.min(size, from + step), last: from + step >= size });
  }
  return found;
}
