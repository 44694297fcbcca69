/* What a call of several is given, and what it tells (meshcall.ts). */
import type { Trouble } from "./media";
import type { Mesh } from "./mesh";
import type { CarriedBy } from "./meshcarried";
import type { Theirs, Weak } from "./meshmedia";
import type { How } from "./meshpair";
import type { Place } from "./peer";
import type { Words } from "./sas";
import type { Stop } from "./verify";

export interface GroupOptions {
  line: string;
  /** For the line: names room, seat and how many seats there are. */
  ticket: string;
  iceServers: RTCIceServer[];
  fresh: () => Promise<{ ticket: string; iceServers?: RTCIceServer[] } | null>;
  /** Whose key is kept in this browser; empty when none is to be kept. */
  owner: string;
  /** For each seat a name of the two that stays the same from call to call and says nothing. */
  pairs: Record<number, string>;
  media: () => Promise<MediaStream>;
  /** Whom this seat may meet, where a page's server says so (`only`); without it, everybody. */
  allowed?: number[];
  /** Compare as soon as all who are there are proven, and once more as others come: one by one, as
   * people are let in. Without it once, when every seat is taken. */
  gathering?: boolean;
  policy?: RTCIceTransportPolicy;
  /** Where a server is to carry it: its ticket, and the address of the script of frames. */
  carried?: CarriedBy;
}

export interface GroupEvents {
  seats: Mesh;
  words: Words | null;
  track: { seat: number; place: Place; track: MediaStreamTrack };
  /** `number`: sixty figures for the two devices; empty where the other's was never proven. */
  outcome: { seat: number; how: How | "stopped"; why: Stop | ""; number: string };
  /** A device that is another than the one known of that seat: a person says whether it is theirs. */
  changed: { seat: number };
  /** What a seat has switched off. */
  theirs: Theirs;
  soundOnly: { seat: number; only: boolean };
  weak: Weak;
  chat: { seat: number; text: string };
  /** What is said from here arrives at that seat from now on. */
  reached: { seat: number };
  /** Seat 0, whoever leads, asks this one to be silent. */
  hushed: null;
  trouble: Trouble;
  /** What was wrong is so no longer. */
  mended: Trouble["name"];
}
