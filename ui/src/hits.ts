/** Through what was found by keyboard: the arrows, or j and k, from the field into the hits and from
 * hit to hit; Enter opens. What arrived is told once, in words. */

const HITS = "[data-hits] > li > .what a";
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

function links(): HTMLAnchorElement[] {
  return [...document.querySelectorAll<HTMLAnchorElement>(HITS)];
}

/** The field that `/` leads to: this page's search, if it has one. */
export function searchField(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>("input[data-slash]");
}

function pressed(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = STEPS[event.key];
  const all = links();
  if (step === undefined || !all.length || !(event.target instanceof HTMLElement)) return;
  const at = all.indexOf(event.target as HTMLAnchorElement);
  const inField = event.target === searchField() && event.key === "ArrowDown";
  if (at < 0 && !inField) return;
  event.preventDefault();
  const next = inField ? 0 : at + step;
  (next < 0 ? searchField() : all[Math.min(next, all.length - 1)])?.focus();
}

function arrived(event: Event): void {
  const part = event.target instanceof Element ? event.target : document;
  const hits = part.querySelector<HTMLElement>("[data-says]");
  const told = document.querySelector("#announce");
  const heading = part.querySelector<HTMLElement>("#found-title");
  if (told && heading) told.textContent = hits?.dataset.says ?? heading.textContent;
}

export function startHits(): void {
  document.addEventListener("keydown", pressed);
  document.addEventListener("htmx:afterSettle", arrived);
}
