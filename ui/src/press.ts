/** The panel in which phrases are pressed (Alt P, or its button). The server makes the sentences from
 * what was pressed; it is told no client and no word of the note. */
import { type Field, insert } from "./insert";
import { post, text } from "./server";
import { tell } from "./status";

type Pressed = Record<string, { yes: string[]; no: string[] }>;

let field: Field | null = null;
let pen = 0;
let asked = 0;
let words = "";
const kept = new Map<string, HTMLElement>();

function dialog(): HTMLDialogElement | null {
  return document.querySelector<HTMLDialogElement>("dialog#press");
}

function part(name: string): HTMLElement | null {
  return dialog()?.querySelector<HTMLElement>(`[data-press-${name}]`) ?? null;
}

function openFor(target: Field): void {
  const names = (target.dataset.sets ?? "").split(" ").filter(Boolean);
  const box = dialog();
  if (!box || !names.length) return;
  field = target;
  pen = target.selectionEnd ?? target.value.length;
  kept.clear();
  part("sets")?.replaceChildren(...names.map(tab));
  box.showModal();
  show(names[0] ?? "");
  void compose();
}

function template(name: string): HTMLTemplateElement | null {
  const found = document.getElementById(`press-${name}`);
  return found instanceof HTMLTemplateElement ? found : null;
}

function tab(name: string): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "chip";
  button.dataset.set = name;
  button.textContent = template(name)?.dataset.title ?? name;
  return button;
}

/** One set at a time; what was pressed in the others stays pressed. */
function show(name: string): void {
  const groups = part("groups");
  if (!groups) return;
  let page = kept.get(name);
  if (!page) {
    page = document.createElement("div");
    page.append(template(name)?.content.cloneNode(true) ?? "");
    kept.set(name, page);
  }
  groups.replaceChildren(page);
  for (const each of part("sets")?.querySelectorAll<HTMLElement>("[data-set]") ?? []) {
    each.ariaCurrent = String(each.dataset.set === name);
  }
  groups.querySelector<HTMLElement>("button")?.focus();
}

function press(button: HTMLButtonElement): void {
  const on = button.ariaPressed !== "true";
  const group = button.closest<HTMLElement>("[data-group]");
  const single = group?.dataset.shape === "one" ? group : button.closest(".asked");
  for (const each of single?.querySelectorAll("button") ?? []) each.ariaPressed = "false";
  button.ariaPressed = String(on);
  void compose();
}

function pressedIn(page: HTMLElement): Pressed {
  const found: Pressed = {};
  for (const group of page.querySelectorAll<HTMLElement>("[data-group]")) {
    const on = [...group.querySelectorAll<HTMLElement>('button[aria-pressed="true"]')];
    const yes = on.flatMap(each => each.dataset.yes ?? []);
    const no = on.flatMap(each => each.dataset.no ?? []);
    if (on.length) found[group.dataset.group ?? ""] = { yes, no };
  }
  return found;
}

async function compose(): Promise<void> {
  const box = dialog();
  const preview = part("preview");
  if (!box || !preview) return;
  const mine = ++asked;
  const order = (field?.dataset.sets ?? "").split(" ");
  const pages = order.flatMap(name => {
    const page = kept.get(name);
    return page ? [{ set: name, pressed: pressedIn(page) }] : [];
  });
  const sets = pages.filter(each => Object.keys(each.pressed).length);
  const answer = sets.length
    ? await post(box.dataset.compose ?? "", { voice: box.dataset.voice ?? "", sets })
    : ({ kind: "ok", body: { words: "" } } as const);
  if (mine !== asked) return;
  if (answer.kind !== "ok") {
    tell("The sentences could not be made. What you pressed is still pressed; try again.");
    return;
  }
  words = text(answer.body.words);
  preview.textContent = words || "Press what was so. Nothing is chosen for you.";
}

function done(): void {
  const target = field;
  dialog()?.close();
  if (!target || !words) return;
  // The panel took the focus, and in some browsers the place of the pen with it.
  target.setSelectionRange(pen, pen);
  insert(target, words);
  words = "";
}

/** Arrows go from button to button, so that a hand need not leave them for Tab. */
function step(event: KeyboardEvent): boolean {
  const way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const here = document.activeElement;
  if (!way || !here?.matches("dialog#press .chip")) return false;
  const place = here.closest("[data-press-sets], [data-press-groups]");
  const all = [...(place?.querySelectorAll<HTMLElement>(".chip") ?? [])];
  all[(all.indexOf(here as HTMLElement) + way + all.length) % all.length]?.focus();
  return true;
}

function keyed(event: KeyboardEvent): void {
  const target = event.target;
  if (event.altKey && event.code === "KeyP" && target instanceof HTMLTextAreaElement) {
    if (!target.dataset.sets) return;
    event.preventDefault();
    openFor(target);
  } else if (dialog()?.open) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) done();
    else if (!step(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** What a button of the page, or of the panel, does. */
function clicked(button: HTMLButtonElement): void {
  const opens = document.getElementById(button.dataset.pressFor ?? "");
  if (opens instanceof HTMLTextAreaElement) openFor(opens);
  if (!dialog()?.contains(button)) return;
  if (button.dataset.set) show(button.dataset.set);
  else if ("pressDone" in button.dataset) done();
  else if ("pressClose" in button.dataset) dialog()?.close();
  else if (button.ariaPressed !== null) press(button);
}

export function startPressing(): void {
  const box = dialog();
  if (!box) return;
  document.addEventListener("keydown", keyed, true);
  box.addEventListener("close", () => field?.focus());
  document.addEventListener("click", event => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button) clicked(button);
  });
}
