/** A form in a client's hands: a missed question is explained as it is missed and its first answer
 * kept, and a name may be drawn. Without scripts the name is written and the questions still count. */

const WIDE = 1000;
const HIGH = 300;

function explain(ask: HTMLElement): void {
  const says = ask.querySelector<HTMLElement>("[data-check-says]");
  const first = ask.querySelector<HTMLInputElement>("[data-first]");
  ask.addEventListener("change", event => {
    if (!(event.target instanceof HTMLInputElement) || !says) return;
    if (first && !first.value) first.value = event.target.value;
    const right = event.target.value === ask.dataset.right;
    says.textContent = (right ? says.dataset.yes : says.dataset.no) ?? "";
  });
}

/** Lines of points on the field, `x,y x,y;x,y …`, as the server reads them. */
export function written(lines: readonly (readonly [number, number][])[]): string {
  return lines
    .filter(line => line.length > 1)
    .map(line => line.map(([x, y]) => `${x},${y}`).join(" "))
    .join(";");
}

/** A point of the page as a point of the field, kept on it. */
export function onField(
  x: number,
  y: number,
  box: { left: number; top: number; width: number; height: number },
): [number, number] {
  const within = (part: number, most: number): number =>
    Math.min(most, Math.max(0, Math.round(part * most)));
  return [
    within((x - box.left) / (box.width || 1), WIDE),
    within((y - box.top) / (box.height || 1), HIGH),
  ];
}

function drawn(sign: HTMLElement): void {
  const field = sign.querySelector<HTMLElement>("[data-sign-field]");
  const canvas = sign.querySelector("canvas");
  const kept = sign.querySelector<HTMLInputElement>("[data-strokes]");
  const pen = canvas?.getContext("2d");
  if (!field || !canvas || !kept || !pen) return;
  field.hidden = false;
  let lines: [number, number][][] = [];
  let line: [number, number][] | undefined;
  const keep = (): void => {
    kept.value = written(lines);
  };
  canvas.addEventListener("pointerdown", event => {
    canvas.setPointerCapture(event.pointerId);
    line = [onField(event.clientX, event.clientY, canvas.getBoundingClientRect())];
    lines.push(line);
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", event => {
    if (!line) return;
    const to = onField(event.clientX, event.clientY, canvas.getBoundingClientRect());
    const from = line.at(-1);
    if (!from || (Math.abs(from[0] - to[0]) < 3 && Math.abs(from[1] - to[1]) < 3)) return;
    pen.strokeStyle = getComputedStyle(canvas).color;
    pen.lineWidth = 4;
    pen.lineCap = "round";
    pen.beginPath();
    pen.moveTo(...from);
    pen.lineTo(...to);
    pen.stroke();
    line.push(to);
  });
  const lift = (): void => {
    line = undefined;
    keep();
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  sign.querySelector("[data-sign-clear]")?.addEventListener("click", () => {
    lines = [];
    pen.clearRect(0, 0, WIDE, HIGH);
    keep();
  });
}

export function startSigning(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-signing]");
  if (!form) return;
  form.querySelectorAll<HTMLElement>("[data-check]").forEach(explain);
  form.querySelectorAll<HTMLElement>("[data-sign]").forEach(drawn);
  const name = form.querySelector<HTMLInputElement>("#a-name");
  const says = form.querySelector<HTMLElement>("[data-sign-says]");
  form.addEventListener("submit", event => {
    if (name?.value.trim() || !says) return;
    says.textContent = says.dataset.none ?? "Please write your name first.";
    name?.focus();
    event.preventDefault();
  });
}
