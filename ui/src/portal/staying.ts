/* A page that nobody touches is over after ten minutes, and any after two hours; a minute before, it
 * says so. Every touch counts, typing above all, so that whoever writes long is not cut off. */
import { csrf } from "../page";
import { cover, inside, told } from "./page";

const LOOK_EVERY = 5_000;
const TELL_EVERY = 20_000;
const WARN_IDLE = 60;
const WARN_LONGEST = 300;

export type Left = { idle: number; longest: number };

/** Which warning there is to give: none, of being left alone, of the end; or that it is over. */
export function due(left: Left): "" | "idle" | "longest" | "over" {
  if (left.idle <= 0 || left.longest <= 0) return "over";
  if (left.idle <= WARN_IDLE) return "idle";
  return left.longest <= WARN_LONGEST ? "longest" : "";
}

function over(): void {
  cover();
  location.replace("/my/in");
}

async function tell(): Promise<void> {
  const headers = { "X-CSRFToken": csrf(), Accept: "application/json" };
  try {
    const answer = await fetch("/my/here", { method: "POST", headers, redirect: "manual" });
    if (answer.status === 401 || answer.type === "opaqueredirect") over();
  } catch {
    /* No connection now: the page stays, and asks again at the next touch. */
  }
}

function show(which: "" | "idle" | "longest"): void {
  const bar = document.querySelector<HTMLElement>("[data-soon]");
  if (!bar) return;
  for (const name of ["idle", "longest"] as const) {
    const line = bar.querySelector<HTMLElement>(`[data-soon-${name}]`);
    if (line) line.hidden = name !== which;
  }
  bar.hidden = which === "";
}

export function staying(): void {
  if (!inside()) return;
  const opened = Date.now();
  let touched = opened;
  let asked = opened;
  const look = () => {
    if (!inside()) return; // covered: somebody is leaving
    const now = Date.now();
    // A visit by video, and the room before it, are used without being touched.
    if (document.querySelector("[data-awake], [data-call], [data-waiting]")) touched = now;
    if (touched > asked && now - asked >= TELL_EVERY) {
      asked = now;
      void tell();
    }
    const left = {
      idle: Number(told("idle")) - (now - touched) / 1_000,
      longest: Number(told("longest")) - (now - opened) / 1_000,
    };
    const what = due(left);
    if (what === "over") over();
    else show(what);
  };
  const touch = () => {
    touched = Date.now();
    if (document.querySelector<HTMLElement>("[data-soon]")?.hidden === false) look();
  };
  for (const kind of ["pointerdown", "keydown", "input", "scroll"]) {
    document.addEventListener(kind, touch, { capture: true, passive: true });
  }
  document.addEventListener("visibilitychange", look);
  setInterval(look, LOOK_EVERY);
}
