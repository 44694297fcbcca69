/** Finding: Ctrl K. The server answers only with what this person may know, and nothing is kept of
 * the asking: not the words, not the answers. POST /find {q, records?} → [{label, href, kind, note?,
 * short?, posts?}]. Records are asked for when the hands rest, because finding there is opening. */
import { doors, KEYS } from "./doors";
import { csrf, isOurs, place } from "./page";
import { goTo } from "./veil";

interface Found {
  label: string;
  href: string;
  kind: string;
  note?: string;
  short?: string; // how it reads behind the privacy screen; a client's is made of initials
  keys?: string;
  posts?: string; // the field in which the words go along to a page of their own
}

const REST = 450; // milliseconds without a key before records are opened for what was typed

const dialog = document.querySelector<HTMLDialogElement>("#palette");
const input = dialog?.querySelector("input");
const list = dialog?.querySelector<HTMLElement>('[role="listbox"]');
const beside = dialog?.querySelector<HTMLElement>("[data-beside]");
let asked: AbortController | null = null;
let timer = 0;
let resting = 0;

function element(tag: string, className = "", words = ""): HTMLElement {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (words) made.textContent = words;
  return made;
}

/** The label with the typed words underlined. */
function marked(label: string, query: string): (Node | string)[] {
  const words = query.split(/\s+/).filter(Boolean);
  if (!words.length) return [label];
  const escaped = words.map(word => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return label
    .split(new RegExp(`(${escaped.join("|")})`, "gi"))
    .map((part, at) => (at % 2 ? element("mark", "", part) : part));
}

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map(part => `${part.charAt(0)}.`)
    .join(" ");

function option(found: Found, at: number, query: string): HTMLElement {
  const row = element("div");
  row.role = "option";
  row.id = `found-${at}`;
  row.ariaSelected = String(at === 0);
  row.dataset.href = found.href;
  if (found.posts) row.dataset.posts = found.posts;
  row.append(named(found, query), found.keys ? chord(found.keys) : note(found));
  return row;
}

function named(found: Found, query: string): HTMLElement {
  const isClient = found.kind.toLowerCase().startsWith("client");
  const short = found.short || (isClient ? initials(found.label) : "");
  const label = element("span", isClient ? "person" : short ? "folds" : "");
  const full = element("span", "full");
  full.append(...marked(found.label, query));
  label.append(full, ...(short ? [element("span", "short", short)] : []));
  return label;
}

const note = (found: Found): HTMLElement => element("small", "", found.note ?? "");

function chord(keys: string): HTMLElement {
  const line = element("small", "by-key");
  line.append(...keys.split(" ").flatMap(each => [element("kbd", "", each), " "]));
  return line;
}

function show(all: Found[], query: string): void {
  if (!list || !beside) return;
  const groups = new Map<string, Found[]>();
  for (const each of all) groups.set(each.kind, [...(groups.get(each.kind) ?? []), each]);
  let at = 0;
  const parts = [...groups].map(([kind, members]) => {
    const group = element("div");
    group.role = "group";
    group.ariaLabel = kind;
    const title = element("div", "group", kind);
    title.role = "presentation";
    group.append(title, ...members.map(each => option(each, at++, query)));
    return group;
  });
  list.replaceChildren(...parts);
  beside.replaceChildren(...(query ? nothing(all) : [keys()]));
  point(0);
}

function nothing(all: Found[]): Node[] {
  if (all.some(each => !each.posts)) return [];
  const line = element("p", "nothing", "Nothing that you may know of.");
  line.role = "status";
  return [line];
}

function keys(): HTMLElement {
  const sheet = element("dl", "keys by-key");
  for (const [key, does] of KEYS) {
    const row = element("div");
    const term = element("dt");
    term.append(chord(key));
    row.append(term, element("dd", "", does));
    sheet.append(row);
  }
  return sheet;
}

function options(): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[role="option"]') ?? [])];
}

/** Moves the choice to one row, counted round. */
function point(at: number): void {
  const all = options();
  const row = all[(at + all.length) % (all.length || 1)];
  for (const each of all) each.ariaSelected = String(each === row);
  if (row) input?.setAttribute("aria-activedescendant", row.id);
  else input?.removeAttribute("aria-activedescendant");
  row?.scrollIntoView({ block: "nearest" });
}

function chosen(): number {
  return options().findIndex(each => each.ariaSelected === "true");
}

function go(row: HTMLElement | undefined): void {
  const href = row?.dataset.href ?? "";
  if (!isOurs(href)) return;
  const words = input?.value ?? "";
  dialog?.close();
  if (row?.dataset.posts) post(href, row.dataset.posts, words);
  else void goTo(href);
}

/** To a page with the words in its body, so that no address holds them. */
function post(href: string, field: string, words: string): void {
  const form = document.createElement("form");
  form.method = "post";
  form.action = href;
  for (const [name, value] of [
    ["csrfmiddlewaretoken", csrf()],
    [field, words],
  ] as const) {
    const hidden = document.createElement("input");
    hidden.type = "hidden";
    hidden.name = name;
    hidden.value = value;
    form.append(hidden);
  }
  document.body.append(form);
  form.submit();
}

async function ask(query: string): Promise<void> {
  const found = await answered({ q: query });
  if (!found) return;
  show(found, query);
  resting = window.setTimeout(() => void askRecords(query, found), REST);
}

/** What records hold it, between what was found at once and where one can look further. */
async function askRecords(query: string, found: Found[]): Promise<void> {
  const records = await answered({ q: query, records: true });
  if (!records?.length) return;
  const at = Math.max(0, chosen());
  const further = found.filter(each => each.posts);
  show([...found.filter(each => !each.posts), ...records, ...further], query);
  if (at < found.length - further.length) point(at);
}

async function answered(question: object): Promise<Found[] | null> {
  asked?.abort();
  asked = new AbortController();
  try {
    // In the body, not in the address: no access log on the way shall hold a client's name.
    const response = await fetch(place("find"), {
      method: "POST",
      signal: asked.signal,
      cache: "no-store",
      headers: {
        Accept: "application/json",
        "Content-Type": "application/json",
        "X-CSRFToken": csrf(),
      },
      body: JSON.stringify({ ...question, at: location.pathname }),
    });
    if (!response.ok) throw new Error(String(response.status));
    return (await response.json()) as Found[];
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return null;
    list?.replaceChildren();
    beside?.replaceChildren(element("p", "nothing", "The practice cannot be reached."));
    return null;
  }
}

function typed(): void {
  clearTimeout(timer);
  clearTimeout(resting);
  const query = input?.value.trim() ?? "";
  if (!query) {
    asked?.abort();
    show(
      doors().map(({ key, label, href }) => ({ label, href, kind: "Go to", keys: `g ${key}` })),
      "",
    );
  } else timer = window.setTimeout(() => void ask(query), 120);
}

function forget(): void {
  asked?.abort();
  clearTimeout(timer);
  clearTimeout(resting);
  if (input) input.value = "";
  list?.replaceChildren();
  beside?.replaceChildren();
}

export function openPalette(): void {
  if (!dialog || dialog.open || !dialog.isConnected) return;
  dialog.showModal();
  typed();
}

function pressed(event: KeyboardEvent): void {
  const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
  const step = moves[event.key];
  if (step !== undefined) point(chosen() + step);
  else if (event.key === "Enter") go(options()[chosen()]);
  else return;
  event.preventDefault();
}

export function startPalette(): void {
  if (!dialog || !input || !list) return;
  input.addEventListener("input", typed);
  input.addEventListener("keydown", pressed);
  list.addEventListener("click", event => {
    if (event.target instanceof Element)
      go(event.target.closest<HTMLElement>("[data-href]") ?? undefined);
  });
  dialog.addEventListener("close", forget);
  dialog.addEventListener("click", event => {
    if (event.target === dialog) dialog.close();
  });
  for (const button of document.querySelectorAll('[data-opens="palette"]')) {
    button.addEventListener("click", openPalette);
  }
}
