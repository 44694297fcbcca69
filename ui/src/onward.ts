/** A link that leads to what was typed here: `a[data-after-saving]` waits until all of it is kept.
 *
 * Where something could not be kept the page stays, and the form says why.
 */
import { allKept } from "./editor";

export function startOnward(): void {
  document.addEventListener("click", event => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-after-saving]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void allKept().then(kept => {
      if (kept) location.assign(link.href);
    });
  });
}
