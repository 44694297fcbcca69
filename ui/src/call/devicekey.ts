/** The key of this device, and the keys of the devices it has met.
 *
 * An ECDSA key on P-256 that no script can take out (`extractable: false`). It is kept only where
 * `owner` is given: always for staff, for a client only if she chose it. What is kept lies in the
 * browser's IndexedDB under a name that says nothing, under digests of who owns it and whom it met.
 * Where the browser keeps nothing (a private window), the key lives as long as the page.
 */
import { encode } from "../base64url";
import { type Bytes, digest, utf8 } from "./bytes";
import type { Signer } from "./verify";

const KIND = { name: "ECDSA", namedCurve: "P-256" } as const;
const HOW = { name: "ECDSA", hash: "SHA-256" } as const;
const DATABASE = "device";
const STORE = "kept";

export interface Device extends Signer {
  /** Its public key: a point of P-256, uncompressed, 65 bytes. */
  key: Bytes;
  /** Whether the key outlives this page. */
  kept: boolean;
}

/** The device's key; `owner` names whose it is in this browser, empty for a key of this page. */
export async function device(owner: string): Promise<Device> {
  const name = owner ? await mark("own", owner) : "";
  const known = name ? await get(name) : undefined;
  const pair = isPair(known) ? known : await make();
  const kept = name !== "" && (isPair(known) || (await put(name, pair)));
  const key = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  return {
    key,
    kept,
    async sign(message) {
      return new Uint8Array(await crypto.subtle.sign(HOW, pair.privateKey, message));
    },
    check,
  };
}

/** Whether this key signed this message. A key that is no point of the curve signed nothing. */
async function check(key: Bytes, message: Bytes, signature: Bytes): Promise<boolean> {
  try {
    const theirs = await crypto.subtle.importKey("raw", key, KIND, false, ["verify"]);
    return await crypto.subtle.verify(HOW, theirs, signature, message);
  } catch {
    return false;
  }
}

/** The key that this owner's device knows for a pair; null when the two have not met. */
export async function known(owner: string, pair: string): Promise<Bytes | null> {
  if (!owner || !pair) return null;
  const found = await get(await mark("met", owner, pair));
  return found instanceof Uint8Array ? (found as Bytes) : null;
}

export async function remember(owner: string, pair: string, key: Bytes): Promise<void> {
  if (owner && pair) await put(await mark("met", owner, pair), key);
}

/** Everything that calls ever kept in this browser. */
export function forget(): Promise<void> {
  return new Promise(done => {
    const asked = indexedDB.deleteDatabase(DATABASE);
    asked.onsuccess = asked.onerror = asked.onblocked = () => done();
  });
}

function make(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(KIND, false, ["sign", "verify"]);
}

function isPair(value: unknown): value is CryptoKeyPair {
  return typeof value === "object" && value !== null && "privateKey" in value;
}

/** A name that tells nothing to whoever looks into the browser's files without knowing the words. */
async function mark(...parts: string[]): Promise<string> {
  return encode(await digest("SHA-256", utf8(`stillroom device 1|${parts.join("|")}`)));
}

function open(): Promise<IDBDatabase> {
  return new Promise((done, failed) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onsuccess = () => done(asked.result);
    asked.onerror = asked.onblocked = () => failed(asked.error);
  });
}

async function get(name: string): Promise<unknown> {
  try {
    return await inStore("readonly", store => store.get(name));
  } catch {
    return undefined;
  }
}

async function put(name: string, value: unknown): Promise<boolean> {
  try {
    await inStore("readwrite", store => store.put(value, name));
    return true;
  } catch {
    return false;
  }
}

async function inStore(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
  const base = await open();
  try {
    return await new Promise((done, failed) => {
      const under = base.transaction(STORE, mode);
      const asked = ask(under.objectStore(STORE));
      under.oncomplete = () => done(asked.result);
      under.onerror = under.onabort = () => failed(under.error);
    });
  } finally {
    base.close();
  }
}
