/** What the tabs of one browser tell each other, so that a touch in one keeps all awake and a lock
 * in one locks all. Spoken, never stored. */

export type News =
  | { kind: "touched"; at: number }
  | { kind: "locked" }
  | { kind: "unlocked"; csrf: string };

const others = new BroadcastChannel("stillroom");

export function tellTabs(news: News): void {
  others.postMessage(news);
}

export function hearTabs(hear: (news: News) => void): void {
  others.addEventListener("message", ({ data }: MessageEvent<News>) => hear(data));
}
