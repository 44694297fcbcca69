/* One code for all who are there, talked over the line (meshcode.ts says why it is sound).

   A round has a number and a list of seats; whoever asks for one tells both. A seat joins a round
   when it has proven exactly these pairs, and answers with its commitment; a higher round replaces a
   lower one. A key that is revealed must be the key that this pair's own talk proved. */
import { decode, encode } from "../base64url";
import {
  beginCode,
  code,
  type GroupCode,
  heardCommitment,
  heardReveal,
  mayReveal,
  NONCE,
} from "./meshcode";
import type { Message } from "./verify";

export interface GroupTalkEvents {
  say(to: number, message: Message): void;
  /** The key that the pair with this seat proved; null when it did not. */
  key(seat: number): Uint8Array<ArrayBuffer> | null;
  /** Four numbers, or null: what was there to compare is no longer. */
  words(numbers: number[] | null): void;
}

export class GroupTalk {
  #room: string;
  #me: number;
  #key: Uint8Array<ArrayBuffer>;
  #events: GroupTalkEvents;
  #round = 0;
  #state: GroupCode | null = null;
  #revealed = false;
  #shown = false;
  /** What came of a round before this seat was in it. */
  #early: [number, Message][] = [];

  constructor(room: string, me: number, key: Uint8Array<ArrayBuffer>, events: GroupTalkEvents) {
    this.#room = room;
    this.#me = me;
    this.#key = key;
    this.#events = events;
  }

  /** Ask for a round with these others. */
  async begin(others: number[]): Promise<void> {
    await this.#join(this.#round + 1, sorted([...others, this.#me]));
  }

  /** The seats whose keys are in the code that is shown. */
  agreed(): number[] {
    const seats = this.#shown && this.#state && !this.#state.broken ? this.#state.seats : [];
    return seats.filter(seat => seat !== this.#me);
  }

  /** A message of the round. `proven`: with whom the own pairs are proven by now. */
  async hear(from: number, said: Message, proven: number[]): Promise<void> {
    const round = Number(said.round);
    if (!Number.isSafeInteger(round) || round < this.#round || round > this.#round + 1_000) return;
    if (round === this.#round) return this.#take(from, said);
    // Whoever is not through with proving comes later: what was said until then is kept.
    this.#early.push([from, said]);
    await this.again(proven);
  }

  /** A pair is proven by now: perhaps a round waits for it, and of several the highest. */
  async again(proven: number[]): Promise<void> {
    const seats = sorted([...proven, this.#me]);
    const mine = this.#early.filter(([, said]) => String(said.seats) === String(seats));
    const round = Math.max(this.#round, ...mine.map(([, said]) => Number(said.round)));
    if (round === this.#round) return;
    const of = this.#early.filter(([, said]) => Number(said.round) === round);
    this.#early = this.#early.filter(([, said]) => Number(said.round) > round);
    await this.#join(round, seats);
    for (const [from, said] of of) await this.#take(from, said);
  }

  /** Tell a seat once more what it may have missed while its line was away, or this one's was. */
  tellAgain(to: number): void {
    const state = this.#state;
    if (!state || state.broken || to === this.#me || !state.seats.includes(to)) return;
    this.#say(to, { commitment: state.committed.get(this.#me) });
    if (this.#revealed) this.#say(to, shown(state));
  }

  async #join(round: number, seats: number[]): Promise<void> {
    this.#round = round;
    this.#revealed = this.#shown = false;
    this.#events.words(null);
    const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
    const mine = { seat: this.#me, key: this.#key, nonce };
    this.#state = await beginCode(`${this.#room} ${round}`, seats, mine);
    this.#sayAll({ commitment: this.#state.committed.get(this.#me) });
  }

  async #take(from: number, said: Message): Promise<void> {
    const state = this.#state;
    if (!state || state.broken) return;
    if (typeof said.commitment === "string") {
      this.#state = heardCommitment(state, from, said.commitment);
    } else {
      this.#state = await this.#heardReveal(state, from, said);
    }
    this.#reveal();
    await this.#show();
  }

  async #heardReveal(state: GroupCode, from: number, said: Message): Promise<GroupCode> {
    const proven = this.#events.key(from);
    const one = { seat: from, key: bytes(said.key), nonce: bytes(said.nonce) };
    if (!proven || encode(proven) !== encode(one.key)) return { ...state, broken: true };
    return heardReveal(state, one);
  }

  /** Once, and only when everybody's commitment is here. */
  #reveal(): void {
    const state = this.#state;
    if (!state || this.#revealed || !mayReveal(state)) return;
    this.#revealed = true;
    this.#sayAll(shown(state));
  }

  async #show(): Promise<void> {
    const numbers = this.#state && (await code(this.#state));
    if (!numbers || this.#shown) return;
    this.#shown = true;
    this.#events.words(numbers);
  }

  #sayAll(message: Message): void {
    for (const seat of this.#state?.seats ?? []) if (seat !== this.#me) this.#say(seat, message);
  }

  #say(to: number, message: Message): void {
    const seats = this.#state?.seats ?? [];
    this.#events.say(to, { ...message, round: this.#round, seats });
  }
}

function shown({ mine }: GroupCode): Message {
  return { key: encode(mine.key), nonce: encode(mine.nonce) };
}

function bytes(value: unknown): Uint8Array<ArrayBuffer> {
  try {
    return decode(String(value));
  } catch {
    return new Uint8Array();
  }
}

function sorted(seats: number[]): number[] {
  return [...new Set(seats)].sort((one, other) => one - other);
}
