/** What the pages of every call have in common, at both doors: coming in, staying, leaving, and what
 * is shown and pressed in each of them alike.
 *
 * Every sentence stands in the page, in its language; the script shows one and hides the others:
 * `[data-stage="open"]` while that stage holds, `[data-part]` where a part is open. Buttons say what
 * they do in `data-do`. A second device is asked which stays, a practice that does not answer is told
 * and asked again, and the call goes on meanwhile.
 */
import { type Answer, type Body, post, text } from "../server";
import { Board } from "./board";
import type { Renewed } from "./calling";
import type { Media, Trouble } from "./media";

/** Parts that are nothing without a call. */
const INSIDE = ["chat", "board", "screen", "words", "hushed", "weak-out", "weak-in"];

/** What a page needs of its call, of two or of several. */
interface Calling {
  readonly media: Media;
}

export abstract class CallPage<Its extends Calling> {
  protected call: Its | null = null;
  protected readonly board = new Board({
    opened: () => this.#boardOpened(),
    say: said => void this.send(said),
    to: (seat, said) => this.sendTo(seat, said),
    full: is => this.part("board-full", is),
  });
  #watching = 0;
  #over = false;

  /** `every`: milliseconds between two looks at how the practice sees the call. */
  constructor(
    protected readonly page: HTMLElement,
    private readonly every: number,
  ) {
    page.addEventListener("click", event => this.#pressed(event));
    page.addEventListener("submit", event => this.#submitted(event));
    document.addEventListener("keydown", event => this.#keyed(event));
  }

  /** Begin the call with what the practice gave, and show what it tells. */
  protected abstract started(given: Body): Its;
  /** End the call itself. */
  protected abstract ended(call: Its): void;
  /** The practice's own view of a call that goes on. */
  protected abstract seen(body: Body): void;
  protected abstract show(stage: string): void;
  /** What each button does, by its `data-do`; what every call's page knows is done here. */
  protected abstract doing(button: HTMLButtonElement): Record<string, () => unknown>;
  /** Say a typed line to the others, and show it; whether it went. */
  protected abstract tell(said: string): boolean;
  /** Say something to the others' pages; whether it went. */
  protected abstract send(said: string): boolean;
  /** Say something to the page of one seat; whether it went. */
  protected abstract sendTo(seat: number, said: string): boolean;
  /** Whom a fact for the record is about, beside the call. */
  protected about(_button: HTMLButtonElement): Body {
    return {};
  }

  protected address(name: string): string {
    return this.page.dataset[name] ?? "";
  }

  // Coming in, staying, leaving

  protected async enter(take: string): Promise<void> {
    this.show("joining");
    const answer = await post(this.address("ticket"), { take });
    if (answer.kind === "ok") {
      this.call = this.started(answer.body);
      this.#inside(true);
      document.documentElement.dataset.calling = "";
      this.#watching = window.setInterval(() => void this.#watch(), this.every);
      return;
    }
    if ("body" in answer && answer.body.taken === true) return this.show("taken");
    if (answer.kind === "locked") return location.reload();
    if (silent(answer)) {
      this.show("unreachable");
      window.setTimeout(() => void this.enter(take), this.every);
      return;
    }
    location.assign(this.address("after"));
  }

  protected async fresh(): Promise<Renewed | null> {
    const answer = await post(this.address("ticket"), {});
    if (answer.kind !== "ok") return null;
    return { ticket: text(answer.body.ticket), iceServers: answer.body.ice as RTCIceServer[] };
  }

  /** How the practice sees it; that it does not answer is no reason to end anything. */
  async #watch(): Promise<void> {
    const answer = await post(this.address("state"), { inside: true });
    this.part("unanswered", silent(answer));
    if (answer.kind !== "ok" || this.#over) return;
    if (answer.body.stays === false) {
      this.leave();
      this.show("taken");
    } else if (answer.body.phase !== "open") this.away();
    else this.seen(answer.body);
  }

  protected leave(): void {
    window.clearInterval(this.#watching);
    delete document.documentElement.dataset.calling;
    const call = this.call;
    this.call = null;
    if (call) this.ended(call);
    this.#inside(false);
  }

  protected away(): void {
    this.#over = true;
    this.leave();
    location.assign(this.address("after"));
  }

  // What is shown

  /** What works in a call alone is not shown where there is none: on the page of a second device. */
  #inside(on: boolean): void {
    for (const one of this.all("[data-inside]")) one.hidden = !on;
    if (!on) for (const name of INSIDE) this.part(name, false);
  }

  /** The words of a code; each language has words of its own, and a place may name the other side's. */
  protected words(words: { en: readonly string[]; es: readonly string[] } | null): void {
    const spoken = document.documentElement.lang === "es" ? "es" : "en";
    for (const place of this.all("[data-words]")) {
      const list = words?.[place.dataset.words === "es" ? "es" : spoken] ?? [];
      place.replaceChildren(
        ...list.map(word => Object.assign(document.createElement("li"), { textContent: word })),
      );
    }
  }

  /** One's own picture, as soon as there is one. */
  protected own(): void {
    const mine = this.page.querySelector<HTMLVideoElement>("[data-mine]");
    const own = this.call?.media.stream;
    if (mine && own && mine.srcObject !== own) mine.srcObject = own;
    else if (!own) window.setTimeout(() => this.call && this.own(), 300);
  }

  protected part(name: string, on: boolean): void {
    for (const one of this.all(`[data-part="${name}"]`)) one.hidden = !on;
  }

  /** In the page's own language, where the page has a sentence for it. */
  protected trouble({ name, says }: Trouble): void {
    const line = this.page.querySelector<HTMLElement>("[data-trouble]");
    if (!line) return;
    const own = this.page.querySelector<HTMLElement>(`[data-trouble-says="${name}"]`);
    line.textContent = own?.textContent ?? says;
    line.dataset.trouble = name;
    line.hidden = false;
  }

  /** What was wrong is so no longer; another trouble that came meanwhile stays. */
  protected mended(name: Trouble["name"]): void {
    const line = this.page.querySelector<HTMLElement>("[data-trouble]");
    if (line?.dataset.trouble === name) line.hidden = true;
  }

  protected line(said: string, mine: boolean): void {
    const list = this.page.querySelector("[data-chat-lines]");
    if (!list) return;
    const line = document.createElement("li");
    line.dataset.mine = String(mine);
    line.textContent = said;
    list.append(line);
    line.scrollIntoView({ block: "nearest" });
    this.part("chat", true);
  }

  // The board: what is drawn goes from browser to browser, and is gone at the end.

  #boardOpened(): HTMLCanvasElement | null {
    this.part("board", true);
    return this.page.querySelector<HTMLCanvasElement>("canvas[data-board]");
  }

  // What is pressed

  #pressed(event: Event): void {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[data-do]");
    if (!button) return;
    const everywhere: Record<string, () => unknown> = {
      take: () => this.enter("yes"),
      again: () => location.reload(),
      share: () => this.#share(button),
      chat: () => this.#openChat(),
      board: () => this.board.open(),
      wipe: () => this.board.wipe(),
      say: () => this.#say(button),
      "hang-up": () => this.away(),
    };
    const what = button.dataset.do ?? "";
    void { ...everywhere, ...this.doing(button) }[what]?.();
  }

  #keyed(event: KeyboardEvent): void {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const key = CSS.escape(event.code.replace("Key", "").toLowerCase());
    const button = this.page.querySelector<HTMLButtonElement>(`button[data-alt="${key}"]`);
    if (!button || button.closest("[hidden]")) return;
    event.preventDefault();
    button.click();
  }

  protected switch(button: HTMLButtonElement, set: (on: boolean) => unknown): void {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    void set(on);
  }

  async #share(button: HTMLButtonElement): Promise<void> {
    const media = this.call?.media;
    if (!media) return;
    if (media.sharing) media.unshare();
    else await media.share();
    button.setAttribute("aria-pressed", String(media.sharing));
  }

  #openChat(): void {
    this.part("chat", true);
    this.page.querySelector<HTMLInputElement>("form[data-chat] input[name=line]")?.focus();
  }

  /** A fact for the record: `data-fact` names it, `data-says` brings its words. */
  async #say(button: HTMLButtonElement): Promise<void> {
    const { fact = "", says = "" } = button.dataset;
    const told = { do: fact, words: says, ...this.about(button) };
    const answer = await post(this.address("say"), told);
    // The silent word leaves no trace on the screen that somebody else may see.
    if (answer.kind === "ok" && !("quiet" in button.dataset)) {
      button.setAttribute("aria-pressed", "true");
    }
  }

  #submitted(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    if (form.matches("form[data-chat]")) {
      event.preventDefault();
      const field = form.querySelector<HTMLInputElement>("input[name=line]");
      if (field && this.tell(field.value)) field.value = "";
    } else if (form.matches("form[data-ends]")) this.leave();
  }

  protected all(selector: string): HTMLElement[] {
    return [...this.page.querySelectorAll<HTMLElement>(selector)];
  }
}

const silent = (answer: Answer): boolean =>
  answer.kind === "unreachable" || answer.kind === "unwell";
