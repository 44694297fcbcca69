/** The page of a visit of several, at both doors: `[data-together]` and what stands in it.
 *
 * Beside what every call's page does (callpage.ts): each other seat has a tile, `figure[data-seat]`,
 * written by the page or made of `template[data-tile]`; what holds of it is shown by `[data-is]` in
 * it. Who may be met, and how each is called, the practice says every few seconds: whoever was let
 * out is met no more.
 */
import { type Body, post, text } from "../server";
import { CallPage } from "./callpage";
import { camera } from "./camera";
import { type Group, startGroup } from "./meshcall";
import type { CarriedBy } from "./meshcarried";
import type { SfuTicket } from "./sfu";
import { Tiles } from "./tiles";

class Together extends CallPage<Group> {
  #tiles: Tiles;
  #changed = new Set<number>();

  constructor(page: HTMLElement) {
    super(page, 3_000);
    this.#tiles = new Tiles(page);
    void this.enter("");
  }

  protected started(given: Body): Group {
    const group = startGroup({
      line: text(given.line),
      ticket: text(given.ticket),
      iceServers: (given.ice ?? []) as RTCIceServer[],
      fresh: () => this.fresh(),
      owner: this.address("owner"),
      pairs: given.pairs as Record<number, string>,
      allowed: given.allowed as number[],
      gathering: true,
      media: camera,
      ...(given.carried ? { carried: this.#carried(given.carried as Body) } : {}),
    });
    this.#tiles.names(given.names);
    this.show("alone");
    return group
      .on("seats", mesh => this.#seats(mesh.seats))
      .on("words", words => this.#compared(words))
      .on("changed", ({ seat }) => this.#changed.add(seat))
      .on("track", ({ seat, place, track }) => this.#tiles.track(seat, place, track))
      .on("theirs", told => this.#tiles.theirs(told))
      .on("soundOnly", ({ seat, only }) => this.#tiles.weak(seat, only))
      .on("outcome", told => this.#reached(told))
      .on("chat", told => this.#heard(told.seat, told.text))
      .on("reached", ({ seat }) => this.board.met(seat))
      .on("hushed", () => this.#hushed())
      .on("weak", ({ way, only }) => this.part(`weak-${way}`, only))
      .on("mended", name => this.mended(name))
      .on("trouble", told => this.trouble(told));
  }

  /** The server that carries it; the practice gives another ticket when it went away. */
  #carried(given: Body): CarriedBy {
    const ticket = (body: Body) => (body.ticket ?? null) as SfuTicket | null;
    const fresh = async () => {
      const answer = await post(this.address("ticket"), { again: true });
      return answer.kind === "ok" ? ticket((answer.body.carried ?? {}) as Body) : null;
    };
    return { ticket: ticket(given), worker: this.address("worker"), fresh };
  }

  protected ended(group: Group): void {
    group.leave();
  }

  protected seen(body: Body): void {
    this.#tiles.names(body.names);
    this.call?.only(body.allowed as number[]);
  }

  // What is shown

  #seats(seats: readonly { seat: number; pair: string }[]): void {
    for (const { seat, pair } of seats) this.#tiles.pair(seat, pair);
    const is = (what: string) => seats.some(({ pair }) => pair === what);
    if (is("verified")) this.own();
    if (is("verified") || is("broken")) this.show("open");
    else if (is("connecting") || is("comparing")) this.show("proving");
    else this.show(is("stopped") ? "stopped" : "alone");
  }

  /** The code of all who are there. */
  #compared(words: { en: string[]; es: string[] } | null): void {
    this.words(words);
    this.part("words", words !== null);
    this.part("held", false);
    this.part("changed", words !== null && this.#changed.size > 0);
    const who = [...this.#changed].map(seat => this.#tiles.name(seat)).filter(Boolean);
    for (const place of this.all("[data-changed]")) place.textContent = who.join(", ");
    if (words) this.page.querySelector<HTMLElement>("[data-asks]")?.focus();
  }

  protected show(stage: string): void {
    this.page.dataset.now = stage;
    for (const one of this.all("[data-stage]")) one.hidden = one.dataset.stage !== stage;
  }

  #reached(told: { seat: number; how: string; why: string; number: string }): void {
    this.#tiles.reached(told.seat, told.how, told.number);
    void post(this.address("report"), { seat: told.seat, how: told.how, why: told.why });
  }

  #said(who: string, said: string): void {
    this.line(who ? `${who}: ${said}` : said, who === "");
  }

  #heard(seat: number, said: string): void {
    if (!this.board.hear(seat, said)) this.#said(this.#tiles.name(seat), said);
  }

  protected send(said: string): boolean {
    return this.call?.chat(said) ?? false;
  }

  protected sendTo(seat: number, said: string): boolean {
    return this.call?.chatTo(seat, said) ?? false;
  }

  protected tell(typed: string): boolean {
    const said = typed.trim();
    if (!said || !this.send(said)) return false;
    this.#said("", said);
    return true;
  }

  /** Whoever leads asked for silence: the own switch goes, and can be pressed again. */
  #hushed(): void {
    const button = this.page.querySelector<HTMLButtonElement>('button[data-do="sound"]');
    if (button?.getAttribute("aria-pressed") === "true") button.click();
    this.part("hushed", true);
  }

  // What is pressed

  protected doing(button: HTMLButtonElement): Record<string, () => unknown> {
    const group = this.call;
    return {
      same: () => this.#answered(() => group?.same()),
      different: () => this.#answered(() => group?.different()),
      "go-on": () => this.#answered(() => group?.goOn()),
      compare: () => group?.compare(),
      sound: () => this.switch(button, on => group?.set("sound", on)),
      camera: () => this.switch(button, on => group?.set("camera", on)),
      hush: () => group?.hush(seatOf(button)),
    };
  }

  #answered(answer: () => void): void {
    this.#changed.clear();
    answer();
    this.part("words", false);
    this.part("changed", false);
  }

  protected override switch(button: HTMLButtonElement, set: (on: boolean) => unknown): void {
    super.switch(button, set);
    if (button.getAttribute("aria-pressed") === "true") this.part("hushed", false);
  }

  /** A fact may be of one seat. */
  protected override about(button: HTMLButtonElement): Body {
    const seat = seatOf(button);
    return seat > 0 ? { seat } : {};
  }
}

const seatOf = (button: HTMLButtonElement): number =>
  Number(button.closest<HTMLElement>("[data-seat]")?.dataset.seat ?? -1);

const page = document.querySelector<HTMLElement>("[data-together]");
if (page) new Together(page);
