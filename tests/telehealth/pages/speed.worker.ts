/* How long one frame takes, in a worker as in a call: sealed, and opened. */
import { frameKey, joined, keyId, open, readHeader, seal } from "../../../ui/src/call/frames";

const here = self as any;
here.onmessage = async ({ data: { bytes, many } }: MessageEvent) => {
  const secret = crypto.getRandomValues(new Uint8Array(32));
  const id = keyId({ seat: 1, epoch: 1, track: 1 });
  const [out, back] = await Promise.all([
    frameKey(secret, id, "encrypt"),
    frameKey(secret, id, "decrypt"),
  ]);
  const frame = new Uint8Array(bytes).fill(7);
  const sealing: number[] = [];
  const opening: number[] = [];
  for (let counter = 0; counter < many; counter += 1) {
    const begun = performance.now();
    const told = frame.subarray(0, 10);
    const sealed = joined(told, await seal(out, counter, frame.subarray(10), told));
    const made = performance.now();
    const rest = sealed.subarray(10);
    const read = readHeader(rest);
    const plain = read && (await open(back, read, rest, sealed.subarray(0, 10)));
    if (plain?.length !== bytes - 10) throw new Error("not what was sealed");
    sealing.push(made - begun);
    opening.push(performance.now() - made);
  }
  here.postMessage({ sealing: sealing.sort((a, b) => a - b), opening: opening.sort((a, b) => a - b) });
};
