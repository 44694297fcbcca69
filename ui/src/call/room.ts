/** The page of a call of two, at both doors: `[data-call]` and what stands in it.
 *
 * Beside what every call's page does (callpage.ts): `[data-why="words"]` is shown beside the stage it
 * explains, `[data-how]` for what was reached; and what was written may be kept.
 */
import { type Body, post, text } from "../server";
import { picture } from "./board";
import { type Call, startCall } from "./call";
import type { Outcome, Shown } from "./calling";
import { CallPage } from "./callpage";
import { camera } from "./camera";
import { answering, digest, isKeeping, Keeping, told } from "./keep";
import { KeepingBoard } from "./keepboard";
import type { Trouble } from "./media";
import { ofBoard } from "./strokes";

const OTHER = 1; // there are two

const SWITCHES = [
  ["sound", "audio"],
  ["camera", "video"],
] as const;

class Room extends CallPage<Call> {
  #theirs = new MediaStream();
  readonly #keeping: Keeping;
  readonly #drawing = new KeepingBoard(() => this.board.strokes.all);

  constructor(page: HTMLElement) {
    super(page, 5_000);
    this.#keeping = new Keeping(this.address("me"), this.address("them"));
    void this.enter("");
  }

  protected started(given: Body): Call {
    const call = startCall({
      line: text(given.line),
      ticket: text(given.ticket),
      iceServers: (given.ice ?? []) as RTCIceServer[],
      fresh: () => this.fresh(),
      owner: this.address("owner"),
      pair: this.address("pair"),
      media: camera,
      report: this.address("report"),
    });
    call.on("stage", shown => this.#staged(shown));
    call.on("outcome", outcome => this.#reached(outcome));
    call.on("track", ({ place, track }) => this.#arrived(place, track));
    call.on("chat", told => this.#chatted(told.text, told.mine));
    call.on("reached", () => this.board.met(OTHER));
    call.on("theirs", told => this.#their(told));
    call.on("trouble", told => this.trouble(told));
    call.on("soundOnly", only => this.part("sound-only", only));
    return call;
  }

  protected ended(call: Call): void {
    call.hangUp();
  }

  protected seen(): void {}

  // What is shown

  #staged(shown: Shown): void {
    if (!this.call && shown.stage === "ended") return;
    this.show(shown.stage === "words" && shown.holds ? "held" : shown.stage, shown.why);
    this.words(shown.words);
    for (const place of this.all("[data-number]")) {
      place.textContent = (shown.number.match(/.{5}/g) ?? []).join(" ");
    }
    if (shown.stage === "open") this.own();
  }

  protected override own(): void {
    this.#switches();
    super.own();
  }

  protected show(stage: string, why = ""): void {
    this.page.dataset.now = stage;
    for (const one of this.all("[data-stage]")) {
      one.hidden = !one.dataset.stage?.split(" ").includes(stage);
    }
    for (const one of this.all("[data-why]")) one.hidden = one.dataset.why !== why;
    const asked = this.page.querySelector<HTMLElement>(`[data-stage~="${stage}"] [data-asks]`);
    asked?.focus();
  }

  /** A switch says what is so: one of a device that is not there is off, and cannot be pressed. */
  #switches(): void {
    const media = this.call?.media;
    for (const [what, kind] of SWITCHES) {
      const there = media?.there(kind) ?? null;
      const button = this.page.querySelector<HTMLButtonElement>(`[data-do="${what}"]`);
      if (!media || !button || there === null) continue;
      button.disabled = !there;
      button.setAttribute("aria-pressed", String(there && media[what]));
    }
  }

  #reached(outcome: Outcome): void {
    for (const one of this.all("[data-how]")) one.hidden = one.dataset.how !== outcome.how;
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
    this.part("their-sound", !told.sound);
    this.part("their-camera", !told.camera);
    this.part("screen", told.screen);
  }

  protected override trouble(told: Trouble): void {
    this.#switches();
    super.trouble(told);
  }

  // Chat: what is written goes from browser to browser and is gone at the end, unless both keep it.

  #chatted(said: string, mine: boolean): void {
    if (mine ? ofBoard(said) : this.board.hear(OTHER, said)) return;
    if (isKeeping(said)) {
      if (!mine) void this.#keeps(said);
    } else {
      this.#keeping.wrote(said, mine);
      this.line(said, mine);
      this.part("keep", true);
    }
  }

  // What was written or drawn may be kept, where both agree: she sees what it would be, and says yes.

  async #keeps(said: string): Promise<void> {
    const one = told(said);
    if (!one) return;
    const heard = this.#keeping.hear(one);
    if (heard === "asks") {
      for (const place of this.all("[data-keep-words]")) place.textContent = this.#keeping.wanted;
      this.#keepIs("asked");
    } else if (heard === "yes") void this.#kept({ words: this.#keeping.asked }, "");
    else if (heard === "no") this.#keepIs("refused");
    else this.#keepsBoard(await this.#drawing.hear(one));
  }

  #keepsBoard(heard: Awaited<ReturnType<KeepingBoard["hear"]>>): void {
    if (heard === "asks") {
      const canvas = this.page.querySelector<HTMLCanvasElement>("canvas[data-keep-board]");
      this.#keepIs("board-asked");
      if (canvas) picture(canvas, this.#drawing.shown);
    } else if (heard === "differs") this.tell(answering("board-unlike"));
    else if (heard === "yes") void this.#kept({ board: this.#drawing.asked }, "board-");
    else if (heard) this.#keepIs(heard === "no" ? "board-refused" : "board-unlike");
  }

  #askToKeep(): void {
    const lines = this.#keeping.ask();
    const went = lines.length > 0 && lines.every(line => this.tell(line));
    this.#keepIs(went ? "waits" : "failed");
  }

  async #askToKeepBoard(): Promise<void> {
    const line = await this.#drawing.ask();
    this.#keepIs(line && this.tell(line) ? "board-waits" : "board-failed");
  }

  async #kept(what: Body, which: "" | "board-"): Promise<void> {
    const answer = await post(this.address("say"), { do: "kept", ...what });
    const done = `${which}done`;
    const link = this.page.querySelector<HTMLAnchorElement>(`[data-keep="${done}"] a`);
    if (answer.kind === "ok" && link) link.href = text(answer.body.record);
    this.#keepIs(answer.kind === "ok" ? done : `${which}failed`);
  }

  async #mayKeep(which: "" | "board-", yes: boolean): Promise<void> {
    if (yes) {
      const what = which ? "board" : "";
      const words = await digest(which ? this.#drawing.wanted : this.#keeping.wanted);
      const answer = await post(this.address("say"), { do: "keeps", words, what });
      if (answer.kind !== "ok") return this.#keepIs(`${which}failed`);
    }
    this.tell(answering(`${which}${yes ? "yes" : "no"}`));
    this.#keepIs(yes ? `${which}done` : "");
  }

  #keepIs(now: string): void {
    if (now) this.part(now.startsWith("board-") ? "board" : "chat", true);
    for (const one of this.all("[data-keep]")) {
      one.hidden = one.dataset.keep !== now;
      if (!one.hidden) one.scrollIntoView({ block: "nearest" });
    }
  }

  protected send(said: string): boolean {
    return this.call?.chat(said) ?? false;
  }

  protected sendTo(_seat: number, said: string): boolean {
    return this.send(said);
  }

  protected tell(typed: string): boolean {
    return this.send(typed);
  }

  protected doing(button: HTMLButtonElement): Record<string, () => unknown> {
    const call = this.call;
    return {
      same: () => call?.same(),
      different: () => call?.different(),
      "go-on": () => call?.goOn(),
      sound: () => this.switch(button, on => call?.media.setSound(on)),
      camera: () => this.switch(button, on => call?.media.setCamera(on)),
      keep: () => this.#askToKeep(),
      "keep-yes": () => this.#mayKeep("", true),
      "keep-no": () => this.#mayKeep("", false),
      "keep-board": () => this.#askToKeepBoard(),
      "board-yes": () => this.#mayKeep("board-", true),
      "board-no": () => this.#mayKeep("board-", false),
    };
  }
}

const page = document.querySelector<HTMLElement>("[data-call]");
if (page) new Room(page);
