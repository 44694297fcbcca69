/** The privacy screen. One press folds names and blurs what people said, a second blurs the page,
 * a third lifts it. The server remembers it for this session; the browser remembers nothing. */
import { place } from "./page";
import { post } from "./server";
import { announce } from "./status";

type Veil = "" | "names" | "all";

const NEXT: Record<Veil, Veil> = { "": "names", names: "all", all: "" };
const WORDS: Record<Veil, string> = {
  "": "Privacy screen",
  names: "Names folded, words blurred; to blur the whole page",
  all: "Everything blurred; to lift it",
};

function current(): Veil {
  const veil = document.documentElement.dataset.veil;
  return veil === "names" || veil === "all" ? veil : "";
}

function show(veil: Veil): void {
  for (const words of document.querySelectorAll("[data-veil-words]")) {
    words.textContent = WORDS[veil];
  }
}

export function turnVeil(): void {
  const veil = NEXT[current()];
  document.documentElement.dataset.veil = veil;
  show(veil);
  announce(veil ? `${WORDS[veil]}, press period.` : "Privacy screen lifted.");
  if (place("veilTo")) remember(veil);
}

interface Telling {
  veil: Veil;
  /** When it was so, by this browser's clock: what arrives late changes nothing there any more. */
  at: number;
}

/** What the server has not been told yet. One telling at a time: two at once may arrive in either
 * order, and the next page would hide less, or more, than this one. Only a page that goes tells its last
 * word beside one that is on its way; then the moments say which holds. */
let untold: Telling | null = null;
let telling = false;
let told: Promise<void> = Promise.resolve();
/** Milliseconds that a next page waits until the server knows: it would show what was just hidden. */
const WAITS = 3_000;

function remember(veil: Veil): void {
  untold = { veil, at: performance.timeOrigin + performance.now() };
  if (telling) return;
  telling = true;
  told = (async () => {
    while (untold !== null) await tellServer();
    telling = false;
  })();
}

/** Until the server knows what this page hides. */
async function untilTold(): Promise<void> {
  if (telling) await Promise.race([told, new Promise(go => window.setTimeout(go, WAITS))]);
}

/** Go to another page of ours, once the server knows what this one hides. */
export async function goTo(href: string): Promise<void> {
  await untilTold();
  location.assign(href);
}

/** Those that wait for what was typed go on by themselves (onward.ts). */
const LINK = "a[href]:not([data-after-saving])";

/** A link that was pressed a moment after the screen. */
function followed(event: MouseEvent): void {
  if (!telling || event.defaultPrevented || event.button !== 0) return;
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = (event.target as Element).closest<HTMLAnchorElement>(LINK);
  if (!link || link.target || link.hasAttribute("download")) return;
  if (link.origin !== location.origin || link.getAttribute("href")?.startsWith("#")) return;
  event.preventDefault();
  void goTo(link.href);
}

const held = new WeakSet<HTMLFormElement>();
/** The one that has waited, while it is sent. */
let passes: HTMLFormElement | null = null;

/** A form that was sent a moment after the screen. It is held before anybody else hears of it, and then
 * sent as if it were pressed now, so that all who wait for it do so once. */
function sent(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (!telling || form === passes || form.method === "dialog") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (held.has(form)) return;
  held.add(form);
  const { submitter } = event;
  void untilTold().then(async () => {
    // A form that is still telling of one submission ignores the next (HTML, form submission): wait.
    await new Promise(resolve => setTimeout(resolve));
    held.delete(form);
    passes = form;
    form.requestSubmit(submitter?.isConnected ? submitter : null);
    passes = null;
  });
}

async function tellServer(): Promise<void> {
  if (untold === null) return;
  const now = untold;
  untold = null;
  await post(place("veilTo"), { ...now }, { keepalive: true });
}

export function startVeil(): void {
  show(current());
  for (const button of document.querySelectorAll("[data-veils]")) {
    button.addEventListener("click", turnVeil);
  }
  document.addEventListener("click", followed);
  document.addEventListener("submit", sent, { capture: true });
  window.addEventListener("pagehide", () => void tellServer());
}
