/** Passkeys. A passkey signs in, and by its PRF extension also unlocks what is its owner's to read.
 *
 * `button[data-passkey="signin"]`    in a form with a field `name`: /signin/passkey/options → touch
 *                                    → /signin/passkey {credential, prf}
 * `button[data-passkey="register"]`  in a form with a field `label`: /account/passkey/options →
 *                                    touch → /account/passkey {credential, prf, label}
 * `data-options` and `data-to` on the button name other addresses. The answer may bring `next`.
 */
import { creationOptions, prfOutput, requestOptions, toJson } from "./credential";
import { isOurs } from "./page";
import { type Answer, type Body, message, post, text } from "./server";

export function passkeysWork(): boolean {
  return "PublicKeyCredential" in window && window.isSecureContext;
}

class Untold extends Error {}

async function options(url: string, asking: Body): Promise<Body> {
  const answer = await post(url, asking);
  if (answer.kind === "ok") return (answer.body.publicKey as Body | undefined) ?? answer.body;
  if (answer.kind === "unreachable") throw new Untold("The practice cannot be reached. Try again.");
  const body = "body" in answer ? answer.body : {};
  throw new Untold(message(body, "No passkey could be asked for here. Use another way."));
}

/** Asks for a passkey and sends what it answers, and `more`. Throws what `plain` can say. */
export async function assert(
  from: string,
  to: string,
  asking: Body,
  more: Body = {},
): Promise<Answer> {
  const publicKey = requestOptions(await options(from, asking));
  const credential = await navigator.credentials.get({ publicKey });
  if (!(credential instanceof PublicKeyCredential)) throw new Untold("No passkey was used.");
  return post(to, { ...more, credential: toJson(credential), prf: prfOutput(credential) });
}

/** Makes a passkey. Some give the key for unlocking only at a second touch. */
export async function register(from: string, to: string, label: string): Promise<Answer> {
  const asked = await options(from, {});
  const publicKey = creationOptions(asked);
  const credential = await navigator.credentials.create({ publicKey });
  if (!(credential instanceof PublicKeyCredential)) throw new Untold("No passkey was made.");
  const prf = prfOutput(credential) || (await secondTouch(credential, publicKey));
  return post(to, { credential: toJson(credential), prf, label });
}

async function secondTouch(
  made: PublicKeyCredential,
  { extensions, rp }: PublicKeyCredentialCreationOptions,
): Promise<string> {
  if (!made.getClientExtensionResults().prf?.enabled || !extensions?.prf?.eval) return "";
  const publicKey: PublicKeyCredentialRequestOptions = {
    challenge: crypto.getRandomValues(new Uint8Array(32)), // not sent: only the PRF is wanted
    allowCredentials: [{ id: made.rawId, type: "public-key" }],
    userVerification: "required",
    extensions: { prf: extensions.prf },
    ...(rp.id ? { rpId: rp.id } : {}),
  };
  const again = await navigator.credentials.get({ publicKey });
  return again instanceof PublicKeyCredential ? prfOutput(again) : "";
}

const SENTENCES: Record<string, string> = {
  NotAllowedError:
    "No passkey was used: it was put aside, or it took too long. Nothing has changed.",
  InvalidStateError: "This device already holds a passkey of yours. Use that one.",
  SecurityError: "Passkeys do not work at this address. They need https, or localhost.",
  NotSupportedError: "This device cannot make a passkey of the kind that is needed.",
  ConstraintError: "This device cannot check that it is you. Set a screen lock on it first.",
};

/** What went wrong, in a sentence. */
export function plain(error: unknown): string {
  if (error instanceof Untold) return error.message;
  const name = error instanceof DOMException ? error.name : "";
  return SENTENCES[name] ?? "The passkey could not be used. Try again, or use another way.";
}

function finish(answer: Answer, say: (words: string) => void): void {
  if (answer.kind === "ok") {
    const next = text(answer.body.next) || "/";
    if (isOurs(next)) location.assign(next);
  } else if (answer.kind === "unreachable") say("The practice cannot be reached. Try again.");
  else say(message("body" in answer ? answer.body : {}, "This passkey did not sign you in."));
}

async function press(button: HTMLButtonElement): Promise<void> {
  const form = button.form;
  const line = form?.querySelector("[data-passkey-says]");
  const say = (words: string) => {
    if (line) line.textContent = words;
  };
  const given = (name: string) => text(form && new FormData(form).get(name));
  const registers = button.dataset.passkey === "register";
  const root = registers ? "/account/passkey" : "/signin/passkey";
  const to = button.dataset.to ?? root;
  const from = button.dataset.options ?? `${root}/options`;
  say("");
  button.disabled = true;
  try {
    const answer = registers
      ? await register(from, to, given("label"))
      : await assert(from, to, { name: given("name") });
    finish(answer, say);
  } catch (error) {
    say(plain(error));
  } finally {
    button.disabled = false;
  }
}

export function startPasskeys(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-passkey]")) {
    button.hidden = !passkeysWork();
    button.addEventListener("click", () => void press(button));
  }
}
