/** `/` and the beginning of a name writes a snippet, in any field of a form that keeps itself. By keys
 * alone: arrows choose, Enter or Tab writes, Escape leaves the letters as they are. */
import { type Field, insert } from "./insert";
import { snippetBefore } from "./passages";

const list = document.createElement("ul");
list.className = "snippets";
list.id = "snippets";
list.role = "listbox";
list.ariaLabel = "Snippets";
list.hidden = true;

let from = 0;
let left: Field | null = null;
let field: Field | null = null;
let chosen = 0;

function known(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-snippets] > li")];
}

function writable(target: EventTarget | null): Field | null {
  const fits =
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && target.type === "text");
  return fits && target.form?.dataset.autosave ? target : null;
}

function look(target: Field): void {
  const found = snippetBefore(target.value, target.selectionStart ?? 0);
  if (!found) left = null;
  const typed = left === target ? undefined : found?.typed;
  const fits = known().filter(each => each.dataset.key?.startsWith(typed ?? "/"));
  if (found && fits.length) open(target, found.from, fits);
  else close();
}

function open(target: Field, start: number, fits: HTMLElement[]): void {
  field = target;
  from = start;
  chosen = 0;
  list.replaceChildren(...fits.slice(0, 8).map(option));
  target.after(list);
  list.hidden = false;
  target.setAttribute("aria-controls", list.id);
  mark();
}

function option(snippet: HTMLElement, nth: number): HTMLElement {
  const line = document.createElement("li");
  const key = document.createElement("kbd");
  line.role = "option";
  line.id = `snippet-${nth}`;
  line.dataset.words = snippet.textContent ?? "";
  key.textContent = `/${snippet.dataset.key ?? ""}`;
  line.append(key, ` ${line.dataset.words}`);
  return line;
}

function mark(): void {
  [...list.children].forEach((each, nth) => {
    each.ariaSelected = String(nth === chosen);
  });
  field?.setAttribute("aria-activedescendant", `snippet-${chosen}`);
}

function close(): void {
  list.hidden = true;
  field?.removeAttribute("aria-activedescendant");
  field = null;
}

function take(nth: number): void {
  const line = list.children[nth];
  const target = field;
  close();
  if (target && line instanceof HTMLElement) insert(target, line.dataset.words ?? "", from);
}

function pressed(event: KeyboardEvent): void {
  if (list.hidden || event.target !== field || event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    chosen = (chosen + step + list.children.length) % list.children.length;
    mark();
  } else if ((event.key === "Enter" && !event.ctrlKey) || event.key === "Tab") take(chosen);
  else if (event.key === "Escape") {
    left = field;
    close();
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

export function startSnippets(): void {
  if (!known().length) return;
  document.addEventListener("input", event => {
    const target = writable(event.target);
    if (target) look(target);
  });
  document.addEventListener("keydown", pressed, true);
  document.addEventListener("focusout", event => {
    if (event.target === field) close();
  });
  list.addEventListener("pointerdown", event => {
    event.preventDefault();
    const line = event.target instanceof Element ? event.target.closest("li") : null;
    if (line) take([...list.children].indexOf(line));
  });
}
