/* The waiting room: `[data-waiting]` shows itself to the practice every few seconds, and goes in when
   the door is open. The practice's clock counts; that the device's differs is said. */
import { post, text } from "../server";

const EVERY = 3_000;
const DIFFERS = 5 * 60_000;

function show(within: Element, name: string, on: boolean): void {
  const line = within.querySelector<HTMLElement>(`[data-${name}]`);
  if (line) line.hidden = !on;
}

async function look(page: HTMLElement): Promise<void> {
  const answer = await post(page.dataset.state ?? "", { inside: false });
  show(page, "silent", answer.kind === "unreachable" || answer.kind === "unwell");
  if (answer.kind === "locked") return location.reload();
  if (answer.kind === "ok") {
    show(page, "taken", answer.body.stays === false);
    const phase = text(answer.body.phase);
    if (phase === "open") return location.replace(page.dataset.room ?? "");
    if (phase !== "waiting") return location.replace(page.dataset.back ?? "");
  }
  window.setTimeout(() => void look(page), EVERY);
}

export function waiting(): void {
  const page = document.querySelector<HTMLElement>("[data-waiting]");
  if (!page) return;
  const theirs = Date.parse(page.dataset.at ?? "");
  show(page, "clock", Math.abs(Date.now() - theirs) > DIFFERS);
  void look(page);
}
