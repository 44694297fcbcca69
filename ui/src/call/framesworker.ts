/* The worker through which every frame passes that a server carries for a group.

   Rules: without a key nothing passes, in either direction; a frame of a codec that is not listed
   does not pass; a frame opens under the key of the seat and track that its stream is said to be of,
   and once. What passes is counted: the page lets nothing real be sent before these counters rise. */
import {
  clearBytes,
  codecOf,
  type FrameKey,
  frameKey,
  joined,
  keyId,
  open,
  placeOf,
  readHeader,
  seal,
  TRACKS,
} from "./frames";
import { NOTHING_SEEN, type Seen, see } from "./framesseen";
import { type Asked, type Counts, NONE_COUNTED, named, type Stream, type Told } from "./framestalk";

/* Names of the workers' half of WebRTC, which TypeScript's page library does not have. */
interface Frame {
  data: ArrayBuffer;
  getMetadata(): { mimeType?: string };
}
interface Transformer {
  readable: ReadableStream<Frame>;
  writable: WritableStream<Frame>;
  options: Stream;
}
type Outcome = "passed" | "keyless" | "wrong" | "again" | "refused";

const here = self as unknown as {
  onmessage: ((event: MessageEvent<Asked>) => void) | null;
  onrtctransform: ((event: { transformer: Transformer }) => void) | null;
  postMessage(told: Told): void;
};

const sending = new Map<number, { by: FrameKey; counter: number }>();
const receiving = new Map<number, { by: FrameKey; seen: Seen; secret: Uint8Array }>();
const counted = new Map<string, Counts>();
let before: Promise<void> = Promise.resolve();

here.onmessage = ({ data }) => {
  before = before.then(() => heed(data));
};

async function heed(asked: Asked): Promise<void> {
  if (asked.say === "count") {
    here.postMessage({ number: asked.number, counts: Object.fromEntries(counted) });
  } else if (asked.say === "forget") {
    for (const id of receiving.keys()) {
      const place = placeOf(id);
      if (place.seat === asked.seat && place.epoch < asked.before) receiving.delete(id);
    }
  } else if (asked.say === "send") {
    const made = await Promise.all(tracks(asked).map(id => frameKey(asked.secret, id, "encrypt")));
    made.forEach((by, track) => {
      sending.set(track, { by, counter: 0 });
    });
  } else {
    await receiveBy(asked.secret, tracks(asked));
  }
}

function tracks({ seat, epoch }: { seat: number; epoch: number }): number[] {
  return Array.from({ length: TRACKS }, (_, track) => keyId({ seat, epoch, track }));
}

/** A secret that is here already changes nothing: what was seen under it stays seen. */
async function receiveBy(secret: Uint8Array<ArrayBuffer>, ids: number[]): Promise<void> {
  for (const id of ids) {
    const known = receiving.get(id);
    if (known && String(known.secret) === String(secret)) continue;
    const by = await frameKey(secret, id, "decrypt");
    receiving.set(id, { by, seen: NOTHING_SEEN, secret });
  }
}

here.onrtctransform = ({ transformer }) => {
  const { readable, writable, options } = transformer;
  const pass = options.way === "send" ? sealed : opened;
  const through = new TransformStream<Frame, Frame>({
    async transform(frame, controller) {
      const begun = performance.now();
      const outcome = await pass(frame, options);
      count(named(options), outcome, performance.now() - begun);
      if (outcome === "passed") controller.enqueue(frame);
    },
  });
  readable
    .pipeThrough(through)
    .pipeTo(writable)
    .catch(() => undefined); // the connection was closed
};

async function sealed(frame: Frame, { track }: Stream): Promise<Outcome> {
  const codec = codecOf(frame.getMetadata().mimeType);
  const plain = new Uint8Array(frame.data);
  const clear = codec && clearBytes(codec, plain);
  if (clear === null || plain.length <= clear) return "refused";
  const found = sending.get(track);
  if (!found) return "keyless";
  const counter = found.counter++; // taken before anything is awaited: no counter is used twice
  const told = plain.subarray(0, clear);
  frame.data = joined(told, await seal(found.by, counter, plain.subarray(clear), told)).buffer;
  return "passed";
}

async function opened(frame: Frame, { seat, track }: Stream): Promise<Outcome> {
  const codec = codecOf(frame.getMetadata().mimeType);
  const whole = new Uint8Array(frame.data);
  const clear = codec && clearBytes(codec, whole);
  if (clear === null || whole.length <= clear) return "refused";
  const read = readHeader(whole.subarray(clear));
  if (!read) return "wrong";
  const place = placeOf(read.keyId);
  if (place.seat !== seat || place.track !== track) return "wrong";
  const found = receiving.get(read.keyId);
  if (!found) return "keyless";
  if (!see(found.seen, read.counter)) return "again";
  const told = whole.subarray(0, clear);
  const plain = await open(found.by, read, whole.subarray(clear), told);
  if (!plain) return "wrong";
  const seen = see(found.seen, read.counter); // again: another stream of this seat may have waited
  if (!seen) return "again";
  found.seen = seen;
  frame.data = joined(told, plain).buffer;
  return "passed";
}

function count(stream: string, outcome: Outcome, spent: number): void {
  const so = counted.get(stream) ?? { ...NONE_COUNTED };
  so[outcome] += 1;
  if (outcome === "passed") so.spent += spent;
  counted.set(stream, so);
}
