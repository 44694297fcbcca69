/** Keeping the whiteboard of two, by choice of both: the same strokes on both pages, named by one digest.
 *
 * The clinician's page asks about the board as it stands; the client's shows hers as it stands, if it is
 * the same, and her yes names it to the practice. What is drawn meanwhile is not part of it.
 */
import { digest, MARK, type Told } from "./keep";
import type { Point } from "./strokes";

type Strokes = readonly (readonly Point[])[];

/** All strokes in one text that both sides write alike; "" where nothing is drawn. */
export function text(strokes: Strokes): string {
  const lines = strokes.map(points => points.map(([x, y]) => `${x},${y}`).join(" "));
  return lines.sort().join("\n");
}

export class KeepingBoard {
  /** What this side asked to keep, and what the other side asks to keep. */
  asked = "";
  wanted = "";
  /** What `wanted` names, to be shown. */
  shown: Strokes = [];

  constructor(private readonly strokes: () => Strokes) {}

  /** The line of talk that asks; null where nothing is drawn. */
  async ask(): Promise<string | null> {
    this.asked = text(this.strokes());
    if (!this.asked) return null;
    return MARK + JSON.stringify({ is: "board", digest: await digest(this.asked) });
  }

  /** A question of the other side, or its answer; null for what is neither. */
  async hear(one: Told): Promise<"asks" | "unlike" | "yes" | "no" | "differs" | null> {
    if (one.is === "board") {
      const now = this.strokes();
      if ((await digest(text(now))) !== one.digest) return "differs";
      this.wanted = text(now);
      this.shown = now;
      return "asks";
    }
    if (!this.asked) return null; // an answer to no question
    if (one.is === "board-yes") return "yes";
    if (one.is === "board-no") return "no";
    return one.is === "board-unlike" ? "unlike" : null;
  }
}
