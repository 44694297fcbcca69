/** A button that asks the browser to print: `button[data-prints]`. */
export function startPrinting(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-prints]")) {
    button.addEventListener("click", () => window.print());
  }
}
