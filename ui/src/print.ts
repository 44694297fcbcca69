/** A page that is meant for paper has a button that prints it; without scripts the browser's own
 * way remains. */
export function startPrint(): void {
  document.addEventListener("click", event => {
    if (event.target instanceof Element && event.target.closest("[data-print]")) window.print();
  });
}
