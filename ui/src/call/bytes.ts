/** Bytes as the calls' protocol writes them. */
import { decode, encode } from "../base64url";

export type Bytes = Uint8Array<ArrayBuffer>;

const written = new TextEncoder();

export function utf8(text: string): Bytes {
  return written.encode(text) as Bytes;
}

/** Parts one after another, each behind its length in two bytes: no two lists look alike. */
export function fields(...parts: Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + 2 + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set([part.length >> 8, part.length & 255], at);
    whole.set(part, at + 2);
    at += 2 + part.length;
  }
  return whole;
}

export function same(one: Bytes, other: Bytes): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

export async function digest(kind: "SHA-256" | "SHA-512", of: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest(kind, of));
}

/** So many bytes from base64url; null for anything else, also for another spelling of them. */
export function read(value: unknown, length: number): Bytes | null {
  if (typeof value !== "string") return null;
  try {
    const found = decode(value);
    return found.length === length && encode(found) === value ? found : null;
  } catch {
    return null;
  }
}
