/** Finding a code by keyboard: from `input[data-codes]` down into what was found, and back.
 * What is found arrives by htmx; without scripts the button beside the field does it. */

function foundFor(input: HTMLElement): HTMLButtonElement[] {
  const list = document.getElementById(input.getAttribute("aria-controls") ?? "");
  return [...(list?.querySelectorAll<HTMLButtonElement>("button.code") ?? [])];
}

function move(input: HTMLElement, from: Element, step: number): void {
  const found = foundFor(input);
  const at = found.indexOf(from as HTMLButtonElement) + step;
  const to = at < 0 ? input : found[Math.min(at, found.length - 1)];
  to?.focus();
}

function pressed(event: KeyboardEvent): void {
  if (!(event.target instanceof HTMLElement) || event.ctrlKey || event.metaKey) return;
  const input = document.querySelector<HTMLElement>("input[data-codes]");
  if (!input) return;
  const inField = event.target === input;
  if (!inField && !event.target.matches("button.code")) return;
  if (event.key === "ArrowDown") move(input, event.target, 1);
  else if (event.key === "ArrowUp" && !inField) move(input, event.target, -1);
  else if (event.key === "Enter" && inField && foundFor(input).length) move(input, input, 1);
  else if (event.key === "Escape" && !inField) input.focus();
  else return;
  event.preventDefault();
}

export function startCodes(): void {
  document.addEventListener("keydown", pressed);
}
