/** A link or a form that goes on with what was typed here: `[data-after-saving]` waits until all of it is kept.
 *
 * Where something could not be kept the page stays, and the form says why.
 */
import { allKept } from "./editor";
import { goTo } from "./veil";

export function startOnward(): void {
  document.addEventListener("click", event => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-after-saving]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void allKept().then(kept => {
      if (kept) void goTo(link.href);
    });
  });
  document.addEventListener("submit", event => {
    const form = event.target as HTMLFormElement;
    if (!form.matches("form[data-after-saving]") || "kept" in form.dataset) return;
    event.preventDefault();
    const { submitter } = event;
    void allKept().then(async kept => {
      if (!kept) return;
      // A form that is still telling of one submission ignores the next (HTML, form submission): wait.
      await new Promise(resolve => setTimeout(resolve));
      form.dataset.kept = "";
      form.requestSubmit(submitter instanceof HTMLElement ? submitter : null);
    });
  });
}
