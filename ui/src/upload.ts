/** A file that comes in: `form[data-drop=…/begin]`, dropped or chosen.
 *
 * It goes in portions, each sealed as it arrives; then it is looked into and drawn page by page, and
 * the page is loaded anew. Stopping, a lost line or a refusal leaves nothing half: what came counts
 * for nothing until all of it did. A locked practice asks for the passphrase and goes on.
 */
import { flush } from "./editor";
import { untilUnlocked } from "./lock";
import { retryAfter } from "./pace";
import { portions } from "./portions";
import { type Answer, type Body, message, post, send, text } from "./server";

const TRIES = 4;

class Refused extends Error {}

class Upload {
  #form: HTMLFormElement;
  #steps: string;
  #stop = new AbortController();
  #going = false;

  constructor(form: HTMLFormElement) {
    this.#form = form;
    this.#steps = (form.dataset.drop ?? form.dataset.dropGo ?? "").replace(/begin$/, "");
    const chosen = form.querySelector<HTMLInputElement>('input[type="file"]');
    this.#part("send")?.setAttribute("hidden", "");
    chosen?.addEventListener("change", () => this.#take(chosen.files));
    this.#part("stop")?.addEventListener("click", () => this.#stop.abort());
    form.addEventListener("submit", event => {
      if (!form.dataset.upload) return;
      event.preventDefault();
      void this.#run(() => this.#see(form.dataset.upload ?? ""));
    });
    if (form.dataset.drop) this.#catchDrops();
  }

  #part(name: string): HTMLElement | null {
    return this.#form.querySelector<HTMLElement>(`[data-drop-${name}]`);
  }

  /** Anywhere on the page is near enough; a browser would leave the page for the file otherwise. */
  #catchDrops(): void {
    document.addEventListener("dragover", event => {
      event.preventDefault();
      this.#form.dataset.over = "";
    });
    document.addEventListener("dragleave", event => {
      if (!event.relatedTarget) delete this.#form.dataset.over;
    });
    document.addEventListener("drop", event => {
      event.preventDefault();
      delete this.#form.dataset.over;
      this.#take(event.dataTransfer?.files ?? null);
    });
  }

  #take(files: FileList | null): void {
    const file = files?.[0];
    if (!file || this.#going) return;
    if ((files?.length ?? 0) > 1) {
      this.#say(
        "One file makes one document. Drop the first alone, and begin another after.",
        true,
      );
      return;
    }
    void this.#run(() => this.#bring(file));
  }

  async #run(work: () => Promise<void>): Promise<void> {
    this.#going = true;
    this.#stop = new AbortController();
    this.#part("coming")?.removeAttribute("hidden");
    try {
      await flush();
      await work();
      location.assign(this.#form.dataset.home ?? location.pathname);
    } catch (error) {
      const stopped = this.#stop.signal.aborted;
      const words = error instanceof Refused ? error.message : "This page failed. Reload it.";
      this.#say(stopped ? "Stopped. Nothing was kept." : words, !stopped);
    } finally {
      this.#going = false;
      this.#part("coming")?.setAttribute("hidden", "");
    }
  }

  async #bring(file: File): Promise<void> {
    this.#say(`Sending ${file.name} …`);
    const begun = await this.#ask("begin", { name: file.name, size: file.size });
    const upload = text(begun.upload);
    const size = Number(begun.portion);
    const piece = Number(begun.piece);
    for (const { from, to, last } of portions(file.size, size)) {
      const url = `${this.#steps}${upload}/${from / piece}${last ? "?last=1" : ""}`;
      await this.#until(() => send(url, file.slice(from, to)));
      this.#bar(to / file.size);
      this.#say(`Sent ${megabytes(to)} of ${megabytes(file.size)} MB, sealed as it came.`);
    }
    await this.#see(upload);
  }

  /** What follows once it is whole: looked into, then drawn to the last page. */
  async #see(upload: string): Promise<void> {
    this.#say("It has come. Looking into it …");
    let state = await this.#ask("look", { upload });
    while (!state.done) {
      const drawn = Number(state.drawn);
      this.#bar(drawn / Number(state.pages));
      this.#say(`Drawing page ${drawn + 1} of ${text(state.pages)} …`);
      state = await this.#ask("draw", { upload });
    }
    this.#say("Drawn to its last page.");
  }

  #ask(step: string, body: Body): Promise<Body> {
    return this.#until(() => post(this.#steps + step, body));
  }

  async #until(asking: () => Promise<Answer>): Promise<Body> {
    for (let failures = 1; ; failures += 1) {
      if (this.#stop.signal.aborted) throw new Refused();
      const answer = await asking();
      if (answer.kind === "ok") return answer.body;
      if (answer.kind === "locked") {
        await untilUnlocked();
      } else if (answer.kind === "conflict" || answer.kind === "refused") {
        throw new Refused(message(answer.body, "This was refused. Nothing was kept."));
      } else if (failures > TRIES) {
        throw new Refused(
          "The practice cannot be reached. Nothing was kept; choose the file again.",
        );
      } else {
        await new Promise(resolve => setTimeout(resolve, retryAfter(failures)));
      }
    }
  }

  #bar(part: number): void {
    const bar = this.#form.querySelector<HTMLProgressElement>("[data-drop-bar]");
    if (bar) bar.value = part;
  }

  #say(words: string, trouble = false): void {
    const line = this.#part("says");
    if (!line) return;
    line.textContent = words;
    line.dataset.kind = trouble ? "trouble" : "";
  }
}

function megabytes(bytes: number): string {
  return (bytes / (1 << 20)).toFixed(bytes < 10 << 20 ? 1 : 0);
}

export function startUploads(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("[data-drop], [data-drop-go]")) {
    new Upload(form);
  }
}
