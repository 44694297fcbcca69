/** The other seats of a visit of several, a tile each: picture, name, how far the pair is. */
import type { Theirs } from "./meshmedia";
import type { Place } from "./peer";

export class Tiles {
  #names: Record<string, string> = {};
  #is = new Map<number, Set<string>>();
  #theirs = new Map<number, MediaStream>();

  constructor(private readonly page: HTMLElement) {}

  /** What the practice says each is called; a page that knows better has written it itself. */
  names(told: unknown): void {
    this.#names = (told ?? {}) as Record<string, string>;
    for (const tile of this.page.querySelectorAll<HTMLElement>("figure[data-seat]")) {
      const place = tile.querySelector("[data-name]");
      if (place) place.textContent = this.#names[tile.dataset.seat ?? ""] ?? "";
    }
  }

  name(seat: number): string {
    return this.#tile(seat)?.querySelector("figcaption strong")?.textContent?.trim() ?? "";
  }

  pair(seat: number, pair: string): void {
    const tile = this.#tile(seat, pair !== "absent");
    if (!tile) return;
    tile.hidden = pair === "absent";
    this.#put(seat, PAIRS, pair);
    if (pair === "absent") this.#theirs.delete(seat);
  }

  reached(seat: number, how: string, number: string): void {
    this.#put(seat, HOWS, how);
    const place = this.#tile(seat)?.querySelector("[data-number]");
    if (place) place.textContent = (number.match(/.{5}/g) ?? []).join(" ");
  }

  theirs({ seat, sound, camera, screen }: Theirs): void {
    this.#flag(seat, "no sound", !sound);
    this.#flag(seat, "no camera", !camera);
    const shown = this.#tile(seat)?.querySelector<HTMLElement>("[data-screen]");
    if (shown) shown.hidden = !screen;
  }

  weak(seat: number, only: boolean): void {
    this.#flag(seat, "weak", only);
  }

  track(seat: number, place: Place, track: MediaStreamTrack): void {
    const tile = this.#tile(seat, true);
    if (place === "screen") {
      const screen = tile?.querySelector<HTMLVideoElement>("[data-screen]");
      if (screen) screen.srcObject = new MediaStream([track]);
      return;
    }
    const theirs = this.#theirs.get(seat) ?? new MediaStream();
    this.#theirs.set(seat, theirs);
    // Another device of theirs, or their page loaded anew: what came before is silent from now on.
    for (const before of theirs.getTracks()) {
      if (before.kind === track.kind && before !== track) theirs.removeTrack(before);
    }
    theirs.addTrack(track);
    const video = tile?.querySelector<HTMLVideoElement>("[data-theirs]");
    if (video && video.srcObject !== theirs) video.srcObject = theirs;
  }

  #flag(seat: number, name: string, on: boolean): void {
    this.#put(seat, [name], on ? name : "");
  }

  /** One of these holds of a seat, or none: what stands under its picture follows. */
  #put(seat: number, among: readonly string[], one: string): void {
    const is = this.#is.get(seat) ?? new Set();
    this.#is.set(seat, is);
    for (const name of among) is.delete(name);
    if (one) is.add(one);
    for (const line of this.#tile(seat)?.querySelectorAll<HTMLElement>("[data-is]") ?? []) {
      line.hidden = !is.has(line.dataset.is ?? "");
    }
  }

  #tile(seat: number, make = false): HTMLElement | null {
    const there = this.page.querySelector<HTMLElement>(`figure[data-seat="${seat}"]`);
    if (there || !make) return there;
    const template = this.page.querySelector<HTMLTemplateElement>("template[data-tile]");
    const made = template?.content.firstElementChild?.cloneNode(true) as HTMLElement | undefined;
    if (!made) return null;
    made.dataset.seat = String(seat);
    template?.before(made);
    this.names(this.#names);
    return made;
  }
}

const PAIRS = ["connecting", "comparing", "verified", "broken", "stopped"];
const HOWS = ["known device", "verified by code", "not verified"];
