/** A phrase to press writes itself where the pen stands; "…" marks what is still to be said. */

function press(button: HTMLButtonElement): void {
  const field = document.getElementById(button.dataset.phraseFor ?? "");
  if (!(field instanceof HTMLTextAreaElement)) return;
  const phrase = button.textContent?.trim() ?? "";
  const at = field.selectionEnd;
  const before = field.value.slice(0, at);
  const gap = before && !/\s$/.test(before) ? " " : "";
  field.focus();
  field.setSelectionRange(at, at);
  // The old command is the one way in which undo still works.
  if (!document.execCommand("insertText", false, gap + phrase)) {
    field.setRangeText(gap + phrase, at, at, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  const blank = phrase.indexOf("…");
  if (blank >= 0) {
    const from = at + gap.length + blank;
    field.setSelectionRange(from, from + 1);
  }
  button.ariaPressed = "true";
}

export function startPhrases(): void {
  document.addEventListener("click", event => {
    const button = event.target instanceof Element && event.target.closest("[data-phrase-for]");
    if (button instanceof HTMLButtonElement) press(button);
  });
}
