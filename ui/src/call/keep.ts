/** Keeping what two wrote to each other, by choice of both: the clinician's page shows the client's,
 * word for word, what would be kept; her yes names these words by their SHA-256, to the practice.
 * Of the whiteboard both have all strokes already: her page is asked about a digest of them, shows her
 * own board as it stands, and says so where it is another.
 *
 * All of it goes from browser to browser as lines of talk that begin with MARK, and no letter to the
 * practice before both said yes.
 */
export const MARK = "\u0001keep ";
/** Letters of one line of talk: escaped at worst, it still fits into one. */
const PIECE = 500;
const MOST_PIECES = 40;

export type Told =
  | { is: "ask"; part: number; of: number; words: string }
  | { is: "yes" }
  | { is: "no" }
  | { is: "board"; digest: string }
  | { is: "board-yes" | "board-no" | "board-unlike" };

/** What a line of talk says of keeping; null when it is none, or none that can be read. */
export function told(said: string): Told | null {
  if (!said.startsWith(MARK)) return null;
  try {
    const one = JSON.parse(said.slice(MARK.length)) as Told;
    return ANSWERS.includes(one.is) || isPart(one) || isBoard(one) ? one : null;
  } catch {
    return null;
  }
}

export const isKeeping = (said: string): boolean => said.startsWith(MARK.trimEnd());

const ANSWERS: readonly string[] = ["yes", "no", "board-yes", "board-no", "board-unlike"];

const isBoard = (one: Told): boolean => one.is === "board" && /^[0-9a-f]{64}$/.test(one.digest);

function isPart(one: Told): boolean {
  if (one.is !== "ask" || typeof one.words !== "string") return false;
  const { part, of } = one;
  return (
    Number.isInteger(part) && Number.isInteger(of) && 0 < part && part <= of && of <= MOST_PIECES
  );
}

/** A question of so many lines of talk; none where there is nothing to keep, or too much. */
export function asking(words: string): string[] {
  const letters = [...words];
  const of = Math.ceil(letters.length / PIECE);
  if (!words.trim() || of > MOST_PIECES) return [];
  return Array.from({ length: of }, (_, number) => {
    const piece = letters.slice(number * PIECE, (number + 1) * PIECE).join("");
    return MARK + JSON.stringify({ is: "ask", part: number + 1, of, words: piece });
  });
}

export const answering = (is: "yes" | "no" | "board-yes" | "board-no" | "board-unlike"): string =>
  MARK + JSON.stringify({ is });

/** SHA-256 of the words, in hexadecimal. */
export async function digest(words: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(words));
  return [...new Uint8Array(bytes)].map(byte => byte.toString(16).padStart(2, "0")).join("");
}

/** What was written so far, and how far a question is. */
export class Keeping {
  #lines: string[] = [];
  #parts: string[] = [];
  /** What this side asked to keep; empty while it asked nothing. */
  asked = "";
  /** What the other side asks to keep, whole. */
  wanted = "";

  /** `me`, `them`: as each is called in what is kept. */
  constructor(
    private readonly me: string,
    private readonly them: string,
  ) {}

  wrote(said: string, mine: boolean): void {
    this.#lines.push(`${mine ? this.me : this.them}: ${said}`);
  }

  /** The lines of talk that ask for all that was written until now. */
  ask(): string[] {
    const words = this.#lines.join("\n");
    const lines = asking(words);
    this.asked = lines.length ? words : "";
    return lines;
  }

  /** A line of the other side: what it is, once it is whole. */
  hear(one: Told): "asks" | "yes" | "no" | null {
    if (one.is === "ask") {
      if (one.part === 1) this.#parts = [];
      if (one.part !== this.#parts.length + 1) return null;
      this.#parts.push(one.words);
      if (one.part < one.of) return null;
      this.wanted = this.#parts.join("");
      return "asks";
    }
    if (one.is !== "yes" && one.is !== "no") return null;
    return this.asked ? one.is : null; // an answer to no question
  }
}
