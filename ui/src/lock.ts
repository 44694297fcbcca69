/** The locked page. Its nodes leave the document, so that a hand in the developer tools finds
 * nothing on it; unlocking puts them back where they were, with every word. */
import { csrf, place, renewCsrf } from "./page";
import { assert as askPasskey, passkeysWork, plain } from "./passkey";
import { type Answer, message, post, text } from "./server";
import { tell } from "./status";
import { tellTabs } from "./tabs";

interface Away {
  nodes: DocumentFragment;
  focus: Element | null;
  scroll: number;
  title: string;
  done: Promise<void>;
  open: () => void;
}

const dialog = document.querySelector<HTMLDialogElement>("#lock");
let away: Away | null = null;

export function isAway(): boolean {
  return away !== null;
}

/** Resolves when the page is unlocked; puts it away first if the server locked it. */
export function untilUnlocked(): Promise<void> {
  if (!dialog) return new Promise(() => location.reload());
  putAway();
  return away?.done ?? Promise.resolve();
}

export function putAway(): void {
  if (away || !dialog) return;
  for (const open of document.querySelectorAll<HTMLDialogElement>("dialog[open]")) open.close();
  let open = (): void => {};
  const done = new Promise<void>(resolve => {
    open = resolve;
  });
  const nodes = document.createDocumentFragment();
  const { activeElement: focus, title } = document;
  away = { nodes, focus, scroll: window.scrollY, title, done, open };
  tell("");
  nodes.append(...[...document.body.childNodes].filter(node => node !== dialog));
  document.title = "Locked · Stillroom";
  dialog.show();
  dialog.querySelector<HTMLInputElement>("input")?.focus();
}

/** Puts the page back, with the new token that unlocking brought. */
export function putBack(token: string): void {
  if (!away || !dialog) return;
  const was = away;
  away = null;
  say("");
  dialog.close();
  dialog.querySelector("form")?.reset();
  document.title = was.title;
  document.body.prepend(was.nodes);
  if (token) renewCsrf(token);
  window.scrollTo(0, was.scroll);
  if (was.focus instanceof HTMLElement) was.focus.focus({ preventScroll: true });
  was.open();
}

function say(words: string): void {
  const line = dialog?.querySelector("#lock-error");
  if (line) line.textContent = words;
}

const WRONG = "That did not unlock it. Look at the passphrase and the code again.";

function take(answer: Answer): void {
  if (answer.kind === "ok") {
    const token = text(answer.body.csrf) || csrf();
    tellTabs({ kind: "unlocked", csrf: token });
    putBack(token);
  } else if (answer.kind === "unreachable" || answer.kind === "unwell") {
    say("The practice cannot be reached. Your page is still put away; try again.");
  } else say(answer.kind === "locked" ? WRONG : message(answer.body, WRONG));
}

async function unlockByPasskey(): Promise<void> {
  say("");
  try {
    take(await askPasskey(place("passkeyOptions"), place("unlock"), { unlock: true }));
  } catch (error) {
    say(plain(error));
  }
}

export function startLock(): void {
  if (!dialog) return;
  dialog.querySelector("form")?.addEventListener("submit", event => {
    event.preventDefault();
    const given = new FormData(event.target as HTMLFormElement);
    say("");
    void post(place("unlock"), Object.fromEntries(given)).then(take);
  });
  const button = dialog.querySelector<HTMLButtonElement>("[data-passkey-unlocks]");
  if (button && passkeysWork()) {
    button.hidden = false;
    button.addEventListener("click", () => void unlockByPasskey());
  }
}
