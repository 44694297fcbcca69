/** Watching whether anybody is here. After `meta[name=idle]` seconds without a touch in any tab the
 * words are saved, the server is told to forget the keys, and every tab puts its page away. */
import { flush } from "./editor";
import { wakefulness, warning } from "./idle";
import { isAway, putAway, putBack, untilUnlocked } from "./lock";
import { idleSeconds, place } from "./page";
import { post } from "./server";
import { tell } from "./status";
import { hearTabs, type News, tellTabs } from "./tabs";

const TOUCHES = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "scroll"] as const;
const PATIENCE = 3_000; // for the last save before the page goes

let touchedAt = Date.now();
let toldAt = 0;
let warned = "";

/** Saves, locks the server side and puts the page away. The page goes, whatever the server says. */
async function lock(): Promise<void> {
  if (isAway()) return;
  await lastSave();
  if (isAway()) return; // the server locked first, and said so to the last save
  tellTabs({ kind: "locked" });
  awayUntilBack();
  await post(place("lock"), {}, { keepalive: true });
}

/** Whoever unlocks has touched the page, although its own listeners were deaf meanwhile. */
function awayUntilBack(): void {
  putAway();
  if (!isAway()) return; // a door has nothing to put away
  void untilUnlocked().then(() => {
    touchedAt = Date.now();
  });
}

/** Every form's words, within a patience that no slow network stretches. */
function lastSave(): Promise<unknown> {
  return Promise.race([flush(), new Promise(resolve => setTimeout(resolve, PATIENCE))]);
}

function warn(words: string): void {
  if (words === warned) return;
  warned = words;
  tell(words);
}

function touched(): void {
  if (isAway()) return;
  touchedAt = Date.now();
  warn("");
  if (touchedAt - toldAt < 2_000) return;
  toldAt = touchedAt;
  tellTabs({ kind: "touched", at: touchedAt });
}

function look(): void {
  // While the page is away nobody is idle on it: it would lock again a moment after unlocking.
  // In a call somebody is here, though nobody touches the page.
  if (isAway() || "calling" in document.documentElement.dataset) {
    touchedAt = Date.now();
    return;
  }
  const now = wakefulness(touchedAt, Date.now(), idleSeconds());
  if (now.state === "lock") void lock();
  else warn(now.state === "warn" ? warning(now.left) : "");
}

function hear(news: News): void {
  if (news.kind === "touched") touchedAt = Math.max(touchedAt, news.at);
  else if (news.kind === "locked") void lastSave().then(awayUntilBack);
  else {
    touchedAt = Date.now();
    putBack(news.csrf);
  }
}

export function startWatch(): void {
  hearTabs(hear);
  for (const button of document.querySelectorAll("[data-lock-now]")) {
    button.addEventListener("click", () => void lock());
  }
  if (!idleSeconds()) return;
  for (const kind of TOUCHES) {
    window.addEventListener(kind, touched, { capture: true, passive: true });
  }
  window.setInterval(look, 1_000);
  document.addEventListener("visibilitychange", look);
}
