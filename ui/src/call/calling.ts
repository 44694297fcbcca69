/** What a call is given, and what it tells. The page's side of `call.ts`. */
import type { Trouble } from "./media";
import type { Place } from "./peer";
import type { Words } from "./sas";
import type { Stop } from "./verify";

export type Stage =
  | "waiting" // nobody else is there yet, or no longer
  | "proving" // the two devices talk
  | "words" // the two people compare words; nothing is heard or seen meanwhile
  | "changed" // the same, and the other's device is not the one that is known
  | "open" // you hear and see each other
  | "cut" // it was open, and another way is being looked for
  | "stopped" // something did not hold; it does not go on
  | "ended";

export type How = "known device" | "verified by code" | "not verified" | "stopped";

export interface Outcome {
  how: How;
  /** The name of what did not hold, with "stopped". */
  why: Stop | "";
  /** Sixty figures for the pair of devices; empty when the other's key was never proven. */
  number: string;
}

export interface Shown {
  stage: Stage;
  why: Stop | "";
  words: Words | null;
  number: string;
  /** Whether this side holds already, and waits for the other. */
  holds: boolean;
}

export interface Renewed {
  ticket: string;
  iceServers?: RTCIceServer[];
}

export interface CallOptions {
  /** Address of the line, and the ticket for it; the ticket names room and seat. */
  line: string;
  ticket: string;
  iceServers: RTCIceServer[];
  /** Asks the page's server for another ticket; null when there is none to be had. */
  fresh: () => Promise<Renewed | null>;
  /** Whose key is kept in this browser; empty when none is to be kept. */
  owner: string;
  /** The two of them, by a name that stays the same from call to call and says nothing. */
  pair: string;
  /** Camera and microphone, asked for once the other side is proven. */
  media: () => Promise<MediaStream>;
  /** Address to which each outcome is posted as JSON. */
  report?: string;
  policy?: RTCIceTransportPolicy;
}

export interface CallEvents {
  stage: Shown;
  outcome: Outcome;
  track: { place: Place; track: MediaStreamTrack };
  chat: { text: string; mine: boolean };
  /** What is said from here arrives over there from now on, and is told there. */
  reached: null;
  /** The other side's own state: what it has switched off. */
  theirs: { sound: boolean; camera: boolean; screen: boolean };
  trouble: Trouble;
  /** Whether the line carries sound alone. */
  soundOnly: boolean;
}
