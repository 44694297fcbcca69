/* Leave now (T08): the page is covered at once, the session ends, another page takes its place.
 *
 * Shift three times, or Esc twice, within a second and a half: neither happens by accident, and one
 * Esc alone belongs to what closes on a page. A page that comes back from the browser's memory is
 * covered before it is seen. */
import { cover, told } from "./page";

const STABLE = "/my/";
const WITHIN = 1_500;
/** How long the answer is waited for: the page is covered already, the request outlives it. */
const PATIENCE = 300;

let left = false;

export function leave(): void {
  if (left) return;
  left = true;
  const to = told("leave") || "/my/away";
  cover();
  history.replaceState(null, "", STABLE);
  const ended = fetch("/my/leave", { method: "POST", keepalive: true, redirect: "manual" });
  const waited = new Promise(resolve => setTimeout(resolve, PATIENCE));
  void Promise.race([ended.catch(() => waited), waited]).then(() => location.replace(to));
}

/** The moments at which one key was pressed alone, again and again. */
export class Presses {
  private at: number[] = [];
  constructor(
    private readonly key: string,
    private readonly times: number,
  ) {}

  /** Whether this press makes it enough. */
  press(key: string, now: number): boolean {
    this.at = key === this.key ? [...this.at.filter(one => now - one < WITHIN), now] : [];
    return this.at.length >= this.times;
  }
}

export function leaving(): void {
  document.querySelector("form[data-leave]")?.addEventListener("submit", event => {
    event.preventDefault();
    leave();
  });
  const keys = [new Presses("Shift", 3), new Presses("Escape", 2)];
  document.addEventListener(
    "keydown",
    event => {
      if (event.repeat) return;
      const enough = keys.map(each => each.press(event.key, event.timeStamp));
      if (enough.includes(true)) leave();
    },
    { capture: true },
  );
  window.addEventListener("pageshow", event => {
    if (!event.persisted) return;
    cover();
    location.replace(STABLE);
  });
}
