/** What two people compare: four words for a call, sixty figures for a pair of devices.
 * The same as `code` and `safety_number` in telehealth/rules_verify.py. */
import { type Bytes, digest, fields, utf8 } from "./bytes";
import { ENGLISH, SPANISH } from "./words";

export interface Words {
  en: string[];
  es: string[];
}

/** The first 44 bits of the transcript's digest, 11 to a word of 2,048. */
export async function code(transcript: Bytes): Promise<number[]> {
  const made = await digest("SHA-256", fields(utf8("stillroom call 1 code"), transcript));
  let number = 0n;
  for (const byte of made.subarray(0, 6)) number = (number << 8n) | BigInt(byte);
  number >>= 4n;
  return [33n, 22n, 11n, 0n].map(shift => Number((number >> shift) & 2047n));
}

export function inWords(numbers: number[]): Words {
  const spoken = (list: string) => {
    const all = list.split(" ");
    return numbers.map(number => all[number] ?? "");
  };
  return { en: spoken(ENGLISH), es: spoken(SPANISH) };
}

/** Sixty figures, the same whichever of the two asks. */
export async function safetyNumber(one: Bytes, other: Bytes): Promise<string> {
  return [await thirty(one), await thirty(other)].sort().join("");
}

async function thirty(key: Bytes): Promise<string> {
  const made = await digest("SHA-512", fields(utf8("stillroom call 1 number"), key));
  let figures = "";
  for (let at = 0; at < 30; at += 5) {
    let part = 0;
    for (const byte of made.subarray(at, at + 5)) part = part * 256 + byte;
    figures += String(part % 100_000).padStart(5, "0");
  }
  return figures;
}
