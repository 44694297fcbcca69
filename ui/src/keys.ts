/** Everything by keyboard. Single keys work only while nobody is typing, and a person may turn
 * them off (data-keys="off" on the root); chords always work. */
import { doors } from "./doors";
import { searchField } from "./hits";
import { answer } from "./matter";
import { openPalette } from "./palette";
import { goTo, turnVeil } from "./veil";

let goingAt = 0;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select"))
  );
}

function chord(event: KeyboardEvent): boolean {
  if (!event.ctrlKey && !event.metaKey) return false;
  if (event.key.toLowerCase() === "k") openPalette();
  else if (event.key === "Enter") return submit(event.target);
  else return false;
  return true;
}

/** Presses the first button of the form in which the hands are. */
function submit(target: EventTarget | null): boolean {
  const form = target instanceof Element ? target.closest("form") : null;
  const first = form?.querySelector<HTMLButtonElement>(
    'button[data-kind="first"]:not([type="button"], :disabled)',
  );
  if (first) form?.requestSubmit(first);
  return Boolean(first);
}

function single(event: KeyboardEvent): boolean {
  const { key } = event;
  if (Date.now() - goingAt < 1_500) return go(key);
  if (key === ".") turnVeil();
  else if (key === "/") seek();
  else if (key === "?") openPalette();
  else if (key === "g") goingAt = Date.now();
  else return press(key) || (/^[1-9]$/.test(key) && answer(Number(key)));
  return true;
}

/** Into the search of this page, or else into the palette, which searches everywhere. */
function seek(): void {
  const field = searchField();
  if (!field) openPalette();
  field?.focus();
  field?.select();
}

/** A verb of this page that has a letter of its own: `data-key`. */
function press(key: string): boolean {
  const verb = [...document.querySelectorAll<HTMLElement>("[data-key]")].find(
    each => each.dataset.key === key,
  );
  verb?.click();
  return Boolean(verb);
}

function go(key: string): boolean {
  goingAt = 0;
  const door = doors().find(each => each.key === key.toLowerCase());
  if (door) void goTo(door.href);
  return Boolean(door);
}

function pressed(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  if (chord(event)) {
    event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.metaKey || isTyping(event.target)) return;
  if (document.documentElement.dataset.keys === "off") return;
  if (document.querySelector("dialog[open]:not(.guide dialog)")) return;
  if (single(event)) event.preventDefault();
}

export function startKeys(): void {
  document.addEventListener("keydown", pressed);
}
