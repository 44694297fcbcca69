/* One address for every page of hers, in the bar and in the history of this tab (T08).
 *
 * A link takes the page's place instead of adding an entry, so that Back leads out of here at once.
 * What the page really is stands in the entry's state, for reloading; it dies with the tab. */
import { inside, told } from "./page";

const STABLE = "/my/";

function shownAgain(): boolean {
  const [how] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return how?.type === "reload" || how?.type === "back_forward";
}

function goesElsewhere(link: HTMLAnchorElement): boolean {
  const plain = !link.target && !link.hasAttribute("download") && link.origin === location.origin;
  return !plain || (link.getAttribute("href") ?? "").startsWith("#");
}

/** What is written relative to this page stays what it was when the address changes. */
function settle(): void {
  for (const form of document.forms) {
    if (!form.getAttribute("action")) form.action = location.href;
  }
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[href]")) {
    if (!/^[/#]/.test(link.getAttribute("href") ?? "")) link.href = String(link.href);
  }
}

function follow(event: MouseEvent): void {
  const link = (event.target as Element | null)?.closest<HTMLAnchorElement>("a[href]");
  const otherwise = event.button || event.ctrlKey || event.metaKey || event.shiftKey;
  if (!link || otherwise || event.defaultPrevented || goesElsewhere(link)) return;
  event.preventDefault();
  location.replace(link.href);
}

/** Whether the page stays; if not, the page that stood here is on its way. */
export function oneAddress(): boolean {
  if (!inside()) return true;
  const kept = (history.state as { at?: unknown } | null)?.at;
  const bare = location.pathname === STABLE && !location.search;
  if (bare && shownAgain() && typeof kept === "string" && kept.startsWith(STABLE)) {
    if (kept !== STABLE) {
      location.replace(kept);
      return false;
    }
  }
  settle();
  history.replaceState({ at: told("at") }, "", STABLE + location.hash);
  document.addEventListener("click", follow);
  return true;
}
