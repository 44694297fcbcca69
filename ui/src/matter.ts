/** A matter: the next question is answered by one key, and the answer changes in place. */
import { announce } from "./status";

/** Presses the `at`-th answer of the question in the frame. */
export function answer(at: number): boolean {
  const button = document.querySelector<HTMLButtonElement>(
    `form[data-question] button[data-answer="${at}"]:not(:disabled)`,
  );
  button?.click();
  return Boolean(button);
}

let answered = false;

/** After the new answer has come: say it, and stand before the next question. */
function changed(): void {
  if (!answered) return;
  answered = false;
  const verdict = document.querySelector(".verdict")?.textContent?.trim() ?? "";
  const question = document.querySelector<HTMLElement>("form[data-question] .question");
  announce([verdict, question?.textContent?.trim()].filter(Boolean).join(" Next: "));
  (question ?? document.querySelector<HTMLElement>("main"))?.focus({ preventScroll: true });
}

export function startMatter(): void {
  document.addEventListener("htmx:beforeRequest", event => {
    answered = event.target instanceof Element && event.target.matches("form[data-question]");
  });
  document.addEventListener("htmx:afterSettle", changed);
}
