/** The locked page. Its nodes leave the document, so that a hand in the developer tools finds
 * nothing on it; unlocking puts them back where they were, with every word. */
import { csrf, place, renewCsrf } from "./page";
import { assert as askPasskey, passkeysWork, plain } from "./passkey";
import { type Answer, message, post, text } from "./server";
import { tell } from "./status";
import { tellTabs } from "./tabs";

interface Away {
  nodes: DocumentFragment;
  dialog: HTMLDialogElement;
  focus: Element | null;
  scroll: number;
  title: string;
  done: Promise<void>;
  open: () => void;
}

const template = document.querySelector<HTMLTemplateElement>("template#lock-page");
let away: Away | null = null;

export function isAway(): boolean {
  return away !== null;
}

/** Resolves when the page is unlocked; puts it away first if the server locked it. */
export function untilUnlocked(): Promise<void> {
  putAway();
  return away?.done ?? new Promise(() => location.reload());
}

export function putAway(): void {
  const dialog = away ? null : makeDialog();
  if (!dialog) return;
  for (const open of document.querySelectorAll<HTMLDialogElement>("dialog[open]")) open.close();
  let open = (): void => {};
  const done = new Promise<void>(resolve => {
    open = resolve;
  });
  tell("");
  const nodes = document.createDocumentFragment();
  const { activeElement: focus, title } = document;
  away = { nodes, dialog, focus, scroll: window.scrollY, title, done, open };
  nodes.append(...document.body.childNodes);
  document.body.append(dialog);
  document.title = "Locked · Stillroom";
  dialog.show();
  dialog.querySelector<HTMLInputElement>("input")?.focus();
}

/** Puts the page back, with the new token that unlocking brought. */
export function putBack(token: string): void {
  if (!away) return;
  const was = away;
  away = null;
  document.body.replaceChildren(was.nodes);
  document.title = was.title;
  if (token) renewCsrf(token);
  window.scrollTo(0, was.scroll);
  if (was.focus instanceof HTMLElement) was.focus.focus({ preventScroll: true });
  was.open();
}

function makeDialog(): HTMLDialogElement | null {
  const content = template && document.importNode(template.content, true);
  const dialog = content?.querySelector("dialog") ?? null;
  dialog?.querySelector("form")?.addEventListener("submit", event => {
    event.preventDefault();
    const given = new FormData(event.target as HTMLFormElement);
    say("");
    void post(place("unlock"), Object.fromEntries(given)).then(take);
  });
  const button = dialog?.querySelector<HTMLButtonElement>("[data-passkey-unlocks]");
  if (button && passkeysWork()) {
    button.hidden = false;
    button.addEventListener("click", () => void unlockByPasskey());
  }
  return dialog;
}

function say(words: string): void {
  const line = away?.dialog.querySelector("#lock-error");
  if (line) line.textContent = words;
}

const WRONG = "That did not unlock it. Look at the passphrase and the code again.";
const ENDED =
  "Your session has ended. Sign in in another window, then come back and unlock; your words stay here.";

function take(answer: Answer): void {
  if (answer.kind === "ok") {
    const token = text(answer.body.csrf) || csrf();
    tellTabs({ kind: "unlocked", csrf: token });
    putBack(token);
  } else if (answer.kind === "unreachable" || answer.kind === "unwell") {
    say("The practice cannot be reached. Your page is still put away; try again.");
  } else say(answer.kind === "locked" ? ENDED : message(answer.body, WRONG));
}

async function unlockByPasskey(): Promise<void> {
  say("");
  try {
    take(await askPasskey(place("passkeyOptions"), place("unlock"), { unlock: true }));
  } catch (error) {
    say(plain(error));
  }
}
