/** How two devices prove to each other that nobody sits between them.
 *
 * The same protocol as telehealth/rules_verify.py, held to it by shared vectors; the reasons are in
 * docs/decisions/0035. Seat 0 commits to its card (device key, DTLS fingerprint, nonce) before it
 * sees the other's; each signs the transcript of all of it with its seat before it. What does not
 * hold stops the talk for good, by name.
 */
import { encode } from "../base64url";
import { type Bytes, digest, fields, read, same, utf8 } from "./bytes";

export const VERSION = 1;

export type Message = Record<string, unknown>;

/** The names of what can fail to hold. */
export type Stop =
  | "version" // an older protocol, or none
  | "order" // something was said before its time, an answer before the commitment above all
  | "commitment" // what was shown is not what was committed to
  | "reflected" // our own key, certificate or nonce came back
  | "signature" // none, or not of these keys over these certificates
  | "fingerprint" // the connection shows another certificate than the one that was signed
  | "third" // somebody else speaks in a room of two
  | "words" // the two of you did not see the same words
  | "changed" // another device, and nobody vouched for it
  | "other"; // the other side stopped it

export interface Card {
  key: Bytes;
  print: Bytes;
  nonce: Bytes;
}

export interface Signer {
  sign(message: Bytes): Promise<Bytes>;
  check(key: Bytes, message: Bytes, signature: Bytes): Promise<boolean>;
}

export async function commitment(room: string, { key, print, nonce }: Card): Promise<Bytes> {
  const told = fields(utf8("stillroom call 1 commitment"), utf8(room), key, print, nonce);
  return digest("SHA-256", told);
}

export function toSign(transcript: Bytes, seat: number): Bytes {
  return fields(utf8("stillroom call 1 proof"), utf8(String(seat)), transcript);
}

/** One side of one talk. `say` is called in order; `hear` is to be awaited, one message at a time. */
export class Talk {
  stopped: Stop | "" = "";
  proven = false;
  theirs: Card | null = null;
  #commitment: Bytes | null = null;

  constructor(
    readonly room: string,
    readonly seat: number,
    readonly mine: Card,
    private readonly signer: Signer,
    private readonly say: (message: Message) => void,
  ) {}

  async begin(): Promise<void> {
    if (this.seat !== 0) return;
    this.#commitment = await commitment(this.room, this.mine);
    this.say({ t: "commit", v: VERSION, c: encode(this.#commitment) });
  }

  /** What both sides signed; empty until the other's card is known. */
  get transcript(): Bytes {
    if (!this.theirs || !this.#commitment) return new Uint8Array();
    const [first, second] = this.seat === 0 ? [this.mine, this.theirs] : [this.theirs, this.mine];
    return fields(
      utf8("stillroom call 1"),
      utf8(this.room),
      ...[first.key, first.print, first.nonce],
      ...[second.key, second.print, second.nonce],
      this.#commitment,
    );
  }

  async hear(message: Message): Promise<void> {
    if (this.stopped || this.proven) return;
    if (message.v !== VERSION) {
      this.stopped = "version";
      return;
    }
    switch (`${this.seat} ${String(message.t)}`) {
      case "1 commit":
        return this.#committed(message);
      case "0 hello":
        return this.#greeted(message);
      case "1 reveal":
        return this.#revealed(message);
      case "0 proof":
        return this.theirs ? this.#checked(message) : this.#stop("order");
      default:
        return this.#stop("order");
    }
  }

  #stop(why: Stop): void {
    this.stopped = why;
  }

  #committed(message: Message): void {
    const bound = read(message.c, 32);
    if (this.#commitment) this.#stop("order");
    else if (!bound) this.#stop("commitment");
    else {
      this.#commitment = bound;
      this.say({ t: "hello", v: VERSION, ...written(this.mine) });
    }
  }

  /** INVARIANT: a card that comes before our commitment went out, or a second one, is refused. */
  async #greeted(message: Message): Promise<void> {
    if (!this.#commitment || this.theirs) return this.#stop("order");
    if (!this.#takeCard(message)) return;
    const sig = encode(await this.signer.sign(toSign(this.transcript, 0)));
    this.say({ t: "reveal", v: VERSION, ...written(this.mine), sig });
  }

  /** INVARIANT: a card that was not committed to before ours went out is refused. */
  async #revealed(message: Message): Promise<void> {
    if (!this.#commitment || this.theirs) return this.#stop("order");
    if (!this.#takeCard(message) || !this.theirs) return;
    const bound = await commitment(this.room, this.theirs);
    if (!same(bound, this.#commitment)) return this.#stop("commitment");
    await this.#checked(message);
    if (this.stopped) return;
    const sig = encode(await this.signer.sign(toSign(this.transcript, 1)));
    this.say({ t: "proof", v: VERSION, sig });
  }

  async #checked(message: Message): Promise<void> {
    const signature = read(message.sig, 64);
    const signed = toSign(this.transcript, 1 - this.seat);
    const held =
      this.theirs && signature && (await this.signer.check(this.theirs.key, signed, signature));
    if (held) this.proven = true;
    else this.#stop("signature");
  }

  #takeCard(message: Message): boolean {
    const key = read(message.key, 65);
    const print = read(message.print, 32);
    const nonce = read(message.nonce, 32);
    if (!key || !print || !nonce) this.#stop("signature");
    else if (
      same(key, this.mine.key) ||
      same(print, this.mine.print) ||
      same(nonce, this.mine.nonce)
    ) {
      this.#stop("reflected");
    } else this.theirs = { key, print, nonce };
    return this.theirs !== null;
  }
}

function written({ key, print, nonce }: Card): Message {
  return { key: encode(key), print: encode(print), nonce: encode(nonce) };
}
