/* A server that forwards what it cannot open: what a room needs of one, whichever it is.

   Each feed is a connection of its own, in one direction: Chromium (seen in 156) skips the transform
   of a connection's second direction without a word. Janus is behind this interface (sfujanus.ts). */

/** Sound and picture of somebody, or of their screen. */
export type What = "person" | "screen";

/** Somebody's streams, as the server names them. The seat is what they say; their frames prove it. */
export interface Feed {
  id: string;
  seat: number;
  what: What;
}

export interface Ears {
  feed(feed: Feed): void;
  gone(id: string): void;
  /** The server cannot be reached any more; `why` is a sentence. */
  lost(why: string): void;
}

export interface Sfu {
  /** Hear of the feeds that are there, and of each that comes or goes. */
  listen(ears: Ears): void;
  /** Offer this connection's streams; resolves when the server has answered. */
  publish(connection: RTCPeerConnection, what: What): Promise<void>;
  /** Offer them no longer. */
  unpublish(what: What): Promise<void>;
  /** Receive a feed on this connection: nothing is sent on it. */
  subscribe(connection: RTCPeerConnection, feed: Feed): Promise<void>;
  /** Receive it no longer. */
  unsubscribe(id: string): void;
  /** Have the pictures of a feed that is received sent, or its sound alone. */
  pictures(feed: Feed, on: boolean): Promise<void>;
  leave(): void;
}

/** Where the server is and what lets one in; the practice's server issues it for one seat. */
export interface SfuTicket {
  address: string;
  room: string;
  seat: number;
  /** In every message, and at the door of the room. */
  token: string;
  entry: string;
}

/** The track of a feed's sound or picture, by which its frames' key is chosen (frames.ts). */
export function trackOf(what: What, kind: string): number {
  return (what === "screen" ? 2 : 0) + (kind === "video" ? 1 : 0);
}
