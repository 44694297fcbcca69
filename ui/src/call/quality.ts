/** Whether a line still carries a picture. Pure: figures in, a judgment out.
 *
 * Three bad looks in a row fall back to sound; five good ones bring the picture back. A look is bad
 * when a tenth of what was sent is lost, an answer takes over a second, or less than 120 kbit/s are
 * to be had. (Figures of our own choosing: sound needs about 40 kbit/s, a small picture 150.)
 */
export interface Look {
  /** 0 to 1, of what we sent, as the other side reports it. */
  lost?: number | undefined;
  /** Seconds there and back. */
  trip?: number | undefined;
  /** Bits a second that the line could carry. */
  room?: number | undefined;
}

/** Packets of several connections that came, and that did not. */
export interface Passed {
  came: number;
  lost: number;
}

/** All that was received, by what each connection says of itself. */
export function passed(reports: readonly Iterable<[string, unknown]>[]): Passed {
  const sum = { came: 0, lost: 0 };
  for (const report of reports) {
    for (const [, row] of report) {
      const told = row as Record<string, unknown>;
      if (told.type !== "inbound-rtp") continue;
      sum.came += Number(told.packetsReceived ?? 0);
      sum.lost += Math.max(0, Number(told.packetsLost ?? 0));
    }
  }
  return sum;
}

/** What was lost between two looks; nothing where nothing was due, or somebody left in between. */
export function between(before: Passed, now: Passed): Look {
  const [came, lost] = [now.came - before.came, now.lost - before.lost];
  return came < 0 || lost < 0 || came + lost === 0 ? {} : { lost: lost / (came + lost) };
}

export interface Judgment {
  sound: boolean; // sound only
  bad: number;
  good: number;
}

export const FRESH: Judgment = { sound: false, bad: 0, good: 0 };

export function judged(before: Judgment, look: Look): Judgment {
  const bad = (look.lost ?? 0) > 0.1 || (look.trip ?? 0) > 1 || (look.room ?? 1e9) < 120_000;
  const now = { ...before, bad: bad ? before.bad + 1 : 0, good: bad ? 0 : before.good + 1 };
  if (!before.sound && now.bad >= 3) return { sound: true, bad: 0, good: 0 };
  if (before.sound && now.good >= 5) return FRESH;
  return now;
}
