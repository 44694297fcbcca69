/** The page of a call, at both doors: `[data-call]` and what stands in it.
 *
 * Every sentence stands in the page, in its language; this script shows one and hides the others:
 * `[data-stage="open"]` while that stage holds, `[data-why="words"]` beside it, `[data-how]` for
 * what was reached. Buttons say what they do in `data-do`. A second device is asked which stays, a
 * practice that does not answer is told and asked again, and the call goes on meanwhile.
 */
import { type Body, post, text } from "../server";
import { Board, stroke } from "./board";
import { type Call, startCall } from "./call";
import type { Outcome, Renewed, Shown } from "./calling";
import { camera } from "./camera";
import type { Trouble } from "./media";

const EVERY = 5_000;
const SWITCHES = [
  ["sound", "audio"],
  ["camera", "video"],
] as const;

class Room {
  #call: Call | null = null;
  #watching = 0;
  #over = false;
  #board: Board | null = null;
  #theirs = new MediaStream();

  constructor(private readonly page: HTMLElement) {
    page.addEventListener("click", event => this.#pressed(event));
    page.addEventListener("submit", event => this.#submitted(event));
    document.addEventListener("keydown", event => this.#keyed(event));
    void this.#enter("");
  }

  #address(name: string): string {
    return this.page.dataset[name] ?? "";
  }

  // Coming in

  async #enter(take: string): Promise<void> {
    this.#show("joining");
    const answer = await post(this.#address("ticket"), { take });
    if (answer.kind === "ok") return this.#begin(answer.body);
    if ("body" in answer && answer.body.taken === true) return this.#show("taken");
    if (answer.kind === "locked") return location.reload();
    if (answer.kind === "unreachable" || answer.kind === "unwell") {
      this.#show("unreachable");
      window.setTimeout(() => void this.#enter(take), EVERY);
      return;
    }
    location.assign(this.#address("after"));
  }

  #begin(given: Body): void {
    const call = startCall({
      line: text(given.line),
      ticket: text(given.ticket),
      iceServers: (given.ice ?? []) as RTCIceServer[],
      fresh: () => this.#fresh(),
      owner: this.#address("owner"),
      pair: this.#address("pair"),
      media: camera,
      report: this.#address("report"),
    });
    this.#call = call;
    this.#inside(true);
    document.documentElement.dataset.calling = "";
    call.on("stage", shown => this.#staged(shown));
    call.on("outcome", outcome => this.#reached(outcome));
    call.on("track", ({ place, track }) => this.#arrived(place, track));
    call.on("chat", told => this.#chatted(told.text, told.mine));
    call.on("theirs", told => this.#their(told));
    call.on("trouble", told => this.#trouble(told));
    call.on("soundOnly", only => this.#part("sound-only", only));
    this.#watching = window.setInterval(() => void this.#watch(), EVERY);
  }

  async #fresh(): Promise<Renewed | null> {
    const answer = await post(this.#address("ticket"), {});
    if (answer.kind !== "ok") return null;
    return { ticket: text(answer.body.ticket), iceServers: answer.body.ice as RTCIceServer[] };
  }

  /** How the practice sees it; that it does not answer is no reason to end anything. */
  async #watch(): Promise<void> {
    const answer = await post(this.#address("state"), { inside: true });
    this.#part("unanswered", answer.kind === "unreachable" || answer.kind === "unwell");
    if (answer.kind !== "ok" || this.#over) return;
    if (answer.body.stays === false) {
      this.#leave();
      this.#show("taken");
    } else if (answer.body.phase !== "open") this.#away();
  }

  #leave(): void {
    window.clearInterval(this.#watching);
    delete document.documentElement.dataset.calling;
    const call = this.#call;
    this.#call = null;
    this.#inside(false);
    call?.hangUp();
  }

  #away(): void {
    this.#over = true;
    this.#leave();
    location.assign(this.#address("after"));
  }

  // What is shown

  #staged(shown: Shown): void {
    if (!this.#call && shown.stage === "ended") return;
    this.#show(shown.stage === "words" && shown.holds ? "held" : shown.stage, shown.why);
    /* Each language has words of its own for the same code: a place may name the other side's. */
    const spoken = document.documentElement.lang === "es" ? "es" : "en";
    for (const place of this.#all("[data-words]")) {
      const list = shown.words?.[place.dataset.words === "es" ? "es" : spoken] ?? [];
      place.replaceChildren(
        ...list.map(word => Object.assign(document.createElement("li"), { textContent: word })),
      );
    }
    for (const place of this.#all("[data-number]")) {
      place.textContent = (shown.number.match(/.{5}/g) ?? []).join(" ");
    }
    if (shown.stage === "open") this.#own();
  }

  #own(): void {
    const mine = this.page.querySelector<HTMLVideoElement>("[data-mine]");
    const own = this.#call?.media.stream;
    this.#switches();
    if (mine && own && mine.srcObject !== own) mine.srcObject = own;
    else if (!own) window.setTimeout(() => this.#call && this.#own(), 300);
  }

  #show(stage: string, why = ""): void {
    this.page.dataset.now = stage;
    for (const one of this.#all("[data-stage]")) {
      one.hidden = !one.dataset.stage?.split(" ").includes(stage);
    }
    for (const one of this.#all("[data-why]")) one.hidden = one.dataset.why !== why;
    const asked = this.page.querySelector<HTMLElement>(`[data-stage~="${stage}"] [data-asks]`);
    asked?.focus();
  }

  /** What works on a call alone is not shown where there is none: on the page of a second device. */
  #inside(on: boolean): void {
    for (const one of this.#all("[data-inside]")) one.hidden = !on;
    if (!on) for (const name of ["chat", "board", "screen"]) this.#part(name, false);
  }

  /** A switch says what is so: one of a device that is not there is off, and cannot be pressed. */
  #switches(): void {
    const media = this.#call?.media;
    for (const [what, kind] of SWITCHES) {
      const there = media?.there(kind) ?? null;
      const button = this.page.querySelector<HTMLButtonElement>(`[data-do="${what}"]`);
      if (!media || !button || there === null) continue;
      button.disabled = !there;
      button.setAttribute("aria-pressed", String(there && media[what]));
    }
  }

  #part(name: string, on: boolean): void {
    for (const one of this.#all(`[data-part="${name}"]`)) one.hidden = !on;
  }

  #reached(outcome: Outcome): void {
    for (const one of this.#all("[data-how]")) one.hidden = one.dataset.how !== outcome.how;
  }

  #arrived(place: string, track: MediaStreamTrack): void {
    if (place === "screen") {
      const screen = this.page.querySelector<HTMLVideoElement>("[data-screen]");
      if (screen) screen.srcObject = new MediaStream([track]);
      return;
    }
    // Another device of theirs, or their page loaded anew: what came before is silent from now on.
    for (const before of this.#theirs.getTracks()) {
      if (before.kind === track.kind) this.#theirs.removeTrack(before);
    }
    this.#theirs.addTrack(track);
    const video = this.page.querySelector<HTMLVideoElement>("[data-theirs]");
    if (video && video.srcObject !== this.#theirs) video.srcObject = this.#theirs;
  }

  #their(told: { sound: boolean; camera: boolean; screen: boolean }): void {
    this.#part("their-sound", !told.sound);
    this.#part("their-camera", !told.camera);
    this.#part("screen", told.screen);
  }

  /** In the page's own language, where the page has a sentence for it. */
  #trouble({ name, says }: Trouble): void {
    this.#switches();
    const line = this.page.querySelector<HTMLElement>("[data-trouble]");
    if (!line) return;
    const own = this.page.querySelector<HTMLElement>(`[data-trouble-says="${name}"]`);
    line.textContent = own?.textContent ?? says;
    line.hidden = false;
  }

  // Chat and board: what is written and drawn goes from browser to browser and is gone at the end.

  #chatted(said: string, mine: boolean): void {
    if (stroke(said)) {
      this.#openBoard();
      this.#board?.hear(said, mine);
      return;
    }
    const list = this.page.querySelector("[data-chat-lines]");
    if (!list) return;
    const line = document.createElement("li");
    line.dataset.mine = String(mine);
    line.textContent = said;
    list.append(line);
    line.scrollIntoView({ block: "nearest" });
    this.#part("chat", true);
  }

  #openBoard(): void {
    this.#part("board", true);
    const canvas = this.page.querySelector<HTMLCanvasElement>("canvas[data-board]");
    if (canvas) this.#board ??= new Board(canvas, said => this.#call?.chat(said) ?? false);
  }

  // What is pressed

  #pressed(event: Event): void {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[data-do]");
    if (button) this.#do(button.dataset.do ?? "", button);
  }

  #keyed(event: KeyboardEvent): void {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const button = this.page.querySelector<HTMLButtonElement>(
      `button[data-alt="${CSS.escape(event.code.replace("Key", "").toLowerCase())}"]`,
    );
    if (!button || button.closest("[hidden]")) return;
    event.preventDefault();
    button.click();
  }

  #do(what: string, button: HTMLButtonElement): void {
    const call = this.#call;
    const doing: Record<string, () => unknown> = {
      take: () => this.#enter("yes"),
      again: () => location.reload(),
      same: () => call?.same(),
      different: () => call?.different(),
      "go-on": () => call?.goOn(),
      sound: () => this.#switch(button, on => call?.media.setSound(on)),
      camera: () => this.#switch(button, on => call?.media.setCamera(on)),
      share: () => call && this.#share(button, call),
      board: () => this.#openBoard(),
      wipe: () => this.#board?.wipe(),
      chat: () => this.#openChat(),
      say: () => this.#say(button),
      "hang-up": () => this.#away(),
    };
    void doing[what]?.();
  }

  #switch(button: HTMLButtonElement, set: (on: boolean) => void): void {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    set(on);
  }

  async #share(button: HTMLButtonElement, call: Call): Promise<void> {
    if (call.media.sharing) call.media.unshare();
    else await call.media.share();
    button.setAttribute("aria-pressed", String(call.media.sharing));
  }

  #openChat(): void {
    this.#part("chat", true);
    this.page.querySelector<HTMLInputElement>("form[data-chat] input[name=line]")?.focus();
  }

  /** A fact for the record: `data-fact` names it, `data-says` brings its words. */
  async #say(button: HTMLButtonElement): Promise<void> {
    const { fact = "", says = "" } = button.dataset;
    const answer = await post(this.#address("say"), { do: fact, words: says });
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
      if (field && this.#call?.chat(field.value)) field.value = "";
    } else if (form.matches("form[data-ends]")) this.#leave();
  }

  #all(selector: string): HTMLElement[] {
    return [...this.page.querySelectorAll<HTMLElement>(selector)];
  }
}

const page = document.querySelector<HTMLElement>("[data-call]");
if (page) new Room(page);
