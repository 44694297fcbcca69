/** The privacy screen. One press folds names and blurs what people said, a second blurs the page,
 * a third lifts it. The server remembers it for this session; the browser remembers nothing. */
import { place } from "./page";
import { post } from "./server";
import { announce } from "./status";

type Veil = "" | "names" | "all";

const NEXT: Record<Veil, Veil> = { "": "names", names: "all", all: "" };
const HINT: Record<Veil, string> = {
  "": "Privacy screen: press ",
  names: "Names folded, words blurred. For the whole page press ",
  all: "Everything blurred. To lift it press ",
};

function current(): Veil {
  const veil = document.documentElement.dataset.veil;
  return veil === "names" || veil === "all" ? veil : "";
}

function hint(veil: Veil): void {
  for (const button of document.querySelectorAll("[data-veils]")) {
    const key = button.querySelector("kbd");
    button.replaceChildren(HINT[veil], ...(key ? [key] : []));
  }
}

export function turnVeil(): void {
  const veil = NEXT[current()];
  document.documentElement.dataset.veil = veil;
  hint(veil);
  announce(`${HINT[veil]}period.`);
  if (place("veilTo")) void post(place("veilTo"), { veil });
}

export function startVeil(): void {
  hint(current());
  for (const button of document.querySelectorAll("[data-veils]")) {
    button.addEventListener("click", turnVeil);
  }
}
