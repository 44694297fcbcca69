/** What the other side says over the connection itself: told to the page once the call is open.
 *
 * The way between the browsers is shorter than the line's, so something said there may be here before
 * the line has told that the other side holds. It waits until then, and is not lost.
 */
import type { CallEvents } from "./calling";
import type { Teller } from "./teller";
import type { Message } from "./verify";

const MOST = 20;
const LONGEST = 4000;

export class Said {
  #early: Message[] = [];

  constructor(private readonly teller: Teller<CallEvents>) {}

  hear(told: Message, open: boolean): void {
    if (open) this.#tell(told);
    else if (this.#early.length < MOST && told.k !== "pulse") this.#early.push(told);
  }

  opened(): void {
    for (const one of this.#early.splice(0)) this.#tell(one);
  }

  forget(): void {
    this.#early = [];
  }

  #tell(told: Message): void {
    if (told.k === "chat") {
      this.teller.tell("chat", { text: String(told.text).slice(0, LONGEST), mine: false });
    } else if (told.k === "state") {
      const { sound, camera, screen } = told;
      this.teller.tell("theirs", { sound: !!sound, camera: !!camera, screen: !!screen });
    }
  }
}
