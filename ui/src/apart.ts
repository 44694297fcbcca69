/** Moving a passage into the author's own psychotherapy note, by Alt M or a button beside the note; and
 * the marks of what was carried from the last note. */
import { editorOf } from "./editor";
import { paragraphAt } from "./passages";
import { announce } from "./status";

async function move(field: HTMLTextAreaElement, passage: string): Promise<void> {
  if (!passage.trim()) return;
  const note = await editorOf(field)?.moveApart(field.name, passage);
  if (!note) return;
  field.focus();
  announce("Moved to your psychotherapy note of this session.");
  link(field, note);
}

/** The way to where it went, beneath the field. */
function link(field: HTMLTextAreaElement, href: string): void {
  const line = field.form?.querySelector("[data-saved]");
  if (!line) return;
  const way = document.createElement("a");
  way.href = href;
  way.textContent = "Open it";
  line.append(" ", way);
}

function fieldNamed(form: HTMLFormElement | null, name: string): HTMLTextAreaElement | null {
  const found = form?.elements.namedItem(name);
  return found instanceof HTMLTextAreaElement ? found : null;
}

/** A carried sentence that was changed is marked no longer. */
function settleCarried(form: HTMLFormElement): void {
  for (const box of form.querySelectorAll<HTMLElement>("[data-carried]")) {
    const text = fieldNamed(form, box.dataset.carried ?? "")?.value ?? "";
    let left = 0;
    for (const tick of box.querySelectorAll<HTMLInputElement>("input")) {
      const stands = text.includes(tick.value);
      if (tick.parentElement) tick.parentElement.hidden = !stands;
      if (stands) left += 1;
    }
    box.hidden = left === 0;
  }
}

export function startApart(): void {
  document.addEventListener("click", event => {
    const button = event.target instanceof Element && event.target.closest("[data-moves]");
    if (!(button instanceof HTMLButtonElement)) return;
    const field = fieldNamed(button.closest("form"), button.dataset.section ?? "");
    if (field) void move(field, button.dataset.moves ?? "");
  });
  document.addEventListener("keydown", event => {
    const field = event.target;
    if (!event.altKey || event.code !== "KeyM" || !(field instanceof HTMLTextAreaElement)) return;
    if (!field.form?.dataset.apart) return;
    event.preventDefault();
    void move(field, paragraphAt(field.value, field.selectionStart, field.selectionEnd));
  });
  document.addEventListener("input", event => {
    const form = event.target instanceof Element ? event.target.closest("form") : null;
    if (form instanceof HTMLFormElement) settleCarried(form);
  });
}
