/** What this side gives of itself: microphone, camera, screen. Nothing of it is kept anywhere.
 *
 * Until `prepare` nothing is asked for, and until `open` nothing is given; `hush` takes everything away again without letting go of the
 * devices (the other side went and may come back), `close` lets go of them.
 */
import type { Place } from "./peer";
import { FRESH, judged, type Look } from "./quality";
import type { Message } from "./verify";

export interface Trouble {
  /** What it is about. */
  about: "camera" | "screen" | "line";
  /** Which it is; a page may have a sentence of its own for it. */
  name:
    | "refused"
    | "missing"
    | "taken"
    | "unusable"
    | "microphone-stopped"
    | "camera-stopped"
    | "no-screen"
    | "cannot-share"
    | "carried"
    | "unsealed";
  /** A sentence for the person. */
  says: string;
}

interface Hooks {
  give(place: Place, track: MediaStreamTrack | null): void;
  tell(message: Message): boolean;
  stats(): Promise<RTCStatsReport | null> | null;
  trouble(told: Trouble): void;
  soundOnly(told: boolean): void;
}

const EVERY = 2_000;

export class Media {
  #stream: MediaStream | null = null;
  #screen: MediaStream | null = null;
  #sound = true;
  #camera = true;
  #opened = false;
  #closed = false;
  #asked: Promise<void> | null = null;
  #known = false;
  #judgment = FRESH;
  #looking = 0;

  constructor(
    private readonly ask: () => Promise<MediaStream>,
    private readonly hooks: Hooks,
  ) {}

  /** Ask for camera and microphone. A refusal is a sentence, and leaves the call open. */
  prepare(): Promise<void> {
    this.#asked ??= this.#ask();
    return this.#asked;
  }

  async #ask(): Promise<void> {
    try {
      this.#took(await this.ask());
      this.#known = true;
    } catch (error) {
      this.#known = true;
      this.#trouble("camera", refused(error));
    }
  }

  #trouble(about: Trouble["about"], name: Trouble["name"]): void {
    this.hooks.trouble({ about, name, says: SENTENCES[name] });
  }

  #took(stream: MediaStream): void {
    this.#stream = stream;
    if (this.#closed) this.close();
    for (const track of this.#stream?.getTracks() ?? []) {
      track.onended = () => this.#stopped(track);
    }
  }

  /** A device was pulled out, or another program took it: the other side is told at once. */
  #stopped(track: MediaStreamTrack): void {
    const name = track.kind === "audio" ? "microphone" : "camera";
    this.#give();
    this.#trouble("camera", `${name}-stopped`);
  }

  /** Begin to be heard and seen. */
  async open(): Promise<void> {
    this.#opened = true;
    await this.prepare();
    if (!this.#opened) return;
    this.#give();
    window.clearInterval(this.#looking);
    this.#looking = window.setInterval(() => void this.#look(), EVERY);
  }

  /** The own picture, for the own corner of the page. */
  get stream(): MediaStream | null {
    return this.#stream;
  }

  get sound(): boolean {
    return this.#sound;
  }

  get camera(): boolean {
    return this.#camera;
  }

  /** Whether there is a device that gives sound, or a picture; `null` before it was asked for. */
  there(kind: "audio" | "video"): boolean | null {
    return this.#known ? this.#live(kind) !== null : null;
  }

  get sharing(): boolean {
    return this.#screen !== null;
  }

  setSound(on: boolean): void {
    this.#sound = on;
    this.#give();
  }

  setCamera(on: boolean): void {
    this.#camera = on;
    this.#give();
  }

  /** Share the screen, or a window of it; the browser asks which. */
  async share(): Promise<void> {
    if (!this.#opened) return;
    try {
      this.#screen = await navigator.mediaDevices.getDisplayMedia({ video: true });
    } catch (error) {
      const put = error instanceof DOMException && error.name === "NotAllowedError";
      return this.#trouble("screen", put ? "no-screen" : "cannot-share");
    }
    const track = this.#screen.getVideoTracks()[0];
    if (track) track.onended = () => this.unshare();
    this.#give();
  }

  unshare(): void {
    for (const track of this.#screen?.getTracks() ?? []) track.stop();
    this.#screen = null;
    this.#give();
  }

  hush(): void {
    window.clearInterval(this.#looking);
    this.#opened = false;
    this.#judgment = FRESH;
  }

  close(): void {
    this.hush();
    this.#closed = true;
    for (const stream of [this.#stream, this.#screen]) {
      for (const track of stream?.getTracks() ?? []) {
        track.onended = null;
        track.stop();
      }
    }
    this.#stream = this.#screen = null;
  }

  tellState(): void {
    if (!this.#opened) return;
    // What was refused or pulled out is not there, whatever its switch says.
    const sound = this.#sound && this.#live("audio") !== null;
    const camera = this.#camera && !this.#judgment.sound && this.#live("video") !== null;
    this.hooks.tell({ k: "state", sound, camera, screen: this.sharing });
  }

  /** The track of this side's own devices, while it gives anything. */
  #live(kind: "audio" | "video"): MediaStreamTrack | null {
    const tracks = this.#stream?.getTracks() ?? [];
    return tracks.find(track => track.kind === kind && track.readyState === "live") ?? null;
  }

  #give(): void {
    const [sound, camera] = [this.#live("audio"), this.#live("video")];
    // What is switched off makes no picture and no sound even in this browser.
    if (sound) sound.enabled = this.#sound;
    if (camera) camera.enabled = this.#camera;
    if (!this.#opened) return;
    this.hooks.give("sound", this.#sound ? sound : null);
    this.hooks.give("camera", this.#camera && !this.#judgment.sound ? camera : null);
    this.hooks.give("screen", this.#screen?.getVideoTracks()[0] ?? null);
    this.tellState();
  }

  async #look(): Promise<void> {
    const report = await this.hooks.stats();
    if (!report || !this.#opened) return;
    const before = this.#judgment.sound;
    this.#judgment = judged(this.#judgment, measured(report));
    if (before === this.#judgment.sound) return;
    this.#give();
    this.hooks.soundOnly(this.#judgment.sound);
  }
}

/** The three figures that count, out of all that a browser measures. */
export function measured(report: RTCStatsReport): Look {
  const look: Look = {};
  report.forEach((one: Record<string, unknown>) => {
    if (one.type === "remote-inbound-rtp") {
      look.lost = Math.max(look.lost ?? 0, Number(one.fractionLost ?? 0));
    } else if (one.type === "candidate-pair" && one.nominated && one.state === "succeeded") {
      if (typeof one.currentRoundTripTime === "number") look.trip = one.currentRoundTripTime;
      if (typeof one.availableOutgoingBitrate === "number") {
        look.room = one.availableOutgoingBitrate;
      }
    }
  });
  return look;
}

/** What is said of each; a page in another language has a sentence of its own for every one of them
    (parts/video_troubles.html, held to these by a test). */
export const SENTENCES: Record<Trouble["name"], string> = {
  refused:
    "The browser was not allowed to use camera and sound. Allow both beside the page’s address, then load this page again.",
  missing: "No camera and no microphone was found. Plug one in, then load this page again.",
  taken:
    "Another program uses your camera or microphone. Close it there, then load this page again.",
  unusable: "Camera and sound could not be used. Load this page again to try once more.",
  "microphone-stopped": "Your microphone has stopped. Plug it in again, then load this page again.",
  "camera-stopped": "Your camera has stopped. Plug it in again, then load this page again.",
  "no-screen": "No screen is shared.",
  "cannot-share": "This browser cannot share a screen.",
  unsealed:
    "This browser cannot seal picture and sound for a visit of so many, so nothing of yours is sent. Use another browser, or the telephone.",
  carried: "The server that carries this visit does not answer. This page keeps trying.",
};

const REFUSALS: Record<string, Trouble["name"]> = {
  NotAllowedError: "refused",
  NotFoundError: "missing",
  NotReadableError: "taken",
};

function refused(error: unknown): Trouble["name"] {
  const name = error instanceof DOMException ? error.name : "";
  return REFUSALS[name] ?? "unusable";
}
