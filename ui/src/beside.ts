/** What stands beside a note while it is written: the server's remarks after each save. */

/** Markup of our own server for each place; what did not change is left alone, and so is a place in
 * which somebody is at a button. */
export function showBeside(form: HTMLFormElement, found: unknown): void {
  if (typeof found !== "object" || found === null) return;
  const { remarks, checks, open } = found as {
    remarks?: Record<string, string>;
    checks?: string;
    open?: number;
  };
  for (const place of form.querySelectorAll<HTMLElement>("[data-remarks]")) {
    fill(place, remarks?.[place.dataset.remarks ?? ""] ?? "");
  }
  const list = form.querySelector<HTMLElement>("[data-checks]");
  if (list) fill(list, checks ?? "");
  const line = form.querySelector<HTMLElement>("[data-open]");
  if (line) line.textContent = open ? `${open} open` : "";
}

function fill(place: HTMLElement, markup: string): void {
  if (place.dataset.shown === markup || place.contains(document.activeElement)) return;
  place.dataset.shown = markup;
  place.innerHTML = markup;
}
