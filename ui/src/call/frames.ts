/* One encoded frame, sealed before it is cut into packets: SFrame (RFC 9605), cipher suite 5
   (AES_256_GCM_SHA512_128).

   What leaves: the bytes that a codec's packets cannot do without, in the clear and authenticated;
   the SFrame header (key id, counter); the ciphertext with its tag. A key id names seat, epoch and
   track, so that a server which gives one person's stream for another's opens nothing. */

export const SUITE = 5;
export const TAG = 16;
const KEY_BITS = 256;
const NONCE = 12;
const MAXIMAL_COUNTER = Number.MAX_SAFE_INTEGER;

export type Codec = "vp8" | "opus";

/** A stream's place in a call: whose, under which of that person's secrets, which of the tracks. */
export interface Place {
  seat: number;
  epoch: number;
  track: number;
}

/** Seats of a call: 0 to 63; tracks of a seat: 0 to 3 (sound, camera, screen, and one to spare). */
export const SEATS = 64;
export const TRACKS = 4;

/** The key id of a place; `RangeError` for one that does not exist. */
export function keyId({ seat, epoch, track }: Place): number {
  if (!within(seat, SEATS) || !within(track, TRACKS) || !within(epoch, 2 ** 32)) {
    throw new RangeError("there is no such place in a call");
  }
  return epoch * SEATS * TRACKS + seat * TRACKS + track;
}

/** The place that a key id names. */
export function placeOf(id: number): Place {
  const inEpoch = id % (SEATS * TRACKS);
  return {
    seat: Math.floor(inEpoch / TRACKS),
    epoch: Math.floor(id / (SEATS * TRACKS)),
    track: inEpoch % TRACKS,
  };
}

function within(value: number, end: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < end;
}

/** How many bytes of a frame stay in the clear (RFC 7741, section 4.3: VP8's packets are read by
   the frame's tag of 3 bytes, and a key frame's by its start code and size, 7 more). Opus needs none. */
export function clearBytes(codec: Codec, frame: Uint8Array): number {
  if (codec === "opus") return 0;
  const keyFrame = ((frame[0] ?? 1) & 1) === 0;
  return keyFrame ? 10 : 3;
}

/** The codec of a frame's type, or null for one that does not travel sealed (AV1, VP9, H.264). */
export function codecOf(mimeType: string | undefined): Codec | null {
  const named = mimeType?.toLowerCase();
  if (named === "video/vp8") return "vp8";
  return named === "audio/opus" ? "opus" : null;
}

export interface Header {
  keyId: number;
  counter: number;
  length: number;
}

/** RFC 9605, section 4.3: one byte of configuration, then key id and counter as short as they go. */
export function header(id: number, counter: number): Uint8Array<ArrayBuffer> {
  const long = [id, counter].map(value => (value < 8 ? [] : bigEndian(value)));
  const [kid = [], ctr = []] = long;
  const first = nibble(kid, id) * 16 + nibble(ctr, counter);
  return Uint8Array.from([first, ...kid, ...ctr]);
}

function nibble(long: number[], value: number): number {
  return long.length ? 8 + long.length - 1 : value;
}

function bigEndian(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return bytes;
}

/** What stands at the head of `bytes`, or null: cut short, not as short as it goes, or too large. */
export function readHeader(bytes: Uint8Array): Header | null {
  const first = bytes[0];
  if (first === undefined) return null;
  const kid = field(first >> 4, bytes, 1);
  if (!kid) return null;
  const counter = field(first & 15, bytes, kid.end);
  return counter && { keyId: kid.value, counter: counter.value, length: counter.end };
}

function field(bits: number, bytes: Uint8Array, at: number): { value: number; end: number } | null {
  if (bits < 8) return { value: bits, end: at };
  const end = at + bits - 7;
  if (end > bytes.length) return null;
  const value = bytes.slice(at, end).reduce((sum, byte) => sum * 256 + byte, 0);
  const minimal = value >= 8 && bytes[at] !== 0;
  return minimal && value <= MAXIMAL_COUNTER ? { value, end } : null;
}

/** What seals or opens the frames of one place. Never both: the browser holds it to that. */
export interface FrameKey {
  id: number;
  key: CryptoKey;
  salt: Uint8Array;
}

/** RFC 9605, section 4.4.2. `secret` is a seat's secret of one epoch; each track has its own key. */
export async function frameKey(
  secret: Uint8Array<ArrayBuffer>,
  id: number,
  use: "encrypt" | "decrypt",
): Promise<FrameKey> {
  const subtle = crypto.subtle;
  const base = await subtle.importKey("raw", secret, "HKDF", false, ["deriveBits", "deriveKey"]);
  const from = (what: string) => ({
    name: "HKDF",
    hash: "SHA-512",
    salt: new Uint8Array(),
    info: label(what, id),
  });
  const salt = new Uint8Array(await subtle.deriveBits(from("salt"), base, NONCE * 8));
  const algorithm = { name: "AES-GCM", length: KEY_BITS };
  const key = await subtle.deriveKey(from("key"), base, algorithm, false, [use]);
  return { id, key, salt };
}

function label(what: string, id: number): Uint8Array<ArrayBuffer> {
  const words = new TextEncoder().encode(`SFrame 1.0 Secret ${what} `);
  const numbers = new DataView(new ArrayBuffer(10));
  numbers.setBigUint64(0, BigInt(id));
  numbers.setUint16(8, SUITE);
  return joined(words, new Uint8Array(numbers.buffer));
}

function nonce(salt: Uint8Array, counter: number): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(salt);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(NONCE - 8, view.getBigUint64(NONCE - 8) ^ BigInt(counter));
  return bytes;
}

/** `plain` sealed: SFrame header and ciphertext. `told` is authenticated and not sealed. A counter
   must be used once. */
export async function seal(
  by: FrameKey,
  counter: number,
  plain: Uint8Array<ArrayBuffer>,
  told: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const head = header(by.id, counter);
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv: nonce(by.salt, counter), additionalData: joined(head, told) },
    by.key,
    plain,
  );
  return joined(head, new Uint8Array(sealed));
}

/** What `seal` sealed, or null when anything is not as it was sealed. */
export async function open(
  by: FrameKey,
  read: Header,
  sealed: Uint8Array<ArrayBuffer>,
  told: Uint8Array,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const additionalData = joined(sealed.subarray(0, read.length), told);
  try {
    const plain = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: nonce(by.salt, read.counter), additionalData },
      by.key,
      sealed.subarray(read.length),
    );
    return new Uint8Array(plain);
  } catch {
    return null;
  }
}

/** Several arrays as one. */
export function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
