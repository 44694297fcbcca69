/** What stands beside a note while it is written: the server's remarks after each save. */

/** Markup of our own server for each place; what did not change is left alone, and so is a place in
 * which somebody is at a button. */
export function showBeside(form: HTMLFormElement, found: unknown): void {
  if (typeof found !== "object" || found === null) return;
  const { remarks, checks, open, button } = found as {
    remarks?: Record<string, string>;
    checks?: string;
    open?: number;
    button?: string;
  };
  for (const place of form.querySelectorAll<HTMLElement>("[data-remarks]")) {
    fill(place, remarks?.[place.dataset.remarks ?? ""] ?? "");
  }
  const list = form.querySelector<HTMLElement>("[data-checks]");
  if (list) fill(list, checks ?? "");
  const signs = form.querySelector<HTMLButtonElement>("[data-signs]");
  if (signs?.firstChild && button) {
    signs.firstChild.textContent = `${button} `;
    signs.value = String(open ?? 0);
  }
}

function fill(place: HTMLElement, markup: string): void {
  if (place.dataset.shown === markup || place.contains(document.activeElement)) return;
  place.dataset.shown = markup;
  place.innerHTML = markup;
}
