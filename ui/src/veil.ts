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
  if (place("veilTo")) void remember(veil);
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

async function remember(veil: Veil): Promise<void> {
  untold = { veil, at: performance.timeOrigin + performance.now() };
  if (telling) return;
  telling = true;
  while (untold !== null) await tellServer();
  telling = false;
}

async function tellServer(): Promise<void> {
  if (untold === null) return;
  const told = untold;
  untold = null;
  await post(place("veilTo"), { ...told }, { keepalive: true });
}

export function startVeil(): void {
  show(current());
  for (const button of document.querySelectorAll("[data-veils]")) {
    button.addEventListener("click", turnVeil);
  }
  window.addEventListener("pagehide", () => void tellServer());
}
