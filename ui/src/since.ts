/** How long ago something began, kept right while the page is open: `data-since` holds the moment.
 * The words are those that the server writes; without a script they stay as they were. */

const EVERY = 15_000;

function words(minutes: number): string {
  if (minutes >= 2_880) return `${Math.floor(minutes / 1_440)} days`;
  if (minutes >= 120) return `${Math.floor(minutes / 60)} hours`;
  if (minutes >= 60) return "1 hour";
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
}

function renew(): void {
  for (const each of document.querySelectorAll<HTMLElement>("[data-since]")) {
    const began = Date.parse(each.dataset.since ?? "");
    if (Number.isNaN(began)) continue;
    each.textContent = words(Math.max(0, Math.floor((Date.now() - began) / 60_000)));
  }
}

export function startSince(): void {
  if (document.querySelector("[data-since]")) window.setInterval(renew, EVERY);
}
