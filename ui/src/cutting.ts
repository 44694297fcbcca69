/** Cutting a record: the words selected in a paragraph go along with the form, by its button or Alt X;
 * a part of a drawn page is framed with a pointer or with the arrows. Without scripts the same is typed. */

const WHOLE = 1000;
const STEP = 10;

function form(): HTMLFormElement | null {
  return document.querySelector<HTMLFormElement>("form[data-cutting]");
}

function put(name: string, value: string): void {
  const field = form()?.querySelector<HTMLInputElement>(`[data-cut-${name}]`);
  if (field) field.value = value;
}

/** Letters before a place, counted as the server does: by code points, not by halves of them. */
function letters(text: string, end: number): number {
  return [...text.slice(0, end)].length;
}

function selected(field: HTMLTextAreaElement): void {
  const says = form()?.querySelector<HTMLElement>("[data-cut-says]");
  const words = field.value.slice(field.selectionStart, field.selectionEnd);
  const some = words.trim() !== "";
  put("spot", some ? (field.dataset.spot ?? "") : "");
  put("start", some ? String(letters(field.value, field.selectionStart)) : "");
  put("end", some ? String(letters(field.value, field.selectionEnd)) : "");
  if (!says) return;
  const short = words.length > 40 ? `${words.slice(0, 40)} …` : words;
  says.textContent = some ? `Selected: “${short}”` : "Select words of the record.";
}

/** A field that is read only has no pen in some browsers, so that nothing is selected by keyboard. It
 * is opened for the pen, and shut to every change. */
function openForThePen(): void {
  for (const field of document.querySelectorAll<HTMLTextAreaElement>("textarea[data-spot]")) {
    field.readOnly = false;
    field.ariaReadOnly = "true";
    field.inputMode = "none";
    field.spellcheck = false;
    field.addEventListener("beforeinput", event => event.preventDefault());
    field.addEventListener("drop", event => event.preventDefault());
  }
}

function watchSelection(): void {
  openForThePen();
  for (const kind of ["select", "keyup", "pointerup"]) {
    document.addEventListener(kind, event => {
      const field = event.target;
      if (field instanceof HTMLTextAreaElement && field.dataset.spot) selected(field);
    });
  }
  document.addEventListener("keydown", event => {
    if (!event.altKey || event.code !== "KeyX") return;
    event.preventDefault();
    form()?.querySelector<HTMLButtonElement>("[data-cut-now]")?.click();
  });
}

type Frame = { left: number; top: number; right: number; bottom: number };

const EDGES = ["left", "top", "right", "bottom"] as const;

function bounded(value: number): number {
  return Math.round(Math.min(WHOLE, Math.max(0, value)));
}

function fieldOf(edge: string): HTMLInputElement | null {
  const found = form()?.elements.namedItem(edge);
  return found instanceof HTMLInputElement ? found : null;
}

function framed(): Frame {
  const of = (edge: string, other: number): number => {
    const text = fieldOf(edge)?.value.trim() ?? "";
    return /^\d{1,4}$/.test(text) ? bounded(Number(text)) : other;
  };
  return {
    left: of("left", 400),
    top: of("top", 400),
    right: of("right", 600),
    bottom: of("bottom", 450),
  };
}

function draw(mark: HTMLElement, at: Frame): void {
  mark.hidden = false;
  mark.style.insetInlineStart = `${at.left / 10}%`;
  mark.style.insetBlockStart = `${at.top / 10}%`;
  mark.style.inlineSize = `${(at.right - at.left) / 10}%`;
  mark.style.blockSize = `${(at.bottom - at.top) / 10}%`;
}

function keep(mark: HTMLElement, at: Frame): void {
  for (const edge of EDGES) {
    const field = fieldOf(edge);
    if (field) field.value = String(at[edge]);
  }
  draw(mark, at);
}

function pointed(paper: HTMLElement, event: PointerEvent): [number, number] {
  const box = paper.getBoundingClientRect();
  return [
    bounded(((event.clientX - box.left) / box.width) * WHOLE),
    bounded(((event.clientY - box.top) / box.height) * WHOLE),
  ];
}

function drawnOn(paper: HTMLElement, mark: HTMLElement): void {
  let from: [number, number] | null = null;
  paper.addEventListener("pointerdown", event => {
    from = pointed(paper, event);
    paper.setPointerCapture(event.pointerId);
  });
  paper.addEventListener("pointermove", event => {
    if (!from) return;
    const to = pointed(paper, event);
    const [left, right] = [Math.min(from[0], to[0]), Math.max(from[0], to[0])];
    const [top, bottom] = [Math.min(from[1], to[1]), Math.max(from[1], to[1])];
    keep(mark, { left, top, right, bottom });
  });
  paper.addEventListener("pointerup", () => {
    from = null;
  });
}

const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

function moved(at: Frame, across: number, down: number, corner: boolean): Frame {
  if (corner) {
    const right = Math.max(at.left + STEP, bounded(at.right + across));
    return { ...at, right, bottom: Math.max(at.top + STEP, bounded(at.bottom + down)) };
  }
  const fits = at.left + across >= 0 && at.right + across <= WHOLE;
  const stands = at.top + down >= 0 && at.bottom + down <= WHOLE;
  const x = fits ? across : 0;
  const y = stands ? down : 0;
  return { left: at.left + x, right: at.right + x, top: at.top + y, bottom: at.bottom + y };
}

function walkedOn(paper: HTMLElement, mark: HTMLElement): void {
  paper.addEventListener("keydown", event => {
    const way = ARROWS[event.key];
    if (!way) return;
    event.preventDefault();
    keep(mark, moved(framed(), way[0], way[1], event.shiftKey));
  });
}

export function startCutting(): void {
  if (!form()) return;
  watchSelection();
  const paper = document.querySelector<HTMLElement>("[data-paint]");
  const mark = document.querySelector<HTMLElement>("[data-paint-frame]");
  if (!paper || !mark) return;
  drawnOn(paper, mark);
  walkedOn(paper, mark);
  for (const edge of EDGES) {
    fieldOf(edge)?.addEventListener("input", () => draw(mark, framed()));
  }
}
