/** Parts of pages, by htmx: the token goes along, a lock asks and tries again, and what went wrong
 * is told on the page. Nothing is stored: no history, no cache (see meta[name=htmx-config]). */
import htmx from "htmx.org";
import { startEditors } from "./editor";
import { untilUnlocked } from "./lock";
import { csrf } from "./page";
import { tell } from "./status";

interface Detail {
  elt: Element;
  xhr: XMLHttpRequest;
  headers: Record<string, string>;
  shouldSwap: boolean;
  requestConfig?: { triggeringEvent?: Event };
}

type HtmxEvent = CustomEvent<Detail>;

function on(name: string, does: (event: HtmxEvent) => void): void {
  document.addEventListener(`htmx:${name}`, event => does(event as HtmxEvent));
}

async function again({ elt, requestConfig }: Detail): Promise<void> {
  const event = requestConfig?.triggeringEvent;
  await untilUnlocked();
  if (!elt.isConnected) return;
  if (elt instanceof HTMLFormElement) {
    elt.requestSubmit(event instanceof SubmitEvent ? event.submitter : null);
  } else htmx.trigger(elt, event?.type ?? "click", {});
}

/** A whole page in answer to a part means that we were sent to the door. */
function isWholePage(xhr: XMLHttpRequest): boolean {
  return /^\s*<!doctype/i.test(xhr.responseText);
}

export function startFragments(): void {
  on("configRequest", ({ detail }) => {
    detail.headers["X-CSRFToken"] = csrf();
  });
  on("beforeRequest", () => tell(""));
  on("beforeSwap", ({ detail }) => {
    if (!detail.shouldSwap || !isWholePage(detail.xhr)) return;
    detail.shouldSwap = false;
    void again(detail);
  });
  on("responseError", ({ detail }) => {
    if ([401, 423].includes(detail.xhr.status)) void again(detail);
    else if (detail.xhr.status === 404) tell("No such page, or none that you may know of.");
    else tell("That could not be done, and nothing was changed. Try again, or reload the page.");
  });
  on("sendError", () => tell("The practice cannot be reached. Nothing was changed; try again."));
  on("afterSettle", ({ detail }) => startEditors(detail.elt.parentNode ?? document));
}
