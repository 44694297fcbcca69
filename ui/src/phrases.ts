/** A phrase to press writes itself where the pen stands; "…" marks what is still to be said. */
import { insert } from "./insert";

function press(button: HTMLButtonElement): void {
  const field = document.getElementById(button.dataset.phraseFor ?? "");
  if (!(field instanceof HTMLTextAreaElement)) return;
  insert(field, button.textContent?.trim() ?? "");
  button.ariaPressed = "true";
}

export function startPhrases(): void {
  document.addEventListener("click", event => {
    const button = event.target instanceof Element && event.target.closest("[data-phrase-for]");
    if (button instanceof HTMLButtonElement) press(button);
  });
}
