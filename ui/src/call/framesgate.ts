/* The gate before the camera: nothing real is sent until the worker's counters prove that frames
   pass through it, and no longer than they do.

   Why: a browser that skips the transform sends frames in the clear and says nothing. So a track is
   attached disabled: black and silence are encoded and sent. What the connection says it sent at one
   look must have been counted by the next; then the track is enabled. A frame is told as sent before
   it has come to the worker, so one look alone proves nothing. Where the counters do not follow, the
   track is disabled at once; they may catch up on a machine that is busy, and if they do not, it ends. */

/** What is known of one stream at one moment; `sent` was read before `counted`. */
export interface Reading {
  /** Frames (a picture) or packets (sound: one frame each) that the connection sent. */
  sent: number;
  /** Frames that came to the worker. */
  counted: number;
}

export interface Gate {
  readonly verdict: "shut" | "open" | "stop";
  /** What was sent at the look before. */
  readonly before: number;
  /** How many looks in a row something was sent and not proven. */
  readonly doubts: number;
}

export const SHUT: Gate = { verdict: "shut", before: 0, doubts: 0 };
export const MOST_DOUBTS = 60;

/** The gate after one more look. */
export function looked(gate: Gate, { sent, counted }: Reading): Gate {
  const proven = gate.before > 0 && counted >= gate.before;
  const doubts = proven || sent === 0 ? 0 : gate.doubts + 1;
  if (proven) return { verdict: "open", before: sent, doubts };
  return { verdict: doubts > MOST_DOUBTS ? "stop" : "shut", before: sent, doubts };
}

/** What a connection sent of one stream, from its own statistics; null when they have no such row. */
export function sentBy(report: Iterable<[string, unknown]>): number | null {
  for (const [, row] of report) {
    const told = row as Record<string, unknown>;
    if (told.type !== "outbound-rtp") continue;
    if (told.kind === "video") return number(told.framesSent);
    return number(told.packetsSent) - number(told.retransmittedPacketsSent);
  }
  return null;
}

function number(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

/** Whether a description offers for media only codecs that travel sealed (and their repair). */
export function onlySealedCodecs(sdp: string): boolean {
  const codecs = [...sdp.matchAll(/^a=rtpmap:\d+ ([\w.-]+)\//gm)].map(found => found[1]);
  const listed = new Set(["vp8", "opus", "rtx"]);
  return codecs.length > 0 && codecs.every(codec => listed.has((codec ?? "").toLowerCase()));
}
