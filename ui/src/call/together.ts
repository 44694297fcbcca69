/** The page of a visit of several, at both doors: `[data-together]` and what stands in it.
 *
 * As in room.ts every sentence stands in the page, in its language. Each other seat has a tile,
 * `figure[data-seat]`, written by the page or made of `template[data-tile]`; what holds of it is shown
 * by `[data-is]` in it. Who may be met, and how each is called, the practice says every few seconds:
 * whoever was let out is met no more.
 */
import { type Body, post, text } from "../server";
import { camera } from "./camera";
import { type Group, startGroup } from "./meshcall";
import { Tiles } from "./tiles";

const EVERY = 3_000;

class Together {
  #group: Group | null = null;
  #tiles: Tiles;
  #watching = 0;
  #over = false;
  #changed = new Set<number>();

  constructor(private readonly page: HTMLElement) {
    this.#tiles = new Tiles(page);
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
    const group = startGroup({
      line: text(given.line),
      ticket: text(given.ticket),
      iceServers: (given.ice ?? []) as RTCIceServer[],
      fresh: () => this.#fresh(),
      owner: this.#address("owner"),
      pairs: given.pairs as Record<number, string>,
      allowed: given.allowed as number[],
      gathering: true,
      media: camera,
    });
    this.#group = group;
    document.documentElement.dataset.calling = "";
    this.#tiles.names(given.names);
    this.#show("alone");
    group
      .on("seats", mesh => this.#seats(mesh.seats))
      .on("words", words => this.#words(words))
      .on("changed", ({ seat }) => this.#changed.add(seat))
      .on("track", ({ seat, place, track }) => this.#tiles.track(seat, place, track))
      .on("theirs", told => this.#tiles.theirs(told))
      .on("soundOnly", ({ seat, only }) => this.#tiles.weak(seat, only))
      .on("outcome", told => this.#reached(told))
      .on("chat", told => this.#chatted(this.#tiles.name(told.seat), told.text))
      .on("hushed", () => this.#hushed())
      .on("trouble", ({ name, says }) => this.#trouble(name, says));
    this.#watching = window.setInterval(() => void this.#watch(), EVERY);
  }

  async #fresh(): Promise<{ ticket: string; iceServers: RTCIceServer[] } | null> {
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
    else {
      this.#tiles.names(answer.body.names);
      this.#group?.only(answer.body.allowed as number[]);
    }
  }

  #leave(): void {
    window.clearInterval(this.#watching);
    delete document.documentElement.dataset.calling;
    const group = this.#group;
    this.#group = null;
    group?.leave();
  }

  #away(): void {
    this.#over = true;
    this.#leave();
    location.assign(this.#address("after"));
  }

  // What is shown

  #seats(seats: readonly { seat: number; pair: string }[]): void {
    for (const { seat, pair } of seats) this.#tiles.pair(seat, pair);
    const is = (what: string) => seats.some(({ pair }) => pair === what);
    if (is("verified")) this.#own();
    if (is("verified") || is("broken")) this.#show("open");
    else if (is("connecting") || is("comparing")) this.#show("proving");
    else this.#show(is("stopped") ? "stopped" : "alone");
  }

  /** The code of all who are there; each language has words of its own for it. */
  #words(words: { en: string[]; es: string[] } | null): void {
    const spoken = document.documentElement.lang === "es" ? "es" : "en";
    for (const place of this.#all("[data-words]")) {
      const list = words?.[place.dataset.words === "es" ? "es" : spoken] ?? [];
      place.replaceChildren(
        ...list.map(word => Object.assign(document.createElement("li"), { textContent: word })),
      );
    }
    this.#part("words", words !== null);
    this.#part("held", false);
    this.#part("changed", words !== null && this.#changed.size > 0);
    const who = [...this.#changed].map(seat => this.#tiles.name(seat)).filter(Boolean);
    for (const place of this.#all("[data-changed]")) place.textContent = who.join(", ");
    if (words) this.page.querySelector<HTMLElement>("[data-asks]")?.focus();
  }

  #own(): void {
    const mine = this.page.querySelector<HTMLVideoElement>("[data-mine]");
    const own = this.#group?.media.stream;
    if (mine && own && mine.srcObject !== own) mine.srcObject = own;
    else if (!own) window.setTimeout(() => this.#group && this.#own(), 300);
  }

  #show(stage: string): void {
    this.page.dataset.now = stage;
    for (const one of this.#all("[data-stage]")) one.hidden = one.dataset.stage !== stage;
  }

  #part(name: string, on: boolean): void {
    for (const one of this.#all(`[data-part="${name}"]`)) one.hidden = !on;
  }

  #reached(told: { seat: number; how: string; why: string; number: string }): void {
    this.#tiles.reached(told.seat, told.how, told.number);
    void post(this.#address("report"), { seat: told.seat, how: told.how, why: told.why });
  }

  /** In the page's own language, where the page has a sentence for it. */
  #trouble(name: string, says: string): void {
    const line = this.page.querySelector<HTMLElement>("[data-trouble]");
    if (!line) return;
    const own = this.page.querySelector<HTMLElement>(`[data-trouble-says="${name}"]`);
    line.textContent = own?.textContent ?? says;
    line.hidden = false;
  }

  #chatted(who: string, said: string): void {
    const list = this.page.querySelector("[data-chat-lines]");
    if (!list) return;
    const line = document.createElement("li");
    line.dataset.mine = String(who === "");
    line.textContent = who ? `${who}: ${said}` : said;
    list.append(line);
    line.scrollIntoView({ block: "nearest" });
    this.#part("chat", true);
  }

  /** Whoever leads asked for silence: the own switch goes, and can be pressed again. */
  #hushed(): void {
    const button = this.page.querySelector<HTMLButtonElement>('button[data-do="sound"]');
    if (button?.getAttribute("aria-pressed") === "true") button.click();
    this.#part("hushed", true);
  }

  // What is pressed

  #pressed(event: Event): void {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[data-do]");
    if (button) this.#do(button.dataset.do ?? "", button);
  }

  #keyed(event: KeyboardEvent): void {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const key = CSS.escape(event.code.replace("Key", "").toLowerCase());
    const button = this.page.querySelector<HTMLButtonElement>(`button[data-alt="${key}"]`);
    if (!button || button.closest("[hidden]")) return;
    event.preventDefault();
    button.click();
  }

  #do(what: string, button: HTMLButtonElement): void {
    const group = this.#group;
    const seat = Number(button.closest<HTMLElement>("[data-seat]")?.dataset.seat ?? -1);
    const doing: Record<string, () => unknown> = {
      take: () => this.#enter("yes"),
      again: () => location.reload(),
      same: () => this.#answered(() => group?.same()),
      different: () => this.#answered(() => group?.different()),
      "go-on": () => this.#answered(() => group?.goOn()),
      compare: () => group?.compare(),
      sound: () => this.#switch(button, on => group?.set("sound", on)),
      camera: () => this.#switch(button, on => group?.set("camera", on)),
      share: () => group && this.#share(button, group),
      chat: () => this.#openChat(),
      hush: () => group?.hush(seat),
      say: () => this.#say(button, seat),
      "hang-up": () => this.#away(),
    };
    void doing[what]?.();
  }

  #answered(answer: () => void): void {
    this.#changed.clear();
    answer();
    this.#part("words", false);
    this.#part("changed", false);
  }

  #switch(button: HTMLButtonElement, set: (on: boolean) => unknown): void {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    if (on) this.#part("hushed", false);
    void set(on);
  }

  async #share(button: HTMLButtonElement, group: Group): Promise<void> {
    if (group.media.sharing) group.media.unshare();
    else await group.media.share();
    button.setAttribute("aria-pressed", String(group.media.sharing));
  }

  #openChat(): void {
    this.#part("chat", true);
    this.page.querySelector<HTMLInputElement>("form[data-chat] input[name=line]")?.focus();
  }

  /** A fact for the record, of a seat where it is of one. */
  async #say(button: HTMLButtonElement, seat: number): Promise<void> {
    const { fact = "", says = "" } = button.dataset;
    const about = seat > 0 ? { seat } : {};
    const answer = await post(this.#address("say"), { do: fact, words: says, ...about });
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
      const said = field?.value.trim() ?? "";
      if (!field || !said || !this.#group?.chat(said)) return;
      this.#chatted("", said);
      field.value = "";
    } else if (form.matches("form[data-ends]")) this.#leave();
  }

  #all(selector: string): HTMLElement[] {
    return [...this.page.querySelectorAll<HTMLElement>(selector)];
  }
}

const page = document.querySelector<HTMLElement>("[data-together]");
if (page) new Together(page);
