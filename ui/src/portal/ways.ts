/* Passkeys on a client's pages: to come in, to prove who is there, to make one. The sentences stand
 * in the page, in its language. */
import { assert, passkeysWork, register } from "../passkey";
import { type Answer, message, text } from "../server";

function sentence(line: HTMLElement, error: unknown): string {
  const said = line.dataset;
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError") return said.none ?? "";
  if (name === "InvalidStateError") return said.have ?? "";
  return said.otherwise ?? "";
}

function finish(answer: Answer, form: HTMLFormElement, line: HTMLElement): void {
  if (answer.kind === "ok") {
    const next = text(answer.body.next);
    if (next) location.replace(next);
    else form.submit();
  } else if (answer.kind === "unreachable") line.textContent = line.dataset.offline ?? "";
  else
    line.textContent = message("body" in answer ? answer.body : {}, line.dataset.otherwise ?? "");
}

async function press(button: HTMLButtonElement, form: HTMLFormElement): Promise<void> {
  const line = form.querySelector<HTMLElement>("[data-passkey-says]");
  const { options = "", to = "", passkey } = button.dataset;
  if (!line) return;
  const given = (name: string) => text(new FormData(form).get(name));
  line.textContent = "";
  button.disabled = true;
  try {
    const answer =
      passkey === "make"
        ? await register(options, to, "")
        : await assert(options, to, { name: given("name") }, { passphrase: given("passphrase") });
    finish(answer, form, line);
  } catch (error) {
    line.textContent = sentence(line, error);
  } finally {
    button.disabled = false;
  }
}

export function ways(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-passkey]")) {
    const form = button.form;
    if (!form) continue;
    button.hidden = !passkeysWork();
    button.addEventListener("click", () => void press(button, form));
  }
}
