/* What a seat of a group gives of itself and is given: sound, picture and screen, to every pair that is
   open and to no other; and, pair by pair, sound alone where a line does not carry a picture. Where a
   server carries it, it goes there (meshcarried.ts), and the line to it is judged both ways.

   INVARIANT: a track of theirs is enabled, and told to the page, only while that pair is open. */
import { Media, measured, type Trouble } from "./media";
import { quality } from "./mesh";
import type { Carried } from "./meshcarried";
import type { Pair } from "./meshpair";
import { PLACES, type Place } from "./peer";
import { between, FRESH, type Judgment, judged, type Passed } from "./quality";

export interface Theirs {
  seat: number;
  sound: boolean;
  camera: boolean;
  screen: boolean;
}

/** Where a server carries it: which way the own line is too weak for pictures. */
export interface Weak {
  way: "out" | "in";
  only: boolean;
}

interface Hooks {
  pairs(): Iterable<Pair>;
  track(seat: number, place: Place, track: MediaStreamTrack): void;
  theirs(told: Theirs): void;
  soundOnly(told: { seat: number; only: boolean }): void;
  weak(told: Weak): void;
  trouble(told: Trouble): void;
}

const EVERY = 2_000;

export class GroupMedia {
  /** Microphone, camera and screen of this side, each to be switched. */
  readonly own: Media;
  readonly #hooks: Hooks;
  readonly #given = new Map<Place, MediaStreamTrack | null>();
  readonly #arrived = new Map<number, Map<Place, MediaStreamTrack>>();
  readonly #judged = new Map<number, Judgment>();
  readonly #said = new Map<number, Theirs>();
  #coming: Judgment = FRESH;
  #passed: Passed | null = null;
  readonly #looking: number;

  constructor(
    ask: () => Promise<MediaStream>,
    private readonly carried: () => Carried | null,
    hooks: Hooks,
  ) {
    this.#hooks = hooks;
    this.own = new Media(ask, {
      give: (place, track) => this.#give(place, track),
      tell: message => this.#tell(JSON.stringify(message)),
      // Each pair's line is judged by itself, below; the one to a server is what carries all.
      stats: () => this.carried()?.stats() ?? null,
      trouble: told => hooks.trouble(told),
      soundOnly: only => hooks.weak({ way: "out", only }),
    });
    this.#looking = self.setInterval(() => void this.#look(), EVERY);
  }

  async stream(): Promise<MediaStream | null> {
    await this.own.prepare();
    return this.own.stream;
  }

  /** A pair is open: what is given to the others is given to it as well. */
  async opened(pair: Pair, people: number): Promise<void> {
    this.show(pair);
    if (this.carried()) await this.own.prepare();
    await this.own.open();
    await this.#fit(people);
  }

  /** A pair is no longer open. */
  async closed(pair: Pair): Promise<void> {
    this.show(pair);
    for (const place of PLACES) await pair.give(place, null);
  }

  forget(seat: number): void {
    this.#arrived.delete(seat);
    this.#judged.delete(seat);
    this.#said.delete(seat);
  }

  /** Something of theirs came. Where a server carries it, nothing comes this way. */
  take(pair: Pair, place: Place, track: MediaStreamTrack): void {
    if (this.carried()) return;
    const arrived = this.#arrived.get(pair.seat) ?? new Map<Place, MediaStreamTrack>();
    this.#arrived.set(pair.seat, arrived.set(place, track));
    this.show(pair);
  }

  /** What comes before the pair is open is neither seen nor heard. */
  show(pair: Pair): void {
    for (const [place, track] of this.#arrived.get(pair.seat) ?? []) {
      track.enabled = pair.open;
      if (pair.open) this.#hooks.track(pair.seat, place, track);
    }
    const said = this.#said.get(pair.seat);
    if (said && pair.open) this.#hooks.theirs(said);
  }

  /** What a seat says of its own switches; told once the pair is open. */
  heard(pair: Pair, told: Record<string, unknown>): void {
    const { sound, camera, screen } = told;
    const said = { seat: pair.seat, sound: !!sound, camera: !!camera, screen: !!screen };
    this.#said.set(pair.seat, said);
    if (pair.open) this.#hooks.theirs(said);
  }

  /** A channel is there, perhaps after the state was told. */
  again(): void {
    this.own.tellState();
  }

  set(place: "sound" | "camera", on: boolean): void {
    if (place === "sound") this.own.setSound(on);
    else this.own.setCamera(on);
  }

  close(): void {
    self.clearInterval(this.#looking);
    this.own.close();
  }

  #give(place: Place, track: MediaStreamTrack | null): void {
    this.#given.set(place, track);
    const carried = this.carried();
    if (carried) carried.give(place, track);
    for (const pair of carried ? [] : this.#hooks.pairs()) {
      void pair.give(place, this.#for(pair, place));
    }
  }

  #for(pair: Pair, place: Place): MediaStreamTrack | null {
    const weak = place === "camera" && this.#judged.get(pair.seat)?.sound;
    return weak ? null : (this.#given.get(place) ?? null);
  }

  #tell(text: string): boolean {
    let told = false;
    for (const pair of this.#hooks.pairs()) told = pair.tell(text) || told;
    return told;
  }

  /** A bad line takes the picture from that pair alone. */
  async #look(): Promise<void> {
    const carried = this.carried();
    if (carried) return this.#incoming(carried);
    for (const pair of [...this.#hooks.pairs()].filter(one => one.open)) {
      const report = await pair.stats();
      if (!report) continue;
      const before = this.#judged.get(pair.seat) ?? FRESH;
      const now = judged(before, measured(report));
      this.#judged.set(pair.seat, now);
      if (before.sound === now.sound) continue;
      await pair.give("camera", this.#for(pair, "camera"));
      this.#hooks.soundOnly({ seat: pair.seat, only: now.sound });
    }
  }

  /** A line that does not bring all pictures brings everybody's sound. */
  async #incoming(carried: Carried): Promise<void> {
    const now = await carried.arrived();
    const before = this.#passed;
    this.#passed = now;
    if (!now || !before) return;
    const { sound } = this.#coming;
    this.#coming = judged(this.#coming, between(before, now));
    if (sound === this.#coming.sound) return;
    carried.pictures(sound);
    this.#hooks.weak({ way: "in", only: !sound });
  }

  /** The own picture is as large as so many connections carry; a server is given a copy that fits. */
  async #fit(people: number): Promise<void> {
    if (this.carried()) return;
    const { width, height, frameRate } = quality(people);
    const camera = this.own.stream?.getVideoTracks()[0];
    await camera
      ?.applyConstraints({
        width: { max: width },
        height: { max: height },
        frameRate: { max: frameRate },
      })
      .catch(() => undefined); // a camera that knows no smaller size goes on as it is
  }
}
