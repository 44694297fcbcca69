/** Back after signing out shows nothing: a page that the browser kept is asked for again. */
export function startReturns(): void {
  window.addEventListener("pageshow", event => {
    if (event.persisted) location.reload();
  });
}
