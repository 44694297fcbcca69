/** A form that keeps itself: `form[data-autosave=URL][data-version]`.
 *
 * Sends {version, fields}; the answer is {version, at?}. A 409 brings {version, fields, by} and
 * both versions are shown. A locked practice asks for the passphrase, and the words go out after.
 * An unreachable one is tried again, for as long as the page is open.
 */
import { showBeside } from "./beside";
import { showClash } from "./clash";
import { prose, read, readAsSent, write } from "./fields";
import { untilUnlocked } from "./lock";
import { countWords, type Fields, merge, sameFields } from "./merge";
import { dueAt, retryAfter } from "./pace";
import { makeRoom } from "./rows";
import { type Answer, type Body, message, post, text } from "./server";

const editors = new Set<Editor>();

class Editor {
  #form: HTMLFormElement;
  #kept: Fields;
  #sending: { fields: Fields; done: Promise<boolean> } | null = null;
  #timer = 0;
  #firstChange = 0;
  #failures = 0;
  #clashes = 0;
  #goingOn = false;

  constructor(form: HTMLFormElement) {
    this.#form = form;
    this.#kept = readAsSent(form);
    form.addEventListener("input", () => this.#changed());
    form.addEventListener("submit", event => this.#submit(event));
    this.#count();
    // Quick hands write before the scripts are there: that is a change like any other.
    if (!sameFields(this.#kept, read(form))) this.#changed();
  }

  keeps(form: HTMLFormElement | null): boolean {
    return this.#form === form;
  }

  get isConnected(): boolean {
    return this.#form.isConnected;
  }

  #changed(): void {
    const now = Date.now();
    this.#firstChange ||= now;
    this.#count();
    this.#saveAt(dueAt(this.#firstChange, now));
  }

  #saveAt(moment: number): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.save(), Math.max(0, moment - Date.now()));
  }

  /** True once everything typed is kept; false when it could not be, and why is on the page. */
  async save(keepalive = false): Promise<boolean> {
    const fields = read(this.#form);
    if (this.#clashes) return false;
    if (this.#sending) {
      if (sameFields(this.#sending.fields, fields)) return this.#sending.done;
      if (keepalive) void this.#send(fields, this.#version + 1, true);
      else await this.#sending.done;
      return keepalive ? false : this.save();
    }
    if (sameFields(this.#kept, fields)) return true;
    clearTimeout(this.#timer);
    this.#firstChange = 0;
    const done = this.#send(fields, this.#version, keepalive).then(answer =>
      this.#take(answer, fields),
    );
    this.#sending = { fields, done };
    const kept = await done;
    this.#sending = null;
    return kept;
  }

  #send(fields: Fields, version: number, keepalive: boolean): Promise<Answer> {
    this.#say("Saving …");
    return post(this.#form.dataset.autosave ?? "", { version, fields }, { keepalive });
  }

  async #take(answer: Answer, sent: Fields): Promise<boolean> {
    switch (answer.kind) {
      case "ok":
        this.#keep(sent, answer.body);
        return true;
      case "conflict":
        return this.#meet(answer.body);
      case "locked":
        this.#say("Locked before this could be saved. Your words are here.", true);
        await untilUnlocked();
        this.#sending = null;
        return this.save();
      case "refused":
        this.#say(message(answer.body, "This was not saved. Copy your words, then reload."), true);
        return false;
      case "unwell":
        this.#say(message(answer.body, "Not saved yet; trying again. Your words are here."), true);
        return this.#again(++this.#failures);
      case "unreachable":
        this.#say("The practice cannot be reached. Your words are here; trying again.", true);
        return this.#again(++this.#failures);
    }
  }

  #again(failures: number): false {
    this.#saveAt(Date.now() + (failures ? retryAfter(failures) : 0));
    return false;
  }

  #keep(sent: Fields, body: Body): void {
    this.#failures = 0;
    this.#kept = sent;
    this.#version = Number(body.version) || this.#version + 1;
    this.#say(`Saved ${text(body.at) || clock()}`);
    showBeside(this.#form, body.beside);
    if (!sameFields(sent, read(this.#form))) this.#changed();
  }

  /** Somebody else was quicker. Take in what only they changed; show the rest side by side. */
  #meet(body: Body): boolean {
    const theirs = (body.fields ?? {}) as Fields;
    const by = text(body.by) || "Somebody else";
    makeRoom(this.#form, Object.keys(theirs));
    const mine = read(this.#form);
    const { taken, clashes } = merge(this.#kept, mine, theirs);
    for (const [name, value] of Object.entries(taken)) write(this.#form, name, value);
    this.#kept = { ...mine, ...theirs };
    this.#version = Number(body.version) || this.#version;
    const names = Object.entries(clashes);
    this.#clashes = names.length;
    for (const [name, value] of names) {
      showClash(this.#form, name, mine[name] ?? "", value, by, () => this.#chosen());
    }
    if (this.#clashes) {
      this.#say(`${by} wrote here too. Nothing is lost: choose below each field.`, true);
      return false;
    }
    this.#say(`${by} wrote here too; their words are taken in.`);
    return this.#again(0);
  }

  #chosen(): void {
    this.#clashes -= 1;
    this.#count();
    if (!this.#clashes) void this.save();
  }

  /** Moves a passage into the author's own psychotherapy note; true once it stands there. */
  async moveApart(section: string, passage: string): Promise<string> {
    const url = this.#form.dataset.apart;
    if (!url || !(await this.save())) return "";
    const fields = read(this.#form);
    this.#say("Moving …");
    const sent = { version: this.#version, fields, section, passage };
    const answer = await post(url, sent);
    if (answer.kind === "conflict") this.#meet(answer.body);
    if (answer.kind !== "ok") {
      const body = "body" in answer ? answer.body : {};
      this.#say(message(body, "That could not be moved. Nothing was changed; try again."), true);
      return "";
    }
    const left = text(answer.body.text);
    if (read(this.#form)[section] === fields[section]) write(this.#form, section, left);
    this.#keep({ ...fields, [section]: left }, answer.body);
    this.#say("Moved to your psychotherapy note of this session.");
    return text(answer.body.note);
  }

  /** Signing posts the whole form, but only once its words are kept. */
  async #submit(event: SubmitEvent): Promise<void> {
    if (this.#goingOn) return;
    event.preventDefault();
    const { submitter } = event;
    if (!(await this.save())) return;
    // A form that is still telling of one submission ignores the next (HTML, form submission): wait.
    await new Promise(resolve => setTimeout(resolve));
    this.#goingOn = true;
    this.#form.requestSubmit(submitter instanceof HTMLElement ? submitter : null);
    this.#goingOn = false;
  }

  get #version(): number {
    return Number(this.#form.dataset.version ?? 0);
  }

  set #version(version: number) {
    this.#form.dataset.version = String(version);
    const field = this.#form.querySelector<HTMLInputElement>("[data-version-field]");
    if (field) field.value = String(version);
  }

  #say(words: string, trouble = false): void {
    const line = this.#form.querySelector<HTMLElement>("[data-saved]");
    if (!line) return;
    line.textContent = words;
    const around = line.closest<HTMLElement>(".saved");
    if (around) around.dataset.kind = trouble ? "trouble" : "";
  }

  #count(): void {
    const line = this.#form.querySelector<HTMLElement>("[data-count]");
    if (line && "counts" in this.#form.dataset) line.textContent = countWords(prose(this.#form));
  }
}

function clock(): string {
  return new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

/** The editor of the form in which an element stands. */
export function editorOf(element: Element): Editor | undefined {
  const form = element.closest("form");
  return [...editors].find(each => each.keeps(form));
}

/** A draft just begun has the hands in its first field. */
function startWriting(form: HTMLFormElement): void {
  form
    .querySelector<HTMLElement>("textarea, select, input:not([type=hidden], [type=checkbox])")
    ?.focus();
}

/** Every form on the page gives its words away now; used before locking and on leaving. */
export async function flush(keepalive = false): Promise<void> {
  await Promise.all([...editors].map(each => each.save(keepalive)));
}

/** True once every form on the page has kept what was typed; false when one could not, and says so. */
export async function allKept(): Promise<boolean> {
  return (await Promise.all([...editors].map(each => each.save()))).every(Boolean);
}

export function startEditors(within: ParentNode = document): void {
  for (const each of editors) if (!each.isConnected) editors.delete(each);
  for (const form of within.querySelectorAll<HTMLFormElement>("form[data-autosave]")) {
    if ("keeps" in form.dataset) continue;
    form.dataset.keeps = "";
    editors.add(new Editor(form));
    if (form.dataset.version === "1" && !document.querySelector(".mend")) startWriting(form);
  }
}

window.addEventListener("pagehide", () => void flush(true));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") void flush(true);
});
